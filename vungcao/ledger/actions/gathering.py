"""Lines of a dossier from what the units themselves propose in their forms of causes: "kéo dài" or "trả lại"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Sum
from django.utils.translation import gettext as _

from vungcao.evidence.actions import Signer, acting, lock
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import day
from vungcao.law.carrying import SPARED, permissions
from vungcao.ledger import unspent
from vungcao.ledger.actions.dossiers import DossierRefused, LineDraft, propose
from vungcao.ledger.balances import entries_on
from vungcao.ledger.dossiers import standing
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.models import Account, Dossier, DossierKind, DossierLine, Proposal, Unspent
from vungcao.ledger.regions import Region
from vungcao.programme.models import FundingSource
from vungcao.ui.amounts import money

PROPOSED: Final = {DossierKind.CARRY_OVER: Proposal.CARRY_OVER, DossierKind.CANCELLATION: Proposal.GIVE_BACK}


@dataclass(frozen=True)
class Gathered:
    """The lines that were made, and a sentence for each proposal that made none."""

    lines: list[DossierLine]
    left_out: list[str]


class NothingProposed(Refusal):
    """An adjustment: the form of causes does not say where the money should go."""

    code = "dossier.nothing_proposed"


def gather(dossier: Dossier, *, on: date, by: Signer) -> Gathered:
    """A line for every proposal of the latest forms up to ``on`` that speaks of one account, and is not in yet. What
    speaks of several accounts, or of none with money, is left out and said: nothing is divided by guess.
    """
    wanted = PROPOSED.get(DossierKind(dossier.kind))
    if wanted is None:
        raise NothingProposed(_("Hồ sơ điều chỉnh phải ghi từng dòng: biểu nguyên nhân không nói vốn chuyển đi đâu."))
    draft, made, left = Draft(dossier), list[tuple[str, LineDraft]](), list[str]()
    for said in unspent.latest_forms(on):
        if said.proposal != wanted:
            continue
        where = _("ô %(cell)s, %(label)s: %(dong)s") % {
            "cell": said.cell, "label": said.label or _(said.get_cause_display()), "dong": money(said.dong),
        }  # fmt: skip
        held = _held(draft, said, on)
        if len(held) != 1:
            several = _("%(where)s: %(count)s tài khoản còn vốn.") % {"where": where, "count": len(held)}
            left.append(several if held else _("%(where)s: không tài khoản nào còn vốn.") % {"where": where})
            continue
        (region,) = held
        made.append((where, _line(draft, said, region)))
    return Gathered(_proposed(dossier, made, left, by), left)


class _NothingMade(Exception):
    """Rolls an act back that wrote nothing."""


def _proposed(
    dossier: Dossier, made: Sequence[tuple[str, LineDraft]], left: list[str], by: Signer
) -> list[DossierLine]:
    """Each by itself: a proposal over money that has ended does not keep the others out. Whoever gathers beside us
    waits, and finds our lines there.
    """
    lines: list[DossierLine] = []
    try:
        with acting("dossier.proposed", by=by):
            lock("dossier", dossier.pk)
            there = {(Region.of(line), line.proposed_by_id) for line in standing.lines(dossier)}
            for where, one in made:
                if (one.region, one.proposed_by) in there:
                    left.append(_("%(where)s: đã có dòng của đơn vị này.") % {"where": where})
                    continue
                there.add((one.region, one.proposed_by))
                try:
                    lines += propose(dossier, [one], by=by)
                except DossierRefused as refused:
                    left += [str(fault) for fault in refused.faults]
            if not lines:
                raise _NothingMade
    except _NothingMade:
        pass
    return lines


def _held(draft: Draft, said: Unspent, on: date) -> list[Region]:
    """The accounts inside what a proposal speaks of that have money on the day; itself alone, where it is one."""
    asked = Region.of(said)
    rows = entries_on(on, known=draft.known).filter(account__is_contra=False, account__year_use=said.year_use)
    sums = rows.filter(account__body=said.body_id).values_list("account").annotate(dong=Sum("dong")).order_by("account")
    accounts = Account.objects.in_bulk([account for account, dong in sums if dong > 0])
    found = [region for row in accounts.values() if draft.here.covers(asked, region := Region.of(row))]
    return [asked] if asked in found else found


def _line(draft: Draft, said: Unspent, region: Region) -> LineDraft:
    cause = f"{said.get_cause_display()} (biểu nguyên nhân đến ngày {day(said.as_of)}, ô {said.cell})"
    return LineDraft(
        draft.way.giving, region, said.dong, cause, said.reporter_id, targets=said.label, basis=_basis(draft, region)
    )


def _basis(draft: Draft, region: Region) -> str:
    """The one ground of the day that is a resolution or an extension; none or several: an officer says which."""
    if draft.dossier.kind != DossierKind.CARRY_OVER:
        return ""
    source = FundingSource.objects.get(pk=region.source)
    if "*" in (source.kind, source.level) or not (region.year_origin.isdigit() and region.year_use.isdigit()):
        return ""
    found = permissions(source.kind, source.level, int(region.year_origin), int(region.year_use), draft.book)
    codes = [one.code for one in found if one.way != SPARED and one.is_in_force(draft.on)]
    return codes[0] if len(codes) == 1 else ""
