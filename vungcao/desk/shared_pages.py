"""Drawn pages in a folder that the workers of one site share: one draws, the others wait for it and read.

A file's name is a hash of all that the page depends on, the code with its templates among it, so nothing in the folder
is ever wrong, only unused; the oldest go.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from vungcao.bodies.reach import Reach

ROOM: Final = 400  # files; of more the older half goes
LONGEST_WAIT: Final = 10.0  # seconds for another's drawing; then a page is drawn beside it
_LOOK: Final = 0.01
_CODE: Final = Path(__file__).parents[1]
_KINDS: Final = {".py", ".html", ".svg", ".mo", ".yaml", ".css", ".js"}
_log = logging.getLogger(__name__)


def name_of(asked: Hashable, reach: Reach, state: Hashable) -> str:
    """64 signs that are the same for the same page and for no other: who asked what, how far he sees, when, by which
    code.
    """
    return hashlib.sha256(repr((asked, _spelt(reach), state, edition())).encode()).hexdigest()


def shared(name: str, draw: Callable[[], bytes]) -> bytes:
    """The page of that name as another worker drew it, or drawn now and left for the others.

    What can't be kept (a full disk, a folder that may not be written) is drawn all the same; what ``draw`` raises goes
    through, and the next in line draws for himself.
    """
    if (there := _read(name)) is not None:
        return there
    with _turn(name):
        if (there := _read(name)) is None:
            there = draw()
            _write(name, there)
    return there


def _spelt(reach: Reach) -> tuple[Hashable, ...]:
    """A reach in one spelling, whatever order its sets are walked in by this process."""
    also = tuple(map(_spelt, reach.also))
    return reach.everything, tuple(sorted(reach.places)), tuple(sorted(reach.bodies)), also


@cache
def edition() -> str:
    """The code, templates, words and settings that this process serves by: another edition draws other pages."""
    found = sorted(path for path in _CODE.rglob("*") if path.suffix in _KINDS and "tests" not in path.parts)
    stats = [(f"{path}", (stat := path.stat()).st_mtime_ns, stat.st_size) for path in found]
    chosen = sorted((key, value) for key, value in os.environ.items() if key.startswith("VUNGCAO_"))
    return hashlib.sha256(repr((stats, chosen, settings.DEBUG)).encode()).hexdigest()


def _folder() -> Path:
    return Path(settings.HOME) / "pages"


def _read(name: str) -> bytes | None:
    try:
        return (_folder() / name).read_bytes()
    except OSError:
        return None


@contextmanager
def _turn(name: str) -> Iterator[None]:
    """One at a time for a page, as far as the folder allows it; a worker that dies lets go by dying."""
    try:
        _folder().mkdir(mode=0o700, exist_ok=True)
        lock = (_folder() / f"turn-{name[:2]}").open("ab")
    except OSError as no:
        _log.warning("pages are not shared: %s", no)
        yield
        return
    with lock:
        until = time.monotonic() + LONGEST_WAIT
        while not _locked(lock.fileno()) and time.monotonic() < until:
            time.sleep(_LOOK)
        yield


def _locked(lock: int) -> bool:
    try:
        flock(lock, LOCK_EX | LOCK_NB)
    except OSError:
        return False
    return True


def _write(name: str, page: bytes) -> None:
    """Whole or not at all; only the site's own account may read it."""
    try:
        handle, made = tempfile.mkstemp(prefix="new-", dir=_folder())
        with os.fdopen(handle, "wb") as file:
            file.write(page)
        Path(made).replace(_folder() / name)
        _clear()
    except OSError as no:
        _log.warning("a page is not shared: %s", no)


def _clear() -> None:
    """Pages of states that are past: nobody asks for them again."""
    with os.scandir(_folder()) as entries:
        there = [entry for entry in entries if not entry.name.startswith("turn-")]
    if len(there) > ROOM:
        for entry in sorted(there, key=lambda one: one.stat().st_mtime_ns)[: len(there) - ROOM // 2]:
            Path(entry.path).unlink(missing_ok=True)
