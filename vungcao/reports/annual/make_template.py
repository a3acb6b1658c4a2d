"""Write `template.docx` anew from the frame: ``python -m vungcao.reports.annual.make_template``.

An office edits its own copy in Word; this makes the one that is shipped.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from vungcao.reports.paper.frame import build_frame
from vungcao.reports.paper.word import without_clock

TEMPLATE: Final = Path(__file__).with_name("template.docx")


def main() -> None:
    TEMPLATE.write_bytes(without_clock(build_frame()))


if __name__ == "__main__":
    main()
