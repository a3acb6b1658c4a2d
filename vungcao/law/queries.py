"""Questions to law."""

from __future__ import annotations

from datetime import date
from typing import Final

from vungcao.evidence.remembering import Remembered
from vungcao.law.models import Instrument, RuleOverlay
from vungcao.law.rulebook import Overlay, Rulebook, laid_over, shipped


def instrument(number: str, on: date | None = None, known: int | None = None, *, issuer: str = "") -> Instrument | None:
    """The instrument of a number; with ``on``, only if in force that day (an unknown start counts as in force).

    Numbers repeat between issuers and years: say the issuer where it matters, else the latest is given.
    """
    rows = Instrument.objects.standing(known) if on is None else Instrument.objects.on(on, known)
    found = [row for row in rows.filter(number=number) if not issuer or row.issuer == issuer]
    return max(found, key=lambda row: row.dated or date.min, default=None)


def rulebook(known: int | None = None) -> Rulebook:
    """The decision table with the local changes that stood at act number ``known`` (``None``: now)."""
    return laid_over(shipped(), overlays(known))


_overlays: Final[Remembered[list[Overlay]]] = Remembered(RuleOverlay, room=8)


def overlays(known: int | None = None) -> list[Overlay]:
    """Local changes as values: who signed, by which paper; kept in memory."""
    return list(_overlays.get("overlays", known, lambda: _overlays_at(known)))


def _overlays_at(known: int | None) -> list[Overlay]:
    rows = RuleOverlay.objects.standing(known).select_related("act").order_by("id")
    return [
        Overlay(
            change=row.change,
            rule=row.rule,
            cites=row.cites,
            signed=", ".join(part for part in (row.act.official_name, row.act.official_post) if part),
            row=row.row,
            on=row.valid_from,
        )
        for row in rows
    ]
