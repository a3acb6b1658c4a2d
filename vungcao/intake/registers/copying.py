"""Good lines of a register into a table: COPY on PostgreSQL, many rows at a time elsewhere.

Neither opens nor ends a transaction: whoever calls does, so that a list is stored whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, Final, Protocol

from vungcao.intake.registers.checking import Lines

_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Table(Protocol):
    """Takes lines, as ``check`` hands them out."""

    def __call__(self, lines: Lines) -> None: ...


@contextmanager
def into(cursor: Any, table: str, columns: Mapping[str, str]) -> Iterator[Table]:
    """A function that stores lines: ``columns`` says which column of the table each code of the register goes to.

    ``cursor`` is one of psycopg 3 or of sqlite3. Names of tables and columns are the program's own, never an officer's.
    """
    names = ", ".join(f'"{name}"' for name in columns.values())
    if hasattr(cursor, "copy"):
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            yield lambda lines: copy.write(as_copied(lines, columns))
        return
    marks = ", ".join("?" * len(columns))

    def insert(lines: Lines) -> None:
        rows = zip(*(map(_plain, lines.columns[code]) for code in columns), strict=True)
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)

    yield insert


def as_copied(lines: Lines, columns: Mapping[str, str]) -> str:
    r"""Lines in the text form of COPY: tabs between, ``\N`` for a blank."""
    texts = [_column(lines.columns[code]) for code in columns]
    return "\n".join(map("\t".join, zip(*texts, strict=True))) + "\n" if lines.rows else ""


def _column(values: list[Any]) -> list[str]:
    kinds = set(map(type, values))
    if kinds == {str}:
        joined = "".join(values)
        if "\\" in joined or "\t" in joined or "\n" in joined or "\r" in joined:
            return [value.translate(_ESCAPES) for value in values]
        return values
    if kinds in ({int}, {date}):
        return list(map(str, values))
    return [r"\N" if value is None else str(_plain(value)).translate(_ESCAPES) for value in values]


def _plain(value: Any) -> Any:
    """What both databases take as it is: whole numbers as such, other decimals and days as texts."""
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)
