"""In which style a column of figures is written, and why: what its own texts prove, then its decimals, then the sheet.

``614.294`` and ``15,213`` may each be thousands or decimals. A style may be ``groups``: whatever separates three last
digits groups thousands, as in a column that mixes both styles and never prints three decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from vungcao.intake.reading.document import ColumnKind
from vungcao.intake.reading.numbers import Style, evidence, figure_in, is_ambiguous

Why = Literal["own", "decimals", "whole", "sheet", "commas", "usual"]
_BILLION = 1_000_000_000
_GROUPS: dict[Style, str] = {"dots": ".", "commas": ","}


@dataclass(frozen=True, slots=True)
class Settled:
    """A column's style; ``mixed`` where texts prove both; ``why`` is what decided.

    ``or_else``: the other styles its texts allow, where some may be read in more than one way.
    """

    style: Style
    mixed: bool = False
    why: Why = "usual"
    or_else: tuple[Style, ...] = ()


def settle_style(
    texts: Iterable[str],
    kind: ColumnKind,
    dong: int | None,
    usual: Style | None,
    places: Iterable[int] = (),
    *,
    printed: bool = False,
) -> Settled:
    """The style of a column and what else it may be; ``places`` are decimals of cells that are numbers already.

    ``printed``: a program wrote the texts, all in one style and with as many decimals as there are.
    """
    texts = list(texts)
    settled = _settled(texts, kind, dong, usual, places, printed=printed)
    if sum(is_ambiguous(figure_in(text)) for text in texts) < 2:
        return settled  # one figure a thousand times too large is a slip of the unit, not a style
    votes = {vote for text in texts if (vote := evidence(text))}
    allowed: set[Style] = {"groups", *(votes or ("dots", "commas"))}
    return replace(settled, or_else=tuple(sorted(allowed - {settled.style})))


def _settled(
    texts: Iterable[str],
    kind: ColumnKind,
    dong: int | None,
    usual: Style | None,
    places: Iterable[int] = (),
    *,
    printed: bool = False,
) -> Settled:
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
    varied = printed and proved is not None and not mixed and len(fractions) > 1  # so three decimals may be too
    if (mixed or fractions) and 3 not in fractions and kind != "percent" and not varied:
        return Settled("groups", mixed, "decimals")
    signs = {"," if "," in said else "." for said in doubtful} | ({_GROUPS[proved]} if proved else set())
    if len(signs) > 1 and not fractions and kind != "percent" and dong != _BILLION:
        return Settled("groups", True, "decimals")
    if proved:
        return Settled(proved, mixed, "own")
    if usual:
        return Settled(usual, False, "sheet")
    if kind != "percent" and dong != _BILLION and all("," in said for said in doubtful) and len(doubtful) > 1:
        return Settled("commas", False, "commas")
    return Settled("dots")
