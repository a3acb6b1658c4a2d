"""Formulas of an old xls as text: its records are walked, xlrd's own decompiler says what their tokens mean.

xlrd keeps results only. What its decompiler cannot say in plain words (arrays, outside links, functions of add-ins)
stays a formula whose text is not known (``…``); its result is believed.
"""

from __future__ import annotations

import io
import re
import struct
from contextlib import redirect_stdout
from typing import Any, Final

from xlrd.formula import FMLA_TYPE_CELL, FMLA_TYPE_SHARED, decompile_formula

_BOF, _EOF, _FORMULA, _SHARED, _ARRAY = 0x0809, 0x000A, 0x0006, 0x04BC, 0x0221
_BIFF8: Final = 80
_POINTS_TO_SHARED: Final = 0x01
_WHOLE: Final = re.compile(r"(?<![\d.])(\d+)\.0(?!\d)")  # the decompiler writes 2 as 2.0
_PLAIN: Final = re.compile(r"[A-Z0-9.$:;,+\-*/^%()<>=&\"' _!\w]+")


def formulas_of(book: Any, number: int) -> dict[tuple[int, int], str]:
    """(row, col), from 1, → the formula of each cell of a sheet that has one, without ``=``.

    ``book`` is opened ``on_demand``, so that it still holds its bytes.
    """
    content, place = book.mem, book._sh_abs_posn[number]
    if content is None or book.biff_version < _BIFF8:
        return {}
    found: dict[tuple[int, int], str] = {}
    waiting: list[tuple[int, int]] = []  # cells whose formula is shared and comes next
    shared: list[tuple[range, range, bytes]] = []
    for code, data in _records(content, place):
        if code == _FORMULA and len(data) >= 22:
            row, col = struct.unpack_from("<HH", data)
            tokens = _tokens(data, 20)
            if tokens[:1] == bytes([_POINTS_TO_SHARED]):
                waiting.append((row, col))
                found[row + 1, col + 1] = "…"
            else:
                found[row + 1, col + 1] = _said(book, tokens, FMLA_TYPE_CELL, row, col)
        elif code == _SHARED and len(data) >= 10:
            top, bottom, left, right = struct.unpack_from("<HHBB", data)
            shared.append((range(top, bottom + 1), range(left, right + 1), _tokens(data, 8)))
    for row, col in waiting:
        tokens = next((one for rows, cols, one in reversed(shared) if row in rows and col in cols), b"")
        if tokens:
            found[row + 1, col + 1] = _said(book, tokens, FMLA_TYPE_SHARED, row, col)
    return found


def _records(content: Any, place: int) -> Any:
    """Code and data of each record of the sheet itself (not of charts inside it)."""
    depth = 0
    while place + 4 <= len(content):
        code, length = struct.unpack_from("<HH", content, place)
        data = bytes(content[place + 4 : place + 4 + length])
        place += 4 + length
        if code == _BOF:
            depth += 1
        elif code == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield code, data


def _tokens(data: bytes, at: int) -> bytes:
    (length,) = struct.unpack_from("<H", data, at)
    return data[at + 2 : at + 2 + length]


def _said(book: Any, tokens: bytes, kind: int, row: int, col: int) -> str:
    try:
        with redirect_stdout(io.StringIO()):  # its remarks, which no officer needs
            text = decompile_formula(book, tokens, len(tokens), fmlatype=kind, browx=row, bcolx=col)
    except Exception:  # tokens it does not know: the text is not known, the result is
        return "…"
    if not text or "FMLA" in text or "?" in text or "#" in text or not _PLAIN.fullmatch(text):
        return "…"
    return _WHOLE.sub(r"\1", text)
