"""Rehearse, then commit: a folder of workbooks into the rooms of fact, all or nothing.

One run is one transaction and one act. A rehearsal does all of it and rolls back, so what it says is what a
commit would do. A table with an unusable row stays a draft: its file is kept, no fact is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from vungcao.bodies import actions as body_actions
from vungcao.bodies import queries as bodies
from vungcao.bodies.models import Batch, BatchState, Body
from vungcao.evidence.actions import Signer, acting, keep_file, record
from vungcao.evidence.models import Source, SourceKind
from vungcao.intake import published
from vungcao.intake.drafting import Drafted, Drafting
from vungcao.intake.heading import heading_of
from vungcao.intake.profile import choose
from vungcao.intake.reading import CannotRead, Reading, read_workbook
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.vietnamese import fold
from vungcao.ledger import actions as ledger
from vungcao.ledger.judging import judge, same_as_held
from vungcao.ledger.models import Voucher

WORKBOOKS: Final = {".xlsx", ".xlsm", ".xls", ".ods", ".csv"}


@dataclass
class Outcome:
    """What became of one table of one file."""

    file: str
    sheet: str
    what: str
    state: str
    lines: int = 0
    dong: int = 0
    as_of: date | None = None
    body: str = ""
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "sheet": self.sheet,
            "what": self.what,
            "state": self.state,
            "lines": self.lines,
            "dong": self.dong,
            "as_of": f"{self.as_of}" if self.as_of else None,
            "body": self.body,
            "problems": [
                {
                    "file": problem.where.file,
                    "sheet": problem.where.sheet,
                    "cell": problem.where.cell,
                    "code": problem.code,
                    "said": problem.said,
                    "sentence": problem.sentence,
                    "weight": problem.weight,
                }
                for problem in self.problems
            ],
        }


@dataclass
class Run:
    """The outcome of a whole run."""

    committed: bool
    act: int | None
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        return [problem for outcome in self.outcomes for problem in outcome.problems]

    def as_json(self) -> dict[str, Any]:
        return {"committed": self.committed, "act": self.act, "outcomes": [one.as_json() for one in self.outcomes]}


class _RehearsalEnds(Exception):
    """Rolls the rehearsal back."""


class _NothingNew(Exception):
    """Rolls an act back that wrote nothing."""


def workbooks(paths: Iterable[Path]) -> list[Path]:
    """Files to read: those named, and every workbook below a folder that is named; lock files of Excel left out."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [one for one in inside if one.is_file() and not one.name.startswith(("~$", "."))
                  and (not path.is_dir() or one.suffix.lower() in WORKBOOKS)]
    return list(dict.fromkeys(found))


def run(
    paths: Sequence[Path],
    *,
    by: Signer,
    commit: bool,
    profile: str | None = None,
    tell: Callable[[str, int, int], None] | None = None,
) -> Run:
    """Import files; ``tell(name, done, all)`` hears progress. Nothing is written without ``commit``."""
    files = workbooks(paths)
    drafted: list[tuple[Path, Drafted]] = []
    outcomes: list[Outcome] = []
    for index, path in enumerate(files):
        if tell:
            tell(path.name, index, len(files))
        tables, refused = _read(path, profile)
        drafted += [(path, one) for one in tables]
        outcomes += refused
    drafted.sort(key=lambda pair: _order(pair[1]))
    if tell:
        tell("", len(files), len(files))
    result = Run(committed=commit, act=None, outcomes=outcomes)
    try:
        with acting("intake.imported", by=by, reason=", ".join(path.name for path in files)[:500]) as act:
            fresh = False
            for path, one in drafted:
                outcome = _Taking(path, one, by).take()
                fresh = fresh or outcome.state != "held"
                outcomes.append(outcome)
            if not commit:
                raise _RehearsalEnds
            if not fresh:
                raise _NothingNew
        result.act = act.numbered.no
    except (_RehearsalEnds, _NothingNew):
        pass
    return result


def _read(path: Path, profile: str | None) -> tuple[list[Drafted], list[Outcome]]:
    if path.suffix.lower() == ".csv" and published.is_published(path):
        return published.drafts(path), []
    try:
        reading = read_workbook(path)
    except CannotRead as error:
        problem = Problem(Cell(path.name), f"file.{error.code}", path.name, error.said)
        return [], [Outcome(path.name, "", "", "refused", problems=[problem])]
    drafts = list(_tables(reading, profile))
    if drafts:
        return drafts, []
    sentence = "không thấy bảng nào khớp với mẫu biểu đã khai báo."
    return [], [Outcome(path.name, "", "", "refused", problems=[Problem(Cell(path.name), "file.no_profile", "", sentence)])]


def _tables(reading: Reading, profile: str | None) -> Iterator[Drafted]:
    for sheet in reading.sheets:
        if sheet.hidden:
            continue
        for table in sheet.tables:
            heading = heading_of(sheet, table)
            fit, nearest = choose(table, heading.title, fold(heading.issuer), only=profile)
            if heading.is_secret:
                yield _refused(reading, sheet.name, heading, "paper.secret", "văn bản có dấu MẬT: không được đưa vào hệ thống nối mạng.")
            elif fit:
                yield Drafting(reading.file, sheet, table, fit, heading).draft()
            elif nearest:
                said = f"bảng chưa khớp mẫu nào; gần nhất là “{nearest.profile.label}”, còn thiếu cột: {', '.join(nearest.missing) or 'tên biểu'}."
                yield _refused(reading, sheet.name, heading, "table.no_profile", said)


def _refused(reading: Reading, sheet: str, heading: Any, code: str, sentence: str) -> Drafted:
    out = Drafted(reading.file, sheet, "", heading)
    out.problems.append(Problem(Cell(reading.file, sheet), code, "", sentence))
    return out


def _order(one: Drafted) -> tuple[Any, ...]:
    """Decisions by their day, then statements by as-of day, corrections after what they correct."""
    when = one.heading.dated if one.voucher else one.heading.as_of
    rank = {"assignment": 0, "allocation": 1}.get(one.voucher.kind, 2) if one.voucher else 3
    return (rank, when or date.max, one.heading.corrects, one.heading.dated or date.min, one.file, one.sheet)


class _Taking:
    """Taking one drafted table in, inside the run's act."""

    def __init__(self, path: Path, one: Drafted, by: Signer) -> None:
        self.path, self.one, self.by = path, one, by
        self.sha = hashlib.sha256(path.read_bytes()).hexdigest()
        self.outcome = Outcome(one.file, one.sheet, one.profile, "draft", as_of=one.heading.as_of, problems=list(one.problems))

    def take(self) -> Outcome:
        one = self.one
        if one.statement is not None:
            self.outcome.lines = len(one.statement.lines)
            self.outcome.body = bodies.naming(one.statement.reporter, one.statement.as_of)[0]
            self.outcome.dong = max((line.disbursed_dong for line in one.statement.lines), default=0)
            if one.is_usable and same_as_held(one.statement, file_sha=self.sha):
                return self._held()
            self.outcome.problems += judge(one.statement)
        if any(problem.weight == "unusable" for problem in self.outcome.problems):
            return self._draft()
        if one.statement is not None:
            ledger.record_statement(one.statement, batch=self._batch(one.statement.reporter), by=self.by)
        elif one.voucher is not None:
            return self._voucher()
        self.outcome.state = "received"
        return self.outcome

    def _held(self) -> Outcome:
        self.outcome.state = "held"
        self.outcome.problems = [problem for problem in self.outcome.problems if problem.weight != "contradicting"]
        return self.outcome

    def _voucher(self) -> Outcome:
        voucher = self.one.voucher
        assert voucher is not None
        decider = bodies.body(voucher.decided_by)
        assert decider is not None
        dated = self.one.heading.dated
        assert dated is not None
        self.outcome.lines, self.outcome.dong = len(voucher.moves), sum(move.dong for move in voucher.moves)
        self.outcome.body, self.outcome.as_of = bodies.naming(decider.pk, dated)[0], dated
        held = Voucher.objects.filter(
            kind=voucher.kind, number=voucher.number, dated=dated, decided_by=decider, reversed_by=None
        ).first()
        if held and _amounts(held) == sorted(move.dong for move in voucher.moves):
            return self._held()
        if held:
            sentence = f"văn bản số {voucher.number} đã được ghi với số tiền khác; nếu có đính chính, ghi đảo bản cũ trước."
            self.outcome.problems.append(Problem(voucher.where, "voucher.two_editions", voucher.number, sentence))
            return self._draft()
        ledger.post(
            kind=voucher.kind,
            dated=dated,
            decided_by=decider,
            batch=self._batch(decider.pk),
            moves=voucher.moves,
            by=self.by,
            number=voucher.number,
        )
        self.outcome.state = "received"
        return self.outcome

    # batches -----------------------------------------------------------------------------------------------
    def _source(self, act: Any) -> Source:
        held = Source.objects.filter(sha256=self.sha).first()
        if held:
            return held
        kind = SourceKind.PRESS if self.one.profile == published.CODE else SourceKind.WORKBOOK
        heading = self.one.heading
        return keep_file(
            self.path,
            act=act,
            kind=kind,
            number=heading.number,
            dated=heading.dated,
            issuer=heading.issuer,
            title=self.outcome.what,
            is_example=heading.is_example,
        )

    def _batch(self, body: int, state: BatchState = BatchState.RECEIVED, reason: str = "") -> Batch:
        with acting("intake.received", by=self.by) as act:
            period = f"{self.outcome.as_of:%Y-%m}" if self.outcome.as_of else ""
            batch = body_actions.hand_in(
                body=Body.objects.get(pk=body),
                kind=self.one.profile or "unknown",
                period=period,
                source=self._source(act),
                sheet=self.one.sheet,
                act=act,
            )
            if state != BatchState.DRAFT:
                body_actions.reach(batch, state, by=self.by)
            record(act, batch, after={"state": state, "problems": reason})
            return batch

    def _draft(self) -> Outcome:
        """Keep the file and say why it is still a draft; the same again changes nothing."""
        kept = Batch.objects.filter(source__sha256=self.sha, sheet=self.one.sheet, kind=self.one.profile or "unknown")
        if kept.exists():
            self.outcome.state = "held"
            return self.outcome
        reporter = self.one.statement.reporter if self.one.statement else None
        star = bodies.body("*")
        reasons = "; ".join(str(problem) for problem in self.outcome.problems if problem.weight == "unusable")
        self._batch(reporter or (star.pk if star else 0), BatchState.DRAFT, reasons)
        return self.outcome


def _amounts(voucher: Voucher) -> list[int]:
    return sorted(dong for dong in voucher.entries.values_list("dong", flat=True) if dong > 0)


__all__ = ["Outcome", "Run", "run", "workbooks"]
