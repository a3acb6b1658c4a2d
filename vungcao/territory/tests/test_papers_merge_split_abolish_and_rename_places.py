"""Verbs: each ends rows and begins others, names its paper, and refuses what cannot be."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.models import Act, AuditRow
from vungcao.evidence.queries import last_number
from vungcao.kernel.refusal import Refusal
from vungcao.territory import actions, checks, queries
from vungcao.territory.actions import NewPlace, Part
from vungcao.territory.models import Place, PlaceKind, PlaceVersion, Reorganisation
from vungcao.territory.readings import recast
from vungcao.territory.tests.conftest import AFTER

DAY = date(2026, 9, 1)
PAPER = "09/NQ-VÍ-DỤ"


def new(key: str, code: str | None = None, name: str | None = None) -> NewPlace:
    parent = Place.objects.get(key="99")
    return NewPlace(key, name or f"{key} Ví Dụ", PlaceKind.COMMUNE, parent, {"GSO": code} if code else {})


def place(key: str) -> Place:
    return Place.objects.get(key=key)


def test_a_merger_ends_two_identities_and_begins_one(vi_du):
    known = last_number()
    made = actions.merge_places(
        places=[place("99005"), place("99006")],
        into=new("Khe", "99005"),
        effective=DAY,
        cites=PAPER,
        clause="1",
        by=SYSTEM,
    )
    eve = date(2026, 8, 31)
    assert queries.place("99005", eve).key == "99005" and queries.place("99005", DAY) == made
    assert queries.version(place("99005").pk, DAY) is None and queries.version(made.pk, eve) is None
    assert recast({place("99005").pk: 10, place("99006").pk: 11}, said_on=eve, to=DAY).placed == {made.pk: 21}
    assert queries.classes(place("99005").pk, "zone", eve) and not queries.classes(place("99005").pk, "zone", DAY)
    assert queries.version(place("99005").pk, DAY, known).full_name == "Xã Khe Hai Ví Dụ"
    assert queries.tree(DAY, known).names[place("99005").pk] == "Xã Khe Hai Ví Dụ"
    assert place("99005").pk not in queries.tree(DAY)
    assert list(checks.findings()) == []
    audit = AuditRow.objects.get(verb="territory.merged")
    assert audit.before == {"places": ["99005", "99006"]} and audit.after["cites"] == PAPER


def a_village(below: Place) -> Place:
    with acting("test.village", by=SYSTEM) as act:
        village = Place.objects.create(act=act, key="xom-vi-du")
        PlaceVersion.objects.create(
            act=act, place=village, name="Xóm Ví Dụ", kind="village", parent=below, valid_from=AFTER
        )
    return village


def test_villages_go_on_under_the_new_commune(vi_du, key):
    village = a_village(place("99008"))
    made = actions.merge_places(
        places=[place("99008"), place("99005")], into=new("Ngả"), effective=DAY, cites=PAPER, by=SYSTEM
    )
    assert queries.version(village.pk, DAY).parent_id == made.pk
    assert queries.version(village.pk, date(2026, 8, 31)).parent_id == key("99008")
    assert list(checks.findings()) == []


def test_a_split_shares_out_and_its_villages_are_told_where(vi_du):
    village = a_village(place("99008"))
    parts = [
        Part(new("A", "99008"), Fraction(3333, 10000)),
        Part(new("B"), Fraction(3333, 10000)),
        Part(new("C"), Fraction(3334, 10000)),
    ]
    with pytest.raises(actions.Unplaced, match="Xóm Ví Dụ"):
        actions.split_place(place=place("99008"), into=parts, effective=DAY, cites=PAPER, by=SYSTEM)
    made = actions.split_place(
        place=place("99008"), into=parts, effective=DAY, cites=PAPER, by=SYSTEM, children={village.pk: 1}
    )
    assert list(recast({place("99008").pk: 10_000}, said_on=DAY, to=DAY).placed.values()) == [3333, 3333, 3334]
    assert queries.version(village.pk, DAY).parent_id == made[1].pk
    assert queries.place("99008", DAY) == made[0]
    assert list(checks.findings()) == []


def test_abolition_leaves_its_own_total_not_apportioned_and_its_children_to_the_parent(vi_du):
    with acting("test.district", by=SYSTEM) as act:
        district = Place.objects.create(act=act, key="huyen-vi-du")
        PlaceVersion.objects.create(act=act, place=district, name="Ví Dụ Hai", kind="district", parent=place("99"))
        below = Place.objects.create(act=act, key="xa-vi-du")
        PlaceVersion.objects.create(act=act, place=below, name="Ví Dụ", kind="commune", parent=district)
    actions.abolish_place(place=district, effective=DAY, cites=PAPER, by=SYSTEM)
    assert queries.version(below.pk, DAY).parent_id == place("99").pk
    found = recast({district.pk: 7, below.pk: 3}, said_on=DAY, to=DAY)
    assert found.placed == {below.pk: 3} and found.not_apportioned[0][:2] == (district.pk, 7)
    assert list(checks.findings()) == []


def test_a_new_name_keeps_the_identity(vi_du):
    actions.rename_place(
        place=place("99005"), name="Khe Mới Ví Dụ", kind=PlaceKind.WARD, effective=DAY, cites=PAPER, by=SYSTEM
    )
    versions = [queries.version(place("99005").pk, day).full_name for day in (date(2026, 8, 31), DAY)]
    assert versions == ["Xã Khe Hai Ví Dụ", "Phường Khe Mới Ví Dụ"]
    assert recast({place("99005").pk: 4}, said_on=AFTER, to=DAY).placed == {place("99005").pk: 4}


REFUSED = {
    "ended": (
        lambda: merge("99001", "99005"),
        actions.NotInForce,
        "Ngày 01/09/2026 không có Xã Suối Ví Dụ: Xã Suối Ví Dụ đã nhập",
    ),
    "ends_later": (lambda: merge("99001@2025-07-01", "99005"), actions.Overlap, "đã ghi việc khác"),
    "began_that_day": (lambda: merge("99005", "99006", day=AFTER), actions.Overlap, "mới có từ chính ngày"),
    "key_taken": (lambda: merge("99005", "99006", into=new("99008")), actions.Overlap, "Khóa 99008 đã có"),
    "code_taken": (lambda: merge("99005", "99006", into=new("X", "99008")), actions.Overlap, "Mã 99008"),
    "no_paper": (lambda: merge("99005", "99006", cites=" "), Refusal, "Thiếu căn cứ"),
    "nothing": (lambda: merge(), Refusal, "Chưa chọn"),
    "one_part": (lambda: divide(Fraction(1)), actions.BadShares, "ít nhất hai"),
    "short_shares": (lambda: divide(Fraction(1, 3), Fraction(1, 3)), actions.BadShares, "cộng thành 1"),
    "half_the_shares": (lambda: divide(Fraction(1), None), actions.BadShares, "nêu đủ"),
    "same_name": (
        lambda: actions.rename_place(place=place("99005"), name="Khe Hai Ví Dụ", effective=DAY, cites=PAPER, by=SYSTEM),
        Refusal,
        "đã mang tên",
    ),
    "share_left_out": (
        lambda: actions.correct_share(
            event=Reorganisation.objects.get(clause="3"),
            predecessor=place("99004"),
            shares={place("99007").pk: Fraction(1)},
            cites=PAPER,
            by=SYSTEM,
        ),
        actions.BadShares,
        "đủ và đúng",
    ),
}


def merge(*keys: str, into: NewPlace | None = None, day: date = DAY, cites: str = PAPER) -> Place:
    places = [place(key) for key in keys]
    return actions.merge_places(places=places, into=into or new("X"), effective=day, cites=cites, by=SYSTEM)


def divide(*shares: Fraction | None) -> list[Place]:
    parts = [Part(new(f"part{index}"), share) for index, share in enumerate(shares)]
    return actions.split_place(place=place("99008"), into=parts, effective=DAY, cites=PAPER, by=SYSTEM)


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_and_leaves_nothing(vi_du, case):
    verb, refusal, said = REFUSED[case]
    before = (Act.objects.count(), Place.objects.count(), Reorganisation.objects.count(), PlaceVersion.objects.count())
    with pytest.raises(refusal, match=said):
        verb()
    after = (Act.objects.count(), Place.objects.count(), Reorganisation.objects.count(), PlaceVersion.objects.count())
    assert after == before


def test_a_refusal_inside_another_act_leaves_nothing_half_written(vi_du):
    events = Reorganisation.objects.count()
    with acting("test.outer", by=SYSTEM), pytest.raises(Refusal):
        actions.split_place(
            place=place("99008"), into=[Part(new("A")), Part(new("A"))], effective=DAY, cites=PAPER, by=SYSTEM
        )
    assert Reorganisation.objects.count() == events and not Place.objects.filter(key="A").exists()
    assert queries.version(place("99008").pk, DAY) is not None
