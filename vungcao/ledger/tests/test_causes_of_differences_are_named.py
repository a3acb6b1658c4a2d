"""Each cause of practice §4.3 is named with its amount; several at once; chance agreements are not; floors hold."""

from __future__ import annotations

from datetime import date

import pytest

from bench.treasury import Score, make, score
from bench.treasury.making import PLANTED
from vungcao.ledger.treasury.causes import explain
from vungcao.ledger.treasury.facts import Booked, CauseKind, Group, Node, finest, grouped

MAY, JUNE = date(2024, 5, 31), date(2024, 6, 30)


def node(component="CT.DA1", **more):
    return Node("vd", component, kind="dau_tu", **more)


def group(unit, treasury, at=None, days=(MAY, MAY), tolerance=0):
    at = at or node()
    ours = tuple(Booked(f"u{at.component}{at.origin}{i}", at, dong) for i, dong in enumerate(unit))
    return Group(at, ours, tuple(treasury), *days, tolerance)


def row(dong, at=None, key="t", **more):
    at = at or node()
    return Booked(f"{key}{at.component}{at.origin}{dong}", at, dong, **more)


def said(one):
    return [(cause.kind, cause.effect) for cause in one.causes]


def test_what_agrees_has_no_cause():
    (one,) = explain([group([100], [row(60), row(40)])])
    assert (one.causes, one.rest_dong) == ((), 0)


def test_rounding_alone_is_said_to_be_rounding():
    (one,) = explain([group([100_000], [row(100_049)], tolerance=50)])
    assert said(one) == [(CauseKind.ROUNDING, 49)]


@pytest.mark.parametrize(
    ("unit", "treasury", "found"),
    [
        (700, [row(1000, open_advance=300)], [(CauseKind.ADVANCE, 300)]),
        (1020, [row(1000, restored=20)], [(CauseKind.RESTORED, -20)]),
        (400, [row(400), row(250, is_old_code=True), row(350, is_old_code=True)], [(CauseKind.OLD_CODES, 600)]),
        (720, [row(1000, open_advance=300, restored=20)], [(CauseKind.ADVANCE, 300), (CauseKind.RESTORED, -20)]),
    ],
)
def test_a_cause_within_one_group(unit, treasury, found):
    (one,) = explain([group([unit], treasury)])
    assert sorted(said(one)) == sorted(found) and one.is_exact and one.rest_dong == 0


def test_the_other_days_figure_proves_a_different_cut_off_day():
    (one,) = explain([group([800], [row(1000, other_day=800)], days=(MAY, JUNE))])
    assert said(one) == [(CauseKind.CUT_OFF, 200)] and one.is_exact


def test_without_it_a_different_day_is_only_possible_and_only_the_right_way_round():
    possible, not_even = explain(
        [
            group([800], [row(1000)], days=(MAY, JUNE)),
            group([1250], [row(1000, at=node("CT.DA2"))], node("CT.DA2"), days=(MAY, JUNE)),
        ]
    )
    assert said(possible) == [(CauseKind.CUT_OFF, 200)] and not possible.is_exact
    assert not_even.causes == ()


def test_money_under_another_code_is_named_on_both_sides():
    there = node("CT.DA2")
    lacks, holds = explain([group([300], [row(100)]), group([50], [row(50, there), row(200, there)], there)])
    assert said(lacks) == [(CauseKind.WRONG_CODE, -200)] and said(holds) == [(CauseKind.WRONG_CODE, 200)]
    assert lacks.causes[0].partner == 1 and holds.causes[0].partner == 0


def test_a_project_registered_elsewhere_is_named_though_nothing_adds_up():
    (one,) = explain([group([7], [row(200, belongs=node("CT.DA2"))])])
    assert one.kinds == (CauseKind.WRONG_CODE,) and not one.is_exact and one.rest_dong == 193 - 200


def test_carried_money_under_this_years_code():
    old, new = node(origin="2023"), node(origin="2024")
    lacks, holds = explain([group([300], [], old), group([500], [row(500, new), row(300, new)], new)])
    assert lacks.kinds == holds.kinds == (CauseKind.CARRY_OVER,)


def test_what_nothing_explains_is_not_known():
    (one,) = explain([group([123], [row(1000, open_advance=300, restored=20)])])
    assert one.causes == () and one.rest_dong == 877


def test_two_sets_that_come_out_are_both_named():
    (one,) = explain([group([700], [row(1000, open_advance=300), row(0, key="o"), row(300, is_old_code=True)][:1])])
    assert one.kinds == (CauseKind.ADVANCE,)
    (two,) = explain([group([1000], [row(1000, open_advance=300), row(300, is_old_code=True)])])
    assert {two.kinds, *(tuple(c.kind for c in other) for other in two.others)} == {
        (CauseKind.ADVANCE,), (CauseKind.OLD_CODES,),
    }  # fmt: skip


def test_many_rows_meet_many_rows():
    ours = [Booked("u1", node("CT.DA1"), 5), Booked("u2", node("CT.DA2"), 6)]
    theirs = [Booked("t1", node("CT.DA1.A"), 2), Booked("t2", node("CT.DA1.B"), 3), Booked("t3", node("CT"), 9)]
    groups = grouped(ours, theirs[:2], lambda one, other: other.node.component.startswith(one.node.component))
    assert [(len(one), len(other)) for one, other in groups] == [(1, 2), (1, 0)]
    wide = grouped(ours, theirs, lambda one, other: one.node.component[:2] == other.node.component[:2])
    assert [(len(one), len(other)) for one, other in wide] == [(2, 3)]


def test_a_row_that_others_split_counts_once_and_what_is_left_stays():
    whole, part, other = (Booked(key, node(), dong) for key, dong in (("w", 10), ("p", 6), ("o", 3)))
    kept = finest([(whole, None), (part, whole), (other, whole)])
    assert [(one.key, one.dong) for one in kept] == [("w", 1), ("p", 6), ("o", 3)]


def test_planted_causes_are_found_as_well_as_published():
    """Floors a little below docs/treasury-scores.md; other seeds than those the finder was mended on."""
    total = Score()
    for seed in range(900_001, 900_201):
        total.add(score(make(seed)))
    assert all(total.planted[kind] >= 30 for kind in PLANTED)
    assert {kind: round(total.precision(kind), 2) for kind in PLANTED if total.precision(kind) < 0.92} == {}
    assert {kind: round(total.recall(kind), 2) for kind in PLANTED if total.recall(kind) < 0.70} == {}
    assert total.all_precision >= 0.96 and total.all_recall >= 0.85
