"""Walks every number that a page prints back to its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import parse_qs, urlsplit

import lxml.html

from vungcao.bodies.reach import Reach
from vungcao.cube.threads import Trace
from vungcao.cube.tracing import trace

MILLION = 1_000_000
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?%?|-?\d+(?:,\d+)?%?")


@dataclass(frozen=True)
class Printed:
    """A number as printed, where, and the figure behind it."""

    text: str
    where: str
    id: str


def printed(main: lxml.html.HtmlElement) -> Iterator[Printed]:
    """Every amount and rate of a page's figures with the id of the link beside it; ``""`` where there is none. A rank
    and a difference of two rates are not amounts of lines: each follows from rates that are walked.
    """
    boxes = main.xpath(
        ".//tbody/tr[not(contains(@class, 'section'))][td[contains(@class, 'num')]]"
        " | .//dl[contains(@class, 'headline')]/div | .//dl[@class='pairs']/div[dd]"
    )
    for box in boxes:
        links = box.xpath(".//a[contains(@class, 'whence')]/@href")
        where = " ".join(box.text_content().split())[:80]
        cells = box.xpath(
            ".//td[contains(@class, 'num')][not(contains(@class, 'place') or contains(@class, 'beside'))]"
            " | .//*[@class='value' or @class='note'] | ./dd[not(.//a)][not(*)]"
        )
        for cell in cells:
            after = cell.xpath("self::td/following-sibling::td//a[contains(@class, 'whence')]/@href")
            link = next(iter([*after, *links]), "")
            id = parse_qs(urlsplit(link).query)["id"][0] if link else ""
            for text in _NUMBER.findall(" ".join(cell.text_content().split())):
                yield Printed(text, where, id)


def sums(found: Trace) -> set[int]:
    """Every amount that the lines of a trace show: the figure, what it is over, what is left, each line."""
    counted = sum(line.dong for line in found.rows if line.counted)
    against = sum(line.dong for line in found.rows if line.kind == "voucher" and not line.counted)
    details: dict[str, int] = {}
    for line in found.rows:
        if not line.counted and line.kind == "statement":
            details[line.why] = details.get(line.why, 0) + line.dong
    each = {line.dong for line in found.rows}
    return {found.total_dong, counted, against, against - counted, *details.values(), *each}


def shows(text: str, found: Trace) -> bool:
    """Is the number printed one that the lines of its trace add up to?"""
    if text.endswith("%"):
        return _rate(found) in (Decimal(text[:-1].replace(".", "").replace(",", ".")), None)
    said = Decimal(text.replace(".", "").replace(",", "."))
    if any(line.kind == "plan" and said in _ends(line.why) for line in found.rows):
        return True
    step = Decimal(1).scaleb(said.as_tuple().exponent) * MILLION  # type: ignore[operator]  # a finite number
    return any(abs(said * MILLION - dong) * 2 <= step for dong in sums(found))


def _ends(why: str) -> set[Decimal]:
    """Both ends of an implied plan, as its line says them."""
    return {Decimal(text.replace(".", "").replace(",", ".")) for text in _NUMBER.findall(why) if "%" not in text}


def _rate(found: Trace) -> Decimal | None:
    against = sum(line.dong for line in found.rows if line.kind == "voucher" and not line.counted)
    if against <= 0:
        return None
    return (Decimal(found.total_dong) * 100 / against).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def faults(main: lxml.html.HtmlElement, reach: Reach) -> tuple[int, list[str]]:
    """How many numbers were walked, and each that leads nowhere, adds up to something else, or ends without a cell."""
    walked, wrong = 0, []
    kept: dict[str, Trace] = {}
    for one in printed(main):
        walked += 1
        if not one.id:
            wrong.append(f"{one.text}: no way back ({one.where})")
            continue
        if one.id not in kept:
            kept[one.id] = trace(one.id, reach)
        found = kept[one.id]
        if not any((line.cell and line.file_sha) or line.kind == "plan" for line in found.rows):
            wrong.append(f"{one.text}: its trace reaches no cell ({one.where}: {one.id})")
        elif not shows(one.text, found):
            wrong.append(f"{one.text}: its trace shows {sorted(sums(found))[-6:]} ({one.where}: {one.id})")
    return walked, wrong
