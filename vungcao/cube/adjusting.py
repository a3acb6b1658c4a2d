"""What decisions of adjustment put to accounts of the year and took from them: *increased* and *decreased*.

Counted line by line of the decisions, never net: rows along any dimension add up to the whole, ups and downs each by
itself, and what moves inside a project is both. A reversal takes back what its decision did.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from vungcao.cube import atoms
from vungcao.cube.atoms import Atom
from vungcao.cube.question import FigureQuery

SIGN: Final = {"increased": 1, "decreased": -1}


def moved(query: FigureQuery) -> list[Atom]:
    """An atom of each line of a decision that goes the way asked about, in đồng that way."""
    sign = SIGN[query.name]
    lines = atoms.adjustments(query.on, known=query.known, state=query.state)
    return [
        replace(atom, dong=sign * atom.dong)
        for atom in lines
        if ((atom.dong > 0) is not (atom.kind == "reversal")) is (sign > 0)
    ]
