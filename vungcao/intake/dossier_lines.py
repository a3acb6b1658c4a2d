"""A unit's proposal workbook into an adjustment dossier: rehearsed, then committed, all or nothing.

Rows, not files, decide what is new: a line that stands as the workbook says it stays, one of the same unit for the same
account that says something else is replaced, and the same workbook again writes nothing. An unusable row keeps the
whole file out, with a sentence at its cell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from vungcao.bodies.models import Body
from vungcao.evidence.actions import Signer, acting, keep_file, lock
from vungcao.evidence.models import Source, SourceKind
from vungcao.intake import nearest
from vungcao.intake.heading import Heading, heading_of
from vungcao.intake.kept_out import kept_out
from vungcao.intake.profile import choose
from vungcao.intake.proposed_lines import Proposed, ProposedLines
from vungcao.intake.reading import CannotRead, Reading, Sheet, Table, read_workbook
from vungcao.kernel.refusal import Cell, Problem, Refusal
from vungcao.kernel.vietnamese import fold
from vungcao.ledger import actions
from vungcao.ledger.dossiers import standing
from vungcao.ledger.models import Dossier, DossierKind, DossierLine, Side
from vungcao.ledger.regions import Region

PROFILE: Final = "de_nghi_dieu_chinh_von"
Sees = Callable[[int, int], bool]


@dataclass(frozen=True)
class Line:
    """One row of the workbook beside the dossier: what it says, and the standing line it repeats or replaces."""

    said: Proposed
    unit: int
    state: str  # new · same · replaces
    standing: DossierLine | None = None


@dataclass
class Lines:
    """What the workbook did to the dossier, or would do. Unusable problems keep everything out."""

    file: str
    dossier: Dossier
    committed: bool = False
    act: int | None = None
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def of(self, state: str) -> list[Line]:
        return [one for one in self.lines if one.state == state]

    @property
    def must_be_mended(self) -> bool:
        return any(problem.weight == "unusable" for problem in self.problems)

    @property
    def changes_something(self) -> bool:
        return any(one.state != "same" for one in self.lines)

    @property
    def digest(self) -> str:
        """What it would do: a commit that was shown something else is not the one that was let go."""
        said = [(one.said, one.state, one.standing.pk if one.standing else 0) for one in self.lines]
        return hashlib.sha256(repr(said).encode()).hexdigest()


class Secret(Refusal):
    """A file of which nothing may be kept: marked MẬT, or a list of persons."""

    code = "file.kept_out"


class OtherKind(Refusal):
    """A dossier that carries over or cancels takes no blocks A. GIẢM, B. TĂNG."""

    code = "dossier.other_kind"


class _NothingWritten(Exception):
    """Rolls everything back."""


def run(dossier: Dossier, path: Path, *, by: Signer, commit: bool, sees: Sees | None = None, seen: str = "") -> Lines:
    """Take a workbook's lines into the dossier; with ``seen`` only if they would do what that digest saw.

    ``sees(place, body)``: may who hands it in speak for this account? Raises ``CannotRead``, ``Secret`` (then the
    caller keeps nothing of the file), ``OtherKind``, and ``WrongStep`` for a dossier that takes no more lines.
    """
    if dossier.kind != DossierKind.ADJUSTMENT:
        kind = _(dossier.get_kind_display()).lower()
        raise OtherKind(
            _("Hồ sơ %(code)s là hồ sơ %(kind)s: tệp đề nghị điều chỉnh không vào được.")
            % {"code": dossier.code, "kind": kind}
        )
    reading = read_workbook(path)
    secret = kept_out(reading)
    if secret is not None:
        raise Secret(secret.sentence)
    result = Lines(path.name, dossier)
    drafts = list(_drafts(reading, dossier.planned_for, result))
    for one in drafts:
        _keep_to_reach(one, sees, result)
    if result.must_be_mended:
        return result
    if not commit:
        result.lines = _beside(dossier, drafts)
        _rehearse(result)
        return result
    try:
        with acting("dossier.proposed", by=by, reason=path.name) as act:
            lock("dossier", dossier.pk)
            result.lines = _beside(dossier, drafts)
            if not result.changes_something or (seen and seen != result.digest):
                raise _NothingWritten
            source = keep_file(path, act=act, kind=SourceKind.WORKBOOK, is_example=_is_example(drafts))
            _write(result, source, by)
            if result.must_be_mended:
                raise _NothingWritten
        result.committed, result.act = True, act.numbered.no
    except _NothingWritten:
        pass
    return result


def _drafts(reading: Reading, on: date, result: Lines) -> Iterator[ProposedLines]:
    """Every table of a sheet in sight, under the profile of proposals; what does not fit it says why."""
    tables = [(sheet, table) for sheet in reading.sheets if not sheet.hidden for table in sheet.tables]
    if not tables:
        said = "tệp không có bảng nào ở trang đang hiện."
        result.problems.append(Problem(Cell(reading.file), "file.no_table", "", said))
    for sheet, table in tables:
        heading = heading_of(sheet, table)
        fit, tried = choose(table, heading.title, fold(heading.issuer), only=PROFILE)
        if fit is None:
            said = nearest.say(tried[0], table)
            where = Cell(reading.file, sheet.name, table.range.split(":")[0])
            result.problems.append(Problem(where, "table.no_profile", table.title or "", said))
            continue
        made = _drafting(reading, sheet, table, fit, heading)
        made.planned_for = on
        result.problems += made.draft().problems
        yield made


def _drafting(reading: Reading, sheet: Sheet, table: Table, fit: Any, heading: Heading) -> ProposedLines:
    return ProposedLines(reading.file, sheet, table, fit, heading)


def _keep_to_reach(one: ProposedLines, sees: Sees | None, result: Lines) -> None:
    for line in one.lines if sees else ():
        if sees is not None and not sees(line.region.place, line.region.body):
            said = "đơn vị giữ vốn nằm ngoài phạm vi công tác của người nộp."
            result.problems.append(Problem(line.where, "body.out_of_reach", "", said))


def _is_example(drafts: Sequence[ProposedLines]) -> bool:
    return any(one.heading.is_example for one in drafts)


def _beside(dossier: Dossier, drafts: Sequence[ProposedLines]) -> list[Line]:
    """Each row beside the lines that stand: first those that say the same, then those of its unit and account."""
    pool = standing.lines(dossier)
    said = [(line, one.unit or 0) for one in drafts for line in one.lines]
    found: dict[int, Line] = {}
    for test, state in ((_says_same, "same"), (_is_about, "replaces")):
        for index, (line, unit) in enumerate(said):
            near = next((row for row in pool if index not in found and test(row, line, unit)), None)
            if near is not None:
                pool.remove(near)
                found[index] = Line(line, unit, state, near)
    return [found.get(index, Line(line, unit, "new")) for index, (line, unit) in enumerate(said)]


def _is_about(row: DossierLine, line: Proposed, unit: int) -> bool:
    return (row.side, Region.of(row), row.proposed_by_id) == (line.side, line.region, unit)


def _says_same(row: DossierLine, line: Proposed, unit: int) -> bool:
    held = (row.dong, row.reason, row.targets, row.paper, row.paper_dated)
    return _is_about(row, line, unit) and held == (line.dong, line.reason, line.targets, line.paper, line.paper_dated)


def _rehearse(result: Lines) -> None:
    """Try the lines that are not held yet, as a commit would; nothing is written."""
    lines = [one for one in result.lines if one.state != "same"]
    with _problems_of(lines, result):
        if lines:
            actions.tried(result.dossier, [_draft_of(one) for one in lines])


def _write(result: Lines, source: Source, by: Signer) -> None:
    """The lines that are not held yet, sheet by sheet."""
    sheets: dict[tuple[str, int], list[Line]] = {}
    for one in result.lines:
        if one.state != "same":
            sheets.setdefault((one.said.where.sheet, one.unit), []).append(one)
    for (sheet, unit), lines in sheets.items():
        said = [actions.Said(_draft_of(one), one.said.where.cell) for one in lines]
        with _problems_of(lines, result):
            body = Body.objects.get(pk=unit)
            actions.propose_from_sheet(result.dossier, said, source=source, sheet=sheet, unit=body, by=by)


@contextmanager
def _problems_of(lines: Sequence[Line], result: Lines) -> Iterator[None]:
    """What the dossier refuses of lines becomes problems at their cells."""
    try:
        yield
    except actions.DossierRefused as no:
        for place, fault in no.of_lines:
            result.problems.append(Problem(lines[place].said.where, fault.code, "", f"{fault}"))


def _draft_of(one: Line) -> actions.LineDraft:
    said = one.said
    return actions.LineDraft(
        side=Side(said.side), region=said.region, dong=said.dong, reason=said.reason, proposed_by=one.unit,
        paper=said.paper, paper_dated=said.paper_dated, targets=said.targets, replaces=one.standing,
    )  # fmt: skip


__all__ = ["CannotRead", "Line", "Lines", "Secret", "run"]
