"""The container of an old xls: chains of sectors. One that runs in a ring would be followed until memory is full."""

from __future__ import annotations

import struct
from typing import Final

_HEADER: Final = 512
_IN_HEADER: Final = 109


def has_ring(content: bytes) -> bool:
    """Whether a chain of sectors comes back to itself, or the tables of sectors cannot be read at all."""
    try:
        table = _sectors(content)
        (mini,) = struct.unpack_from("<i", content, 60)
        return _comes_back(table) or _comes_back(_entries(content, _chain(table, mini)))
    except (struct.error, IndexError, ValueError):
        return True


def _size(content: bytes) -> int:
    (shift,) = struct.unpack_from("<H", content, 30)
    if not 7 <= shift <= 16:
        raise ValueError("no such sectors")
    return 1 << int(shift)


def _entries(content: bytes, sectors: list[int]) -> list[int]:
    """The numbers that the sectors hold, one after the other; what lies beyond the file's end is not there."""
    size = _size(content)
    found: list[int] = []
    for sector in sectors:
        part = content[_HEADER + sector * size : _HEADER + (sector + 1) * size]
        found += struct.unpack(f"<{len(part) // 4}i", part[: len(part) // 4 * 4])
    return found


def _sectors(content: bytes) -> list[int]:
    """Which sector follows each: the table whose own sectors the header names, and its continuations."""
    named = [one for one in struct.unpack_from(f"<{_IN_HEADER}i", content, 76) if one >= 0]
    (more,) = struct.unpack_from("<i", content, 68)
    seen: set[int] = set()
    while more >= 0:
        if more in seen:
            raise ValueError("a ring")
        seen.add(more)
        *further, more = _entries(content, [more])
        named += [one for one in further if one >= 0]
    if len(named) > len(content) // _size(content) + 1:
        raise ValueError("more tables than sectors")
    return _entries(content, named)


def _chain(table: list[int], sector: int) -> list[int]:
    found: list[int] = []
    while 0 <= sector < len(table) and len(found) <= len(table):
        found.append(sector)
        sector = table[sector]
    return found


def _comes_back(table: list[int]) -> bool:
    """Whether following a number through the table ever meets itself."""
    done = bytearray(len(table))
    for start in range(len(table)):
        path, sector = [], start
        while 0 <= sector < len(table) and not done[sector]:
            done[sector] = 1
            path.append(sector)
            sector = table[sector]
        if 0 <= sector < len(table) and done[sector] == 1 and path:
            return True
        for one in path:
            done[one] = 2
    return False
