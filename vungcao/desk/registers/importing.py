"""Lines of a workbook into a register: rehearsed, then committed, all or nothing; the same again changes nothing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from vungcao.bodies.models import Body
from vungcao.bodies.reach import Reach
from vungcao.desk.registers.declaring import Doing, FormProfile, Profile, Register
from vungcao.desk.registers.importing_forms import fill_in
from vungcao.desk.registers.listing import texts
from vungcao.evidence.actions import Signer, acting, keep_file, lock
from vungcao.evidence.models import Source, SourceKind
from vungcao.intake.reading.opening import open_grids
from vungcao.intake.registers import check
from vungcao.intake.registers.checking import Lines
from vungcao.intake.registers.rules import known
from vungcao.kernel.refusal import Cell, Problem, Refusal
from vungcao.kernel.vietnamese import fold
from vungcao.office.secret import refuse_secret

MOST_FLAGGED: Final = 200


@dataclass
class Line:
    """A good line: an unsaved row (or what a form is filled in with), where it stands, and the row that it corrects or
    that says the same. ``letters``: the column of each code.
    """

    row: Any
    cell: Cell
    number: int
    letters: Mapping[str, str]
    standing: Any = None
    is_same: bool = False

    def at(self, code: object) -> Cell:
        """The cell of a column in this line; its first where the workbook does not have the column."""
        letter = self.letters.get(f"{code}")
        return Cell(self.cell.file, self.cell.sheet, f"{letter}{self.number}") if letter else self.cell


@dataclass(frozen=True)
class Correction:
    """A line that says something else of a row that stands: head, before, after of each column."""

    cell: Cell
    title: str
    changes: list[tuple[str, str, str]]


@dataclass
class Result:
    """What an import did, or would do: rows written anew, corrected, held already. Problems keep everything out."""

    file: str
    committed: bool = False
    new: int = 0
    same: int = 0
    corrected: list[Correction] = field(default_factory=list)
    flagged: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    digest: str = ""

    @property
    def changes_something(self) -> bool:
        return bool(self.new or self.corrected)

    @property
    def must_be_mended(self) -> bool:
        return any(problem.weight == "unusable" for problem in self.problems)


class _RehearsalEnds(Exception):
    """Rolls everything back."""


def run(
    register: Register, path: Path, *, body: Body | None, by: Signer, reach: Reach, commit: bool, seen: str = ""
) -> Result:
    """Take a workbook's lines into a register (the body's, where bodies write it); with ``seen`` only if they would do
    what that digest saw.

    Raises ``CannotRead`` for no list of its rules, and a ``Refusal`` that says ``forget`` for a secret paper: then the
    caller keeps nothing of the file either.
    """
    profile = register.profile
    assert profile is not None, register.key
    is_example = _looked_through(path)
    result = Result(path.name)
    lines = _lines(path, profile, result)
    if result.must_be_mended and isinstance(profile, Profile):
        return result
    try:
        with acting(profile.verb, by=by, reason=_papers(lines)) as act:
            lock("desk.register", register.key, body.pk if body else 0)
            if isinstance(profile, FormProfile):
                written = fill_in(profile, lines, Doing(by, reach, {}), result)  # type: ignore[arg-type]  # signs
            else:
                assert body is not None, register.key
                _beside_standing(profile, body, lines)
                _count(register, profile, lines, result)
            if not result.changes_something or (commit and seen and seen != result.digest):
                raise _RehearsalEnds
            source = keep_file(path, act=act, kind=SourceKind.WORKBOOK, is_example=is_example) if commit else None
            if isinstance(profile, Profile):
                written = _written(profile, body, by, lines, source, result)
            result.flagged = list(_flagged(register, reach, written))
            if not commit or result.must_be_mended:
                raise _RehearsalEnds
            result.committed = True
    except _RehearsalEnds:
        pass
    return result


def _papers(lines: list[Line]) -> str:
    """The papers that lines of a form name, each once: the reason of the one act that writes them."""
    said = [line.row.get("cites") for line in lines if isinstance(line.row, dict)]
    return "; ".join(dict.fromkeys(one for one in said if one))


def _looked_through(path: Path) -> bool:
    """Refuse a workbook with a cell that says MẬT, hidden or not; does it say that it is an example?"""
    said = [cell.said for grid in open_grids(path)[1] for cell in grid if cell.said]
    refuse_secret(said)
    return any("vi du" in fold(text) for text in said)


def _lines(path: Path, profile: Profile | FormProfile, result: Result) -> list[Line]:
    """The lines that keep to the rules, as unsaved rows; what is wrong goes to the problems at its cell."""
    taken: list[Lines] = []
    checked = check(path, known()[profile.rules], take=taken.append)
    result.problems += checked.problems()
    first = min(checked.letters.values(), key=lambda letter: (len(letter), letter))
    found = []
    for lines in taken:
        for index, number in enumerate(lines.rows):
            values = {code: cells[index] for code, cells in lines.columns.items() if cells}
            line = Line(None, Cell(checked.file, checked.sheet, f"{first}{number}"), number, checked.letters)
            try:
                line.row = profile.line(values)
                if isinstance(profile, Profile):
                    profile.prepare(line.row)
                    line.row.bound = frozenset(lines.columns)
            except Refusal as refusal:
                if refusal.facts.get("forget"):
                    raise
                where = line.at(refusal.facts.get("field"))
                result.problems.append(Problem(where, refusal.code, "", str(refusal)))
                continue
            found.append(line)
    return found


def _beside_standing(profile: Profile, body: Body, lines: list[Line]) -> None:
    """Find for each line the row that says the same; for each of the rest one with its mark, which it corrects.

    A column that the workbook does not have leaves what stands.
    """
    standing: dict[Any, list[Any]] = defaultdict(list)
    for row in profile.standing(body).order_by("pk"):
        standing[profile.mark(row)].append(row)
    rest = []
    for line in lines:
        near = standing[profile.mark(line.row)]
        held = next((row for row in near if _same(profile, line.row, row)), None)
        if held is None:
            rest.append(line)
            continue
        near.remove(held)
        line.standing, line.is_same = held, True
    for line in rest:
        near = standing[profile.mark(line.row)]
        if near:
            line.standing = near.pop(0)
            for name in _unsaid(profile, line.row):
                setattr(line.row, name, getattr(line.standing, name))


def _unsaid(profile: Profile, row: Any) -> list[str]:
    """Columns that neither the workbook has nor the line filled in by itself."""
    return [
        name
        for name, value in profile.said(row).items()
        if name not in row.bound and (not value or value == row._meta.get_field(name).get_default())
    ]


def _same(profile: Profile, line: Any, row: Any) -> bool:
    unsaid, held = set(_unsaid(profile, line)), profile.said(row)
    return all(value == held[name] for name, value in profile.said(line).items() if name not in unsaid)


def _count(register: Register, profile: Profile, lines: list[Line], result: Result) -> None:
    """Figures of the effects, and a digest by which a commit knows that it does what was seen."""
    result.same = sum(line.is_same for line in lines)
    result.new = sum(line.standing is None for line in lines)
    columns = register.told
    for line in lines:
        if line.standing is not None and not line.is_same:
            changes = [found for column in columns if (found := texts(column, line.row, line.standing))]
            result.corrected.append(Correction(line.cell, columns[0].text(line.standing), changes))
    said = [
        [line.standing.pk if line.standing else 0, *(f"{one}" for one in profile.said(line.row).items())]
        for line in lines
        if not line.is_same
    ]
    result.digest = hashlib.sha256(repr(said).encode()).hexdigest()


def _written(
    profile: Profile, body: Body | None, by: Signer, lines: list[Line], source: Source | None, result: Result
) -> list[int]:
    written = []
    for line in lines:
        if line.is_same:
            continue
        line.row.source, line.row.sheet, line.row.cell = source, line.cell.sheet, line.cell.cell
        try:
            written.append(profile.write(line.row, body=body, by=by, standing=line.standing).pk)
        except Refusal as refusal:
            result.problems.append(Problem(line.at(refusal.facts.get("field")), refusal.code, "", str(refusal)))
    return written


def _flagged(register: Register, reach: Reach, written: list[int]) -> Iterator[tuple[str, str]]:
    """What the lists will flag of the rows just written: the row's first column, and the words."""
    today = timezone.localdate()
    by = "pk" if register.is_of_lines else register.identity
    for start in range(0, len(written), 500):
        for row in register.rows(reach, today).filter(**{f"{by}__in": written[start : start + 500]}).order_by("pk"):
            said = "; ".join(flag.said for flag in register.flags(row, today))
            if said:
                yield register.columns[0].text(row), said
