"""Serial marks (A, I, 1, 1.1, a, -, +) and the hierarchy they build."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from vungcao.intake.reading.words import look_alike

# Rank of each scheme where the table itself does not tell: a lower rank stands above.
RANK = {"upper": 0, "roman": 1, "head": 2, "arabic": 3, "dotted": 4, "lower": 6, "small_roman": 7, "bare": 8,
        "dash": 9, "plus": 10, "star": 11}  # fmt: skip
_ROMAN = re.compile(r"^(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$|^C$|^D$|^M$")
_SMALL_ROMAN = re.compile(r"^(ii|iii|iv|vi|vii|viii|ix)$")
_ONE_SIGN = re.compile("[\u2160-\u217f]+")  # Roman numbers set as one sign each
_IN_LABEL = re.compile(
    r"^(?:(?P<roman>[IVX]+)\s*[.)/\-]\s*(?=\D)|(?P<dotted>(?:[A-Z]|[IVX]+|\d{1,3})(?:\.\d{1,3})+)[.)]?\s+(?=\D)|"
    r"(?P<arabic>\d{1,3})\s*[.)]\s+(?=\D)|(?P<upper>[A-HĐ])\s*[.)/]\s+|(?P<lower>[a-hđ])\s*[.)/]\s*(?=\w)|"
    r"(?P<sign>[-–—+*•])\s*(?=[^\W\d]))"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as printed, its scheme and its numbers (``1.2.3`` → ``("1", "2", "3")``)."""

    said: str
    scheme: str
    path: tuple[str, ...]

    @property
    def level(self) -> str:
        """Marks of one level: ``1.1`` and ``1.2`` share theirs, ``1.1.1`` has another."""
        return f"dotted{len(self.path)}" if self.scheme == "dotted" else self.scheme


def parse_mark(text: str) -> Mark | None:
    """The mark a cell of the STT column holds, or None."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", look_alike(text) or text)  # Ⅱ is II, １ is 1
    bare = plain.strip().strip("()").rstrip(".)/:- ").strip() if plain.strip(" -–—+*•·.") else plain.strip()
    if bare in ("-", "–", "—"):
        return Mark(text, "dash", (bare,))
    if bare == "+":
        return Mark(text, "plus", (bare,))
    if bare in ("*", "•", "·", "o", "**", "."):
        return Mark(text, "star", (bare,))
    if len(bare) > 12 or not bare:
        return None
    if re.fullmatch(r"\d{1,7}", bare):
        return Mark(text, "arabic", (bare,))
    if re.fullmatch(r"(?:[A-ZĐ]|[IVX]+|\d{1,3})(?:[.\-]\d{1,3})+(?:\.?[a-z])?", bare):
        return Mark(text, "dotted", tuple(re.split(r"[.\-]", bare)))
    if re.fullmatch(r"[A-Z]{1,7}", bare) and _ROMAN.match(bare):
        return Mark(text, "roman", (bare,))
    if re.fullmatch(r"[A-ZĐ]", bare):
        return Mark(text, "upper", (bare,))
    if _SMALL_ROMAN.match(bare):
        return Mark(text, "small_roman", (bare,))
    if re.fullmatch(r"[a-zđ]", bare):
        return Mark(text, "lower", (bare,))
    return None


def split_label(label: str) -> tuple[Mark | None, str]:
    """A mark written into the label itself, and the label without it: ``"1.1. Tiểu dự án"``, ``"- NSTW"``."""
    if run := _ONE_SIGN.match(label):
        label = unicodedata.normalize("NFKC", run.group()) + label[run.end() :]
    found = _IN_LABEL.match(label)
    if not found:
        return None, label
    said = next(part for part in found.groups() if part)
    mark = parse_mark(said)
    return (mark, label[found.end() :].strip()) if mark else (None, label)


def settle_letters(marks: list[Mark | None]) -> list[Mark | None]:
    """Tell letters from Roman numbers by what runs around them: C after B, D after C, I after H are letters."""
    settled: list[Mark | None] = []
    last_upper = ""
    for index, mark in enumerate(marks):
        if mark and mark.scheme == "roman" and len(mark.path[0]) == 1:
            letter = mark.path[0]
            follows = last_upper and ord(letter) == ord(last_upper) + 1
            starts = letter in "CDLM" and any(
                other and other.scheme == "upper" and other.path[0] == chr(ord(letter) + 1) for other in marks[index:]
            )
            if (follows and letter != "I") or (follows and last_upper == "H") or starts:
                mark = Mark(mark.said, "upper", mark.path)
        if mark and mark.scheme == "upper":
            last_upper = mark.path[0]
        settled.append(mark)
    return settled
