"""Bringing reference files into the database in two times: what is new is written, what changed is ended and replaced.

A second load of the same files writes nothing, not even an act. Rows
that an officer has since written or ended himself are his: a load leaves that identity alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from django.db import models, transaction

from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.evidence.keeping import Dated, Kept
from vungcao.evidence.models import Act
from vungcao.kernel.validity import after_last_day

_BOOKKEEPING = {"id", "act", "ended_by"}


@dataclass(frozen=True)
class Loaded:
    """What a load wrote and ended, by class of row; ``changed`` is false when everything stood already."""

    room: str
    written: dict[str, int] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        return bool(self.written or self.ended)

    def __bool__(self) -> bool:
        return self.changed


class Loading:
    """One load of one room. Its act opens with the first row that has to be written."""

    def __init__(self, room: str, by: Signer, stack: ExitStack) -> None:
        self.verb = f"{room}.loaded"
        self.loaded = Loaded(room)
        self._by, self._stack = by, stack

    @cached_property
    def act(self) -> Act:
        return self._stack.enter_context(acting(self.verb, by=self._by))

    def write(self, rows: Sequence[Kept]) -> None:
        """Write rows of one model as they are."""
        if not rows:
            return
        model = type(rows[0])
        for row in rows:
            row.act = self.act
        model._default_manager.bulk_create(rows, batch_size=500)
        self.loaded.written[model.__name__] = self.loaded.written.get(model.__name__, 0) + len(rows)

    def identities(self, model: type[Kept], key: str, wanted: Iterable[Mapping[str, Any]]) -> dict[str, int]:
        """Write the identities that are missing; key → database key of all that stand."""
        standing = dict(model._default_manager.values_list(key, "pk"))
        missing = [model(**row) for row in wanted if row[key] not in standing]
        self.write(missing)
        return standing | {getattr(row, key): row.pk for row in missing}

    def dated(self, model: type[Dated], wanted: Sequence[Dated], *, identity: Sequence[str]) -> None:
        """Make the standing rows of each identity named in ``wanted`` what the file says they are."""
        columns = {column.name: column.attname for column in model._meta.concrete_fields}
        names = [attname for name, attname in columns.items() if name not in _BOOKKEEPING]
        keys = [columns[name] for name in identity]
        files: dict[tuple[Any, ...], list[Dated]] = {}
        for row in wanted:
            files.setdefault(_values(row, keys), []).append(row)
        standing: dict[tuple[Any, ...], list[Dated]] = {}
        taken: set[tuple[Any, ...]] = set()
        for row in model._default_manager.select_related("act", "ended_by"):
            mark = _values(row, keys)
            if row.ended_by is None:
                standing.setdefault(mark, []).append(row)
            if not _by_a_load(row.act) or (row.ended_by is not None and not _by_a_load(row.ended_by)):
                taken.add(mark)
        self._replace(model, names, {mark: rows for mark, rows in files.items() if mark not in taken}, standing)

    def end(self, model: type[Dated], keys: Sequence[int]) -> None:
        """End rows of one model by their database keys."""
        if keys:
            before = self.loaded.ended.get(model.__name__, 0)
            self.loaded.ended[model.__name__] = before + model.objects.filter(pk__in=keys).end(self.act)

    def _replace(
        self,
        model: type[Dated],
        names: Sequence[str],
        files: Mapping[tuple[Any, ...], list[Dated]],
        standing: Mapping[tuple[Any, ...], list[Dated]],
    ) -> None:
        old: list[int] = []
        new: list[Kept] = []
        for mark, rows in files.items():
            here = {_plain(_values(row, names)): row for row in standing.get(mark, ())}
            there = {_plain(_values(row, names)): row for row in rows}
            old += [row.pk for values, row in here.items() if values not in there]
            new += [row for values, row in there.items() if values not in here]
        self.end(model, old)
        self.write(new)


@contextmanager
def loading(room: str, *, by: Signer) -> Iterator[Loading]:
    """Open a load; at its end the act, if one was needed, has one audit row that counts what was written. Of two loads
    of one room the second looks once the first has written.
    """
    with transaction.atomic(), ExitStack() as stack:
        lock("loading", room)
        load = Loading(room, by, stack)
        yield load
        if load.loaded.changed:
            after = {"written": load.loaded.written, "ended": load.loaded.ended}
            record(load.act, load.act, after=after)


def read_yaml(path: Path) -> Any:
    """A reference file of ours; days stay days, codes must be quoted in the file."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def days(row: Mapping[str, Any]) -> dict[str, date | None]:
    """``from`` and ``last_day`` of a file (both inside) as the half-open validity of a row."""
    return {"valid_from": row.get("from"), "valid_to": after_last_day(row.get("last_day"))}


def _by_a_load(act: Act) -> bool:
    return act.verb.endswith(".loaded")


def _values(row: models.Model, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _plain(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Lists made comparable as members of a set."""
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)
