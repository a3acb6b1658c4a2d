"""Problems as they are told: one sentence for rows that share a fault, with the rows named. JSON and the marked copy
keep every problem at its own cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from vungcao.intake.sentences import in_language
from vungcao.kernel.refusal import Cell, Problem

_OWN: Final = re.compile(r"“[^”]*”|\d[\d.,/:%]*")  # what a sentence says of its own row: quotations, figures
_NAME_WORDS: Final = frozenset({"phố", "trấn", "xã", "huyện", "phường"})  # within a name: Thành phố Cao Bằng
_CELL: Final = re.compile(r"([A-Z]+)(\d+)")
MOST_NAMED: Final = 40


@dataclass(frozen=True)
class Told:
    """One sentence, and the problems that it stands for, in their order."""

    problems: tuple[Problem, ...]

    @property
    def weight(self) -> str:
        return self.problems[0].weight

    def __str__(self) -> str:
        """In the reader's language."""
        first, others = self.problems[0], self.problems[1:]
        said = in_language(first.sentence)
        if not others:
            return f"{_at(first.where)}: {said}"
        if len({one.sentence for one in self.problems}) == 1:
            where = _at(Cell(first.where.file, first.where.sheet))
            named = cells(one.where.cell for one in self.problems)
            of = {"where": where, "count": len(self.problems), "cells": named, "said": said}
            return _("%(where)s, %(count)s ô (%(cells)s): %(said)s") % of
        also = [f"{one.where.cell} “{one.said}”" if one.said else one.where.cell for one in others[:MOST_NAMED]]
        beyond = len(others) - MOST_NAMED
        more = _(" và %(count)s ô khác") % {"count": beyond} if beyond > 0 else ""
        of = {"first": f"{_at(first.where)}: {said}", "count": len(others), "cells": ", ".join(also), "more": more}
        return _("%(first)s Cũng vậy ở %(count)s ô nữa: %(cells)s%(more)s.") % of


def _at(where: Cell) -> str:
    """As ``str`` of it, in the reader's language."""
    parts = [where.file]
    parts += [_("trang %(sheet)s") % {"sheet": where.sheet}] if where.sheet else []
    parts += [_("ô %(cell)s") % {"cell": where.cell}] if where.cell else []
    return ", ".join(part for part in parts if part)


def told(problems: Iterable[Problem]) -> list[Told]:
    """Problems of one file, sheet, code and wording together, each group where its first one stands."""
    groups: dict[tuple[str, str, str, str, str], list[Problem]] = {}
    for one in problems:
        wording = _wording(one.sentence)
        groups.setdefault((one.where.file, one.where.sheet, one.code, one.weight, wording), []).append(one)
    return [Told(tuple(group)) for group in groups.values()]


def _wording(sentence: str) -> str:
    """A sentence without what is of its row alone: quotations, figures, names (words that begin with a capital)."""
    words = _OWN.sub("…", sentence).split()
    plain = ["…" if word[:1].isupper() or word in _NAME_WORDS else word for word in words]
    return " ".join(word for at, word in enumerate(plain) if at == 0 or word != "…" or plain[at - 1] != "…")


def cells(names: Iterable[str]) -> str:
    """``B7, B8, B9, D4`` as ``B7–B9, D4``; whatever is no single cell is named as it is."""
    found = list(dict.fromkeys(names))
    runs: list[list[str]] = []
    for name in found:
        if runs and _follows(runs[-1][-1], name):
            runs[-1].append(name)
        else:
            runs.append([name])
    return ", ".join(name for run in runs for name in (run if len(run) < 3 else [f"{run[0]}–{run[-1]}"]))


def _follows(one: str, other: str) -> bool:
    first, second = _CELL.fullmatch(one), _CELL.fullmatch(other)
    return bool(first and second) and first[1] == second[1] and int(second[2]) == int(first[2]) + 1  # type: ignore[index]  # both matched
