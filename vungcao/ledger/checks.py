"""Truths of the ledger over live data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q, Sum

from vungcao.kernel.refusal import Finding
from vungcao.kernel.vietnamese import day, money, number
from vungcao.ledger import codes, details, disagreeing, extensions, openings
from vungcao.ledger.dossiers.faults import of_decision
from vungcao.ledger.models import (
    Account,
    DossierDecision,
    Entry,
    Measure,
    Opening,
    OpeningSaid,
    Statement,
    StatementLine,
    Voucher,
)
from vungcao.ledger.regions import Region, spaces_known_at
from vungcao.ledger.spending import spending_on
from vungcao.ledger.treasury import misuse


def findings() -> Iterator[Finding]:
    """Vouchers that do not sum to zero, accounts that fall below zero, published rates that do not recompute, and what
    statements say against the money given or against each other.
    """
    yield from _unbalanced()
    yield from _below_zero()
    yield from _rates()
    yield from _two_standing()
    yield from _details()
    yield from _openings()
    yield from _not_on_file()
    yield from _codes()
    yield from misuse.findings()
    yield from disagreeing.findings()
    yield from _decided()
    yield from extensions.findings()


def _decided() -> Iterator[Finding]:
    """Signed adjustments that our rules call wrong: stored, and named with figure and article."""
    for decision in DossierDecision.objects.select_related("dossier", "decided_by").order_by("pk"):
        for fault in of_decision(decision):
            key = f"{decision.dossier.code}|{decision.number}"
            yield Finding("ledger", fault.code, key, f"Quyết định {decision}: {fault}")


def _unbalanced() -> Iterator[Finding]:
    for row in Voucher.objects.annotate(total=Sum("entries__dong")).exclude(total=0):
        yield Finding(
            "ledger", "voucher.not_zero", str(row.pk), f"Chứng từ {row} không cân: lệch {money(row.total or 0, 1)}."
        )


def _codes() -> Iterator[Finding]:
    """One Treasury code for two bearers on one day."""
    for scheme, code, rows in codes.doubled(codes.CodeBook()):
        named = ", ".join(dict.fromkeys(codes.bearer(row) for row in rows))
        said = f"{codes.label(scheme)} “{code}” gắn với nhiều nơi trong một ngày: {named}."
        yield Finding("ledger", "code.doubled", f"{scheme}|{code}", said)


def _below_zero() -> Iterator[Finding]:
    """On which day an account first passes on more than it holds: two decisions that do not fit."""
    running: dict[int, int] = {}
    flagged: set[int] = set()
    accounts = {
        account.pk: account
        for account in Account.objects.filter(is_contra=False).select_related("component", "body", "source")
    }
    rows = Entry.objects.filter(account__is_contra=False).values("account", "voucher__dated").annotate(dong=Sum("dong"))
    for row in rows.order_by("voucher__dated", "account"):
        account, dated = row["account"], row["voucher__dated"]
        running[account] = running.get(account, 0) + row["dong"]
        if running[account] < 0 and account not in flagged:
            flagged.add(account)
            one = accounts[account]
            yield Finding(
                "ledger",
                "account.below_zero",
                f"{one.component}|{one.source}|{one.year_origin}|{one.year_use}|{one.body}",
                f"Từ ngày {day(dated)}, {one.body} chuyển đi nhiều hơn số có ở {one.component}, {one.source}: "
                f"thiếu {money(-running[account])}.",
            )


def _rates() -> Iterator[Finding]:
    """A rate that was said beside its own amounts and does not come out at its own printed decimals."""
    lines = StatementLine.objects.exclude(rate_said="").exclude(plan_dong=None).filter(plan_dong__gt=0)
    for line in lines.filter(statement__superseded_by=None).select_related("statement__batch__source"):
        said = Decimal(line.rate_said)
        exact = Decimal(line.disbursed_dong) * 100 / Decimal(line.plan_dong or 1)
        rounded = exact.quantize(Decimal(1).scaleb(int(said.as_tuple().exponent)), rounding=ROUND_HALF_UP)
        if rounded != said:
            source = line.statement.batch.source.name
            yield Finding(
                "ledger",
                "rate.does_not_recompute",
                f"{source}|{line.statement.number or line.cell}",
                f"{source}, {line.label}: nói {number(said)}%, tính lại {number(exact, 2)}% "
                f"({money(line.disbursed_dong)} trên {money(line.plan_dong or 0)}).",
            )


def _two_standing() -> Iterator[Finding]:
    """Two statements of one reporter, coverage, basis and day that both stand."""
    seen: dict[tuple[object, ...], int] = {}
    for one in Statement.objects.filter(superseded_by=None).order_by("pk"):
        key = (
            one.reporter_id, one.measure, one.basis, one.as_of, one.component_id, one.field_id, one.source_id,
            one.year_origin, one.year_use, one.body_id, one.place_id, one.spending_object_id,
        )  # fmt: skip
        if key in seen:
            yield Finding(
                "ledger", "statement.doubled", f"{seen[key]}|{one.pk}", f"{one}: hai báo cáo cùng đứng cho một ngày."
            )
        seen[key] = one.pk


def _details() -> Iterator[Finding]:
    """Completed volume, advances and restored money that do not make the disbursement said beside them."""
    lines = StatementLine.objects.filter(
        statement__superseded_by=None, statement__measure=Measure.DISBURSED, completed_dong__isnull=False
    ).filter(Q(open_advance_dong__isnull=False) | Q(advance_dong__isnull=False, cleared_dong__isnull=False))
    for line in lines.select_related("statement__batch__source").order_by("pk"):
        problem = next(iter(details.of_line(line)), None)
        if problem:
            source = line.statement.batch.source.name
            key = f"{source}|{line.cell}|{line.statement.as_of}"
            yield Finding("ledger", problem[0], key, f"{source}, ô {line.cell} “{line.label}”: {problem[1]}.")


def _openings() -> Iterator[Finding]:
    """More handed over as spent than the former holder's statement says, or spending that no such statement says."""
    for on in sorted(set(Opening.objects.values_list("dated", flat=True))):
        found, spaces, cover = openings.openings_on(on), spaces_known_at(None), spending_on(on)
        for opening, dong in openings.told_by_nobody(cover, [one for one in found if one.dated == on], spaces):
            yield Finding(
                "ledger",
                "opening.told_by_nobody",
                f"{opening.number}|{opening.cell}",
                f"Bàn giao {opening.number} ngày {day(opening.dated)}: số đã chi bàn giao {money(dong)} (từ ô "
                f"{opening.cell}) không có trong báo cáo nào của bên giao; chưa tính được là của ai.",
            )
        for beyond in openings.more_than_spent(cover, found, spaces):
            opening = beyond.openings[0]
            yield Finding(
                "ledger",
                "opening.more_than_spent",
                f"{opening.number}|{opening.cell}",
                f"Bàn giao {opening.number} ngày {day(opening.dated)}: số đã chi bàn giao {money(beyond.given)} lớn "
                f"hơn số bên giao đã báo cáo {money(beyond.said)}.",
            )


def _not_on_file() -> Iterator[Finding]:
    """Statements that say they include what was taken over, without minutes: beside the former holder's they count it
    twice.
    """
    said = Statement.objects.filter(opening=OpeningSaid.INCLUDED, superseded_by=None).select_related("batch__source")
    for statement in said.order_by("as_of", "pk"):
        if not openings.taken_over(Region.of(statement), statement.as_of):
            source, sheet = statement.batch.source.name, statement.batch.sheet
            yield Finding(
                "ledger",
                "opening.not_on_file",
                f"{source}|{sheet}|{statement.as_of}",
                f"{source}, trang {sheet}: lũy kế đến {day(statement.as_of)} ghi đã gồm số nhận bàn giao mà chưa có "
                "biên bản; cộng với số của bên giao là tính hai lần. Nộp biên bản bàn giao.",
            )


def last_day_spoken() -> date | None:
    """The latest as-of day of any statement."""
    return Statement.objects.order_by("-as_of").values_list("as_of", flat=True).first()
