"""What is wrong with a statement before it is recorded: unusable things keep it out, contradicting ones are flagged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from django.db.models import QuerySet

from vungcao.kernel.refusal import Problem
from vungcao.kernel.vietnamese import day, money
from vungcao.kernel.years import Years
from vungcao.ledger import openings
from vungcao.ledger.drafts import DETAILS, LineDraft, StatementDraft
from vungcao.ledger.models import Basis, Measure, Statement, StatementLine
from vungcao.ledger.regions import Region, Space, space
from vungcao.programme.queries import budget_years

_AMOUNTS: Final = ("disbursed_dong", "plan_dong", *DETAILS)


def judge(draft: StatementDraft) -> list[Problem]:
    """Every problem of the draft, unusable and contradicting."""
    here = space(draft.as_of)
    return [
        *_lines_fit(draft, here),
        *_years_fit(draft, here),
        *_editions(draft),
        *_falls(draft),
        *_details_add_up(draft),
        *openings.problems(draft),
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


def rows_of(draft: StatementDraft) -> set[tuple[Region, tuple[int | None, ...]]]:
    """What a draft says, without where it says it."""
    return {(line.region, tuple(getattr(line, name) for name in _AMOUNTS)) for line in draft.lines}


def standing_edition(draft: StatementDraft) -> Statement | None:
    """The statement of the same reporter, coverage, basis and day that nothing supersedes."""
    return _editions_of(draft).filter(superseded_by=None).first()


def _editions_of(draft: StatementDraft) -> QuerySet[Statement]:
    return (
        Statement.objects.filter(
            reporter_id=draft.reporter,
            measure=draft.measure,
            basis=draft.basis,
            as_of=draft.as_of,
            **draft.coverage.columns(),
        )
        .select_related("batch__source")
        .order_by("-pk")
    )


def _rows_held(statement: Statement) -> set[tuple[Region, tuple[int | None, ...]]]:
    return {(Region.of(line), tuple(getattr(line, name) for name in _AMOUNTS)) for line in statement.lines.all()}


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


def _editions(draft: StatementDraft) -> Iterator[Problem]:
    held = standing_edition(draft)
    if held and not draft.corrects and not same_as_held(draft):
        said = (
            f"đã có báo cáo của đơn vị này tính đến {day(draft.as_of)} với số liệu khác; "
            "nếu là bản sửa, ghi “thay thế” hoặc “sửa lần 2” ở đầu biểu rồi nộp lại."
        )
        yield Problem(draft.where, "statement.two_for_one_day", day(draft.as_of), said)


def _falls(draft: StatementDraft) -> Iterator[Problem]:
    """A cumulative figure that is lower than the same reporter's earlier one, or higher than a later one. A month's
    figure, an estimate and a debt may fall.
    """
    if draft.basis in (Basis.MONTH, Basis.ESTIMATE) or draft.measure == Measure.OUTSTANDING:
        return
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


def _falling(line: LineDraft, held: StatementLine, word: str) -> Problem:
    said = (
        f"lũy kế {money(line.disbursed_dong)} {word} {money(held.disbursed_dong)} đã báo cáo "
        f"ngày {day(held.statement.as_of)}; vẫn được ghi, đề nghị giải trình."
    )
    return _problem(line, "statement.falls", said, contradicting=True)


def _details_add_up(draft: StatementDraft) -> Iterator[Problem]:
    for line in draft.lines:
        for code, said in details_problem(line):
            yield _problem(line, code, f"{said}; vẫn được ghi, đề nghị giải trình.", contradicting=True)


def details_problem(line: LineDraft | StatementLine) -> Iterator[tuple[str, str]]:
    """(code, sentence) where disbursed ≠ completed volume + advances − advances cleared − restored, as far as the line
    says of what it is made.
    """
    still_open = line.open_advance_dong
    if line.advance_dong is not None and line.cleared_dong is not None:
        made = line.advance_dong - line.cleared_dong
        if still_open is not None and still_open != made:
            said = f"tạm ứng {money(line.advance_dong)} trừ đã thu hồi {money(line.cleared_dong)} là {money(made)}"
            yield "line.advances_differ", f"{said}, biểu ghi chưa thu hồi {money(still_open)}"
        still_open = made
    if line.completed_dong is None or still_open is None:
        return
    made = line.completed_dong + still_open - (line.restored_dong or 0)
    if made != line.disbursed_dong:
        said = f"khối lượng hoàn thành {money(line.completed_dong)} cộng tạm ứng chưa thu hồi {money(still_open)}"
        said += f" trừ nộp khôi phục {money(line.restored_dong)}" if line.restored_dong else ""
        yield "line.parts_differ", f"{said} là {money(made)}, biểu ghi {money(line.disbursed_dong)}"


def _problem(line: LineDraft, code: str, said: str, *, contradicting: bool = False) -> Problem:
    return Problem(line.where, code, line.label, said, "contradicting" if contradicting else "unusable")
