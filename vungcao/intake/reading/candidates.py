"""What a failing check's figures point at: digits swapped, a sign, a unit, a line counted twice or left out.

Only suggestions for a person to judge, found where one changed figure would make the check come out to the last digit;
nothing is ever corrected by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from vungcao.intake.reading.checks import Checker, RowCheck, compiled
from vungcao.intake.reading.document import Candidate, Check, Slip

_ADDED: Final = ("sum_of_rows", "sum_of_columns", "difference", "balance")
_MOST_TERMS: Final = 2_000
_MOST_CHECKS: Final = 500
_MOST_SAID: Final = 4
_THOUSAND: Final = Decimal(1000)


def with_candidates(checks: Sequence[Check], checker: Checker) -> list[Check]:
    """The same checks; those that fail bear their candidates, likeliest first."""
    found: list[Check] = []
    tried = 0
    for check in checks:
        if check.verdict != "fails" or check.rule not in _ADDED or tried >= _MOST_CHECKS:
            found.append(check)
            continue
        tried += 1
        said = tuple(_unique(_candidates(check, checker)))[:_MOST_SAID]
        if said:
            check = Check(check.rule, check.cell, check.printed, check.computed, check.verdict, check.terms)
            check = replace(check, candidates=said)
        found.append(check)
    return found


def _candidates(check: Check, checker: Checker) -> Iterator[Candidate]:
    printed, computed, difference = check.printed, check.computed, check.difference
    if printed is None or computed is None or not difference or len(check.terms) > _MOST_TERMS:
        return
    if what := _slip(printed, computed):
        yield Candidate(what, check.cell, computed)
    for cell, value, weight in _terms(check, checker):
        if not value or not weight:
            continue
        wanted = value + difference / weight
        if what := _slip(value, wanted):
            yield Candidate(what, cell, wanted)
        elif wanted == value * 2:
            yield Candidate("counted_twice", cell, value)
        elif not wanted and check.rule == "sum_of_rows":
            yield Candidate("missing_row", cell, value)


def _slip(said: Decimal, wanted: Decimal) -> Slip | None:
    """The slip that turns the wanted figure into the one said, if one does."""
    if wanted == -said:
        return "sign"
    if said and wanted and (wanted == said * _THOUSAND or said == wanted * _THOUSAND):
        return "unit"
    return "digits_swapped" if _swapped(said, wanted) else None


def _swapped(one: Decimal, other: Decimal) -> bool:
    """Whether two figures differ by two neighbouring digits that changed places."""
    places = max(-min(int(value.as_tuple().exponent), 0) for value in (one, other))
    digits, others = (str(abs(int(value.scaleb(places)))) for value in (one, other))
    if (one < 0) != (other < 0) or len(digits) != len(others):
        return False
    off = [index for index, pair in enumerate(zip(digits, others, strict=True)) if pair[0] != pair[1]]
    if len(off) != 2 or off[1] != off[0] + 1:
        return False
    return digits[off[0]] == others[off[1]] and digits[off[1]] == others[off[0]]


def _terms(check: Check, checker: Checker) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Each term's cell and figure, and by how much what is computed grows when the term grows by one."""
    values = [checker.figure(cell) for cell in check.terms]
    if not isinstance(check, RowCheck) or check.claim.formula is None:
        yield from ((cell, value, Decimal(1)) for cell, value in zip(check.terms, values, strict=True) if value)
        return
    formula = compiled(check.claim)
    amounts = [value or Decimal(0) for value in values]
    base = formula(*amounts)
    for index, cell in enumerate(check.terms):
        if values[index]:
            grown = formula(*amounts[:index], amounts[index] + 1, *amounts[index + 1 :])
            yield cell, amounts[index], grown - base


def _unique(candidates: Iterator[Candidate]) -> Iterator[Candidate]:
    seen: set[Candidate] = set()
    for candidate in candidates:
        if candidate not in seen:
            seen.add(candidate)
            yield candidate
