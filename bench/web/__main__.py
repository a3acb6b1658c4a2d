"""``python -m bench.web``: the site as it is served (``vungcao serve``), 16 connections, on 127.0.0.1 only.

``--lines 2000000`` first makes the example's ledger as large as that of a big province (some minutes).

With ``VUNGCAO_HOME`` set, the pages of that base are asked; without it, an example province is made in a folder that is
removed afterwards. The site is given until its workers are warm; each page is asked once first of each worker, as a
morning's first officers do; then by the crowd; then something is written, and the crowd asks again: the first of it wait
while each worker makes the page anew. The floor is the same server sending as many bytes from memory.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

HOST: Final = "127.0.0.1"
CONNECTIONS: Final = 16
WORKERS: Final = 2
GOAL_MS: Final = 150
MOST: Final = 2000  # requests a page, whatever is asked for
SIGN_IN: Final = "/dang-nhap/"  # a page that asks nothing of the figures
PROGRAM: Final = ["vungcao.desk.command"]
PAGES: Final = {"overview": "/", "leader's page": "/lanh-dao/"}
EXAMPLE: Final = ("135-2021", "1719-2024")  # folders of the example that are read in seconds


def main() -> None:
    """Measure each page in turn and print one line for it."""
    asked = _arguments()
    if "VUNGCAO_HOME" in os.environ:
        _measure(asked)
        return
    with tempfile.TemporaryDirectory(prefix="vungcao-bench-") as home:
        os.environ["VUNGCAO_HOME"] = home
        _make_example()
        if asked.lines:
            _fill(asked.lines)
        _measure(asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.web")
    parser.add_argument("--requests", type=int, default=320, help=f"a page, at most {MOST} (320)")
    parser.add_argument("--lines", type=int, default=0, help="add so many lines to the example's ledger first")
    parser.add_argument("--account", default="bench", help="whose session is used; made where it is not there")
    parser.add_argument("--page", action="append", default=[], help="another address, as /lanh-dao/?on=31/05/2024")
    return parser.parse_args()


def _make_example() -> None:
    folders = [f"examples/cao-bang/{name}" for name in EXAMPLE]
    for words in (["setup"], ["import", "--commit", *folders]):
        subprocess.run([sys.executable, "-m", *PROGRAM, *words], check=False, stdout=subprocess.DEVNULL)


def _fill(lines: int) -> None:
    """Lines by chance beside the example's, sealed; the base is removed afterwards."""
    _begin_django()
    from bench.web.filling import fill
    from vungcao.cube.sealed import sealing

    began = time.perf_counter()
    accounts = fill(lines)
    filled = time.perf_counter()
    sealed = sealing.seal()
    took = time.perf_counter()
    print(
        f"{lines:,} lines in {accounts:,} accounts written in {filled - began:.0f} s, sealed in {took - filled:.0f} s"
    )
    print(f"sealed: {sealed.given_rows:,} rows of money given, {sealed.spent_rows:,} of spending", flush=True)


def _begin_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
    import django

    django.setup()


def _measure(asked: argparse.Namespace) -> None:
    cookie = _session(asked.account)
    requests = min(max(asked.requests, CONNECTIONS), MOST)
    print(f"{WORKERS} workers; {CONNECTIONS} connections, {requests} requests a page; goal p95 {GOAL_MS} ms")
    print(f"{'page':34}{'first ms':>10}{'p50 ms':>9}{'p95 ms':>9}{'worst ms':>10}{'a second':>10}")
    pages = PAGES | {address: address for address in asked.page}
    with _site() as port:
        began = time.perf_counter()
        for _ in range(WORKERS):
            _ask(port, SIGN_IN, "")
        print(f"{'workers warm':34}{(time.perf_counter() - began) * 1000:10.0f}", flush=True)
        for name, address in pages.items():
            first = max(_ask(port, address, cookie)[0] for _ in range(WORKERS * 3))
            _crowd(name, first, port, address, cookie, requests)
            _write_something()
            _crowd(f"{name}, right after a commit", None, port, address, cookie, requests)
        size = len(_ask(port, "/", cookie)[1])
    os.environ["BENCH_BYTES"] = f"{size}"
    with _site("bench.web.floor:application") as port:
        _crowd(f"floor: {size // 1000} kB from memory", _ask(port, "/", "")[0], port, "/", "", requests)
    print(f"machine load {', '.join(f'{one:.1f}' for one in os.getloadavg())}")


def _crowd(name: str, first: float | None, port: int, address: str, cookie: str, requests: int) -> None:
    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as crowd:
        took = sorted(one for one, _ in crowd.map(_ask, *([one] * requests for one in (port, address, cookie))))
    whole = time.perf_counter() - began
    p50, p95 = statistics.median(took), took[min(len(took) - 1, int(len(took) * 0.95))]
    said = f"{first:10.0f}" if first is not None else f"{'':10}"
    print(f"{name:34}{said}{p50:9.0f}{p95:9.0f}{took[-1]:10.0f}{requests / whole:10.0f}", flush=True)


def _write_something() -> None:
    """An act that writes nothing: the order of knowledge moves on, and every page is made anew."""
    from vungcao.evidence.actions import SYSTEM, acting

    with acting("bench.filled", by=SYSTEM):
        pass


def _ask(port: int, address: str, cookie: str) -> tuple[float, bytes]:
    """Milliseconds until the whole page is there, and the page; refuses anything but 200."""
    began = time.perf_counter()
    connection = HTTPConnection(HOST, port, timeout=120)
    connection.request("GET", address, headers={"Cookie": cookie})
    answer = connection.getresponse()
    page = answer.read()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{address}: {answer.status}")
    return (time.perf_counter() - began) * 1000, page


@contextmanager
def _site(application: str = "") -> Iterator[int]:
    """The site (or another WSGI application) on a free port, its workers there; ended by its process id."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = int(free.getsockname()[1])
    plain = ["gunicorn", application, "--bind", f"{HOST}:{port}", "--workers", f"{WORKERS}", "--log-level", "error"]
    site = subprocess.Popen(
        [sys.executable, "-m", *(plain if application else [*PROGRAM, "serve", "--port", f"{port}"])]
    )
    try:
        _wait(port, site)
        yield port
    finally:
        site.terminate()
        site.wait(20)


def _wait(port: int, site: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if site.poll() is not None:
            raise SystemExit("gunicorn did not start")
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("gunicorn did not answer in 20 seconds")


def _session(account: str) -> str:
    """A leader's session, as a sign-in would have made it."""
    _begin_django()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from vungcao.bodies import actions as bodies
    from vungcao.bodies.models import Official, Role
    from vungcao.bodies.queries import body
    from vungcao.evidence.actions import SYSTEM
    from vungcao.territory.queries import place

    official = Official.objects.filter(user__username=account).first()
    if official is None:
        seat, area = body("BDT-04"), place("04", timezone.localdate())
        if seat is None or area is None:
            raise SystemExit("no province in this base: vungcao setup --demo")
        about = {"name": "Lãnh đạo ví dụ (đo tải)", "post": "Trưởng Ban", "role": Role.LEADER, "reach": area}
        password = os.urandom(16).hex()
        bodies.create_official(username=account, password=password, body=seat, by=SYSTEM, demo=True, **about)
        official = Official.objects.get(user__username=account)
    session = SessionStore()
    session[SESSION_KEY] = str(official.user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = official.user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


if __name__ == "__main__":
    main()
