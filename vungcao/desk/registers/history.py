"""The story of one thing in a register: every act that wrote or ended a row of it, and what it changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.desk.registers.declaring import Register
from vungcao.desk.registers.listing import texts
from vungcao.evidence.models import Act


@dataclass(frozen=True)
class Event:
    """One act: what it did in a word, and the columns that changed (head, before, after)."""

    act: Act
    word: str
    changes: list[tuple[str, str, str]]


def story(register: Register, key: int, reach: Reach) -> list[Event]:
    """Events of a thing, the newest first."""
    if register.kept is None:
        return []
    written: dict[int, list[Any]] = defaultdict(list)
    ended: dict[int, list[Any]] = defaultdict(list)
    acts: dict[int, Act] = {}
    rows = register.kept(key, reach).select_related("act__numbered", "ended_by__numbered").order_by("pk")
    for row in rows:
        written[row.act_id].append(row)
        acts[row.act_id] = row.act
        if row.ended_by_id is not None:
            ended[row.ended_by_id].append(row)
            acts[row.ended_by_id] = row.ended_by
    ordered = sorted(acts.values(), key=lambda act: act.numbered.no, reverse=True)
    return [
        Event(act, _word(written[act.pk], ended[act.pk]), list(_changes(register, written[act.pk], ended[act.pk])))
        for act in ordered
    ]


def _word(written: list[Any], ended: list[Any]) -> str:
    if written and ended:
        return _("Sửa")
    return _("Ghi") if written else _("Kết thúc")


def _changes(register: Register, written: list[Any], ended: list[Any]) -> Iterator[tuple[str, str, str]]:
    """What differs between the rows that an act ended and those it wrote in their places, first with first."""
    columns = register.told
    for place in range(max(len(written), len(ended))):
        new = written[place] if place < len(written) else None
        old = ended[place] if place < len(ended) else None
        for column in columns:
            if new is not None and old is not None:
                found = texts(column, new, old)
            elif new is not None:
                found = (column.head, "", column.text(new))
            else:
                found = (column.head, column.text(old), "")
            if found is not None and (found[1] or found[2]):
                yield found
