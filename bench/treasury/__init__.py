"""Differences between the Treasury and a unit, planted at random in a known truth (all figures invented)."""

from bench.treasury.making import Case, Noise, make
from bench.treasury.scoring import Score, score

__all__ = ["Case", "Noise", "Score", "make", "score"]
