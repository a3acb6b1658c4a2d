"""Cumulative figures that fall: lower than the same reporter's earlier ones, or higher than later ones."""

from __future__ import annotations

from collections.abc import Iterator

from vungcao.kernel.refusal import Problem
from vungcao.kernel.vietnamese import day, money
from vungcao.ledger.drafts import LineDraft, StatementDraft
from vungcao.ledger.models import Basis, Measure, Statement, StatementLine
from vungcao.ledger.regions import Region, Space, space


def problems(draft: StatementDraft, here: Space) -> list[Problem]:
    """Line by line; where no line falls, the whole against the whole. Months' figures, estimates and debts may fall;
    but no estimate lies below what was already spent.
    """
    if draft.basis == Basis.MONTH or draft.measure == Measure.OUTSTANDING:
        return []
    if draft.basis == Basis.ESTIMATE:
        return [*_below_spent(draft)]
    return [*_lines_fall(draft)] or [*_whole_falls(draft, here)]


def _lines_fall(draft: StatementDraft) -> Iterator[Problem]:
    others = StatementLine.objects.filter(
        statement__reporter_id=draft.reporter,
        statement__measure=draft.measure,
        statement__basis=draft.basis,
        statement__superseded_by=None,
        year_use=draft.coverage.year_use,
    ).exclude(statement__as_of=draft.as_of)
    before: dict[Region, StatementLine] = {}
    after: dict[Region, StatementLine] = {}
    for held in others.select_related("statement").order_by("statement__as_of"):
        if held.statement.as_of < draft.as_of:
            before[Region.of(held)] = held
        else:
            after.setdefault(Region.of(held), held)
    for line in draft.lines:
        earlier, later = before.get(line.region), after.get(line.region)
        if earlier and earlier.disbursed_dong > line.disbursed_dong:
            yield _falling(line, earlier, "thấp hơn")
        if later and later.disbursed_dong < line.disbursed_dong:
            yield _falling(line, later, "cao hơn")


def _below_spent(draft: StatementDraft) -> Iterator[Problem]:
    spent = StatementLine.objects.filter(
        statement__reporter_id=draft.reporter,
        statement__measure=draft.measure,
        statement__basis=Basis.YEAR,
        statement__superseded_by=None,
        statement__as_of__lte=draft.as_of,
        year_use=draft.coverage.year_use,
    )
    held = {Region.of(line): line for line in spent.select_related("statement").order_by("statement__as_of")}
    for line in draft.lines:
        done = held.get(line.region)
        if done and done.disbursed_dong > line.disbursed_dong:
            said = f"ước {money(line.disbursed_dong)} thấp hơn {money(done.disbursed_dong)} đã giải ngân đến ngày "
            said += f"{day(done.statement.as_of)}; vẫn được ghi, đề nghị giải trình."
            yield line.problem("estimate.below_spent", said, contradicting=True)


def _falling(line: LineDraft, held: StatementLine, word: str) -> Problem:
    said = (
        f"lũy kế {money(line.disbursed_dong)} {word} {money(held.disbursed_dong)} đã báo cáo "
        f"ngày {day(held.statement.as_of)}; vẫn được ghi, đề nghị giải trình."
    )
    return line.problem("statement.falls", said, contradicting=True)


def _whole_falls(draft: StatementDraft, here: Space) -> Iterator[Problem]:
    """The same when the table has changed its shape (a total alone, then its kinds): the whole against the whole.

    A whole is the sum of a statement's outermost lines; compared are the nearest statements of the same reporter and
    coverage before and after.
    """
    if not draft.lines:
        return
    said = {line.region: line.disbursed_dong for line in draft.lines}
    roots = here.outermost(said)
    held = Statement.objects.filter(
        reporter_id=draft.reporter,
        measure=draft.measure,
        basis=draft.basis,
        superseded_by=None,
        **draft.coverage.columns(),
    ).order_by("as_of")
    earlier, later = held.filter(as_of__lt=draft.as_of).last(), held.filter(as_of__gt=draft.as_of).first()
    whole = sum(said[region] for region in roots)
    first = next(line for line in draft.lines if line.region in roots)
    for other, sign, word in ((earlier, 1, "thấp hơn"), (later, -1, "cao hơn")):
        if other is None:
            continue
        theirs = {Region.of(line): line.disbursed_dong for line in other.lines.all()}
        total = sum(theirs[region] for region in space(other.as_of).outermost(theirs))
        if sign * total > sign * whole and theirs:
            sentence = (
                f"cả biểu cộng lại {money(whole)}, {word} {money(total)} đã báo cáo ngày {day(other.as_of)} "
                "(biểu đó chia dòng khác); vẫn được ghi, đề nghị giải trình."
            )
            yield first.problem("statement.falls", sentence, contradicting=True)
