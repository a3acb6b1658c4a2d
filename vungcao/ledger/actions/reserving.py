"""Holding money for a draft until a day: two drafts cannot promise the same đồng; the second is told who holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import day, money
from vungcao.ledger.actions.accounts import open_object
from vungcao.ledger.actions.dossiers import WrongStep
from vungcao.ledger.actions.vouchers import Move, NotEnoughLeft, post, reverse
from vungcao.ledger.dossiers import standing
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.models import (
    Account,
    Dossier,
    DossierStep,
    ObjectKind,
    Reservation,
    StepTaken,
    Voucher,
    VoucherKind,
)
from vungcao.ledger.regions import Region

Holders = Sequence[tuple[Reservation, int]]


class MoneyIsPromised(Refusal):
    """Money asked for is not free; the sentence names who holds it and until when. ``holders``: reservation, đồng."""

    code = "dossier.money_is_promised"

    def __init__(self, dossier: Dossier, short: NotEnoughLeft, holders: Holders) -> None:
        asked, left = short.facts["asked"], short.facts["left"]
        said = [
            _("Hồ sơ %(code)s cần giữ %(asked)s mà chỉ còn %(left)s.")
            % {"code": dossier.code, "asked": money(asked), "left": money(left)}  # type: ignore[arg-type]  # đồng
        ]
        said += [
            _("Hồ sơ %(code)s “%(title)s” của %(who)s đang giữ %(held)s đến hết %(until)s.")
            % {
                "code": one.dossier.code,
                "title": one.dossier.title,
                "who": _who(one),
                "held": money(dong),
                "until": day(one.until),
            }
            for one, dong in holders
        ]
        super().__init__(" ".join(said if holders else [*said, _("Không hồ sơ nào khác đang giữ vốn này.")]))
        self.holders = list(holders)


def _who(one: Reservation) -> str:
    """The official who held it, and his body, as the act keeps them."""
    act = one.act
    return ", ".join(part for part in (act.official_name, act.official_body) if part)


def hold(dossier: Dossier, *, on: date, until: date, by: Signer) -> Reservation:
    """Hold the money of every line that takes it from its account from ``on`` until ``until`` (inside), in place of
    what was held before.

    Lapsed reservations give their money back first. Raises ``MoneyIsPromised``, ``WrongStep``.
    """
    if until < on:
        raise WrongStep(
            _("Giữ chỗ đến %(until)s thì đã qua: phải từ ngày %(day)s trở đi.") % {"until": day(until), "day": day(on)}
        )
    with acting("dossier.held", by=by) as act:
        lock("dossier", dossier.pk)
        if standing.step(dossier) in (StepTaken.WITHDRAWN, standing.DECIDED):
            raise WrongStep(_("Hồ sơ %(code)s đã kết thúc nên không giữ chỗ nữa.") % {"code": dossier.code})
        release_lapsed(on=on, by=by)
        let_go(dossier, on=on, by=by, reason="giữ chỗ lại")
        wanted: Counter[Region] = Counter()
        for line in Draft(dossier).giving:
            wanted[Region.of(line)] += line.dong
        if not wanted:
            raise WrongStep(
                _("Hồ sơ %(code)s chưa có dòng nào lấy vốn đi: chưa có gì để giữ.") % {"code": dossier.code}
            )
        place = open_object(
            f"GC-{dossier.code}", kind=ObjectKind.RESERVATION, name=f"Giữ chỗ cho hồ sơ {dossier.code}", act=act
        )
        moves = [Move(region, replace(region, spending_object=place.pk), dong) for region, dong in wanted.items()]
        try:
            voucher = post(
                kind=VoucherKind.RESERVATION, dated=on, decided_by=dossier.drafted_by, batch=dossier.batch,
                moves=moves, number=dossier.code, note=f"Giữ chỗ đến hết {day(until)}", by=by, decided_here=True,
            )  # fmt: skip
        except NotEnoughLeft as short:
            raise MoneyIsPromised(dossier, short, _holders(wanted, on, dossier)) from short
        made = Reservation.objects.create(act=act, dossier=dossier, voucher=voucher, until=until)
        record(act, dossier, after={"held": sum(wanted.values()), "until": f"{until}"})
    return made


def _holders(wanted: Counter[Region], on: date, dossier: Dossier) -> Holders:
    rows = Account.objects.filter(body__in={region.body for region in wanted})
    accounts = [row.pk for row in rows if Region.of(row) in wanted]
    found = standing.holding(accounts, on, but=dossier)
    return list(dict.fromkeys(pair for pairs in found.values() for pair in pairs))


def let_go(dossier: Dossier, *, on: date, by: Signer, reason: str) -> bool:
    """Give back what a dossier holds; whether it held anything. The reversal is not older than the hold."""
    one = standing.held(dossier)
    return one is not None and _given_back(one, on=max(on, one.voucher.dated), by=by, reason=reason)


def _given_back(one: Reservation, *, on: date, by: Signer, reason: str) -> bool:
    """Reverse the hold; false where another has given it back meanwhile: its dossier went on, or its day was over."""
    lock("reversal", one.voucher_id)
    if Voucher.objects.filter(reverses=one.voucher_id).exists():
        return False
    reverse(one.voucher, dated=on, by=by, reason=reason)
    return True


class _NothingLapsed(Exception):
    """Rolls an act back that gave nothing back."""


def release_lapsed(*, on: date, by: Signer) -> list[Reservation]:
    """Give back everything whose last day is over; what was given back. Where nothing lapsed, nothing is written."""
    rows = Reservation.objects.filter(until__lt=on, voucher__reversed_by=None)
    found = list(rows.select_related("voucher", "dossier").order_by("pk"))
    if not found:
        return []
    gone = []
    try:
        with acting("dossier.lapsed", by=by) as act:
            lock("dossier.lapsed")
            for one in found:
                if _given_back(one, on=on, by=by, reason=f"hết hạn giữ chỗ {day(one.until)}"):
                    record(act, one.dossier, after={"lapsed": f"{one.until}"})
                    gone.append(one)
            if not gone:
                raise _NothingLapsed
    except _NothingLapsed:
        pass
    return gone


def withdraw(dossier: Dossier, *, on: date, reason: str, by: Signer) -> DossierStep:
    """The draft is given up and its money free again; lines and papers stay in sight. A reason is needed."""
    if not reason.strip():
        raise WrongStep(_("Rút hồ sơ thì phải ghi lý do."))
    with acting("dossier.withdrawn", by=by, reason=reason) as act:
        lock("dossier", dossier.pk)
        if standing.step(dossier) in (StepTaken.WITHDRAWN, standing.DECIDED):
            raise WrongStep(_("Hồ sơ %(code)s đã rút hoặc đã có quyết định.") % {"code": dossier.code})
        let_go(dossier, on=on, by=by, reason="rút hồ sơ")
        made = DossierStep.objects.create(act=act, dossier=dossier, step=StepTaken.WITHDRAWN, on=on, reason=reason)
        record(act, dossier, after={"step": StepTaken.WITHDRAWN, "on": f"{on}"})
    return made
