"""What is wrong with a dossier, said in English to who reads English; what is kept does not know who asked."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import AuditRow
from vungcao.ledger.actions.deciding import record_decision
from vungcao.ledger.actions.dossiers import DossierRefused, LineDraft, open_dossier, propose, submit
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.dossiers.faults import cautions
from vungcao.ledger.models import Side, VoucherKind

DAY = date(2024, 1, 18)


@pytest.fixture
def unbalanced(cast):
    """A dossier that raises 7 million more than it lowers."""
    held = cast.region("CT.DA1", body="UBND-h1", place="h1", source="su_nghiep:NSTW")
    cast.post(VoucherKind.ASSIGNMENT, [(None, held, 100)], dated=date(2024, 1, 5), by="TTG", number="1/QĐ-VD")
    made = open_dossier(
        title="Điều chỉnh ví dụ", planned_for=DAY, drafted_by=cast.body("BDT"), on=date(2024, 1, 10), by=SYSTEM
    )
    taker = cast.region("CT.DA2", body="UBND-h2", place="h2", source="su_nghiep:NSTW")
    whose = {"reason": "hết đối tượng (ví dụ)", "proposed_by": cast.bodies["UBND-h1"]}
    lines = [LineDraft(Side.DOWN, held, 40, **whose), LineDraft(Side.UP, taker, 7_000_040, **whose)]
    propose(made, lines, by=SYSTEM)
    return made


def test_a_refusal_with_its_figure_and_ground_is_english(unbalanced):
    with translation.override("en"), pytest.raises(DossierRefused) as refused:
        submit(unbalanced, on=DAY, by=SYSTEM)
    said = str(refused.value)
    assert "raised by 7 million đồng more than lowered; the sum must be 0. On the ground of: " in said
    assert "tăng nhiều hơn giảm" not in said and "Căn cứ" not in said


def test_cautions_leave_out_what_changes_nothing_in_any_language(unbalanced):
    told = {}
    for language in ("vi", "en"):
        with translation.override(language):
            told[language] = cautions(Draft(unbalanced, date(2026, 3, 1)))
    assert len(told["vi"]) == len(told["en"]) and told["vi"] != told["en"]
    assert not any("does not change the answer" in one for one in told["en"])


def test_what_is_kept_of_a_decision_is_the_same_whoever_records_it(cast, unbalanced):
    with translation.override("en"):
        recorded = record_decision(unbalanced, number="5/NQ-HĐND", dated=DAY, decided_by=cast.body("HDND"), by=SYSTEM)
    assert "the sum must be 0" in str(recorded.faults[0])
    kept = AuditRow.objects.get(act=recorded.decision.act, after__has_key="faults").after["faults"]
    assert "dossier.not_zero" in kept and all(" " not in one for one in kept)
