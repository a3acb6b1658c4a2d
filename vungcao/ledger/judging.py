"""What is wrong with a statement before it is recorded: unusable things keep it out, contradicting ones are flagged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from vungcao.kernel.refusal import Problem
from vungcao.kernel.vietnamese import day
from vungcao.kernel.years import Years
from vungcao.ledger import details, falling, openings
from vungcao.ledger.drafts import DETAILS, LineDraft, StatementDraft
from vungcao.ledger.models import Basis, Statement
from vungcao.ledger.regions import Region, Space, space
from vungcao.programme.queries import budget_years

_AMOUNTS: Final = ("disbursed_dong", "plan_dong", *DETAILS)


def judge(draft: StatementDraft) -> list[Problem]:
    """Every problem of the draft, unusable and contradicting."""
    here = space(draft.as_of)
    return [
        *_lines_fit(draft, here),
        *_years_fit(draft, here),
        *_days_fit(draft),
        *_editions(draft),
        *falling.problems(draft, here),
        *details.problems(draft),
        *openings.problems(draft),
    ]


def unusable(draft: StatementDraft) -> list[Problem]:
    """The problems that keep a draft out: of these alone recording asks again, under its lock."""
    here = space(draft.as_of)
    found = [*_lines_fit(draft, here), *_years_fit(draft, here), *_editions(draft), *openings.problems(draft)]
    return [problem for problem in found if problem.weight == "unusable"]


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
            yield line.problem("line.outside", f"dòng “{line.label}” nằm ngoài phạm vi của báo cáo.")
        if line.region in first:
            cell = first[line.region].where.cell
            yield line.problem("line.doubled", f"dòng “{line.label}” trùng phạm vi với ô {cell}.")
        first.setdefault(line.region, line)
    for region, other in _crossings(first, here).items():
        line, against = first[region], first[other]
        said = f"dòng “{line.label}” giao nhau với dòng “{against.label}” ở ô {against.where.cell} mà không lồng nhau."
        yield line.problem("line.crosses", said)


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
    """A cut-off day after the paper's own, or one that has not come; an estimate is about such a day."""
    if draft.basis == Basis.ESTIMATE:
        return
    where, as_of, today = draft.as_of_where or draft.where, day(draft.as_of), timezone.localdate()
    if draft.dated and draft.as_of > draft.dated:
        said = f"số liệu tính đến {as_of}, sau ngày của chính văn bản ({day(draft.dated)}); vẫn được ghi, "
        said += "đề nghị kiểm tra hai ngày."
        yield Problem(where, "as_of.after_paper", as_of, said, "contradicting")
    if draft.as_of > today:
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
