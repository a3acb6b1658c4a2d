"""What is wrong with a statement before it is recorded: unusable things keep it out, contradicting ones are flagged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils import timezone

from vungcao.kernel.refusal import Problem
from vungcao.kernel.vietnamese import day, money
from vungcao.kernel.years import Years
from vungcao.ledger.drafts import LineDraft, StatementDraft
from vungcao.ledger.models import Basis, Statement, StatementLine
from vungcao.ledger.regions import Region, Space, space
from vungcao.programme.queries import budget_years


def judge(draft: StatementDraft) -> list[Problem]:
    """Every problem of the draft, unusable and contradicting."""
    here = space(draft.as_of)
    falling = [*_falls(draft)] or [*_whole_falls(draft, here)]
    return [
        *_lines_fit(draft, here),
        *_years_fit(draft, here),
        *_days_fit(draft),
        *_day_has_come(draft),
        *_editions(draft),
        *falling,
    ]


def same_as_held(draft: StatementDraft, *, file_sha: str = "") -> bool:
    """Is this already held? Rows, not files, decide what is new: the same rows as an edition we hold change nothing,
    unless the draft corrects the standing one by going back to figures of an older edition.
    """
    standing, rows = standing_edition(draft), rows_of(draft)
    for held in _editions_of(draft):
        same_file = bool(file_sha) and held.batch.source.sha256 == file_sha
        if _rows_held(held) == rows and (held == standing or not draft.corrects or same_file):
            return True
    return False


def rows_of(draft: StatementDraft) -> set[tuple[Region, int, int | None]]:
    """What a draft says, without where it says it."""
    return {(line.region, line.disbursed_dong, line.plan_dong) for line in draft.lines}


def standing_edition(draft: StatementDraft) -> Statement | None:
    """The statement of the same reporter, coverage, basis and day that nothing supersedes."""
    return _editions_of(draft).filter(superseded_by=None).first()


def _editions_of(draft: StatementDraft) -> QuerySet[Statement]:
    return (
        Statement.objects.filter(
            reporter_id=draft.reporter, basis=draft.basis, as_of=draft.as_of, **draft.coverage.columns()
        )
        .select_related("batch__source")
        .order_by("-pk")
    )


def _rows_held(statement: Statement) -> set[tuple[Region, int, int | None]]:
    return {(Region.of(line), line.disbursed_dong, line.plan_dong) for line in statement.lines.all()}


def _lines_fit(draft: StatementDraft, here: Space) -> Iterator[Problem]:
    first: dict[Region, LineDraft] = {}
    for line in draft.lines:
        if not here.covers(draft.coverage, line.region):
            yield _problem(line, "line.outside", f"dòng “{line.label}” nằm ngoài phạm vi của báo cáo.")
        if line.region in first:
            cell = first[line.region].where.cell
            yield _problem(line, "line.doubled", f"dòng “{line.label}” trùng phạm vi với ô {cell}.")
        first.setdefault(line.region, line)
    for region, other in _crossings(first, here).items():
        line, against = first[region], first[other]
        said = f"dòng “{line.label}” giao nhau với dòng “{against.label}” ở ô {against.where.cell} mà không lồng nhau."
        yield _problem(line, "line.crosses", said)


def _crossings(regions: Iterable[Region], here: Space) -> dict[Region, Region]:
    """Region → one that it crosses; only what lies above or below its place is looked at."""
    found: dict[Region, Region] = {}
    at: dict[int, list[Region]] = defaultdict(list)
    under: dict[int, list[Region]] = defaultdict(list)
    for region in regions:
        line = list(here.places.up(region.place))
        near = [*under[region.place], *(other for place in line[1:] for other in at[place])]
        for other in near:
            if here.crosses(region, other):
                found.setdefault(other, region)
                found.setdefault(region, other)
        at[region.place].append(region)
        for place in line:
            under[place].append(region)
    return found


def _years_fit(draft: StatementDraft, here: Space) -> Iterator[Problem]:
    span = budget_years(here.components.programme_of(draft.coverage.component))
    used = Years.parse(draft.coverage.year_use)
    if span and used.depth and not span.covers(used):
        said = f"năm sử dụng vốn {used} nằm ngoài chương trình ({span}): kiểm tra lại năm hoặc tên chương trình."
        yield Problem(draft.where, "year.outside", f"{used}", said)


def _days_fit(draft: StatementDraft) -> Iterator[Problem]:
    if draft.dated and draft.as_of > draft.dated:
        where, as_of = draft.as_of_where or draft.where, day(draft.as_of)
        said = f"số liệu tính đến {as_of}, sau ngày của chính văn bản ({day(draft.dated)}); vẫn được ghi, "
        said += "đề nghị kiểm tra hai ngày."
        yield Problem(where, "as_of.after_paper", as_of, said, "contradicting")


def _day_has_come(draft: StatementDraft) -> Iterator[Problem]:
    today = timezone.localdate()
    if draft.as_of > today:
        where, as_of = draft.as_of_where or draft.where, day(draft.as_of)
        said = f"số liệu tính đến {as_of}, là ngày chưa đến (hôm nay {day(today)}); vẫn được ghi, đề nghị kiểm tra."
        yield Problem(where, "as_of.not_yet", as_of, said, "contradicting")


def _editions(draft: StatementDraft) -> Iterator[Problem]:
    held = standing_edition(draft)
    if held and not draft.corrects and not same_as_held(draft):
        said = (
            f"đã có báo cáo của đơn vị này tính đến {day(draft.as_of)} với số liệu khác; "
            "nếu là bản sửa, ghi “thay thế” hoặc “sửa lần 2” ở đầu biểu rồi nộp lại."
        )
        yield Problem(draft.where, "statement.two_for_one_day", day(draft.as_of), said)


def _falls(draft: StatementDraft) -> Iterator[Problem]:
    """A cumulative figure that is lower than the same reporter's earlier one, or higher than a later one."""
    if draft.basis == Basis.MONTH:
        return
    others = StatementLine.objects.filter(
        statement__reporter_id=draft.reporter,
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


def _falling(line: LineDraft, held: StatementLine, word: str) -> Problem:
    said = (
        f"lũy kế {money(line.disbursed_dong)} {word} {money(held.disbursed_dong)} đã báo cáo "
        f"ngày {day(held.statement.as_of)}; vẫn được ghi, đề nghị giải trình."
    )
    return _problem(line, "statement.falls", said, contradicting=True)


def _whole_falls(draft: StatementDraft, here: Space) -> Iterator[Problem]:
    """The same when the table has changed its shape (a total alone, then its kinds): the whole against the whole.

    A whole is the sum of a statement's outermost lines; compared are the nearest statements of the same reporter and
    coverage before and after.
    """
    if draft.basis == Basis.MONTH or not draft.lines:
        return
    said = {line.region: line.disbursed_dong for line in draft.lines}
    roots = _outermost(said, here)
    held = Statement.objects.filter(
        reporter_id=draft.reporter, basis=draft.basis, superseded_by=None, **draft.coverage.columns()
    ).order_by("as_of")
    earlier, later = held.filter(as_of__lt=draft.as_of).last(), held.filter(as_of__gt=draft.as_of).first()
    whole = sum(said[region] for region in roots)
    first = next(line for line in draft.lines if line.region in roots)
    for other, sign, word in ((earlier, 1, "thấp hơn"), (later, -1, "cao hơn")):
        if other is None:
            continue
        theirs = {Region.of(line): line.disbursed_dong for line in other.lines.all()}
        total = sum(theirs[region] for region in _outermost(theirs, space(other.as_of)))
        if sign * total > sign * whole and theirs:
            sentence = (
                f"cả biểu cộng lại {money(whole)}, {word} {money(total)} đã báo cáo ngày {day(other.as_of)} "
                "(biểu đó chia dòng khác); vẫn được ghi, đề nghị giải trình."
            )
            yield _problem(first, "statement.falls", sentence, contradicting=True)


def _outermost(regions: Iterable[Region], here: Space) -> set[Region]:
    """The regions that lie in no other of them; only what stands at a place above or at the same is looked at."""
    at: dict[int, list[Region]] = defaultdict(list)
    for region in regions:
        at[region.place].append(region)
    return {
        region
        for group in at.values()
        for region in group
        if not any(
            other != region and here.covers(other, region)
            for place in here.places.up(region.place)
            for other in at.get(place, ())
        )
    }


def _problem(line: LineDraft, code: str, said: str, *, contradicting: bool = False) -> Problem:
    return Problem(line.where, code, line.label, said, "contradicting" if contradicting else "unusable")
