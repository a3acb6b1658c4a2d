"""Where one page of a long table stands among the others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    """``here`` of ``pages``, from 1; rows ``first`` to ``last``, both inside, counted from 1."""

    here: int
    pages: int
    first: int
    last: int

    @classmethod
    def of(cls, asked: str, count: int, a_page: int) -> Turn:
        """The page an address asks for; without one, or beyond the last, the last."""
        pages = max(1, -(-count // a_page))
        said = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else pages
        here = min(max(said, 1), pages)
        return cls(here, pages, (here - 1) * a_page + 1, min(here * a_page, count))

    @property
    def before(self) -> str:
        return f"{self.here - 1}"

    @property
    def after(self) -> str:
        return f"{self.here + 1}"
