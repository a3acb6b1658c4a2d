"""Shapes of answers. Figures and threads have the shape that the commands print with ``--json`` (a contract)."""

from __future__ import annotations

from typing import Any

from ninja import Field, Schema


class FigureRow(Schema):
    """One row: ``id`` asks for it again and is followed by ``/trace``. Amounts are whole đồng, rates texts.

    ``denominator``: what a rate is over, as an interval in đồng, by which voucher or version of a plan.
    """

    id: str
    dims: dict[str, str]
    names: dict[str, str]
    measures: dict[str, int | str | None]
    unit: str
    denominator: dict[str, Any] | None
    qualifier: str | None
    lines: int
    ids: dict[str, str] = Field(default_factory=dict)


class Figures(Schema):
    """The answer to one question, with what was not reported, not split at this level, not apportioned."""

    figure: str
    on: str
    known_on: int
    boundaries: str
    state: str
    rows: list[FigureRow]
    not_reported: list[dict[str, Any]]
    not_split: list[dict[str, Any]]
    not_apportioned: list[dict[str, Any]]
    notes: list[str] = Field(default_factory=list)
    counted_twice: list[dict[str, Any]] = Field(default_factory=list)
    beside: dict[str, dict[str, Any]] = Field(default_factory=dict)


class Figure(Schema):
    """A figure that can be asked for."""

    name: str
    said: str


class Place(Schema):
    """A place on the day asked about; ``code`` of the statistics office, ``key`` ours and stable."""

    key: str
    code: str | None
    name: str
    kind: str
    parent: str | None


class Body(Schema):
    """A body within reach on the day asked about."""

    key: str
    name: str
    kind: str
    parent: str | None
    place: str | None


class Component(Schema):
    """A node of the programme trees on the day asked about; ``confidence`` is sourced, recalled or unknown."""

    code: str
    name: str
    level: str
    parent: str | None
    confidence: str


class Batch(Schema):
    """Something handed in by a body within reach; ``sha256`` is that of its file."""

    id: int
    body: str
    kind: str
    period: str
    state: str
    file: str
    sheet: str
    sha256: str


class Report(Schema):
    """A frozen report; ``known_no`` is the act number at which its figures were asked."""

    id: int
    kind: str
    period: str
    programme: str
    edition: int
    title: str
    as_of: str
    known_no: int
    superseded: bool


class RegisterRow(Schema):
    """A row of a register. ``id`` is its key in the addresses of its pages; ``flags`` say what is odd about it."""

    id: int
    values: dict[str, str | int | None]
    flags: list[str]


class RegisterPage(Schema):
    """Rows of a register in its order; ``columns``: head of each value; ``after`` asks for the next page, if any."""

    key: str
    columns: dict[str, str]
    rows: list[RegisterRow]
    after: str | None
