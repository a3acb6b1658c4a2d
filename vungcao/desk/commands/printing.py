"""How the terminal prints: JSON to the letter, tables for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

_WIDE = None if sys.stdout.isatty() else 160  # a pipe or a log has no width of its own
console = Console(highlight=False, width=_WIDE)
errors = Console(stderr=True, highlight=False)


def as_json(value: Any) -> None:
    """One JSON document on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "", right: Iterable[int] = ()) -> None:
    """A table; columns in ``right`` are aligned to the right. Heads are msgids, or have been said in the language."""
    wanted = set(right)
    if title:
        console.print(title, style="bold", soft_wrap=True)
    grid = Table(header_style="bold", expand=False)
    for index, head in enumerate(heads):
        grid.add_column(_(head) if head else "", justify="right" if index in wanted else "left", overflow="fold")
    for row in rows:
        grid.add_row(*row)
    console.print(grid)
