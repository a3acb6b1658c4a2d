"""The chain of money: assigned by the Prime Minister, allocated by the council, assigned to units, entered at the
Treasury; and the counterpart money that has to stand beside it.

Each link is a figure of its own with its own id; what is left after a link is the link above it less this one, and is
missing where one of them is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext

from vungcao.cube.question import FigureQuery, NotAQuestion
from vungcao.cube.rows import Answer, Row
from vungcao.law.matching import matching

Ask = Callable[[FigureQuery], Answer]
LINKS: Final = (
    ("ttg", "given", "ttg"),
    ("council", "given", "council"),
    ("assigned", "given", "assigned"),
    ("entered", "entered", None),
)
LOCAL_LEVELS: Final = ("NSDP_TINH", "NSDP_HUYEN", "NSDP_XA")
_TOTALS: Final = {"given": "given_dong", "entered": "entered_dong"}


def chain(query: FigureQuery, ask: Ask) -> Answer:
    """One row for each key: đồng of every link, and what is left after it."""
    _no_denominator(query)
    found = {link: (ask(replace(query, name=name, denominator=what)), _TOTALS[name]) for link, name, what in LINKS}
    rows = []
    for first, links in _joined(found):
        measures: dict[str, Any] = {}
        above: int | None = None
        for number, (link, _, _) in enumerate(LINKS):
            here = links[link][0] if link in links else None
            measures[f"{link}_dong"] = here
            if number:
                measures[f"{link}_left_dong"] = above - here if above is not None and here is not None else None
            above = here
        rows.append(_row(first, links, measures))
    return _answer(query, [one for one, _ in found.values()], rows)


def counterpart(query: FigureQuery, ask: Ask) -> Answer:
    """Central money that the council allocated, local money beside it, and what the rule in force requires: an interval
    where its readings differ. Without a rule on file nothing is required by us, and the answer says so.
    """
    _no_denominator(query)
    if query.source:
        raise NotAQuestion(gettext("Vốn đối ứng đã là phần ngân sách địa phương: không hỏi kèm nguồn vốn."))
    council = replace(query, name="given", denominator="council")
    central = ask(replace(council, source="*:NSTW"))
    local = {level: ask(replace(council, source=f"*:{level}")) for level in LOCAL_LEVELS}
    rule = matching(query.programme, on=query.on) if query.programme else None
    rows: list[Row] = []
    for first, parts in _joined({link: (one, "given_dong") for link, one in {"central": central, **local}.items()}):
        amount = parts["central"][0] if "central" in parts else None
        said = [parts[level][0] for level in LOCAL_LEVELS if level in parts and parts[level][0] is not None]
        provided = sum(one for one in said if one is not None) if said else None
        low, high = rule.required(amount) if rule and amount is not None else (None, None)
        measures: dict[str, Any] = {
            "central_dong": amount,
            "provided_dong": provided,
            "required_low_dong": low,
            "required_high_dong": high,
            "short_low_dong": max(0, low - provided) if low is not None and provided is not None else None,
            "short_high_dong": max(0, high - provided) if high is not None and provided is not None else None,
        }
        rows.append(_row(first, parts, measures))
    return replace(_answer(query, [central, *local.values()], rows), notes=_notes(query, rule))


def _notes(query: FigureQuery, rule: Any) -> list[str]:
    if rule is None:
        what = gettext("Khi chưa chọn một chương trình")
        if query.programme:
            what = gettext("Chương trình %(code)s") % {"code": query.programme}
        none = gettext("%(what)s: chưa có quy định mức đối ứng trong hệ thống cho ngày này; hỏi Sở Tài chính.")
        return [none % {"what": what}]
    each = gettext("%(percent)s%% vốn trung ương nếu %(when)s")
    said = "; ".join(each % {"percent": share.percent, "when": share.when} for share in rule.shares)
    sure = gettext(" (mức tỷ lệ ghi theo trí nhớ, cần kiểm chứng)") if rule.confidence == "recalled" else ""
    return [
        gettext("Mức phải có: %(said)s%(sure)s. Căn cứ %(cites)s: %(short)s.")
        % {"said": said, "sure": sure, "cites": rule.cites, "short": rule.short}
    ]


Links = dict[str, tuple[int | None, str, int]]


def _joined(answers: dict[str, tuple[Answer, str]]) -> Iterable[tuple[Row, Links]]:
    """Rows of several answers by their dimensions: (one of them, link → (đồng, id, lines))."""
    first: dict[tuple[str, ...], Row] = {}
    found: dict[tuple[str, ...], Links] = {}
    for link, (one, measure) in answers.items():
        for row in one.rows:
            key = tuple(row.dims.values())
            first.setdefault(key, row)
            amount = row.measures[measure]
            found.setdefault(key, {})[link] = (int(amount) if amount is not None else None, row.id, row.lines)
    return [(first[key], found[key]) for key in found]


def _row(like: Row, links: Links, measures: dict[str, Any]) -> Row:
    ids = {link: id for link, (amount, id, _) in links.items() if amount is not None}
    return replace(
        like,
        id=next(iter(ids.values()), like.id),
        measures=measures,
        denominator=None,
        lines=sum(lines for _, _, lines in links.values()),
        ids=ids,
    )


def _answer(query: FigureQuery, parts: list[Answer], rows: list[Row]) -> Answer:
    return replace(
        parts[0],
        figure=query.name,
        rows=rows,
        not_split=_distinct(gap for one in parts for gap in one.not_split),
        not_apportioned=_distinct(gap for one in parts for gap in one.not_apportioned),
    )


def _distinct(gaps: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for gap in gaps:
        if gap not in found:
            found.append(gap)
    return found


def _no_denominator(query: FigureQuery) -> None:
    if query.denominator:
        raise NotAQuestion(
            gettext("Số liệu %(name)s so các bước giao vốn với nhau: không chọn mẫu số.") % {"name": query.name}
        )
