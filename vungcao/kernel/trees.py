"""A tree as it stood on one day, in memory: containment, depth, ancestors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property


class Tree:
    """``parents``: node → its parent, or ``None`` for a root. Nodes are database keys."""

    def __init__(self, parents: Mapping[int, int | None]) -> None:
        self.parents = dict(parents)
        self._lines: dict[int, frozenset[int]] = {}

    def __contains__(self, node: int) -> bool:
        return node in self.parents

    def up(self, node: int) -> Iterator[int]:
        """The node, then its parent, and so on to the root; a node not in the tree stands alone."""
        seen: set[int] = set()
        here: int | None = node
        while here is not None and here not in seen:
            seen.add(here)
            yield here
            here = self.parents.get(here)

    def covers(self, wide: int, narrow: int) -> bool:
        """Is ``wide`` the node itself or above it?"""
        return wide == narrow or wide in self._line(narrow)

    def meets(self, one: int, other: int) -> bool:
        """In a tree two nodes meet when one covers the other."""
        return self.covers(one, other) or self.covers(other, one)

    def depth(self, node: int) -> int:
        return len(self._line(node)) - 1

    def _line(self, node: int) -> frozenset[int]:
        """The node and all above it, kept: regions are compared a million times in one import."""
        found = self._lines.get(node)
        if found is None:
            found = self._lines[node] = frozenset(self.up(node))
        return found

    @cached_property
    def children(self) -> dict[int | None, list[int]]:
        found: dict[int | None, list[int]] = {}
        for node, parent in self.parents.items():
            found.setdefault(parent, []).append(node)
        return found

    def below(self, node: int) -> Iterator[int]:
        """The node and everything under it, parents first."""
        waiting, seen = [node], set()
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                yield here
                waiting.extend(reversed(self.children.get(here, ())))
