"""``python -m bench.web``: the site as it is served, on 127.0.0.1 only.

Four parts; one alone with its name: ``pages`` (overview and leader's page under 16 connections), ``cost`` (processor of
one page and one form), ``lists`` (a page of a long register beside plain Django), ``submissions`` (forms sent while an
import and a report run). ``--postgres`` runs them beside a private server. ``--lines 2000000`` first makes the
example's ledger as large as that of a big province.

With ``VUNGCAO_HOME`` set, ``pages`` asks the pages of that base; else an example province is made in a folder that is
removed afterwards. The site is given until its workers are warm; each page is asked once first of each worker, as a
morning's first officers do; then by the crowd; then something is written, and the crowd asks again: its first wait
while each worker makes the page anew. The floor is the same server sending as many bytes from memory.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from bench.web import cost, lists, submissions
from bench.web.site import ROOT, WORKERS, as_served, ask, at, begin_django, count_rows, middle, program, served, session

CONNECTIONS: Final = 16
GOAL_MS: Final = 150
MOST: Final = 2000  # requests a page, whatever is asked for
SIGN_IN: Final = "/dang-nhap/"  # a page that asks nothing of the figures
PAGES: Final = {"overview": "/", "leader's page": "/lanh-dao/"}
EXAMPLE: Final = ("135-2021", "1719-2024")  # folders of the example that are read in seconds
PARTS: Final = ("pages", "cost", "lists", "submissions")


def main() -> None:
    """Measure what was asked for, in a base of its own unless one is named."""
    asked = _arguments()
    if asked.postgres and "VUNGCAO_DATABASE_URL" not in os.environ:
        os.chdir(ROOT)
        command = [sys.executable, "-m", "bench.web", *sys.argv[1:]]
        os.execv(sys.executable, [sys.executable, "scripts/with_postgres.py", "--", *command])
    if "VUNGCAO_HOME" in os.environ:
        _measure(asked)
        return
    with tempfile.TemporaryDirectory(prefix="vungcao-bench-", ignore_cleanup_errors=True) as home:
        os.environ["VUNGCAO_HOME"] = home
        program("setup")
        program("import", "--commit", *(f"examples/cao-bang/{name}" for name in EXAMPLE))
        if asked.lines:
            _fill(asked.lines)
        count_rows()
        if "pages" in asked.parts:
            _measure(asked)
        if "cost" in asked.parts:
            cost.measure(asked.rows)
        if "lists" in asked.parts:
            lists.measure(asked.rows, asked.rounds)
        if "submissions" in asked.parts:
            sys.exit(bool(submissions.measure(asked.clients, asked.sent, asked.imported)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.web")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[], help=", ".join(PARTS))
    parser.add_argument("--postgres", action="store_true", help="beside a private PostgreSQL server")
    parser.add_argument("--requests", type=int, default=320, help=f"a page, at most {MOST} (320)")
    parser.add_argument("--lines", type=int, default=0, help="add so many lines to the example's ledger first")
    parser.add_argument("--account", default="bench", help="whose session is used; made where it is not there")
    parser.add_argument("--page", action="append", default=[], help="another address, as /lanh-dao/?on=31/05/2024")
    parser.add_argument("--rows", type=int, default=100_000, help="of the long register (100000)")
    parser.add_argument("--rounds", type=int, default=3, help="of lists, interleaved (3)")
    parser.add_argument("--clients", type=int, default=50, help="that send forms at once (50)")
    parser.add_argument("--sent", type=int, default=8, help="forms a client (8)")
    parser.add_argument("--imported", type=int, default=100_000, help="rows of the import beside (100000)")
    asked = parser.parse_args()
    asked.parts = asked.parts or list(PARTS)
    return asked


def _fill(lines: int) -> None:
    """Lines by chance beside the example's, sealed; the base is removed afterwards."""
    begin_django()
    from bench.web.filling import fill
    from vungcao.cube.sealed import sealing
    from vungcao.evidence import chain

    began = time.perf_counter()
    accounts = fill(lines)
    filled = time.perf_counter()
    sealed = sealing.seal()
    took = time.perf_counter()
    chain.extend()  # or the worker beside would hold the write lock over millions of rows while pages are asked
    print(
        f"{lines:,} lines in {accounts:,} accounts written in {filled - began:.0f} s, sealed in {took - filled:.0f} s"
    )
    print(f"sealed: {sealed.given_rows:,} rows of money given, {sealed.spent_rows:,} of spending", flush=True)


def _measure(asked: argparse.Namespace) -> None:
    cookie = session(asked.account)
    requests = min(max(asked.requests, CONNECTIONS), MOST)
    print(f"{WORKERS} workers; {CONNECTIONS} connections, {requests} requests a page; goal p95 {GOAL_MS} ms")
    print(f"{'page':34}{'first ms':>10}{'p50 ms':>9}{'p95 ms':>9}{'worst ms':>10}{'a second':>10}")
    pages = PAGES | {address: address for address in asked.page}
    with as_served() as port:
        began = time.perf_counter()
        for _ in range(WORKERS):
            ask(port, SIGN_IN)
        print(f"{'workers warm':34}{(time.perf_counter() - began) * 1000:10.0f}", flush=True)
        for name, address in pages.items():
            first = max(ask(port, address, cookie)[0] for _ in range(WORKERS * 3))
            _crowd(name, first, port, address, cookie, requests)
            _write_something()
            _crowd(f"{name}, right after a commit", None, port, address, cookie, requests)
        size = ask(port, "/", cookie)[1]
    with served("bench.web.floor:application", BENCH_BYTES=f"{size}") as port:
        _crowd(f"floor: {size // 1000} kB from memory", ask(port, "/")[0], port, "/", "", requests)
    print(f"machine load {', '.join(f'{one:.1f}' for one in os.getloadavg())}")


def _crowd(name: str, first: float | None, port: int, address: str, cookie: str, requests: int) -> None:
    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as crowd:
        took = sorted(one for one, _ in crowd.map(ask, *([one] * requests for one in (port, address, cookie))))
    whole = time.perf_counter() - began
    said = f"{first:10.0f}" if first is not None else f"{'':10}"
    print(
        f"{name:34}{said}{middle(took):9.0f}{at(0.95, took):9.0f}{took[-1]:10.0f}{requests / whole:10.0f}", flush=True
    )


def _write_something() -> None:
    """An act that writes nothing: the order of knowledge moves on, and every page is made anew."""
    from vungcao.evidence.actions import SYSTEM, acting

    with acting("bench.filled", by=SYSTEM):
        pass


if __name__ == "__main__":
    main()
