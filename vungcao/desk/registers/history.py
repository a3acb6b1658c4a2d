"""The story of one thing in a register: every act that wrote or ended a row of it, and what it changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.desk.registers.declaring import Register
from vungcao.desk.registers.listing import texts
from vungcao.desk.story import Change, Event, Story
from vungcao.evidence.models import Act


def story(register: Register, key: int, reach: Reach) -> Story:
    """Events of a thing, the newest first."""
    if register.kept is None:
        return Story(())
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
    return Story(
        tuple(
            Event(
                act,
                act.numbered.no,
                _word(written[act.pk], ended[act.pk]),
                _told(register, written[act.pk], ended[act.pk]),
            )
            for act in ordered
        )
    )


def _told(register: Register, written: list[Any], ended: list[Any]) -> tuple[Change, ...]:
    emptied = _("(để trống)")
    return tuple(Change(head, old or "–", new or emptied) for head, old, new in _changes(register, written, ended))


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
