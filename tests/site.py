"""The whole example as a site, started as a newcomer starts it: `vungcao setup --demo`, `vungcao serve`, a browser."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright
from pytest import TempPathFactory

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync")
PATIENCE = 120  # seconds until the site answers


@dataclass(frozen=True)
class Site:
    """Where it answers, its folder of data, the accounts for trying out and their passwords."""

    url: str
    home: Path
    passwords: dict[str, str]

    def enter(self, page: Page, who: str) -> None:
        """Sign in as somebody does."""
        page.goto(f"{self.url}/dang-nhap/")
        page.get_by_label("Tên đăng nhập").fill(who)
        page.get_by_label("Mật khẩu").fill(self.passwords[who])
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        page.wait_for_url("**/viec/")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless; its driver keeps an event loop in this thread as long as the block lasts."""
    program = next(filter(None, map(shutil.which, CHROMIUM)))
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=[*QUIET])
        yield opened
        opened.close()


@contextmanager
def example_site(shared: Path, home: Path) -> Iterator[Site]:
    """The site over a copy of the example in ``home``; ``shared`` has the example, set up by who comes first."""
    with shared.with_suffix(".lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "demo-accounts.txt").exists():
            subprocess.run([*_PROGRAM, "setup", "--demo"], env=_env(shared), cwd=ROOT, check=True, capture_output=True)
    shutil.copytree(shared, home, dirs_exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = subprocess.Popen([*_PROGRAM, "serve", "--port", f"{port}"], env=_env(home), cwd=ROOT)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(f"{url}/dang-nhap/")
        lines = (home / "demo-accounts.txt").read_text("utf-8").splitlines()
        yield Site(url, home, dict(line.split("\t")[:2] for line in lines))
    finally:
        serving.terminate()
        serving.wait(30)


def shared_by_workers(folders: TempPathFactory) -> Path:
    """A folder of this run of the tests, the same one for each of its processes."""
    own = folders.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


_PROGRAM = [sys.executable, "-m", "vungcao.desk.command"]


def _env(home: Path) -> dict[str, str]:
    env = {**os.environ, "VUNGCAO_HOME": str(home), "PYTHONPATH": str(ROOT)}
    env.pop("VUNGCAO_DATABASE_URL", None)
    env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    return env


def _wait(url: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(url, timeout=30).close()
            return
        except (URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.3)
