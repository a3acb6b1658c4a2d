"""Questions to the database put together once and asked again with other words: of a long one, with its names, flags
and answers, Django takes longer to write the SQL than the database to answer it.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Field, Model, QuerySet, Value
from django.db.models.query import ModelIterable

Row = TypeVar("Row", bound=Model)


class Word(Value):
    """The place of a word that is said only when the question is asked; ``field`` says of which kind it is."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(name, output_field=output_field)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def of(self, said: Mapping[str, Any], connection: Any) -> Any:
        """The word as the database takes it. Raises as ``filter`` does for one of another kind."""
        return self.output_field.get_db_prep_value(said[self.value], connection)


@dataclass
class PutOnce(Generic[Row]):
    """A query over whole rows, some of its values ``Word``; what else stands in it is kept as it was.

    Only for questions that do not depend on who asks or when, or that are kept under both.
    """

    rows: QuerySet[Row, Any]
    _sql: str = field(init=False, default="")
    _params: tuple[Any, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        if self.rows._iterable_class is not ModelIterable:
            raise TypeError("only whole rows are asked for again")
        self._compiler = self.rows.query.get_compiler(using=self.rows.db)
        try:
            self._sql, self._params = self._compiler.as_sql()
        except EmptyResultSet:  # whatever is said, there is none
            self._sql = ""

    def ask(self, **said: Any) -> list[Row]:
        """The rows for these words. Raises ``ValueError``, ``ValidationError`` for one that can't be what it should."""
        if not self._sql:
            return []
        compiler = copy(self._compiler)  # each thread has its connection
        compiler.connection = connections[self.rows.db]
        words = tuple(one.of(said, compiler.connection) if isinstance(one, Word) else one for one in self._params)
        compiler.as_sql = lambda *_args, **_kwargs: (self._sql, words)
        asked: Any = SimpleNamespace(
            db=self.rows.db, query=SimpleNamespace(get_compiler=lambda using: compiler), _known_related_objects={}
        )
        return list(ModelIterable(asked))
