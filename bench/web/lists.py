"""A page of a long register, with sign-in, reach of the asker and a count, beside the same rows without them.

Without them twice: the bare table in plain Django, and our own page drawn for nobody. Goals (side by side in one run):
at most 1.5 × the same page without them, and at least 5 × as quick as a ``Paginator``
page on PostgreSQL at a million rows. Every answer is checked to hold its rows.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Final

from bench.web.site import OURS, ask, at, begin_django, count_rows, middle, served, session

CONNECTIONS: Final = 16
REQUESTS: Final = 160  # of one contestant in one round, as many as it answers in
LONGEST: Final = 20  # seconds
HOLDS: Final = "Ví dụ đo tải".encode()
PLAIN: Final = "plain Django, by key"
COUNTED: Final = "plain Django, Paginator"
SAME: Final = "our page for nobody, uncounted"
REGISTER: Final = "our page, signed in, counted"


def measure(rows: int, rounds: int) -> None:
    """Fill, ask in interleaved rounds, print medians and ratios."""
    cookie = session("bench")
    print(f"register of {rows:,} rows, {fill(rows):.0f} s; {CONNECTIONS} connections, {REQUESTS} requests a round or "
          f"{LONGEST} s, median of {rounds}; {database()}; load {os.getloadavg()[0]:.1f}", flush=True)  # fmt: skip
    marks = _marks(400)
    with ExitStack() as stack:
        plain = stack.enter_context(
            served("bench.web.plain:application", DJANGO_SETTINGS_MODULE="bench.web.plain_settings")
        )
        ours = stack.enter_context(served(OURS))
        asked: dict[str, Callable[[random.Random], tuple[float, int]]] = {
            PLAIN: lambda chance: ask(plain, f"/k?a={chance.choice(marks)[0]}", "", HOLDS),
            COUNTED: lambda chance: ask(plain, f"/c?p={chance.randrange(1, max(2, rows // 50))}", "", HOLDS),
            SAME: lambda chance: ask(plain, f"/p?sau={chance.choice(marks)[1]}", "", HOLDS),
            REGISTER: lambda chance: ask(ours, f"/so/van-ban-den/?sau={chance.choice(marks)[1]}", cookie, HOLDS),
        }
        told: dict[str, list[tuple[float, float, int]]] = {name: [] for name in asked}
        for one in asked.values():
            for _ in range(6):
                one(random.Random(1))
        for turn in range(rounds):
            for name, one in asked.items():
                told[name].append(_burst(one, turn))
    _print({name: (middle([one[0] for one in said]), middle([one[1] for one in said]), said[0][2])
            for name, said in told.items()})  # fmt: skip


def _burst(one: Callable[[random.Random], tuple[float, int]], turn: int) -> tuple[float, float, int]:
    """Requests a second, p95 in ms, bytes of a page."""
    chances = [random.Random(turn * REQUESTS + number) for number in range(REQUESTS)]
    began = time.perf_counter()

    def asked(chance: random.Random) -> tuple[float, int] | None:
        return one(chance) if time.perf_counter() - began < LONGEST else None

    with ThreadPoolExecutor(CONNECTIONS) as crowd:
        said = [answer for answer in crowd.map(asked, chances) if answer is not None]
    return len(said) / (time.perf_counter() - began), at(0.95, [took for took, _ in said]), said[0][1]


def _print(figures: dict[str, tuple[float, float, int]]) -> None:
    heads = ("req/s", "p95 ms", "kB", "time ÷ plain", "÷ same page", "Paginator ÷ this")
    print(f"{'page of 50 rows':32}" + "".join(f"{head:>{max(9, len(head) + 2)}}" for head in heads))
    for name, (rate, p95, size) in figures.items():
        ratios = figures[PLAIN][0] / rate, figures[SAME][0] / rate, rate / figures[COUNTED][0]
        print(f"{name:32}{rate:9.0f}{p95:9.0f}{size / 1000:9.0f}{ratios[0]:14.2f}{ratios[1]:13.2f}{ratios[2]:18.1f}",
              flush=True)  # fmt: skip


def database() -> str:
    begin_django()
    from django.db import connection

    return connection.vendor


def _marks(count: int) -> list[tuple[str, str]]:
    """(key, token of the page behind it) of rows by chance."""
    from vungcao.desk.registers import paging
    from vungcao.office.models import Incoming

    first = Incoming.objects.order_by("pk").values_list("pk", flat=True)[0]
    last = Incoming.objects.order_by("-pk").values_list("pk", flat=True)[0]
    chance = random.Random(7)
    keys = [chance.randrange(first + (last - first) // 10, last) for _ in range(count)]
    found = []
    for row in Incoming.objects.filter(pk__in=keys):
        row.sort_value = row.number_key  # type: ignore[attr-defined]  # as page_of leaves it
        found.append((row.number_key, paging._token(row)))
    return found


def fill(rows: int) -> float:
    """Rows of documents in, dealt out over communes; written past the actions, through the same triggers. Seconds; none
    where another part has filled the register.
    """
    from django.db import connection
    from django.utils import timezone

    from vungcao.bodies.models import BodyVersion
    from vungcao.evidence.actions import SYSTEM, acting
    from vungcao.office.models import Incoming

    if Incoming.objects.count() >= rows:
        return 0.0
    bodies = sorted(
        set(BodyVersion.objects.on(timezone.localdate()).filter(kind="commune").values_list("body", flat=True))
    )
    began = time.perf_counter()
    with acting("bench.filled", by=SYSTEM) as act, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT coalesce(max(id), 0) FROM office_document")
        (before,) = cursor.fetchone()
        for statement in (_DOCUMENTS, _LINES):
            cursor.execute(statement.format(bodies=", ".join(f"({n}, {pk})" for n, pk in enumerate(bodies)),
                                            count=len(bodies), rows=rows, act=act.pk, before=before))  # fmt: skip
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('office_document', 'id'), max(id)) FROM office_document"
            )
    count_rows()
    return time.perf_counter() - began


_GENERATED: Final = """
WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM g WHERE i < {rows}), b(n, id) AS (VALUES {bodies})
"""
_DOCUMENTS: Final = (
    "INSERT INTO office_document (id, act_id, body_id, direction) "
    + _GENERATED
    + "SELECT {before} + g.i, {act}, b.id, 'in' FROM g JOIN b ON b.n = g.i % {count}"
)
_LINES: Final = (
    "INSERT INTO office_incoming (document_id, act_id, body_id, said_no, series, year, no, suffix, number_key, state, "
    "reason, summary, folded, sheet, cell, arrived, sender, their_number, dated, instructed_by, instruction, unit, "
    "due) "
    + _GENERATED
    + "SELECT {before} + g.i, {act}, b.id, CAST(g.i / {count} + 1 AS TEXT), '', 2025, g.i / {count} + 1, '', "
    "'2025||' || substr('0000000' || CAST(g.i / {count} + 1 AS TEXT), length(CAST(g.i / {count} + 1 AS TEXT)), 8), "
    "'used', '', "
    "'Ví dụ đo tải: báo cáo tiến độ giải ngân số ' || CAST(g.i AS TEXT), 'vi du do tai bao cao ' || CAST(g.i AS TEXT), "
    "'', '', '2025-03-03', 'Phòng Kinh tế (ví dụ)', CAST(g.i AS TEXT) || '/BC-VD', '2025-03-01', '', '', "
    "'Phòng Tổng hợp', '2025-12-31' FROM g JOIN b ON b.n = g.i % {count}"
)
