"""What is typed after a word of the program, read as a value: days, rates, sums. Refused in a sentence."""

from __future__ import annotations

import argparse
from datetime import date
from decimal import Decimal, InvalidOperation

from vungcao.desk.speaking import worded


def a_day(said: str) -> date:
    """A day as ``2021-11-15`` or ``15/11/2021``."""
    try:
        if "/" in said:
            day, month, year = said.split("/")
            return date(int(year), int(month), int(day))
        return date.fromisoformat(said)
    except ValueError:
        sentence = worded("ngày %(said)r không đọc được: viết 15/11/2021 hoặc 2021-11-15")
        raise argparse.ArgumentTypeError(sentence % {"said": said}) from None


def boundaries(said: str) -> date | str:
    """``then``, ``today`` or a day."""
    return said if said in ("then", "today") else a_day(said)


def a_rate(said: str) -> Decimal:
    """A rate in percent: ``60``, ``60,2`` or ``60.2``."""
    try:
        rate = Decimal(said.rstrip("%").replace(",", "."))
    except InvalidOperation:
        rate = Decimal("NaN")
    if not rate.is_finite() or not 0 < rate <= 100:
        sentence = worded("tỷ lệ %(said)r không đọc được: viết 60 hoặc 60,2 (lớn hơn 0, đến 100)")
        raise argparse.ArgumentTypeError(sentence % {"said": said})
    return rate


def a_sum(said: str) -> int:
    """Whole đồng above 0: ``1500000000`` or ``1.500.000.000``."""
    digits = said.replace(".", "")
    if not (digits.isascii() and digits.isdigit() and int(digits)):
        sentence = worded("số tiền %(said)r không đọc được: viết số đồng, ví dụ 1.500.000.000")
        raise argparse.ArgumentTypeError(sentence % {"said": said})
    return int(digits)
