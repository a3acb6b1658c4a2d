"""The process that draws: a line of JSON in (``{"spec", "font"}``), a line of JSON out (``{"png"}`` or ``{"error"}``).

Run by `drawing` as ``python -m vungcao.reports.paper.chart_worker [FOLDER OF FONTS]``; it ends when its input does.
"""

from __future__ import annotations

import base64
import json
import sys
from typing import Any, Final

import vl_convert

PIXELS_AN_INCH: Final = 144
VIETNAMESE: Final = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " đồng"]}


def main() -> None:
    """Answer until there are no more questions."""
    for folder in sys.argv[1:]:
        vl_convert.register_font_directory(folder)
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(json.dumps(answer(json.loads(line))).encode() + b"\n")
        sys.stdout.buffer.flush()


def answer(question: dict[str, Any]) -> dict[str, str]:
    """The picture as base64, or what the renderer said."""
    try:
        png = vl_convert.vegalite_to_png(
            question["spec"],
            ppi=PIXELS_AN_INCH,
            config={"font": question["font"], "background": "white"},
            format_locale=VIETNAMESE,
            allowed_base_urls=[],
        )
    except ValueError as error:
        return {"error": f"{error}".strip().partition("\n")[0]}
    return {"png": base64.b64encode(png).decode()}


if __name__ == "__main__":
    main()
