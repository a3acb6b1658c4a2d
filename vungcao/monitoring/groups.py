"""Groups of an indicator: which there are, which make the whole, and which one a column's head or a row means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from vungcao.evidence.reference_rows import read_yaml
from vungcao.kernel.vietnamese import fold

REFERENCE: Final = Path(__file__).parent / "reference"
WHOLE: Final = "*"
_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]+")
_BEFORE: Final = re.compile(r"^(?:(?:nguoi|ho|nhom|dan toc|dt|linh vuc|nhu cau|thieu hut|chi so|ve) )+(?=[a-z])")


def groups_of(indicator: str) -> Sequence[str]:
    """Names of the groups that an indicator may be divided into, in the order of the reference."""
    return tuple(_names(_said(indicator).get("by", ""))[0])


def whole_of(indicator: str) -> Sequence[str]:
    """The groups that together make the whole; none where they may overlap or leave something out."""
    return tuple(_said(indicator).get("groups", ()))


def indicators_with_wholes() -> Mapping[str, Sequence[str]]:
    """Every indicator whose groups make its whole."""
    return {code: one["groups"] for code, one in _indicators().items() if "groups" in one}


def group_named(indicator: str, said: str) -> str | None:
    """The group that a text means: by its name, else by another name that no second group bears."""
    names, others = _names(_said(indicator).get("by", ""))
    wanted = plain(said)
    for spelling in dict.fromkeys((wanted, _BEFORE.sub("", wanted))):
        exact = [name for name in names if plain(name) == spelling]
        found = exact or others.get(spelling, [])
        if len(found) == 1:
            return found[0]
    return None


def plain(said: str) -> str:
    """Folded, without signs: ``H'Mông`` is ``hmong``, ``Gia-rai`` is ``gia rai``."""
    return _NOT_LETTERS.sub(" ", fold(said).replace("'", "").replace("’", "")).strip()


def _said(indicator: str) -> Mapping[str, Any]:
    return _indicators().get(indicator, {})


@cache
def _indicators() -> dict[str, Mapping[str, Any]]:
    return {one["code"]: one for one in read_yaml(REFERENCE / "indicators.yaml")["indicators"]}


@cache
def _names(by: str) -> tuple[tuple[str, ...], dict[str, list[str]]]:
    """Names of a list of groups, and other names (plain) → the groups that bear them."""
    if not by:
        return (), {}
    rows = read_yaml(REFERENCE / "ethnic_groups.yaml") if by == "ethnic" else _lists()[by]
    others: dict[str, list[str]] = {}
    for row in rows:
        for name in row.get("also", ()):
            others.setdefault(plain(name), []).append(row["name"])
    return tuple(row["name"] for row in rows), {name: list(dict.fromkeys(found)) for name, found in others.items()}


@cache
def _lists() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_yaml(REFERENCE / "groups.yaml")
    return found
