"""How figures are printed: numeric cells and texts in both styles, percentages, brackets, words in place of figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Literal

from bench.tables.page import Ink
from bench.tables.truth import Figure

Style = Literal["numeric", "vietnamese", "western", "mixed", "fraction", "percent_text", "plain"]
State = Literal["number", "approximate", "range", "empty", "not_applicable", "nil", "error"]
MIXED: list[Style] = ["numeric", "vietnamese", "western"]
QUALIFIERS = ["trên", "gần", "ước", "khoảng", "hơn"]


@dataclass(slots=True)
class Shown:
    """One figure as the table prints it: its value in the printed unit, or what stands in its place."""

    value: Decimal | None
    state: State = "number"
    text: str | None = None  # what is printed where it is no plain figure


@dataclass(slots=True)
class Printing:
    """How one column prints its figures."""

    style: Style
    places: int
    brackets: bool = False  # negative figures in brackets
    rate: bool = False


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def grouped(value: Decimal, places: int, *, western: bool, brackets: bool = False) -> str:
    """``-1234.5`` → ``-1.234,5`` · ``-1,234.5`` · ``(1.234,5)``."""
    text = f"{abs(rounded(value, places)):,.{places}f}"
    if not western:
        text = text.translate(str.maketrans(",.", ".,"))
    if value >= 0:
        return text
    return f"({text})" if brackets else f"-{text}"


def print_figure(chance: Random, shown: Shown, how: Printing) -> tuple[Ink, Figure]:
    """A cell and what it means; no office program keeps whole numbers past 2^53 but as text."""
    value = shown.value
    if shown.state != "number" or value is None:
        return _print_other(shown)
    if how.rate:
        return _print_rate(value, how.style, how.places)
    style: Style = chance.choice(MIXED) if how.style == "mixed" else how.style
    exact = rounded(value, how.places)
    if style == "numeric" and abs(exact) < 2**53:
        form = f"#,##0{'.' + '0' * how.places if how.places else ''}"
        form = chance.choice([form, "General"]) if not how.brackets else f"{form};({form})"
        content = int(value) if value == value.to_integral() else value
        return Ink(content, form), Figure((_fifteen(Decimal(content)), exact), ("number",))
    text = grouped(exact, how.places, western=style == "western", brackets=how.brackets)
    return Ink(text, "@" if chance.random() < 0.3 else "General"), Figure((exact,), ("text_number",), text)


def _fifteen(value: Decimal) -> Decimal:
    """A spreadsheet keeps fifteen digits of what is no whole number."""
    return value if value == value.to_integral() else Decimal(format(float(value), ".15g"))


def _print_rate(value: Decimal, style: Style, places: int) -> tuple[Ink, Figure]:
    exact = rounded(value, places)
    if style == "fraction":
        stored = value / 100
        code = f"0.{'0' * places}%" if places else "0%"
        return Ink(stored, code), Figure((exact, _fifteen(_fifteen(stored) * 100)), ("percent",))
    if style == "percent_text":
        text = grouped(exact, places, western=False) + "%"
        return Ink(text), Figure((exact,), ("percent",), text)
    if style == "vietnamese":
        text = grouped(exact, places, western=False)
        return Ink(text), Figure((exact,), ("text_number", "percent"), text)
    return Ink(value, f"0.{'0' * places}" if places else "0"), Figure((exact, _fifteen(value)), ("number", "percent"))


def _print_other(shown: Shown) -> tuple[Ink, Figure]:
    if shown.state == "empty":
        return Ink(None), Figure((None,), ("empty",), "")
    if shown.state == "approximate":
        return Ink(shown.text), Figure((shown.value,), ("approximate",), shown.text)
    if shown.state == "error":
        formula = "1/0" if shown.text == "#DIV/0!" else "#REF!+0"
        return Ink(shown.text, formula=formula), Figure((None,), ("error", "formula"))
    kinds = {"range": "range", "not_applicable": "not_applicable", "nil": "nil"}
    return Ink(shown.text), Figure((None,), (kinds[shown.state],), shown.text)


def disguise(chance: Random, shown: Shown, how: Printing, *, zero_words: list[str], vague: bool) -> Shown:
    """A nought as it is often printed; now and then a figure only approximately."""
    if shown.value == 0 and zero_words:
        word = chance.choice(zero_words)
        state: State = "empty" if word == "" else "not_applicable" if word in ("-", "x", "–") else "nil"
        return Shown(None, state, word)
    if not vague or shown.value is None or shown.value < 20 or chance.random() > 0.12:
        return shown
    about = rounded(shown.value, 0)
    if about < 100 and chance.random() < 0.4:
        return Shown(None, "range", f"{about - 1}-{about + 1}")
    return Shown(
        about, "approximate", f"{chance.choice(QUALIFIERS)} {grouped(about, 0, western=how.style == 'western')}"
    )


def print_code(chance: Random, digits: int) -> tuple[Ink, Figure]:
    """A code: digits kept as text, often led by noughts, now and then typed as a number."""
    number = chance.randrange(1, 10**digits)
    if chance.random() < 0.15 and number >= 10 ** (digits - 1):
        return Ink(number, "General"), Figure((Decimal(number), None), ("number", "text"))
    text = f"{number:0{digits}d}"
    return Ink(text), Figure((None,), ("text",), text)


def print_day(chance: Random, year: int) -> tuple[Ink, Figure]:
    day = date(year, 1, 1) + timedelta(days=chance.randrange(365))
    way = chance.randrange(4)
    if way == 0:
        return Ink(day, "dd/mm/yyyy"), Figure((day,), ("date",))
    said = [f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day.year}", f"ngày {day:%d/%m/%Y}"][way - 1]
    return Ink(said), Figure((day,), ("date",), said)
