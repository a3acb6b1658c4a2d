"""Targets: kept as said with how sure they are, at a node of a plan version; changed by rows that replace them."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from tests.at_once import Between, only_on_postgresql
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.queries import last_number
from vungcao.programme import checks, loading, recording
from vungcao.programme.models import PlanKind, PlanTarget, PlanVersion
from vungcao.programme.queries import component, funding_source, in_force, nearest, plan_version, targets
from vungcao.programme.recording import LineDraft, NotAPlan, TargetDraft, record_plan, record_target, take_back_target
from vungcao.territory.models import Place

ON = date(2024, 6, 15)


@pytest.fixture
def national(programmes) -> PlanVersion:
    return plan_version("1719/QĐ-TTg")


@pytest.fixture
def provincial(programmes) -> PlanVersion:
    """A plan of the province for 2024 (invented): project 1 has 2.400 million đồng of recurrent money."""
    return recorded("45/QĐ-VD", date(2024, 1, 15))


def recorded(number, dated, *, dong=2_400_000_000, supersedes=None):
    line = LineDraft(component("1719.DA1"), funding_source("su_nghiep:NSTW"), "2024", dong)
    return record_plan(
        programme=component("1719"), kind=PlanKind.ANNUAL, place=Place.objects.get(key="04"), first_year=2024,
        last_year=2024, number=number, dated=dated, lines=[line], supersedes=supersedes, is_example=True, by=SYSTEM,
    )  # fmt: skip


def water(said="tối thiểu 88,5% (ví dụ)", value="88.5", **about):
    node = about.pop("component", component("1719.DA1.ND4"))
    return TargetDraft("T07", node, "Hộ dùng nước hợp vệ sinh (ví dụ)", said, about.pop("year_use", "2024"),
                       Decimal(value), unit="%", qualifier="at_least", **about)  # fmt: skip


def test_what_was_seen_and_what_is_remembered_stay_apart(national):
    held = {one.code: one for one in targets(national)}
    assert len(held) == 22
    poverty, roads = held["T02"], held["T03"]
    assert (poverty.value_said, poverty.value, poverty.qualifier) == ("trên 3 điểm %/năm", Decimal(3), "more")
    assert (poverty.confidence, roads.confidence) == ("sourced", "recalled")
    assert roads.component.code == "1719.DA4.TDA1.ND2" and "Quyết định nêu cho cả Chương trình" in roads.node_note
    assert not poverty.node_note


def test_a_range_keeps_both_ends_and_words_have_no_figure(programmes):
    held = {one.code: one for one in targets(PlanVersion.objects.get(programme__code="MTQG-2026", kind="five_year"))}
    assert (held["M03"].value, held["M03"].value_to) == (Decimal(1), Decimal("1.5"))
    assert held["M05"].value is None and held["M05"].value_said == "cơ bản không còn"


def test_every_target_of_the_files_says_how_sure_it_is_and_where_it_was_seen(programmes):
    rows = PlanTarget.objects.all()
    assert {one.confidence for one in rows} <= {"sourced", "recalled", "unknown"}
    assert all(one.seen_in and one.indicator and one.value_said for one in rows)
    assert list(checks.findings()) == []


def test_an_edited_file_replaces_a_target_and_the_old_one_stays_known(national, tmp_path: Path):
    folder, before = tmp_path / "reference", last_number()
    shutil.copytree(loading.REFERENCE, folder)
    file = folder / "plans.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('said: "trên 3 điểm %/năm", value: "3"', 'said: "trên 4 điểm %/năm", value: "4"'))
    assert loading.load(by=SYSTEM, folder=folder).written == {"PlanTarget": 1}
    (now,) = [one for one in targets(national) if one.code == "T02"]
    (then,) = [one for one in targets(national, known=before) if one.code == "T02"]
    assert (now.value, then.value, now.replaces) == (Decimal(4), Decimal(3), then)
    assert not loading.load(by=SYSTEM, folder=folder).changed


def test_an_officer_writes_replaces_and_takes_back_a_target(provincial):
    first = record_target(plan=provincial, target=water(), by=SYSTEM)
    second = record_target(plan=provincial, target=water("tối thiểu 90% (ví dụ)", "90"), replaces=first, by=SYSTEM)
    assert targets(provincial) == [second]
    with pytest.raises(NotAPlan, match="đã có bản thay"):
        record_target(plan=provincial, target=water(), replaces=first, by=SYSTEM)
    take_back_target(second, reason="ghi nhầm", by=SYSTEM)
    assert targets(provincial) == []
    assert PlanTarget.objects.filter(plan=provincial).count() == 3
    with pytest.raises(NotAPlan, match="đã rút"):
        take_back_target(second, reason="lần nữa", by=SYSTEM)
    assert list(checks.findings()) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"component": "135.TDA1"}, "không thuộc chương trình 1719"),
        ({"year_use": "2025"}, "nằm ngoài kế hoạch 2024"),
        ({"year_use": "năm nay"}, "không đọc được"),
        ({"said": " "}, "Ghi đủ mã, tên và mức"),
        ({"value_to": Decimal(10)}, "lớn hơn mức đầu"),
    ],
)
def test_a_target_that_cannot_stand_is_refused(provincial, change, sentence):
    said = {**change, **({"component": component(change["component"])} if "component" in change else {})}
    with pytest.raises(NotAPlan, match=sentence):
        record_target(plan=provincial, target=water(**said), by=SYSTEM)
    assert not PlanTarget.objects.filter(plan=provincial).exists()


def test_two_values_for_one_target_are_recorded_and_named_by_the_check(provincial):
    for said in ("tối thiểu 88,5% (ví dụ)", "tối thiểu 90% (ví dụ)"):
        record_target(plan=provincial, target=water(said), by=SYSTEM)
    (found,) = checks.findings()
    assert found.code == "target.two_values" and "88,5%" in found.sentence and "90%" in found.sentence


def test_a_target_of_a_node_that_was_not_in_force_in_its_years_is_found(provincial):
    plan = record_plan(
        programme=component("135"), kind=PlanKind.ANNUAL, place=Place.objects.get(key="04"), first_year=2024,
        last_year=2024, number="9/QĐ-VD", dated=date(2024, 1, 2), lines=[], is_example=True, by=SYSTEM,
    )  # fmt: skip
    late = TargetDraft("V1", component("135.TDA1"), "Công trình (ví dụ)", "10 (ví dụ)", "2024", Decimal(10))
    record_target(plan=plan, target=late, by=SYSTEM)
    assert {one.code for one in checks.findings()} == {"target.node_not_in_force"}


def test_a_version_signed_later_stands_from_its_own_day(provincial):
    where = {"programme": component("1719").pk, "places": [provincial.place_id], "year_use": "2024"}
    later = recorded("80/QĐ-VD", date(2024, 9, 1), dong=2_000_000_000, supersedes=provincial)
    named = [one.number for one in in_force(ON, **where)]
    assert "45/QĐ-VD" in named and "80/QĐ-VD" not in named
    after = [one.number for one in in_force(date(2024, 9, 1), **where)]
    assert "80/QĐ-VD" in after and "45/QĐ-VD" not in after
    assert later.version == 2
    with pytest.raises(NotAPlan, match="đã có bản thay"):
        recorded("81/QĐ-VD", date(2024, 9, 2), supersedes=provincial)


def test_the_same_paper_is_one_plan(provincial):
    with pytest.raises(NotAPlan, match="đã ghi"):
        recorded("45/QĐ-VD", date(2024, 1, 15))


def test_the_nearest_targets_are_own_then_below_then_above(national, today):
    def near(code):
        (found,) = nearest([national], today.ids[code], today, year_use="2024")
        return found.where, {one.code for one in found.targets}

    assert near("1719.DA2") == ("own", {"T09", "T10"})
    assert near("1719.DA7") == ("below", {"T17", "T18"})
    assert near("1719.DA9") == ("above", {"T01", "T02", "T08", "T16", "T22"})
    assert near("1719.DA7.ND1")[0] == "above"


def test_a_province_goes_before_the_nation_and_repeats_nothing(national, provincial, today):
    record_target(plan=provincial, target=water(), by=SYSTEM)
    found = nearest([provincial, national], today.ids["1719.DA1"], today, year_use="2024")
    assert [(one.plan, [target.value_said for target in one.targets]) for one in found] == [
        (provincial, ["tối thiểu 88,5% (ví dụ)"])
    ]
    other = nearest([provincial, national], today.ids["1719.DA2"], today, year_use="2024")
    assert [one.plan for one in other] == [national]


def test_a_target_for_other_years_is_not_told(national, today):
    assert nearest([national], today.ids["1719.DA2"], today, year_use="2026") == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("takes_back", [False, True])
def test_of_two_who_change_one_target_at_once_the_second_is_told(provincial, monkeypatch, takes_back):
    only_on_postgresql()
    held = record_target(plan=provincial, target=water(), by=SYSTEM)
    between = Between()
    between.stops(monkeypatch, recording, "_refuse_stale")
    ours = partial(
        record_target, plan=provincial, target=water("tối thiểu 90% (ví dụ)", "90"), replaces=held, by=SYSTEM
    )
    theirs = partial(take_back_target, held, reason="ghi nhầm (ví dụ)", by=SYSTEM) if takes_back else ours
    first, second = between.run(ours, theirs)
    assert isinstance(first, PlanTarget), first
    assert isinstance(second, NotAPlan) and "đã có bản thay hoặc đã rút" in str(second), second
