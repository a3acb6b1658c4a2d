"""A paper as JSON and back: what a frozen report keeps, and how a sample is written down.

``from_json(to_json(paper))`` prints to the same bytes; keys are the fields of `parts`, decimals are strings, days are
ISO. Fields left at their default may be missing from a hand-written sample.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from .parts import (
    Annex,
    Article,
    Cell,
    Chart,
    HeadCell,
    Paper,
    Paragraph,
    Run,
    Section,
    Signature,
    SourceLine,
    Table,
    TableRow,
)


def to_json(part: Paper | Annex | SourceLine) -> dict[str, Any]:
    """Plain values that `json.dumps` takes; fields at their default are left out."""
    plain: dict[str, Any] = _plain(part)
    return plain


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((one, getattr(value, one.name)) for one in dataclasses.fields(value))
        return {one.name: _plain(held) for one, held in fields if held != one.default}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def from_json(data: dict[str, Any]) -> Paper:
    """The paper written by `to_json`. Raises `TypeError` for an unknown field, `ValueError` for a wrong value."""
    plain = dict(data)
    if plain.get("dated"):
        plain["dated"] = date.fromisoformat(plain["dated"])
    plain["signature"] = Signature(**_tuples(plain["signature"]))
    plain["opening"] = _paragraphs(plain.get("opening", ()))
    plain["closing"] = _paragraphs(plain.get("closing", ()))
    plain["sections"] = tuple(_section(one) for one in plain.get("sections", ()))
    plain["annexes"] = tuple(_annex(one) for one in plain.get("annexes", ()))
    plain["articles"] = tuple(
        Article(_paragraphs(one["paragraphs"]), tuple(_table(table) for table in one.get("tables", ())))
        for one in plain.get("articles", ())
    )
    return Paper(**_tuples(plain))


def source_from_json(data: dict[str, Any]) -> SourceLine:
    """One line of the sheet of sources."""
    return SourceLine(**data)


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}


def _paragraphs(data: Any) -> tuple[Paragraph, ...]:
    """Paragraphs; a bare text stands for one of a single run."""
    return tuple(
        Paragraph.of(one) if isinstance(one, str) else Paragraph(tuple(Run(**run) for run in one.get("runs", ())))
        for one in data
    )


def _section(data: dict[str, Any]) -> Section:
    return Section(
        mark=data["mark"],
        title=data["title"],
        paragraphs=_paragraphs(data.get("paragraphs", ())),
        children=tuple(_section(one) for one in data.get("children", ())),
        tables=tuple(_table(one) for one in data.get("tables", ())),
        charts=_charts(data),
    )


def _annex(data: dict[str, Any]) -> Annex:
    return Annex(**_tuples({**data, "table": _table(data["table"]), "charts": _charts(data)}))


def _charts(data: dict[str, Any]) -> tuple[Chart, ...]:
    return tuple(Chart(**_tuples(one)) for one in data.get("charts", ()))


def _table(data: dict[str, Any]) -> Table:
    plain = dict(data)
    plain["head"] = tuple(tuple(HeadCell(**cell) for cell in row) for row in plain["head"])
    plain["rows"] = tuple(
        TableRow(**{**row, "cells": tuple(_cell(cell) for cell in row["cells"])}) for row in plain["rows"]
    )
    return Table(**_tuples(plain))


def _cell(data: dict[str, Any]) -> Cell:
    value, kind = data.get("value"), data.get("kind", "text")
    if kind in ("percent", "count") and isinstance(value, str):
        value = Decimal(value)
    return Cell(value, kind, data.get("figure"))
