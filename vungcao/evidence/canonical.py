"""The canonical form of an act: what its link in the chain covers, read from the live tables.

A row's hash is over its columns by name, empty ones (null, empty text, false, empty list) left out: a column that is
added later with such a default breaks no link. Zero is not empty. Renaming a column or a model needs the chain to be
begun anew under a released head.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.apps import apps
from django.db import connection, models

from vungcao.evidence.keeping import Dated, Kept
from vungcao.evidence.models import Act, ActNumber

_TERMS: Final = 200  # SQLite takes 500 terms of a compound SELECT

Rows = dict[int, dict[str, list[Any]]]


def fact_models() -> list[type[models.Model]]:
    """Every model whose rows point to an act, by label."""
    return sorted(
        (model for model in apps.get_models() if issubclass(model, Kept)), key=lambda model: model._meta.label
    )


def text_of(value: object) -> str:
    """Canonical JSON: keys in order, no blanks, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(numbers: Sequence[ActNumber]) -> dict[int, dict[str, Any]]:
    """Number → form of its act. One pass over the tables that hold rows of these acts."""
    acts = [number.act_id for number in numbers]
    written: Rows = defaultdict(dict)
    ended: Rows = defaultdict(dict)
    for model, column in _concerned(acts):
        if column == "act_id":
            _add_written(written, model, acts)
        else:
            _add_ended(ended, model, acts)
    return {number.no: _form(number, written[number.act_id], ended[number.act_id]) for number in numbers}


def _form(number: ActNumber, written: dict[str, list[Any]], ended: dict[str, list[Any]]) -> dict[str, Any]:
    act: Act = number.act
    return {
        "no": number.no,
        "at": _plain(number.recorded_at),
        "verb": act.verb,
        "reason": act.reason,
        "user": act.user_id,
        "official": [act.official_name, act.official_post, act.official_body],
        "opened": _plain(act.opened_at),
        "written": written,
        "ended": ended,
    }


def _concerned(acts: Sequence[int]) -> Iterator[tuple[type[models.Model], str]]:
    """(model, column) with a row that one of the acts wrote (``act_id``) or ended (``ended_by_id``)."""
    asked = [(model, "act_id") for model in fact_models()]
    asked += [(model, "ended_by_id") for model in fact_models() if issubclass(model, Dated)]
    keys = ", ".join(f"{int(act)}" for act in acts)
    for start in range(0, len(asked), _TERMS):
        terms = [
            f'SELECT {start + place} WHERE EXISTS (SELECT 1 FROM "{model._meta.db_table}" WHERE {column} IN ({keys}))'
            for place, (model, column) in enumerate(asked[start : start + _TERMS])
        ]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(terms))
            places = sorted(place for (place,) in cursor.fetchall())
        yield from (asked[place] for place in places)


def _add_written(written: Rows, model: type[models.Model], acts: Sequence[int]) -> None:
    names = [field.attname for field in model._meta.concrete_fields if field.name not in ("ended_by", "act")]
    rows = model._default_manager.filter(act_id__in=acts).order_by("pk").values_list("act_id", "pk", *names)
    for act, key, *values in rows.iterator():
        said = {name: _plain(value) for name, value in zip(names, values, strict=True) if not _is_empty(value)}
        digest = hashlib.sha256(text_of(said).encode()).hexdigest()
        written[act].setdefault(model._meta.label, []).append([key, digest])


def _add_ended(ended: Rows, model: type[models.Model], acts: Sequence[int]) -> None:
    rows = model._default_manager.filter(ended_by_id__in=acts).order_by("pk").values_list("ended_by_id", "pk")
    for act, key in rows.iterator():
        ended[act].setdefault(model._meta.label, []).append(key)


def _is_empty(value: object) -> bool:
    return value is None or value is False or (isinstance(value, str | list | dict) and not value)


def _plain(value: object) -> object:
    if isinstance(value, int | str | bool | dict | list) or value is None:
        return value
    iso = getattr(value, "isoformat", None)
    return iso() if iso else str(value)
