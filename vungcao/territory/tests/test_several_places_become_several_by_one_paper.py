"""One paper, one day: places go whole or in parts to several heirs, new ones and ones that go on."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.models import Act, AuditRow
from vungcao.evidence.queries import last_number
from vungcao.kernel.refusal import Refusal
from vungcao.territory import actions, checks, queries, telling
from vungcao.territory.actions import NewPlace, Passage
from vungcao.territory.models import Place, PlaceClass, PlaceCode, PlaceVersion, Reorganisation, Succession
from vungcao.territory.province import SPELLING
from vungcao.territory.readings import recast
from vungcao.territory.tests.conftest import AFTER
from vungcao.territory.tests.test_papers_merge_split_abolish_and_rename_places import DAY, PAPER, a_village, new, place

EVE = date(2026, 8, 31)
QUARTER, REST = Fraction(1, 4), Fraction(3, 4)


def mixed(*, shares: bool = True, **about):
    """99005 whole, two fifths of 99006 and a quarter of 99007 become D; 99007 goes on with what it keeps, 99008 with
    the rest of 99006.
    """
    known = (Fraction(2, 5), Fraction(3, 5), QUARTER, REST) if shares else (None,) * 4
    to = (("99006", 0), ("99006", 2), ("99007", 0), ("99007", 1))
    parts = [Passage(place(key), heir, share) for (key, heir), share in zip(to, known, strict=True)]
    words = {
        "passages": [Passage(place("99005"), 0), *parts],
        "heirs": [new("D", "99005"), place("99007"), place("99008")],
        "effective": DAY, "cites": PAPER, "clause": "7", "by": SYSTEM,
    }  # fmt: skip
    return actions.rearrange_places(**words | about)


def amounts() -> dict[int, int]:
    return {place(key).pk: dong for key, dong in (("99005", 10), ("99006", 101), ("99007", 80), ("99008", 7))}


def test_each_heir_gets_his_part_and_who_goes_on_keeps_name_code_and_class(vi_du):
    known = last_number()
    with acting("test.said", by=SYSTEM) as act:
        PlaceClass.objects.create(
            act=act, place=place("99008"), scheme="zone", value="III", cites="1/QĐ-VD", source="vd"
        )
        PlaceCode.objects.create(act=act, identity=place("99008"), scheme=SPELLING, code="Ngả Giưới")
    made, upper, lower = mixed()
    found = recast(amounts(), said_on=EVE, to=DAY)
    assert found.placed == {made.pk: 10 + 40 + 20, upper.pk: 60, lower.pk: 7 + 61} and found.total == 198
    assert recast(amounts(), said_on=EVE, to=EVE).placed == amounts()
    names = [queries.version(one.pk, DAY).full_name for one in (made, upper, lower)]
    assert names == ["Xã D Ví Dụ", "Xã Ngả Trên Ví Dụ", "Xã Ngả Dưới Ví Dụ"]
    assert [queries.place(code, DAY) for code in ("99005", "99007", "99008")] == [made, upper, lower]
    assert queries.place("99006", DAY).key == "99006" and queries.version(place("99006").pk, DAY) is None
    assert [row.value for row in queries.classes(lower.pk, "zone", DAY)] == ["III"]
    assert not queries.classes(place("99008").pk, "zone", DAY) and not queries.classes(made.pk, "zone", DAY)
    assert PlaceCode.objects.on(DAY).get(scheme=SPELLING, code="Ngả Giưới").identity == lower
    assert queries.tree(DAY, known).names[place("99008").pk] == "Xã Ngả Dưới Ví Dụ"
    event = Reorganisation.objects.get(clause="7")
    assert (event.kind, event.effective, event.cites) == ("rearrange", DAY, PAPER)
    audit = AuditRow.objects.get(verb="territory.rearranged")
    assert audit.before == {"places": ["99005", "99006", "99007", "99008"]}
    assert audit.after == {"into": [made.key, upper.key, lower.key], "cites": PAPER}
    assert list(checks.findings()) == []


def test_what_became_of_a_place_is_told_by_where_it_went(vi_du):
    mixed()
    told = [telling.ending(queries.lives()[place(key).pk][-1]) for key in ("99005", "99006", "99007", "99008")]
    assert told == [
        "Xã Khe Hai Ví Dụ đã nhập vào Xã D Ví Dụ từ 01/09/2026 theo 09/NQ-VÍ-DỤ",
        "Xã Khe Ba Ví Dụ đã chia vào Xã D Ví Dụ và Xã Ngả Dưới Ví Dụ từ 01/09/2026 theo 09/NQ-VÍ-DỤ",
        "Xã Ngả Trên Ví Dụ đã chia vào Xã D Ví Dụ và Xã Ngả Trên Ví Dụ (mới) từ 01/09/2026 theo 09/NQ-VÍ-DỤ",
        "Xã Ngả Dưới Ví Dụ đã nhập vào Xã Ngả Dưới Ví Dụ (mới) từ 01/09/2026 theo 09/NQ-VÍ-DỤ",
    ]


def test_without_shares_only_whole_places_go_on_until_a_paper_gives_them(vi_du):
    made, _upper, lower = mixed(shares=False)
    found = recast(amounts(), said_on=EVE, to=DAY)
    assert found.placed == {made.pk: 10, lower.pk: 7}
    assert found.needs_share == [(place("99006").pk, 101), (place("99007").pk, 80)] and found.total == 198
    given = {made.pk: Fraction(1, 2), lower.pk: Fraction(1, 2)}
    event = Reorganisation.objects.get(clause="7")
    actions.correct_share(event=event, predecessor=place("99006"), shares=given, cites="10/VÍ-DỤ", by=SYSTEM)
    assert recast(amounts(), said_on=EVE, to=DAY).placed == {made.pk: 10 + 51, lower.pk: 7 + 50}
    assert list(checks.findings()) == []


def test_totals_of_an_heir_go_back_by_parts_of_origin(vi_du):
    made, upper, _lower = mixed()
    said = {made.pk: 100, upper.pk: 9}
    back = recast(said, said_on=DAY, to=EVE)
    assert back.placed == {place("99007").pk: 9} and back.needs_share == [(made.pk, 100)]
    origins = {place(key).pk: part for key, part in (("99005", QUARTER), ("99006", QUARTER), ("99007", REST - QUARTER))}
    event = Reorganisation.objects.get(clause="7")
    actions.correct_share(event=event, successor=made, shares=origins, cites="10/VÍ-DỤ", by=SYSTEM)
    assert recast(said, said_on=DAY, to=EVE).placed == {
        place("99005").pk: 25, place("99006").pk: 25, place("99007").pk: 50 + 9,
    }  # fmt: skip


def test_villages_follow_a_whole_place_and_are_told_of_a_divided_one(vi_du):
    village = a_village(place("99006"))
    with acting("test.village", by=SYSTEM) as act:
        other = Place.objects.create(act=act, key="xom-hai")
        about = {"act": act, "kind": "village", "valid_from": AFTER}
        PlaceVersion.objects.create(place=other, name="Xóm Hai Ví Dụ", parent=place("99005"), **about)
    for children, told in (
        ({}, "Chưa nói Xóm Ví Dụ thuộc phần nào"),
        ({village.pk: 1}, "Chưa nói Xóm Ví Dụ thuộc phần nào"),  # 99006 gives nothing to 99007
        ({village.pk: 2, other.pk: 1}, "Chưa nói Xóm Hai Ví Dụ thuộc"),
        ({village.pk: 2, place("99007").pk: 1}, "Xã Ngả Trên Ví Dụ không nằm ngay dưới"),
    ):
        with pytest.raises(actions.Unplaced, match=told):
            mixed(children=children)
    made, _upper, lower = mixed(children={village.pk: 2})
    assert [queries.version(one.pk, DAY).parent_id for one in (village, other)] == [lower.pk, made.pk]
    assert [queries.version(one.pk, EVE).parent_id for one in (village, other)] == [
        place("99006").pk, place("99005").pk,
    ]  # fmt: skip
    assert list(checks.findings()) == []


def test_on_the_last_day_of_the_year_the_old_places_are_there_to_the_eve(vi_du):
    day, eve = date(2026, 12, 31), date(2026, 12, 30)
    heirs = mixed(effective=day)
    there = set(queries.tree(day).names)
    assert set(amounts()) <= set(queries.tree(eve).names) and not set(amounts()) & there
    assert {one.pk for one in heirs} <= there and not {one.pk for one in heirs} & set(queries.tree(eve).names)
    assert list(checks.findings()) == []


def test_what_goes_on_may_be_divided_again_on_a_later_day(vi_du):
    made, upper, lower = mixed()
    later = date(2026, 12, 31)
    (again, whole) = actions.rearrange_places(
        passages=[Passage(upper, 0, Fraction(1, 3)), Passage(upper, 1, Fraction(2, 3)), Passage(lower, 1)],
        heirs=[upper, new("Z", "99008")], effective=later, cites="11/VÍ-DỤ", by=SYSTEM,
    )  # fmt: skip
    placed = recast(amounts(), said_on=EVE, to=later).placed
    assert placed == {made.pk: 70, again.pk: 20, whole.pk: 40 + 68}
    assert list(checks.findings()) == []


REFUSED = {
    "no_paper": ({"cites": " "}, Refusal, "Thiếu căn cứ"),
    "nothing": ({"passages": []}, Refusal, "Chưa nói nơi cũ nào về đâu"),
    "ended": (
        {"passages": [("99001", 0, None), ("99005", 0, None)], "heirs": ["D"]},
        actions.NotInForce,
        "Xã Suối Ví Dụ đã nhập vào",
    ),
    "began_that_day": ({"effective": AFTER}, actions.Overlap, "mới có từ chính ngày"),
    "ends_later": (
        {"passages": [("99001@2025-07-01", 0, None), ("99005", 0, None)], "heirs": ["D"]},
        actions.Overlap,
        "đã ghi việc khác",
    ),
    "one_goes_on_later_ended": (
        {"passages": [("99005", 0, QUARTER), ("99005", 1, REST)], "heirs": ["D", "=99001@2025-07-01"]},
        actions.Overlap,
        "đã ghi việc khác",
    ),
    "short": (
        {"passages": [("99005", 0, QUARTER), ("99005", 1, QUARTER)], "heirs": ["D", "E"]},
        actions.BadShares,
        "Tỷ phần của Xã Khe Hai Ví Dụ",
    ),
    "one_part_only": ({"passages": [("99005", 0, QUARTER)], "heirs": ["D"]}, actions.BadShares, "cộng thành 1"),
    "half_known": (
        {"passages": [("99005", 0, QUARTER), ("99005", 1, None)], "heirs": ["D", "E"]},
        actions.BadShares,
        "nêu đủ",
    ),
    "said_twice": (
        {"passages": [("99005", 0, QUARTER), ("99005", 0, REST)], "heirs": ["D"]},
        actions.BadShares,
        "Xã Khe Hai Ví Dụ vào Xã D Ví Dụ được nêu hai lần",
    ),
    "heir_of_nothing": (
        {"passages": [("99005", 0, None)], "heirs": ["D", "E"]},
        actions.BadShares,
        "Chưa nói Xã E Ví Dụ nhận phần nào",
    ),
    "unchanged": (
        {"passages": [("99005", 0, None)], "heirs": ["D", "=99006"]},
        actions.BadShares,
        "Xã Khe Ba Ví Dụ không nhận thêm, không bớt đi",
    ),
    "two_of_one_name": (
        {"passages": [("99006", 0, QUARTER), ("99006", 1, REST)], "heirs": ["D", "X:D Ví Dụ"]},
        actions.Overlap,
        "Xã D Ví Dụ thuộc Tỉnh Ví Dụ đã có",
    ),
    "one_below_the_other": (
        {"passages": [("99005", 0, None), ("xom-vi-du", 0, None)], "heirs": ["D"]},
        actions.Unplaced,
        "Xóm Ví Dụ nằm dưới Xã Khe Hai Ví Dụ",
    ),
}


def heir(said: str) -> Place | NewPlace:
    """``=99005``: one that goes on; ``D`` or ``D:its name``: a new one."""
    key, _, name = said.partition(":")
    return place(said[1:]) if said.startswith("=") else new(key, name=name or None)


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_and_leaves_nothing(vi_du, case):
    about, refusal, said = REFUSED[case]
    a_village(place("99005"))
    about = dict(about)
    if "heirs" in about:
        about["heirs"] = [heir(one) for one in about["heirs"]]
    about["passages"] = [Passage(place(key), *rest) for key, *rest in about["passages"]] if "heirs" in about else []
    if case != "nothing" and not about["passages"]:
        del about["passages"]
    tables = (Act, Place, PlaceVersion, PlaceCode, Reorganisation, Succession)
    before = [table.objects.count() for table in tables]
    with pytest.raises(refusal, match=said):
        mixed(**about)
    assert [table.objects.count() for table in tables] == before


def test_the_same_day_a_second_paper_finds_the_places_gone(vi_du):
    made, *_ = mixed()
    with pytest.raises(actions.NotInForce, match="đã chia vào Xã D Ví Dụ và Xã Ngả Trên Ví Dụ"):
        mixed()
    with pytest.raises(actions.Overlap, match="mới có từ chính ngày"):
        actions.merge_places(places=[made], into=new("Z"), effective=DAY, cites="10/VÍ-DỤ", by=SYSTEM)


def test_a_merger_too_refuses_a_place_with_what_lies_in_it(vi_du):
    village = a_village(place("99005"))
    with pytest.raises(actions.Unplaced, match="nằm dưới"):
        actions.merge_places(places=[place("99005"), village], into=new("Z"), effective=DAY, cites=PAPER, by=SYSTEM)
    assert list(checks.findings()) == []
