"""How wide text is: Times advance widths, so that rules and columns fit without a font being present.

The widths are those of Times Bold (Adobe's core AFM, also Times New Roman Bold and Liberation Serif Bold), in
thousandths of the size; upright text is a little narrower, so a column measured with them is never too narrow.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
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
_UNKNOWN: Final = 600
_REMEMBERED: Final = 50_000  # texts: a table asks for each of its own at several sizes


class _Widths(dict[str, int]):
    """Width of every letter met, marks left off: looked up once a letter."""

    def __missing__(self, letter: str) -> int:
        plain = {"đ": "d", "Đ": "D", "–": "-", "\u00a0": " "}.get(letter, letter)
        width = self[letter] = _WIDTH.get(unicodedata.normalize("NFD", plain)[0], _UNKNOWN)
        return width


_widths: Final = _Widths()


@lru_cache(_REMEMBERED)
def _thousandths(text: str) -> int:
    return sum(map(_widths.__getitem__, text))


@lru_cache(_REMEMBERED)
def _longest(text: str) -> int:
    return max(map(_thousandths, text.split(" ")))


def text_width(text: str, points: float) -> int:
    """Width of one line in twips: ``text_width("BAN DÂN TỘC", 13)``."""
    return round(_thousandths(text) * points * TWIPS_A_POINT / 1000)


def longest_word(text: str, points: float) -> int:
    """Width in twips of the widest piece that a line may not break."""
    return round(_longest(text) * points * TWIPS_A_POINT / 1000)


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
