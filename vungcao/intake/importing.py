"""Rehearse, then commit: a folder of workbooks into the rooms of fact, all or nothing.

One run is one transaction and one act. A rehearsal does all of it and rolls back, so what it says is what a
commit would do. A table with an unusable row stays a draft: its file is kept, no fact is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext

from vungcao.bodies.reach import Reach
from vungcao.evidence.actions import Signer, acting, lock
from vungcao.intake import effects, explaining, handed_over_checks, nearest, published
from vungcao.intake.drafted import Drafted
from vungcao.intake.drafting import digest_of
from vungcao.intake.heading import Heading, heading_of
from vungcao.intake.kept_out import kept_out
from vungcao.intake.listed import try_as_lists
from vungcao.intake.marking import is_list
from vungcao.intake.outcome import Outcome, Run
from vungcao.intake.profile import choose, known
from vungcao.intake.reading import CannotRead, Reading, Sheet, Table, read_workbook
from vungcao.intake.reading.units import parse_unit
from vungcao.intake.registry import DRAFTING, order_of
from vungcao.intake.taker import LAST, SAID
from vungcao.intake.taking import Taking
from vungcao.kernel.refusal import Cell, Problem, Refusal
from vungcao.kernel.vietnamese import fold
from vungcao.ledger.judging import same_as_held

WORKBOOKS: Final = {".xlsx", ".xlsm", ".xls", ".ods", ".csv"}
MOVED_ON: Final = (
    "Trong lúc chờ ghi, sổ đã có lần ghi khác, nên tập dượt lại với sổ hiện tại. Chưa ghi gì; xem lại rồi bấm ghi."
)
Tell = Callable[[str, int, int], None]


class NothingToRead(Refusal):
    """No file, or no workbook among the files."""

    code = "import.nothing_to_read"


class BooksMovedOn(Refusal):
    """Somebody else has written since the rehearsal: what was seen is no longer what would come of it."""

    code = "import.moved_on"


class _RehearsalEnds(Exception):
    """Rolls the rehearsal back."""


class _NothingNew(Exception):
    """Rolls an act back that wrote nothing."""


def workbooks(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Files to read (those named, and every workbook below a folder that is named), and files in folders left aside.

    Lock files of Excel and hidden files are neither. Raises ``NothingToRead``.
    """
    asked = list(paths)
    missing = [f"{path}" for path in asked if not path.exists()]
    if missing:
        raise NothingToRead(gettext("Không thấy tệp hoặc thư mục: %(missing)s.") % {"missing": ", ".join(missing)})
    found: list[Path] = []
    aside: list[Path] = []
    for path in asked:
        for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if one.is_file() and not one.name.startswith(("~$", ".")):
                (found if not path.is_dir() or one.suffix.lower() in WORKBOOKS else aside).append(one)
    if not found:
        raise NothingToRead(
            gettext("Không có bảng tính nào (%(endings)s) trong %(where)s.")
            % {"endings": ", ".join(sorted(WORKBOOKS)), "where": ", ".join(str(path) for path in asked)}
        )
    return list(dict.fromkeys(found)), list(dict.fromkeys(aside))


def run(
    paths: Sequence[Path], *, by: Signer, commit: bool, profile: str | None = None, tell: Tell | None = None,
    reach: Reach | None = None, units: Mapping[str, str] | None = None, since: int | None = None,
) -> Run:  # fmt: skip
    """Import files; ``tell(name, done, all)`` hears progress. Nothing is written without ``commit``.

    ``reach``: of who hands in; tables of bodies beyond it are refused (without one: the person at the machine).
    ``units``: what he says of tables that name no unit, by ``unit_key``. ``since``: the act number it was rehearsed at;
    nothing is written once the books have moved on.

    Raises ``NothingToRead``, ``UnknownProfile``, ``FileChanged``, ``BooksMovedOn``; everything else wrong with
    a file is in the outcome.
    """
    profile = known(profile)
    files, aside = workbooks(paths)
    drafted: list[tuple[Path, Drafted]] = []
    result = Run(committed=commit, left_aside=[path.name for path in aside])
    for index, path in enumerate(files):
        if tell:
            tell(path.name, index, len(files))
        tables, refused = _read(path, profile, units or {})
        drafted += [(path, one) for one in tables]
        result.outcomes += refused
    drafted.sort(key=lambda pair: _order(pair[1]))
    if tell:
        tell("", len(files), len(files))
    if drafted:
        _write(drafted, result, by=by, commit=commit, reach=reach, since=since)
    return result


def unit_key(file: str, sheet: str, cell: str) -> str:
    """How a table is named where its unit is said: its file, sheet and first cell."""
    return f"{file}|{sheet}|{cell}"


def _write(
    drafted: Sequence[tuple[Path, Drafted]], result: Run, *, by: Signer, commit: bool, reach: Reach | None,
    since: int | None,
) -> None:  # fmt: skip
    """Take everything in under one act. One import writes at a time, so two of the same folder double nothing."""
    reason = ", ".join(dict.fromkeys(path.name for path, _ in drafted))[:500]
    try:
        with acting("intake.imported", by=by, reason=reason) as act:
            lock("intake.run")
            if since is not None and explaining.have_moved_on(since):
                raise BooksMovedOn(MOVED_ON)
            figures = effects.spoken_of(one for _, one in drafted if not _is_held(one))
            before = effects.measured(figures)
            takings = [Taking(path, one, by=by, keep=commit, reach=reach) for path, one in drafted]
            taken = [one.take() for one in takings]
            handed_over_checks.tell(act, taken)
            for one in takings:
                if one.batch is not None:
                    explaining.flag(act, one.batch, one.outcome)
            result.outcomes += taken
            result.effects = effects.between(before, effects.measured(figures))
            if not commit:
                raise _RehearsalEnds
            if not any(one.is_new for one in taken):
                raise _NothingNew
        result.act = act.numbered.no
    except (_RehearsalEnds, _NothingNew):
        pass


def _is_held(one: Drafted) -> bool:
    said = one.statements
    return bool(said) and (not one.is_usable or all(same_as_held(each, file_sha=one.sha256) for each in said))


def _read(path: Path, profile: str | None, units: Mapping[str, str]) -> tuple[list[Drafted], list[Outcome]]:
    """Tables of a file as drafts, or why the file is refused."""
    if path.suffix.lower() == ".csv" and published.is_published(path):
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        return published.drafts(path, sha256), []
    try:
        reading = read_workbook(path)
    except CannotRead as error:
        return [], [_turned_away(Problem(Cell(path.name), f"file.{error.code}", path.name, error.said))]
    reason = kept_out(reading)
    if reason:
        return [], [_turned_away(reason)]
    drafts = list(_tables(reading, profile, units))
    if drafts:
        try_as_lists(path, drafts)
        return drafts, []
    sentence = "tệp chỉ có trang tính đang ẩn: bỏ ẩn trang cần nộp rồi nộp lại."
    return [], [_turned_away(Problem(Cell(path.name), "file.all_hidden", "", sentence))]


def _turned_away(problem: Problem) -> Outcome:
    return Outcome(problem.where.file, problem.where.sheet, "", "refused", problems=[problem])


def _tables(reading: Reading, profile: str | None, units: Mapping[str, str]) -> Iterator[Drafted]:
    hidden = [sheet.name for sheet in reading.sheets if sheet.hidden and sheet.tables]
    first: Table | None = None
    for sheet in reading.sheets:
        for table in () if sheet.hidden or is_list(sheet) else sheet.tables:
            said = units.get(unit_key(reading.file, sheet.name, table.range.split(":")[0]), "")
            table = replace(table, unit=parse_unit(said)) if said and table.unit.dong is None else table
            one = _draft(reading, sheet, table, profile)
            one.sha256, one.unit_told = reading.sha256, said
            for name in hidden:
                why = "trang tính đang ẩn, không nhập."
                one.problems.append(Problem(Cell(reading.file, name), "sheet.hidden", "", why, "notice"))
            hidden = []
            first = first or (table if table.unit.dong else None)
            one.problems += _other_unit(reading.file, sheet, table, first)
            yield one


def _other_unit(file: str, sheet: Sheet, table: Table, first: Table | None) -> list[Problem]:
    """A table in another unit than the first of its file: written as said, and flagged."""
    if first is None or table.unit.dong in (None, first.unit.dong):
        return []
    said = f"biểu này ghi {table.unit.said}, biểu đầu của tệp ghi {first.unit.said}: số vẫn được ghi theo đơn vị tính "
    said += "của từng biểu; kiểm tra lại, nếu gõ nhầm thì sửa rồi nộp bản thay thế."
    where = Cell(file, sheet.name, table.range.split(":")[0])
    return [Problem(where, "file.units_mixed", table.unit.said or "", said, "contradicting")]


def _draft(reading: Reading, sheet: Sheet, table: Table, profile: str | None) -> Drafted:
    heading = heading_of(sheet, table)
    fit, tried = choose(table, heading.title, fold(heading.issuer), only=profile)
    if fit:
        return DRAFTING[fit.profile.kind](reading.file, sheet, table, fit, heading).draft()
    said = nearest.say(nearest.nearest(tried, table, heading.title, fold(heading.issuer)), table)
    return _unfit(reading.file, sheet, table, heading, said)


def _unfit(file: str, sheet: Sheet, table: Table, heading: Heading, sentence: str) -> Drafted:
    out = Drafted(file, sheet.name, "", heading, digest=digest_of(table, heading))
    where = Cell(file, sheet.name, table.range.split(":")[0])
    out.problems.append(Problem(where, "table.no_profile", table.title or "", sentence))
    return out


def _order(one: Drafted) -> tuple[Any, ...]:
    """Decisions from the top down, then statements by as-of day, corrections after what they correct."""
    heading = one.heading
    rank = min(map(order_of, one.facts), default=LAST)
    when = heading.dated if rank < SAID else heading.as_of
    return (rank, when or date.max, heading.corrects, heading.dated or date.min, one.file, one.sheet)


__all__ = ["NothingToRead", "Outcome", "Run", "run", "unit_key", "workbooks"]
