"""What one page and one form cost the processor while nobody else asks: medians of ``time.process_time``; questions.

In one process each, beside plain Django over the same rows, the database server not counted. Processor time is what
the machine's other work disturbs least. ``python -m bench.web.cost ours|plain`` is one such process.
"""

from __future__ import annotations

import io
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

from bench.web import lists
from bench.web.site import ROOT, session
from bench.web.submissions import FORM, TOKEN, make_table

TIMES: Final = 60
Ask = Callable[[], None]


def measure(rows: int) -> None:
    """Fill, then ask the two by turns three times; the lesser median of each is printed."""
    env = {**os.environ, "BENCH_COOKIE": session("bench")}
    make_table()
    print(f"register of {rows:,} rows, {lists.fill(rows):.0f} s; {lists.database()}; {TIMES} of each, best of 3 "
          f"medians; load {os.getloadavg()[0]:.1f}", flush=True)  # fmt: skip
    told: dict[str, list[tuple[float, int]]] = {}
    for _ in range(3):
        for who in ("plain", "ours"):
            command = [sys.executable, "-m", "bench.web.cost", who]
            said = json.loads(subprocess.check_output(command, env=env, cwd=ROOT))
            for what, figures in said.items():
                told.setdefault(f"{what}, {who}", []).append(tuple(figures))
    for name, found in told.items():
        spent, questions = min(found)
        print(f"{name:32}{spent:9.2f} ms of processor{questions:5} questions", flush=True)
    for what in ("page of 50 rows", "form"):
        ratio = min(told[f"{what}, ours"])[0] / min(told[f"{what}, plain"])[0]
        print(f"{what}: ours ÷ plain {ratio:.2f}")


def _asking(application: Any) -> Callable[..., None]:
    """Ask a WSGI application as a server does."""

    def ask(method: str, path: str, query: str = "", said: dict[str, str] | None = None) -> None:
        body, statuses = urlencode(said or {}).encode(), []
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1", "SERVER_PROTOCOL": "HTTP/1.1", "SCRIPT_NAME": "",
            "CONTENT_LENGTH": f"{len(body)}", "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "HTTP_COOKIE": f"{os.environ['BENCH_COOKIE']}; csrftoken={TOKEN}", "HTTP_X_CSRFTOKEN": TOKEN,
            "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        answer = application(environ, lambda status, _headers, _exc=None: statuses.append(status))
        page = b"".join(answer)
        answer.close()
        if statuses[0][:3] not in ("200", "302") or (method == "GET" and lists.HOLDS not in page):
            raise SystemExit(f"{path}: {statuses}, {len(page)} bytes")

    return ask


def _cost(work: Ask) -> tuple[float, int]:
    """Milliseconds of processor (median), and how many questions one asks."""
    from django.core.signals import request_started
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    for _ in range(8):
        work()
    took = []
    for _ in range(TIMES):
        began = time.process_time()
        work()
        took.append((time.process_time() - began) * 1000)
    request_started.disconnect(reset_queries)
    with CaptureQueriesContext(connection) as asked:
        work()
    return statistics.median(took), len(asked)


def main() -> None:
    """One process of ``measure``: prints {what: [ms, questions]}."""
    is_ours = sys.argv[1] == "ours"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings" if is_ours else "bench.web.plain_settings"
    if is_ours:
        from config.wsgi import application
    else:
        from bench.web.plain import application
    ask, chance, marks = _asking(application), random.Random(5), lists._marks(50)
    pages: dict[str, Ask] = {
        "page of 50 rows": lambda: ask("GET", "/k", f"a={chance.choice(marks)[0]}"),
        "our page for nobody": lambda: ask("GET", "/p", f"sau={chance.choice(marks)[1]}"),
        "form": lambda: ask("POST", "/s", said={"unit": f"{chance.randrange(999)}"}),
    }
    if is_ours:
        number = int(time.time()) % 10**6
        pages = {
            "page of 50 rows": lambda: ask("GET", "/so/van-ban-den/", f"sau={chance.choice(marks)[1]}"),
            "form": lambda: ask("POST", "/so/van-ban-den/ghi-moi/", said=FORM | {
                "said_no": f"{number + chance.randrange(10**6)}", "once": f"{uuid4()}", "their_number": "1"}),
        }  # fmt: skip
    print(json.dumps({name: _cost(work) for name, work in pages.items()}))


if __name__ == "__main__":
    main()
