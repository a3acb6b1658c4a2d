"""Questions to law."""

from __future__ import annotations

from datetime import date

from vungcao.law.models import Instrument


def instrument(number: str, on: date | None = None, known: int | None = None, *, issuer: str = "") -> Instrument | None:
    """The instrument of a number; with ``on``, only if in force that day (an unknown start counts as in force).

    Numbers repeat between issuers and years: say the issuer where it matters, else the latest is given.
    """
    rows = Instrument.objects.standing(known) if on is None else Instrument.objects.on(on, known)
    found = [row for row in rows.filter(number=number) if not issuer or row.issuer == issuer]
    return max(found, key=lambda row: row.dated or date.min, default=None)
