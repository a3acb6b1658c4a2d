"""Spending objects that a table names (works, contracts): found by their codes, opened when their table is recorded.

While a table is drafted nothing may be written, and a paper of the same run may be the first to name a work. So a
region holds a placeholder, a negative number, for an object; the objects of a table stand in ``Drafted.objects``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from vungcao.evidence.models import Act
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.vietnamese import fold
from vungcao.ledger import actions as ledger
from vungcao.ledger.models import ObjectKind, SpendingObject
from vungcao.ledger.regions import Region


@dataclass(frozen=True)
class ObjectDraft:
    """An object as a table names it; ``parent`` is a placeholder. Only a paper that gives it money ``may_open`` it."""

    code: str
    kind: ObjectKind
    name: str
    where: Cell
    project_code: str = ""
    parent: int | None = None
    may_open: bool = True


def code_of(kind: str, *names: str) -> str:
    """A code for an object whose paper gives it none: the same names give the same code."""
    return f"{kind}.{hashlib.sha256('|'.join(fold(name) for name in names).encode()).hexdigest()[:16]}"


def held(one: ObjectDraft) -> int | None:
    """Key of the object we hold: by its project code, else by our own code; where a report need not open it, also by
    its name, if only one bears it.
    """
    rows = SpendingObject.objects.filter(kind=one.kind)
    found = rows.filter(project_code=one.project_code).order_by("pk").first() if one.project_code else None
    found = found or rows.filter(code=one.code).first()
    if found is None and not one.may_open and not one.project_code:
        named = rows.filter(name=one.name)
        found = named.first() if named.count() == 1 else None
    return found.pk if found else None


def known(objects: Mapping[int, ObjectDraft]) -> dict[int, int]:
    """Placeholder → key, of the objects that we hold."""
    found = {place: held(one) for place, one in objects.items()}
    return {place: key for place, key in found.items() if key is not None}


def unknown(objects: Mapping[int, ObjectDraft]) -> list[Problem]:
    """Objects that must be on file and are not."""
    there = known(objects)
    return [
        Problem(
            one.where,
            "object.unknown",
            one.name,
            f"{one.kind.label.lower()} “{one.name}” chưa có trong sổ: nộp quyết định giao vốn theo công trình trước, "
            "hoặc ghi đúng mã dự án (7 số) và tên như quyết định.",
        )
        for place, one in objects.items()
        if place not in there and not one.may_open
    ]


def opened(objects: Mapping[int, ObjectDraft], *, act: Act) -> dict[int, int]:
    """Placeholder → key of every object, those not held yet made under ``act``, wholes before their parts."""
    keys = known(objects)
    for place, one in sorted(objects.items(), key=lambda pair: pair[1].parent is not None):
        if place not in keys:
            parent = SpendingObject.objects.get(pk=keys[one.parent]) if one.parent is not None else None
            made = ledger.open_object(
                one.code, kind=one.kind, name=one.name[:300], act=act, parent=parent, project_code=one.project_code
            )
            keys[place] = made.pk
    return keys


def with_objects(region: Region, keys: Mapping[int, int]) -> Region:
    """The region with its placeholder replaced, where the object is known."""
    key = keys.get(region.spending_object)
    return region if key is None else replace(region, spending_object=key)
