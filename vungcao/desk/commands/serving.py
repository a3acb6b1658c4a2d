"""``vungcao serve`` and ``vungcao worker``."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from typing import Final

from django.db import close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication

from config.wsgi import application
from vungcao.bodies.accounts import forget_door_log
from vungcao.cube.sealed import sealing
from vungcao.desk.commands.printing import console
from vungcao.desk.warming import warm
from vungcao.evidence import chain
from vungcao.evidence.actions import SYSTEM
from vungcao.intake import checking_files
from vungcao.ledger.actions import release_lapsed

POLL: Final = 1.0
CHAIN_EVERY: Final = 20.0


class _Site(BaseApplication):
    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": f"127.0.0.1:{self.port}",
            "workers": 2,
            "loglevel": "warning",
            "timeout": 120,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """In each worker, before it takes a request."""
        warm()
        return application


def serve(args: argparse.Namespace) -> int:
    """The site on this machine only, with a worker beside it, until Ctrl+C."""
    console.print(_("Trang web: http://127.0.0.1:%(port)s/  (dừng bằng Ctrl+C)") % {"port": args.port})
    beside = subprocess.Popen([sys.executable, "-m", "vungcao.desk.command", "worker", "--beside", f"{os.getpid()}"])
    try:
        _Site(args.port).run()
    finally:
        beside.terminate()
    return 0


def _keep_days() -> None:
    """What has a last day goes on it: money held for drafts, old lines of the log of the door."""
    today = timezone.localdate()
    release_lapsed(on=today, by=SYSTEM)
    forget_door_log(on=today, by=SYSTEM)


def worker(args: argparse.Namespace) -> int:
    """Read what was handed in at the desk, one check at a time, give back money held past its day, forget old lines of
    the log of the door, and keep the chain of acts and the sealed cube at most half a minute behind. ``--beside PID``:
    only as long as that process is its parent.
    """
    checking_files.recover()
    checking_files.put_away()
    checking_files.clear()
    if args.once:
        while checking_files.work_once():
            pass
        _keep_days()
        console.print(_("Chuỗi nhật ký đã nối đến lần ghi số %(extend)s.") % {"extend": chain.extend()})
        if (sealed := sealing.seal_what_moved()) is not None:
            console.print(_("Khối số liệu đã niêm đến lần ghi số %(no)s.") % {"no": sealed.no})
        return 0
    extended = -CHAIN_EVERY
    while not args.beside or os.getppid() == args.beside:
        close_old_connections()
        worked = checking_files.work_once()
        if time.monotonic() - extended >= CHAIN_EVERY:
            _keep_days()
            checking_files.clear()
            chain.extend()
            sealing.seal_what_moved()
            extended = time.monotonic()
        if not worked:
            time.sleep(POLL)
    return 0
