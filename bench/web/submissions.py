"""Forms that fifty officers send at once: alone, and while a list of 100,000 rows comes in and a report is made.

Goals: 0 failed; on PostgreSQL p95 at most 1.5 × that of a plain form (one check, five rows, no sign-in) in the same
run, worst at most a second, and import and report may cost at most 2 × in p95. On SQLite: 0 failed, the worst is told.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

from bench.web.lists import database
from bench.web.site import OURS, ROOT, at, fetch, served, session

THREADS: Final = ("--worker-class", "gthread", "--threads", "4")
TOKEN: Final = "a" * 32
TABLE: Final = "CREATE TABLE IF NOT EXISTS bench_sent (unit varchar(9), amount bigint)"
FORM: Final = {"arrived": "03/03/2025", "sender": "Ví dụ đo tải", "summary": "Ví dụ đo tải", "state": "used"}
REPORT: Final = ("report", "monthly", "--period", "2021-11")


@dataclass(frozen=True)
class Sent:
    """What became of the forms of one burst."""

    failed: int
    took: list[float]
    seconds: float

    def __str__(self) -> str:
        count = len(self.took)
        figures = (at(0.5, self.took), at(0.95, self.took), max(self.took), count / self.seconds)
        return f"{count:8d}{self.failed:8d}" + "".join(f"{one:10.0f}" for one in figures)


def measure(clients: int, each: int, rows: int) -> int:
    """Print the bursts; how many of our forms failed."""
    cookie = session("bench")
    make_table()
    print(f"{clients} clients, {each} forms each; {database()}; gunicorn gthread 2×4; load {os.getloadavg()[0]:.1f}")
    print(
        f"{'forms':44}{'sent':>8}{'failed':>8}{'p50 ms':>10}{'p95 ms':>10}{'worst ms':>10}{'a second':>10}", flush=True
    )
    plain_at = {"DJANGO_SETTINGS_MODULE": "bench.web.plain_settings"}
    with served("bench.web.plain:application", *THREADS, **plain_at) as plain, served(OURS, *THREADS) as ours:
        said: dict[str, Sent] = {}
        for name, one in (("plain Django", _plain(plain)), ("our register", _ours(ours, cookie))):
            for number in range(8):
                one(number)
            said[name] = _told(name, _burst(one, clients, each))
        with TemporaryDirectory(prefix="vungcao-bench-") as folder, _beside(Path(folder), rows) as how_often:
            name = "our register, import and report beside"
            said[name] = _told(name, _burst(_ours(ours, cookie), clients, each, until=how_often))
            name = "plain Django, import and report beside"
            _told(name, _burst(_plain(plain), clients, each))
            print(f"beside: {how_often()} imports of {rows:,} rows done and {how_often.reports()} reports", flush=True)
    alone, busy = (at(0.95, said[name].took) for name in ("our register", "our register, import and report beside"))
    print(f"p95: ours ÷ plain {alone / at(0.95, said['plain Django'].took):.2f}, beside ÷ alone {busy / alone:.2f}; "
          f"load {os.getloadavg()[0]:.1f}", flush=True)  # fmt: skip
    return sum(one.failed for name, one in said.items() if name.startswith("our"))


def _told(name: str, sent: Sent) -> Sent:
    print(f"{name:44}{sent}", flush=True)
    return sent


def _burst(one: Callable[[int], tuple[int, float]], clients: int, each: int, until: Beside | None = None) -> Sent:
    """Every client sends one form after the other; with ``until`` on and on until an import has ended meanwhile."""
    began = time.perf_counter()

    def client(number: int) -> list[tuple[int, float]]:
        found = []
        while len(found) < each or (until is not None and not until() and len(found) < each * 50):
            found.append(one(number * 10**6 + len(found)))
        return found

    with ThreadPoolExecutor(clients) as crowd:
        said = [each_one for told in crowd.map(client, range(clients)) for each_one in told]
    return Sent(sum(status not in (200, 302) for status, _ in said), [took for _, took in said],
                time.perf_counter() - began)  # fmt: skip


def _plain(port: int) -> Callable[[int], tuple[int, float]]:
    head = {"Content-Type": "application/x-www-form-urlencoded"}

    def send(number: int) -> tuple[int, float]:
        status, _body, took = fetch(port, "POST", "/s", head, urlencode({"unit": number % 999}).encode())
        return status, took

    return send


def _ours(port: int, cookie: str) -> Callable[[int], tuple[int, float]]:
    head = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"{cookie}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN}  # fmt: skip
    salt = int(time.time()) % 10**4

    def send(number: int) -> tuple[int, float]:
        said = {
            **FORM,
            "said_no": f"{(number * 7919 + salt) % 10**7 + 1}",
            "once": f"{uuid4()}",
            "their_number": f"{number}",
        }
        status, body, took = fetch(port, "POST", "/so/van-ban-den/ghi-moi/", head, urlencode(said).encode())
        if status not in (302,):
            print(f"  failed: {status} {body[:200]!r}", flush=True)
        return status, took

    return send


@dataclass
class Beside:
    """An import and a report, each begun anew as soon as it has ended; how often the import has."""

    folder: Path
    rows: int

    def __call__(self) -> int:
        return len(list(self.folder.glob("imported-*")))

    def reports(self) -> int:
        return len(list(self.folder.glob("reported-*")))


@contextmanager
def _beside(folder: Path, rows: int) -> Iterator[Beside]:
    from bench.intake.making import write

    workbook = write(folder / "ho_vi_du.xlsx", rows)
    commands = [
        [sys.executable, "-m", "bench.web.beside", "import", str(workbook), str(folder)],
        [sys.executable, "-m", "bench.web.beside", "report", *REPORT, "--out", str(folder)],
    ]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True) for command in commands
    ]
    try:
        yield Beside(folder, rows)
    finally:
        for one in running:  # with the report that it may be making, which writes in the same folders
            os.killpg(one.pid, signal.SIGKILL)
            one.wait(60)


def make_table() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        cursor.execute("CREATE INDEX IF NOT EXISTS bench_sent_unit ON bench_sent (unit)")
