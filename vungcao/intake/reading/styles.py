"""In which style a column of figures is written, and why: what its own texts prove, then its decimals, then the sheet.

``614.294`` and ``15,213`` may each be thousands or decimals. A style may be ``groups``: whatever separates three last
digits groups thousands, as in a column that mixes both styles and never prints three decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from vungcao.intake.reading.document import ColumnKind
from vungcao.intake.reading.numbers import Style, evidence, figure_in, is_ambiguous

Why = Literal["own", "decimals", "whole", "sheet", "commas", "usual"]
_BILLION = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Settled:
    """A column's style; ``mixed`` where texts prove both; ``why`` is what decided."""

    style: Style
    mixed: bool = False
    why: Why = "usual"


def settle_style(
    texts: Iterable[str], kind: ColumnKind, dong: int | None, usual: Style | None, places: Iterable[int] = ()
) -> Settled:
    """The style of a column from its texts; ``places`` are decimals of cells that are numbers already."""
    votes = {"dots": 0, "commas": 0}
    fractions = {count for count in places if count}
    doubtful: set[str] = set()
    for text in texts:
        said = figure_in(text)
        if not said:
            continue
        if is_ambiguous(said):
            doubtful.add(said)
        elif vote := evidence(text):
            votes[vote] += 1
            found = re.search(r"[.,](\d+)$", said)
            if found and said.count(said[found.start()]) == 1:
                fractions.add(len(found.group(1)))
    proved: Style | None = None
    if votes["dots"] or votes["commas"]:
        proved = "commas" if votes["commas"] > votes["dots"] else "dots"
    mixed = bool(votes["dots"] and votes["commas"])
    if not doubtful:
        return Settled(proved or usual or "dots", mixed, "own" if proved else "usual")
    if kind == "count" and not fractions:
        return Settled("groups", mixed, "whole")
    if (mixed or fractions) and 3 not in fractions and kind != "percent":
        return Settled("groups", mixed, "decimals")
    both = any("," in said for said in doubtful) and any("." in said for said in doubtful)
    if both and not fractions and kind != "percent" and dong != _BILLION:
        return Settled("groups", True, "decimals")
    if proved:
        return Settled(proved, mixed, "own")
    if usual:
        return Settled(usual, False, "sheet")
    if kind != "percent" and dong != _BILLION and all("," in said for said in doubtful) and len(doubtful) > 1:
        return Settled("commas", False, "commas")
    return Settled("dots")
