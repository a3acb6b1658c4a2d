"""Hard Vietnamese administrative tables with known truth, and what a reader makes of them.

``make(seed, faults=…, layout=…)`` composes a workbook and its truth; ``score(made, reading)`` compares a reading with
it. ``python -m bench.tables --tables 2000 --seed 1`` prints the figures by fault.
"""

from bench.tables.faults import FAULTS
from bench.tables.forms import LAYOUTS
from bench.tables.making import make, same_text
from bench.tables.scoring import Score, score
from bench.tables.truth import Made, Truth

__all__ = ["FAULTS", "LAYOUTS", "Made", "Score", "Truth", "make", "same_text", "score"]
