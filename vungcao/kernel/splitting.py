"""Sharing whole đồng out: largest remainder, nothing made and nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def split(dong: int, shares: Sequence[Fraction]) -> list[int]:
    """Parts of ``dong`` by ``shares`` (which add up to 1), in their order; the parts add up to ``dong``.

    Works on the absolute amount and puts the sign back, ties to the earlier part, so that a reversal splits
    into exact opposites.
    """
    if not shares or sum(shares) != 1 or any(share < 0 for share in shares):
        raise ValueError("shares must be non-negative and add up to 1")
    size = abs(dong)
    exact = [size * share for share in shares]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_remainder[: size - sum(parts)]:
        parts[index] += 1
    return [part if dong >= 0 else -part for part in parts]
