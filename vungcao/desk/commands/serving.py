"""``vungcao serve`` and ``vungcao worker``."""

from __future__ import annotations

import argparse
import time

from gunicorn.app.base import BaseApplication

from config.wsgi import application
from vungcao.cube.sealed import sealing
from vungcao.desk.commands.printing import console
from vungcao.evidence import chain


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
        return application


def serve(args: argparse.Namespace) -> int:
    """The site on this machine only, until Ctrl+C."""
    console.print(f"Trang web: http://127.0.0.1:{args.port}/  (dừng bằng Ctrl+C)")
    _Site(args.port).run()
    return 0


def worker(args: argparse.Namespace) -> int:
    """Keep the chain of acts at most half a minute behind, and the cube sealed up to the last facts."""
    while True:
        done = chain.extend()
        sealed = sealing.seal_what_moved()
        if args.once:
            console.print(f"Chuỗi nhật ký đã nối đến lần ghi số {done}; khối số liệu đã niêm đến lần {sealed.no}.")
            return 0
        time.sleep(20)
