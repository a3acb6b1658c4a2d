"""Texts typed before Unicode: the font a cell is set in tells how its letters are to be read.

``.VnTime`` and its kin hold TCVN3 (a name that ends in H prints capitals), ``VNI-Times`` holds VNI. Without such a font
a text is Unicode; guessing from the letters alone is wrong too often.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Legacy = Literal["tcvn3", "tcvn3_capitals", "vni"]

_TCVN3 = re.compile(r"^\.?vn[a-z0-9 ._-]+$", re.IGNORECASE)
_VNI = re.compile(r"^vni[- ]", re.IGNORECASE)


_LEFT_BY_FIX = (("aú", "ẳ"), ("AÚ", "Ẳ"), ("î", "ỵ"), ("Î", "Ỵ"))  # no Vietnamese word has the left-hand ones


@lru_cache(maxsize=1024)
def legacy_of(font: str) -> Legacy | None:
    """``".VnTimeH"`` → ``"tcvn3_capitals"``, ``"VNI-Times"`` → ``"vni"``, ``"Times New Roman"`` → None."""
    name = font.strip()
    if _VNI.match(name):
        return "vni"
    if name.startswith(".") and _TCVN3.match(name):
        return "tcvn3_capitals" if name.endswith("H") else "tcvn3"
    return None


@lru_cache(maxsize=65_536)
def decoded(text: str, legacy: Legacy) -> str:
    """The text in Unicode; what is Unicode already, or plain ASCII, comes back as it is."""
    from viparse import fix  # heavy to load, and most workbooks never need it

    if any("\u1ea0" <= sign <= "\u1ef9" for sign in text):  # letters that only Unicode has
        return text
    said = fix(text, encoding="vni" if legacy == "vni" else "tcvn3")
    if legacy == "vni":
        for one, other in _LEFT_BY_FIX:
            said = said.replace(one, other)
    return said.upper() if legacy == "tcvn3_capitals" else said
