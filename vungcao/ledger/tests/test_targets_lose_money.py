"""A move of money names the targets that lose it, how much of the node's money goes, and of what that is a share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from vungcao.evidence.actions import SYSTEM
from vungcao.ledger.actions.dossiers import LineDraft, open_dossier, propose
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.dossiers.losing import losses
from vungcao.ledger.models import DossierKind, Side, VoucherKind
from vungcao.programme import recording
from vungcao.programme.models import Component, FundingSource, PlanKind
from vungcao.territory.models import Place

DAY = date(2024, 1, 18)
CENTRAL = "su_nghiep:NSTW"
pytestmark = pytest.mark.django_db


@pytest.fixture
def money(cast):
    """100 at project 1 and 60 at its first sub-project, both of district one (invented)."""
    held = {}
    for number, (node, dong) in enumerate({"CT.DA1": 100, "CT.DA1.TDA1": 60}.items()):
        held[node] = cast.region(node, body="UBND-h1", place="h1", source=CENTRAL)
        cast.post(
            VoucherKind.ASSIGNMENT, [(None, held[node], dong)], dated=date(2024, 1, 5), by="TTG", number=f"{number}/VD"
        )
    return held


def moved(cast, *lines, kind=DossierKind.ADJUSTMENT):
    """A dossier of lines (side, node, đồng)."""
    made = open_dossier(
        title="Ví dụ", planned_for=DAY, drafted_by=cast.body("BDT"), on=date(2024, 1, 10), kind=kind, by=SYSTEM
    )
    drafts = []
    for side, node, dong in lines:
        unit = "h2" if side == Side.UP else "h1"
        region = cast.region(node, body=f"UBND-{unit}", place=unit, source=CENTRAL)
        drafts.append(LineDraft(side, region, dong, "ví dụ", cast.bodies["UBND-h1"]))
    propose(made, drafts, by=SYSTEM)
    return losses(Draft(made))


def plan(cast, number, dated, lines=(), kind=PlanKind.ANNUAL, supersedes=None):
    first, last = (2024, 2024) if kind == PlanKind.ANNUAL else (2021, 2025)
    source = FundingSource.objects.get(code=CENTRAL)
    drafts = [recording.LineDraft(Component.objects.get(code=node), source, f"{first}", dong) for node, dong in lines]
    return recording.record_plan(
        programme=Component.objects.get(code="CT"), kind=kind, place=Place.objects.get(pk=cast.places["vd"]),
        first_year=first, last_year=last, number=number, dated=dated, lines=drafts, supersedes=supersedes,
        is_example=True, by=SYSTEM,
    )  # fmt: skip


def target(plan, code, node, said="90% (ví dụ)"):
    about = recording.TargetDraft(
        code, Component.objects.get(code=node), f"{code} (ví dụ)", said, plan.span, Decimal(90)
    )
    return recording.record_target(plan=plan, target=about, by=SYSTEM)


DOWN, UP = Side.DOWN, Side.UP


def test_targets_at_the_node_lose_its_money_with_the_share_of_what_was_given(cast, money):
    target(plan(cast, "1/QĐ-VD", date(2024, 1, 10)), "A", "CT.DA1")
    (loss,) = moved(cast, (DOWN, "CT.DA1", 40), (UP, "CT.DA2", 40))
    assert [(where, one.code, one.value_said) for where, _, one in loss.targets] == [("own", "A", "90% (ví dụ)")]
    assert (loss.lost_dong, loss.node_dong, loss.of, loss.rate) == (40, 160, "given", Decimal("25.0"))


def test_a_plan_that_says_the_nodes_money_is_the_measure_and_is_named(cast, money):
    target(plan(cast, "1/QĐ-VD", date(2024, 1, 10), [("CT.DA1", 200), ("CT.DA1.TDA1", 80)]), "A", "CT.DA1.TDA1")
    (loss,) = moved(cast, (DOWN, "CT.DA1.TDA1", 20), (UP, "CT.DA2", 20))
    assert (loss.node_dong, loss.of, loss.rate) == (80, "plan", Decimal("25.0"))
    assert loss.paper == "1/QĐ-VD (2024, bản 1)"
    (whole,) = moved(cast, (DOWN, "CT.DA1", 20), (UP, "CT.DA2", 20))
    assert (whole.node_dong, whole.rate) == (200, Decimal("10.0")), "the part is inside its whole"


def test_what_comes_back_to_the_same_content_is_not_lost(cast, money):
    target(plan(cast, "1/QĐ-VD", date(2024, 1, 10)), "A", "CT.DA1")
    (loss,) = moved(cast, (DOWN, "CT.DA1", 40), (UP, "CT.DA1", 40))
    assert (loss.down_dong, loss.back_dong, loss.lost_dong, loss.targets) == (40, 40, 0, [])
    (part,) = moved(cast, (DOWN, "CT.DA1", 40), (UP, "CT.DA1.TDA2", 30), (UP, "CT.DA2", 10))
    assert (part.lost_dong, [one.code for _, _, one in part.targets]) == (10, ["A"])


def test_what_its_parts_lose_the_project_loses_too(cast, money):
    found = moved(cast, (DOWN, "CT.DA1", 10), (DOWN, "CT.DA1.TDA1", 5), (UP, "CT.DA2", 15))
    assert {one.line.component.code: one.lost_dong for one in found} == {"CT.DA1": 15, "CT.DA1.TDA1": 5}


def test_without_a_target_there_the_nearest_below_then_above_is_named(cast, money):
    made = plan(cast, "1/QĐ-VD", date(2024, 1, 10))
    target(made, "X", "CT")
    (loss,) = moved(cast, (DOWN, "CT.DA1", 40), (UP, "CT.DA2", 40))
    assert [(where, one.code) for where, _, one in loss.targets] == [("above", "X")]
    target(made, "B", "CT.DA1.TDA1")
    (loss,) = moved(cast, (DOWN, "CT.DA1", 40), (UP, "CT.DA2", 40))
    assert [(where, one.code) for where, _, one in loss.targets] == [("below", "B")]


def test_the_plan_is_the_one_in_force_on_the_planned_day(cast, money):
    old = plan(cast, "1/QĐ-VD", date(2024, 1, 10))
    target(old, "A", "CT.DA1", "80% (ví dụ)")
    later = plan(cast, "2/QĐ-VD", date(2024, 2, 1), supersedes=old)
    target(later, "A", "CT.DA1", "70% (ví dụ)")
    (loss,) = moved(cast, (DOWN, "CT.DA1", 40), (UP, "CT.DA2", 40))
    assert [one.value_said for _, _, one in loss.targets] == ["80% (ví dụ)"]


def test_a_medium_term_target_stands_beside_the_annual_one(cast, money):
    target(plan(cast, "1/QĐ-VD", date(2024, 1, 10)), "A", "CT.DA1")
    target(plan(cast, "9/NQ-VD", date(2021, 6, 1), kind=PlanKind.FIVE_YEAR), "G", "CT.DA1")
    (loss,) = moved(cast, (DOWN, "CT.DA1", 40), (UP, "CT.DA2", 40))
    assert [one.code for _, _, one in loss.targets] == ["A", "G"]


def test_no_plan_on_file_names_no_target_and_still_says_the_share(cast, money):
    (loss,) = moved(cast, (DOWN, "CT.DA1", 40), (UP, "CT.DA2", 40))
    said = loss.as_json()
    assert (said["targets"], said["rate"], said["of"], said["node_dong"]) == ([], "25.0", "given", 160)


def test_money_that_nobody_gave_has_no_share(cast, money):
    (loss,) = moved(cast, (DOWN, "CT.DA2", 40), (UP, "CT.DA1", 40))
    assert (loss.node_dong, loss.of, loss.rate) == (None, None, None)


def test_money_cancelled_is_lost_to_its_targets_and_money_carried_over_is_not(cast, money):
    target(plan(cast, "1/QĐ-VD", date(2024, 1, 10)), "A", "CT.DA1")
    (gone,) = moved(cast, (Side.OFF, "CT.DA1", 40), kind=DossierKind.CANCELLATION)
    assert (gone.lost_dong, gone.rate, [one.code for _, _, one in gone.targets]) == (40, Decimal("25.0"), ["A"])
    (kept,) = moved(cast, (Side.OVER, "CT.DA1", 40), kind=DossierKind.CARRY_OVER)
    assert (kept.down_dong, kept.back_dong, kept.lost_dong, kept.targets) == (40, 40, 0, [])
