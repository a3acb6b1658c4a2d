"""Folded text asked of the database: for titles and names that have no folded column of their own.

A kept row is never written again to hold one (its link in the chain would break), so the database folds what it reads,
as ``kernel.vietnamese.fold`` does: SQLite by that very function, PostgreSQL letter for letter.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import Func, TextField, Value
from django.db.models.functions import Concat

from vungcao.kernel.vietnamese import fold

_NAME = "vungcao_fold"


class Folded(Func):
    """An expression of text without marks and case, its blanks single; several expressions are joined by a blank."""

    output_field = TextField()

    def __init__(self, *expressions: Any, **extra: Any) -> None:
        if len(expressions) > 1:
            joined: list[Any] = []
            for one in expressions:
                joined += [one, Value(" ")]
            expressions = (Concat(*joined, output_field=TextField()),)
        super().__init__(*expressions, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        connection.ensure_connection()
        connection.connection.create_function(_NAME, 1, _fold, deterministic=True)
        return super().as_sql(compiler, connection, function=_NAME, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        marked, bare = letters()
        template = (
            f"btrim(regexp_replace(lower(translate(normalize(%(expressions)s, NFC), '{marked}', '{bare}')), "
            r"'\s+', ' ', 'g'))"
        )
        return super().as_sql(compiler, connection, template=template, **context)


@cache
def letters() -> tuple[str, str]:
    """Letters with marks and, in the same order, the one letter that each folds to."""
    found = {}
    for code in range(0xC0, 0x2000):
        bare = fold(chr(code))
        if len(bare) == 1 and bare != chr(code) and bare.isalnum():
            found[chr(code)] = bare
    return "".join(found), "".join(found.values())


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)
