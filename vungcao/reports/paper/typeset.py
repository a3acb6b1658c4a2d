"""How wide text is: Times advance widths, so that rules and columns fit without a font being present.

The widths are those of Times Bold (Adobe's core AFM, also Times New Roman Bold and Liberation Serif Bold), in
thousandths of the size; upright text is a little narrower, so a column measured with them is never too narrow.
"""

from __future__ import annotations

import unicodedata
from typing import Final

TWIPS_A_POINT: Final = 20
_GROUPS: Final = {
    250: " .,",
    278: "il/",
    333: "fjt-():;",
    389: "sI",
    444: "cerz",
    500: "agovxy0123456789J*",
    556: "bdhknpquS",
    570: "=+",
    611: "FP",
    667: "BELTZ",
    722: "ACDNRUVXYw",
    778: "GHKOQ",
    833: "m",
    944: "M",
    1000: "W%",
}
_WIDTH: Final = {letter: width for width, letters in _GROUPS.items() for letter in letters}


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", {"đ": "d", "Đ": "D", "–": "-", "\u00a0": " "}.get(letter, letter))[0]


def text_width(text: str, points: float) -> int:
    """Width of one line in twips: ``text_width("BAN DÂN TỘC", 13)``."""
    thousandths = sum(_WIDTH.get(_bare(letter), 600) for letter in text)
    return round(thousandths * points * TWIPS_A_POINT / 1000)


def longest_word(text: str, points: float) -> int:
    """Width in twips of the widest piece that a line may not break."""
    return max((text_width(word, points) for word in text.split(" ")), default=0)


def wrapped_lines(text: str, width: float, points: float) -> int:
    """Lines that a text takes in a column of `width` twips, broken at blanks."""
    lines = 0
    for piece in text.split("\n"):
        lines, used = lines + 1, 0.0
        for word in piece.split(" "):
            step = text_width(f" {word}" if used else word, points)
            if used and used + step > width:
                lines, used, step = lines + 1, 0.0, text_width(word, points)
            used += step
    return lines
