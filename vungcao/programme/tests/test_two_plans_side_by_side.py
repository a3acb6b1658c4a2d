"""Two versions node by node: added, dropped, raised, lowered, the same; nested lines once; a node under two names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from vungcao.evidence.actions import SYSTEM, acting
from vungcao.programme.comparing import Change, Comparison, changed, difference
from vungcao.programme.models import ComponentVersion, PlanKind
from vungcao.programme.queries import FundingSources, component, funding_source, outermost, plan_version
from vungcao.programme.recording import LineDraft, TargetDraft, record_plan, record_target
from vungcao.programme.versions import NoSuchPlan, lines_of, tree_of
from vungcao.territory.models import Place

MILLION = 1_000_000


def plan(number, dated, lines, *, supersedes=None):
    """An annual plan of the province for 2024 (invented); ``lines``: (node, source, year, million đồng)."""
    drafts = [
        LineDraft(component(node), funding_source(source), year, dong * MILLION) for node, source, year, dong in lines
    ]
    return record_plan(
        programme=component("1719"), kind=PlanKind.ANNUAL, place=Place.objects.get(key="04"), first_year=2024,
        last_year=2024, number=number, dated=dated, lines=drafts, supersedes=supersedes, is_example=True, by=SYSTEM,
    )  # fmt: skip


@pytest.fixture
def pair(programmes):
    """Version 2 raises project 1, lowers project 4, drops 5, adds 7, leaves 6; the total is printed."""
    a = plan("1/QĐ-VD", date(2024, 1, 15), [
        ("1719", "su_nghiep:NSTW", "2024", 100), ("1719.DA1", "su_nghiep:NSTW", "2024", 30),
        ("1719.DA4", "su_nghiep:NSTW", "2024", 40), ("1719.DA5", "su_nghiep:NSTW", "2024", 20),
        ("1719.DA6", "su_nghiep:NSTW", "2024", 10), ("1719.DA1", "dau_tu:NSTW", "2024", 7),
    ])  # fmt: skip
    b = plan("2/QĐ-VD", date(2024, 7, 1), [
        ("1719", "su_nghiep:NSTW", "2024", 105), ("1719.DA1", "su_nghiep:NSTW", "2024", 35),
        ("1719.DA4", "su_nghiep:NSTW", "2024", 25), ("1719.DA7", "su_nghiep:NSTW", "2024", 35),
        ("1719.DA6", "su_nghiep:NSTW", "2024", 10), ("1719.DA1", "dau_tu:NSTW", "2024", 7),
    ], supersedes=a)  # fmt: skip
    return a, b


def told(found):
    return {(one.node.code, one.source): (one.change, one.difference) for one in found.lines}


def test_each_node_says_what_became_of_it_in_whole_dong(pair):
    found = told(Comparison(*pair))
    assert found["1719.DA1", "su_nghiep:NSTW"] == (Change.RAISED, (5 * MILLION, 5 * MILLION))
    assert found["1719.DA4", "su_nghiep:NSTW"] == (Change.LOWERED, (-15 * MILLION, -15 * MILLION))
    assert found["1719.DA5", "su_nghiep:NSTW"] == (Change.DROPPED, None)
    assert found["1719.DA7", "su_nghiep:NSTW"] == (Change.ADDED, None)
    assert found["1719.DA6", "su_nghiep:NSTW"] == (Change.UNCHANGED, (0, 0))
    assert found["1719.DA1", "dau_tu:NSTW"] == (Change.UNCHANGED, (0, 0))


def test_the_order_is_that_of_the_tree(pair):
    codes = list(dict.fromkeys(one.node.code for one in Comparison(*pair).lines))
    assert codes == ["1719", "1719.DA1", "1719.DA4", "1719.DA5", "1719.DA6", "1719.DA7"]


def test_a_part_is_not_added_to_its_whole_but_another_source_is(pair):
    a, b = Comparison(*pair).totals
    assert (a, b) == ((107 * MILLION,) * 2, (112 * MILLION,) * 2)


def test_what_is_set_the_other_way_round_is_told_the_other_way_round(pair):
    there, back = told(Comparison(*pair)), told(Comparison(*reversed(pair)))
    assert there.keys() == back.keys()
    assert back["1719.DA5", "su_nghiep:NSTW"][0] == Change.ADDED
    assert back["1719.DA1", "su_nghiep:NSTW"] == (Change.LOWERED, (-5 * MILLION, -5 * MILLION))


def test_a_node_is_itself_under_a_changed_name(pair):
    old = ComponentVersion.objects.standing().get(component__code="1719.DA4")
    name = old.name
    with acting("programme.corrected", by=SYSTEM) as act:
        ComponentVersion.objects.filter(pk=old.pk).end(act)
        for first, last, called in (
            (old.valid_from, date(2024, 6, 1), name),
            (date(2024, 6, 1), None, "Tên mới (ví dụ)"),
        ):
            old.pk, old._state.adding, old.act, old.ended_by = None, True, act, None
            old.valid_from, old.valid_to, old.name = first, last, called
            old.save()
    (row,) = [one for one in Comparison(*pair).lines if one.node.code == "1719.DA4"]
    assert row.node.is_renamed
    assert (row.node.was, row.node.called) == (name, "Tên mới (ví dụ)")
    assert (row.change, row.difference) == (Change.LOWERED, (-15 * MILLION, -15 * MILLION))
    assert not [one for one in Comparison(*pair).lines if one.node.is_renamed and one.node.code != "1719.DA4"]


def test_targets_are_set_side_by_side_by_their_code(pair):
    a, b = pair
    node = component("1719.DA1.ND4")

    def write(plan, code, said, value, unit="%"):
        about = TargetDraft(code, node, f"{code} (ví dụ)", said, "2024", value and Decimal(value), unit=unit)
        record_target(plan=plan, target=about, by=SYSTEM)

    for code, was, now in (("A", "80%", "85%"), ("B", "90%", "90%"), ("C", "70%", "65%")):
        write(a, code, was, was.rstrip("%"))
        write(b, code, now, now.rstrip("%"))
    write(a, "D", "50%", "50")
    write(b, "E", "cơ bản xong", None, "")
    write(a, "F", "100 hộ", "100", "hộ")
    write(b, "F", "100%", "100")
    found = {one.one.code: (one.change, one.difference) for one in Comparison(a, b).targets}
    assert found == {
        "A": (Change.RAISED, Decimal(5)), "B": (Change.UNCHANGED, Decimal(0)), "C": (Change.LOWERED, Decimal(-5)),
        "D": (Change.DROPPED, None), "E": (Change.ADDED, None), "F": (Change.REWORDED, None),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "change"),
    [
        ((20, 22), (23, 23), Change.RAISED),
        ((20, 22), (19, 19), Change.LOWERED),
        ((20, 22), (21, 21), Change.OPEN),
        ((20, 22), (20, 22), Change.UNCHANGED),
        (None, (0, 0), Change.ADDED),
        ((0, 0), None, Change.DROPPED),
    ],
)
def test_an_interval_tells_only_what_it_leaves_no_doubt_of_and_missing_is_not_zero(a, b, change):
    assert changed(a, b) is change
    assert (difference(a, b) is None) == (a is None or b is None)


def test_parts_of_one_node_by_source_are_inside_its_undivided_line(programmes):
    made = plan("3/QĐ-VD", date(2024, 1, 2), [
        ("1719.DA1", "*:*", "2024", 50), ("1719.DA1", "dau_tu:NSTW", "2024", 30), ("1719.DA1.ND1", "*:*", "2024", 5),
    ])  # fmt: skip
    kept = outermost(lines_of(made), tree_of(made), FundingSources.all())
    assert [one.low_dong for one in kept] == [50 * MILLION]


def test_a_plan_is_found_by_its_number_and_the_latest_version_answers(pair):
    a, b = pair
    assert plan_version(f"{a.pk}") == a
    assert plan_version("2/QĐ-VD") == b
    with pytest.raises(NoSuchPlan, match="Không có kế hoạch nào"):
        plan_version("99/QĐ-VD")


def test_plans_of_other_years_and_places_are_compared_with_a_warning(pair):
    assert Comparison(*pair).warnings == []
    said = " ".join(Comparison(plan_version("1719/QĐ-TTg"), pair[0]).warnings)
    assert "hai địa bàn" in said and "2021-2025 và 2024" in said
