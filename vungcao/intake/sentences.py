"""Sentences of problems in the reader's language: built and kept in Vietnamese, they are found again by their msgids.

``sentences.yaml`` has each msgid once, what is of the cell as ``%(…)s``. A kept result can so be read in any language,
whoever's language it was made in. What has no msgid stays Vietnamese.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import yaml
from django.utils.translation import get_language, gettext

FILE: Final = Path(__file__).parent / "sentences.yaml"
_HOLE: Final = re.compile(r"%\((\w+)\)s")
_HOLES: Final = {"number": r"[-−]?[\d.,]+"}
_ANY: Final = r".+?"
_WITHIN: Final = r"(?:(?!\. \W*[^\W\d_a-z]|; vẫn ).)+?"  # of one sentence
_ENDS: Final = re.compile(r"(?<=\.) ")


def in_language(sentence: str) -> str:
    """The sentence in the language of the request; as it is where that is Vietnamese or nobody has put it in words."""
    language = get_language() or "vi"
    return sentence if language.startswith("vi") else _told(sentence, language)


@cache
def msgids() -> tuple[str, ...]:
    """Every sentence, as the catalogue knows it."""
    return tuple(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@lru_cache(maxsize=1 << 12)
def _told(sentence: str, language: str) -> str:
    """Whole; else what stands before a known tail, or its first sentence and the rest."""
    if (whole := _whole(sentence)) is not None:
        return whole
    for tail in _tails():
        if sentence.endswith(tail):
            return _told(sentence.removesuffix(tail), language) + gettext(tail)
    for end in _ENDS.finditer(sentence):
        if (first := _whole(sentence[: end.start()])) is not None:
            return f"{first} {_told(sentence[end.end() :], language)}"
    return _whole(sentence, wide=True) or sentence


def _whole(said: str, *, wide: bool = False) -> str | None:
    for msgid, pattern in _patterns(wide):
        found = pattern.fullmatch(said)
        if found:
            return gettext(msgid) % {name: _whole(value) or value for name, value in found.groupdict().items()}
    return None


@cache
def _tails() -> tuple[str, ...]:
    return tuple(sorted((one for one in msgids() if one.startswith(";")), key=len, reverse=True))


@cache
def _patterns(wide: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The most literal first, so that a loose one takes only what no other does. ``wide``: a name may hold “. X”."""
    known = [one for one in msgids() if not one.startswith(";")]
    known.sort(key=lambda one: len(_HOLE.sub("", one)), reverse=True)
    return tuple((one, re.compile(_regex(one, _ANY if wide else _WITHIN), re.DOTALL)) for one in known)


def _regex(msgid: str, hole: str) -> str:
    words, seen = "", set()
    for place, part in enumerate(_HOLE.split(msgid)):
        if place % 2 == 0:
            words += re.escape(part.replace("%%", "%"))
        elif part in seen:
            words += f"(?P={part})"
        else:
            seen.add(part)
            words += f"(?P<{part}>{_HOLES.get(part, hole)})"
    return words
