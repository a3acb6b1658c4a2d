"""Which kind of profile is drafted by whom, and which kind of fact is taken in by whom: one line for each.

A new kind of table: a ``Drafting`` that appends facts to ``self.out.facts``, a frozen fact with ``where``, a ``Taker``
for it, and their two lines here. What the kind alone needs stands in the profile under the kind's own name and is
handed over as ``profile.rule``; the measures of its columns are the ``measures`` of its drafting.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from vungcao.intake.adjusting import AdjustmentDrafting
from vungcao.intake.code_lists import CodeList, CodeListDrafting, CodeListTaker
from vungcao.intake.committing import CommitmentDrafting
from vungcao.intake.drafted import Fact, ObservationDraft, VoucherDraft
from vungcao.intake.drafting import Drafting
from vungcao.intake.handing_over import HandoverDraft, HandoverDrafting, HandoverTaker
from vungcao.intake.observing import ObservationDrafting
from vungcao.intake.proposed_lines import ProposedLines
from vungcao.intake.proposing import ProposalDrafting
from vungcao.intake.recovery import RecoveryDrafting
from vungcao.intake.statement_lines import StatementDrafting
from vungcao.intake.taker import Taker
from vungcao.intake.taking_observations import ObservationTaker
from vungcao.intake.taking_statements import StatementTaker
from vungcao.intake.taking_treasury import TreasuryTaker
from vungcao.intake.taking_vouchers import VoucherTaker
from vungcao.intake.transfers import TransferDrafting
from vungcao.intake.treasury_rows import TreasuryDraft, TreasuryDrafting
from vungcao.intake.unspent_lines import UnspentDraft, UnspentDrafting, UnspentTaker
from vungcao.intake.voucher_moves import VoucherDrafting
from vungcao.intake.work_list import WorkList, WorkListDrafting, WorkListTaker
from vungcao.intake.work_moves import WorkVoucherDrafting
from vungcao.intake.work_statement import WorkStatementDrafting
from vungcao.ledger.drafts import StatementDraft

DRAFTING: Final[Mapping[str, type[Drafting]]] = {
    "statement": StatementDrafting,
    "voucher": VoucherDrafting,
    "works": WorkVoucherDrafting,
    "observation": ObservationDrafting,
    "proposal": ProposalDrafting,
    "codes": CodeListDrafting,
    "treasury": TreasuryDrafting,
    "work_statement": WorkStatementDrafting,
    "work_list": WorkListDrafting,
    "unspent": UnspentDrafting,
    "transfer": TransferDrafting,
    "adjustment": AdjustmentDrafting,
    "proposed_lines": ProposedLines,
    "handover": HandoverDrafting,
    "commitment": CommitmentDrafting,
    "recovery": RecoveryDrafting,
}
TAKERS: Final[Mapping[type, type[Taker[Any]]]] = {
    StatementDraft: StatementTaker,
    VoucherDraft: VoucherTaker,
    ObservationDraft: ObservationTaker,
    CodeList: CodeListTaker,
    TreasuryDraft: TreasuryTaker,
    HandoverDraft: HandoverTaker,
    WorkList: WorkListTaker,
    UnspentDraft: UnspentTaker,
}


def taker_of(fact: Fact) -> type[Taker[Any]]:
    """Who takes a fact in; a fact of a class without a line here is a bug."""
    return TAKERS[type(fact)]


def order_of(fact: Fact) -> int:
    """Place of a fact in a run, lower first."""
    return taker_of(fact).order(fact)
