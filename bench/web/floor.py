"""What no page can be quicker than: the same server, sending as many bytes from memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

_PAGE = b"x" * int(os.environ.get("BENCH_BYTES", "80000"))


def application(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """A WSGI application of one page."""
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", f"{len(_PAGE)}")])
    return [_PAGE]
