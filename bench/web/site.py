"""What every measurement of pages needs: servers on a free port, a session, one request."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

HOST: Final = "127.0.0.1"
WORKERS: Final = 2
ROOT: Final = Path(__file__).resolve().parent.parent.parent
OURS: Final = "config.wsgi:application"


def begin_django() -> None:
    """Our settings in this process; safe to call again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()


def program(*words: str) -> None:
    """Run ``vungcao`` with these words, unheard."""
    subprocess.run([sys.executable, "-m", "vungcao.desk.command", *words], check=False, stdout=subprocess.DEVNULL)


def count_rows() -> None:
    """Let the database's planner know what its tables hold, as a server does by itself within minutes."""
    begin_django()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def served(application: str = OURS, *more: str, **env: str) -> Iterator[int]:
    """A WSGI application under gunicorn on a free port, its workers there; ended by its process id."""
    command = [sys.executable, "-m", "gunicorn", application, "--workers", f"{WORKERS}"]
    command += ["--log-level", "error", "--timeout", "300", *more]
    with _running(lambda port: [*command, "--bind", f"{HOST}:{port}"], env) as port:
        yield port


@contextmanager
def as_served() -> Iterator[int]:
    """The site as ``vungcao serve`` serves it, its workers warmed and the worker beside it."""
    command = [sys.executable, "-m", "vungcao.desk.command", "serve", "--port"]
    with _running(lambda port: [*command, f"{port}"], {}) as port:
        yield port


@contextmanager
def _running(command: Callable[[int], list[str]], env: Mapping[str, str]) -> Iterator[int]:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = int(free.getsockname()[1])
    site = subprocess.Popen(command(port), env={**os.environ, **env}, cwd=ROOT)
    try:
        _wait(port, site)
        yield port
    finally:
        site.terminate()
        site.wait(20)


def _wait(port: int, site: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if site.poll() is not None:
            raise SystemExit("gunicorn did not start")
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("gunicorn did not answer in 30 seconds")


def ask(port: int, address: str, cookie: str = "", must_hold: bytes = b"") -> tuple[float, int]:
    """Milliseconds until the whole page is there, and its bytes; refuses anything but 200 with what it must hold."""
    status, body, took = fetch(port, "GET", address, {"Cookie": cookie})
    if status != 200 or must_hold not in body:
        raise SystemExit(f"{address}: {status}, {len(body)} bytes")
    return took, len(body)


def fetch(
    port: int, method: str, address: str, headers: Mapping[str, str], body: bytes | None = None
) -> tuple[int, bytes, float]:
    """Status, body, milliseconds; status 0 where no answer came."""
    began = time.perf_counter()
    connection = HTTPConnection(HOST, port, timeout=300)
    try:
        connection.request(method, address, body, dict(headers))
        answer = connection.getresponse()
        read = answer.read()
        return answer.status, read, (time.perf_counter() - began) * 1000
    except OSError:
        return 0, b"", (time.perf_counter() - began) * 1000
    finally:
        connection.close()


def session(account: str) -> str:
    """The cookie of a leader's session, as a sign-in would have made it; the account is made where it is not there."""
    begin_django()
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
    kept = SessionStore()
    kept[SESSION_KEY] = str(official.user.pk)
    kept[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    kept[HASH_SESSION_KEY] = official.user.get_session_auth_hash()
    kept.save()
    return f"{settings.SESSION_COOKIE_NAME}={kept.session_key}"


def at(share: float, took: Sequence[float]) -> float:
    """The value below which that share of them lies."""
    ordered = sorted(took)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def middle(values: Sequence[float]) -> float:
    return statistics.median(values)
