"""What an official once said a name means is asked before a name is unknown: per reporter, per day, and no further."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from vungcao.bodies.models import Batch, Body
from vungcao.evidence.actions import Snapshot
from vungcao.intake import mapping
from vungcao.intake.models import MappingKind, NameMapping
from vungcao.intake.names import Names
from vungcao.intake.tests.observations.count_papers import MOVEMENT
from vungcao.intake.tests.observations.test_counts_enter_as_observations import figure, with_row
from vungcao.intake.tests.papers import BY_PLACE, BY_UNIT, STATEMENT
from vungcao.kernel.refusal import Refusal
from vungcao.ledger.models import StatementLine
from vungcao.programme.models import Component
from vungcao.territory.models import Place

pytestmark = pytest.mark.django_db

LAN = Snapshot("Cán bộ Lan (ví dụ)", "Chuyên viên", "Sở Dân tộc và Tôn giáo")
MAI = Snapshot("Cán bộ Mai (ví dụ)", "Chuyên viên", "Sở Dân tộc và Tôn giáo")
STRANGE = "Nam Tuấn 1 (NT)"
ODD = with_row(MOVEMENT, 1, {1: STRANGE})
AFTER = date(2025, 7, 1)


def place(key: str) -> Place:
    return Place.objects.get(key=key)


def say_place(said: str, key: str = "01660", *, by: Snapshot = LAN, **about: object) -> mapping.Remembered:
    return mapping.remember(said, place(key), kind=MappingKind.PLACE, by=by, **about)


def body(key: str) -> Body:
    return Body.objects.get(key=key)


def asked(said: str, on: date = date(2024, 12, 31), reporter: str = "UBND-04.051") -> int | None:
    names = Names(on)
    names.reporter = body(reporter).pk
    return names.place(said).id


# what is remembered ----------------------------------------------------------------------------------------


def test_an_unknown_name_says_how_to_map_it(bring):
    (outcome,) = bring(ODD).outcomes
    (problem,) = [one for one in outcome.problems if one.code == "place.unknown"]
    assert problem.sentence.endswith(f"Nếu biết là gì: vungcao map “{STRANGE}” MÃ --kind place.")


def test_once_mapped_the_same_file_is_taken_in(bring):
    bring(ODD)
    say_place(STRANGE)
    assert bring(ODD).outcomes[0].state == "received"
    assert figure("poor_households").cell == "M11"
    assert Batch.objects.filter(kind="ho_ngheo_dien_bien").count() == 1, "the draft goes on in its own batch"


def test_who_said_so_and_when_is_kept(cao_bang):
    row = say_place(STRANGE).mapping
    assert (row.act.official_name, row.act.official_post, row.act.verb) == (LAN.name, LAN.post, "intake.name_mapped")
    assert row.act.numbered.no > 0
    assert [mapping.say(one) for one in mapping.standing()] == [f"“{STRANGE}” là Xã Nam Tuấn"]


def test_an_official_name_is_never_overruled(cao_bang):
    say_place("Xã Dân Chủ", "01660")
    assert asked("Xã Dân Chủ") == place("01657").pk


@pytest.mark.parametrize(
    "said", ["Nam Tuấn 1 (NT)", "NAM TUẤN 1 - NT", "  nam  tuấn 1 nt ", unicodedata.normalize("NFD", STRANGE)]
)
def test_one_way_of_writing_stands_for_all(cao_bang, said):
    say_place(STRANGE)
    assert asked(said) == place("01660").pk


def test_tone_marks_stand_wherever_they_are_put_and_other_tones_are_other_names(cao_bang):
    say_place("Cụm Hoà Bình")
    assert asked("Cụm Hòa Bình") == place("01660").pk
    assert asked("Cụm Hóa Bình") is None


def test_a_mapping_for_one_reporter_is_not_asked_for_another(cao_bang):
    say_place(STRANGE, reporter=body("UBND-04.051"))
    assert asked(STRANGE) == place("01660").pk
    assert asked(STRANGE, reporter="UBND-04.042") is None


def test_what_a_reporter_means_comes_before_what_is_meant_by_all(cao_bang):
    say_place(STRANGE, "01657")
    say_place(STRANGE, "01660", reporter=body("UBND-04.051"))
    assert asked(STRANGE) == place("01660").pk
    assert asked(STRANGE, reporter="UBND-04.042") == place("01657").pk


@pytest.mark.parametrize(
    ("on", "is_known"), [(date(2023, 12, 31), False), (date(2024, 1, 1), True), (date(2024, 12, 31), True),
                         (date(2025, 1, 1), False)],
)  # fmt: skip
def test_it_holds_on_its_days_only(cao_bang, on, is_known):
    say_place(STRANGE, since=date(2024, 1, 1), until=date(2025, 1, 1))
    assert (asked(STRANGE, on) is not None) is is_known


def test_a_merged_communes_old_name_may_be_mapped_to_the_new_one(cao_bang):
    """Dân Chủ ended on 30/6/2025; whoever still writes it afterwards means the new Nam Tuấn."""
    assert asked("Xã Dân Chủ", AFTER) is None
    say_place("Xã Dân Chủ", "01660@2025-07-01", since=AFTER)
    assert asked("Xã Dân Chủ", AFTER) == place("01660@2025-07-01").pk
    assert asked("Xã Dân Chủ", date(2025, 6, 30)) == place("01657").pk


def test_what_is_not_in_force_on_the_day_is_said_at_the_cell(bring):
    say_place(STRANGE, "01660@2025-07-01")
    (outcome,) = bring(ODD).outcomes
    (problem,) = [one for one in outcome.problems if one.code == "mapping.unfit"]
    assert (outcome.state, problem.where.cell) == ("draft", "B11")
    assert "không có hiệu lực ngày 31/12/2024" in problem.sentence and LAN.name in problem.sentence


def test_what_lies_outside_the_reporters_area_is_said_at_the_cell(bring):
    say_place(STRANGE, "04.042")
    (outcome,) = bring(ODD).outcomes
    assert {(one.code, one.where.cell) for one in outcome.problems} == {("mapping.unfit", "B11")}


# bodies, components: in every profile ----------------------------------------------------------------------


def test_a_reporters_own_name_and_a_component_are_mapped_for_statements(bring):
    paper = STATEMENT.but(
        corner=("ỦY BAN NHÂN DÂN", "HUYỆN BL (ví dụ)"),
        rows=(("", "TỔNG CỘNG", 30, 20, 10), ("I", "Nhóm việc số một", 30, 20, 10)),
    )
    assert {one.code for one in bring(paper).problems} == {"body.unknown"}
    mapping.remember("HUYỆN BL (ví dụ)", body("UBND-04.042"), kind=MappingKind.BODY, by=LAN)
    assert {one.code for one in bring(paper).problems} == {"component.unknown"}
    mapping.remember("Nhóm việc số một", Component.objects.get(code="1719.DA1"), kind=MappingKind.COMPONENT, by=LAN)
    assert bring(paper).outcomes[0].state == "received"
    assert StatementLine.objects.filter(component__code="1719.DA1").count() == 3


def test_a_place_in_a_statement_and_a_unit_in_a_decision(bring):
    say_place("Bao Lac (H.)", "04.042")
    paper = BY_PLACE.but(rows=(BY_PLACE.rows[0], ("1", "Bao Lac (H.)", *BY_PLACE.rows[1][2:])))
    assert "place.unknown" not in {one.code for one in bring(paper).problems}
    mapping.remember("Đơn vị BL", body("UBND-04.042"), kind=MappingKind.BODY, by=LAN)
    decision = BY_UNIT.but(rows=(BY_UNIT.rows[0], ("1", "Đơn vị BL", *BY_UNIT.rows[1][2:]), BY_UNIT.rows[2]))
    assert "body.unknown" not in {one.code for one in bring(decision).problems}


def test_a_source_and_a_field_are_known_by_code_name_or_mapping(cao_bang):
    names = Names(date(2024, 12, 31))
    assert names.source("dau_tu:NSTW").id is not None
    unknown = names.source("Vốn đtpt TW")
    assert (unknown.id, unknown.code) == (None, "source.unknown")
    kind, target = mapping.meant("dau_tu:NSTW", date(2024, 12, 31))
    mapping.remember("Vốn đtpt TW", target, kind=kind, by=LAN)
    assert Names(date(2024, 12, 31)).source("vốn ĐTPT TW").id == target.pk
    assert Names(date(2024, 12, 31)).field("không có").code == "field.unknown"


# taking back, contradicting --------------------------------------------------------------------------------


def test_taken_back_it_is_unknown_again_and_facts_stay(bring):
    say_place(STRANGE)
    bring(ODD)
    taken = mapping.take_back(STRANGE, by=MAI)
    assert ([one.said for one in taken.ended], taken.drafts) == ([STRANGE], [])
    assert [one.kind for one in taken.kept] == ["ho_ngheo_dien_bien"]
    assert asked(STRANGE) is None
    assert figure("poor_households").place == place("01660")


def test_a_draft_that_relied_on_it_says_so(bring):
    say_place(STRANGE)
    wrong = with_row(ODD, 2, {1: "Xã Chưa Rõ"})
    assert bring(wrong).outcomes[0].state == "draft"
    (draft,) = mapping.take_back(STRANGE, by=MAI).drafts
    assert [mapping.say(one) for one in mapping.taken_back_under(draft)] == [f"“{STRANGE}” là Xã Nam Tuấn"]
    sentences = [one.sentence for one in bring(wrong).problems if one.where.cell == "B11"]
    assert f"Cách hiểu cũ (là Xã Nam Tuấn) đã được {MAI.name} rút lại." in sentences[0]


def test_nothing_to_take_back_is_refused_with_who_does_have_one(cao_bang):
    say_place(STRANGE, reporter=body("UBND-04.051"))
    with pytest.raises(Refusal, match=r"Có cách hiểu của: UBND-04\.051"):
        mapping.take_back(STRANGE, by=MAI)
    with pytest.raises(Refusal, match="chưa có cách hiểu nào"):
        mapping.take_back("Không ai nói", by=MAI)


def test_the_later_of_two_meanings_ends_the_former_for_its_days_only(cao_bang):
    first = say_place(STRANGE, "01660").mapping
    second = say_place(STRANGE, "01657", by=MAI, since=date(2024, 1, 1), until=date(2025, 1, 1))
    assert [one.pk for one in second.ended] == [first.pk]
    days = [date(2023, 6, 1), date(2024, 6, 1), date(2025, 6, 1)]
    assert [asked(STRANGE, on) for on in days] == [place("01660").pk, place("01657").pk, place("01660").pk]
    first.refresh_from_db()
    assert first.ended_by.official_name == MAI.name


def test_the_same_said_again_writes_nothing(cao_bang, counted):
    say_place(STRANGE)
    before = counted()
    assert say_place("nam tuấn 1 NT", by=MAI).is_new is False
    assert counted() == before


@pytest.mark.parametrize(
    ("code", "kind", "sentence"),
    [
        ("99999", None, "Không có địa bàn, đơn vị, dự án, nguồn vốn nào"),
        ("1719.DA99", "component", "Không có dự án, nội dung nào"),
        ("*", None, "mã của nhiều loại: ghi rõ --kind body"),
    ],
)
def test_a_code_that_is_nothing_or_several_things_is_refused(cao_bang, code, kind, sentence):
    with pytest.raises(Refusal) as no:
        mapping.meant(code, date(2024, 12, 31), kind)
    assert sentence in str(no.value)


def test_days_that_end_before_they_begin_and_empty_names_are_refused(cao_bang):
    with pytest.raises(Refusal, match="đứng trước ngày đầu"):
        say_place(STRANGE, since=date(2024, 2, 1), until=date(2024, 1, 1))
    with pytest.raises(Refusal, match="Tên để trống"):
        say_place(" - ")
    assert NameMapping.objects.count() == 0
