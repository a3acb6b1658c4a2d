"""Charts drawn by one warm worker: a process of its own that loads the renderer once and then answers in a moment.

The first picture costs seconds (fonts, the JavaScript engine), each later one a fraction of a second. The worker starts
with the first chart and ends with the program; a page of the site never draws: pictures are kept with the frozen paper.
"""

from __future__ import annotations

import atexit
import base64
import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import IO, Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from vungcao.kernel.refusal import Refusal

from .fonts import serif_font
from .parts import Chart, Paper, Section

SECONDS: Final = 60  # a picture that takes longer is given up and the worker ended
_ME: Final = "vungcao.reports.paper.chart_worker"


class ChartNotDrawn(Refusal):
    """The renderer could not make a picture of a chart."""

    code = "report.chart"


@dataclass
class _Worker:
    """The process and the lock that lets one picture through at a time."""

    process: subprocess.Popen[bytes] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, question: bytes) -> dict[str, Any]:
        """One line out, one line back. Raises `ChartNotDrawn` for a worker that dies or is late."""
        with self.lock:
            if self.process is None or self.process.poll() is not None:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", _ME, *([settings.FONTS] if settings.FONTS else [])],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                )
            late = threading.Timer(SECONDS, self.process.kill)
            late.start()
            try:
                return _exchange(self.process, question)
            finally:
                late.cancel()

    def end(self) -> None:
        """Stop the process, if it runs."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def _exchange(process: subprocess.Popen[bytes], question: bytes) -> dict[str, Any]:
    asked, answered = _pipe(process.stdin), _pipe(process.stdout)
    try:
        asked.write(question + b"\n")
        asked.flush()
        line = answered.readline()
    except BrokenPipeError:
        line = b""
    if not line:
        raise ChartNotDrawn(
            _(
                "Không vẽ được biểu đồ: tiến trình vẽ đã dừng hoặc quá %(seconds)s giây. Chạy lại; nếu vẫn vậy, báo "
                "người quản trị."
            )
            % {"seconds": SECONDS}
        )
    said: dict[str, Any] = json.loads(line)
    return said


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ChartNotDrawn(_("Không vẽ được biểu đồ: không nói chuyện được với tiến trình vẽ."))
    return pipe


_worker: Final = _Worker()
atexit.register(_worker.end)


def draw(spec: Mapping[str, Any]) -> bytes:
    """A Vega-Lite spec as PNG, numbers in Vietnamese, letters in a font that has them all.

    Raises `NoVietnameseFont` and `ChartNotDrawn`.
    """
    return _drawn(json.dumps({"spec": spec, "font": serif_font()}, sort_keys=True).encode())


@lru_cache(maxsize=64)
def _drawn(question: bytes) -> bytes:
    answer = _worker.ask(question)
    if "png" not in answer:
        raise ChartNotDrawn(
            _("Không vẽ được biểu đồ: mô tả biểu đồ sai (%(error)s).") % {"error": answer.get("error", "")[:200]}
        )
    return base64.b64decode(answer["png"])


def with_pictures(paper: Paper) -> Paper:
    """The paper with each chart drawn and kept in it, so that printing it again draws nothing."""
    annexes = tuple(replace(one, charts=tuple(map(_kept, one.charts))) if one.charts else one for one in paper.annexes)
    return replace(paper, sections=tuple(map(_section, paper.sections)), annexes=annexes)


def _section(section: Section) -> Section:
    if not section.charts and not section.children:
        return section
    return replace(section, charts=tuple(map(_kept, section.charts)), children=tuple(map(_section, section.children)))


def _kept(chart: Chart) -> Chart:
    return chart if chart.png else replace(chart, png=base64.b64encode(draw(chart.spec)).decode())
