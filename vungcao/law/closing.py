"""Until when money of a source and a year may be spent, and what then.

Two laws may bear on one year's money: the law of the day it was assigned, and the law in force when it closes. Where
they say different things both readings are shown. A resolution that carries money over stands beside, never instead:
whether it covers the money in hand is for an officer to say. All days are calendar days, both inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from vungcao.kernel.validity import holds, last_day
from vungcao.kernel.vietnamese import day
from vungcao.law.cautions import not_made_a_rule, unsure
from vungcao.law.rulebook import NotAMove, Rulebook
from vungcao.law.rules import UNKNOWN, Rule
from vungcao.law.ruling import SURENESS

THEN: Final = {
    "extended": "không được giải ngân tiếp, trừ khi đã có quyết định kéo dài",
    "cancelled": "dự toán còn lại bị hủy bỏ, trừ các khoản được phép chuyển nguồn",
}
OPEN, CLOSED, CARRIED, DEPENDS = "open", "closed", "carried_over", "depends"
PHASE_YEARS: Final = 5  # medium-term plans run 2016-2020, 2021-2025, 2026-2030
CALENDAR_DAYS: Final = "calendar_days"


@dataclass(frozen=True)
class ExtensionBy:
    """Who may extend, and until when where the text on file says so."""

    decider: str
    name: str
    until: date | None
    when: str
    confidence: str
    rule: str


@dataclass(frozen=True)
class CarriedOver:
    """A rule that carries money of the year into another; ``until`` None: the text on file names no day."""

    rule: Rule
    decider: str
    name: str
    used: int
    until: date | None


@dataclass(frozen=True)
class ClosingReading:
    """One way to read the closing day."""

    until: date
    then: str
    rules: tuple[Rule, ...]
    extension: ExtensionBy | None

    @property
    def cites(self) -> str:
        return "; ".join(dict.fromkeys(rule.cites for rule in self.rules if rule.cites))


@dataclass(frozen=True)
class Closing:
    """The answer. ``until`` None: no rule on file, or readings with different days."""

    kind: str
    level: str
    year: int
    added_on: date | None
    on: date | None
    readings: tuple[ClosingReading, ...]
    carried: tuple[CarriedOver, ...]
    ask: str
    warnings: tuple[str, ...]

    @property
    def status(self) -> str:
        return "no_rule" if not self.readings else "one" if len(self.readings) == 1 else "several"

    @property
    def until(self) -> date | None:
        days = {one.until for one in self.readings}
        return days.pop() if len(days) == 1 else None

    @property
    def confidence(self) -> str:
        said = [one.rules[0].confidence for one in self.readings] or ["unknown"]
        return max(said, key=lambda word: SURENESS[word])

    @property
    def state(self) -> str | None:
        """On the day asked about: open, closed, carried over (by a resolution whose decider is known), or depends."""
        if self.on is None or not self.readings:
            return None
        days = [one.until for one in self.readings]
        if self.on <= min(days):
            return OPEN
        if self.on <= max(days):
            return DEPENDS
        return CARRIED if any(_runs(one, self.on) for one in self.carried) else CLOSED

    def as_json(self) -> dict[str, Any]:
        """The contract of ``vungcao closing --json``."""
        one = self.readings[0] if self.status == "one" else None
        rules = dict.fromkeys(rule.id for reading in self.readings for rule in reading.rules)
        return {
            "status": self.status,
            "source": f"{self.kind}:{self.level}",
            "year": self.year,
            "added_on": _iso(self.added_on),
            "on": _iso(self.on),
            "state": self.state,
            "until": _iso(self.until),
            "counts": CALENDAR_DAYS,
            "last_weekday": _iso(self.until and last_weekday(self.until)),
            "then": one.then if one else None,
            "then_said": THEN[one.then] if one else "",
            "extension": _extension(one.extension) if one else None,
            "rule": one.rules[0].id if one else None,
            "rules": list(rules),
            "cites": "; ".join(dict.fromkeys(reading.cites for reading in self.readings)),
            "confidence": self.confidence,
            "conditions": list(dict.fromkeys(s for r in self.readings for rule in r.rules for s in rule.conditions)),
            "carried_over": [
                {
                    "rule": c.rule.id,
                    "decider": c.decider,
                    "decider_name": c.name,
                    "use_year": c.used,
                    "until": _iso(c.until),
                    "money": c.rule.money_said,
                    "cites": c.rule.cites,
                    "confidence": c.rule.confidence,
                }
                for c in self.carried
            ],
            "readings": [_reading_json(reading) for reading in self.readings] if self.status == "several" else [],
            "ask": self.ask,
            "warnings": list(self.warnings),
        }


def close(
    kind: str, level: str, year: int, book: Rulebook, *, added_on: date | None = None, on: date | None = None
) -> Closing:
    """When money of a source and budget year closes; refuses (``NotAMove``) a source or days that can't be."""
    book.check_source(kind, level)
    if not 2000 <= year <= 2100:
        raise NotAMove(_("Năm ngân sách %(year)s không hợp lý.") % {"year": year})
    if added_on and added_on.year > year:
        raise NotAMove(
            _("Vốn bổ sung ngày %(added_on)s không phải là vốn của năm %(year)s.")
            % {"added_on": day(added_on), "year": year}
        )
    rows = [rule for rule in book.shelf(level, "CARRY_OVER") if kind in rule.kinds]
    assigned = added_on if added_on and added_on.year == year else date(year, 12, 31)
    then = [_reading(rule, year, added_on, book) for rule in _laws(rows, assigned, year)]
    readings = _phase_end(_merged(then), rows, year)
    carried = [
        CarriedOver(rule, rule.decider, book.decider(rule.decider), money.used, rule.carried_until)
        for rule in rows
        for money in rule.money
        if money.used > year and money.covers(year, money.used)
    ]
    found = Closing(
        kind=kind,
        level=level,
        year=year,
        added_on=added_on,
        on=on,
        readings=tuple(readings),
        carried=tuple(carried),
        ask=book.whom_to_ask(kind, on or date(year, 12, 31)),
        warnings=(),
    )
    return replace(found, warnings=tuple(_cautions(found, rows, book)))


def last_weekday(until: date) -> date:
    """The last Monday-to-Friday on or before a day; holidays are not known here."""
    return until - timedelta(days=max(0, until.weekday() - 4))


def _laws(rows: Sequence[Rule], assigned: date, year: int) -> list[Rule]:
    """The rules on closing in force when the money was assigned, then those in force on the day they close it."""
    found = []
    for rule in rows:
        if rule.closing is None or rule.closing.phase_end:
            continue
        at_the_end = date(year + 1, *rule.closing.day)
        if any(holds(rule.valid_from, rule.valid_to, one) for one in (assigned, at_the_end)):
            found.append(rule)
    return sorted(found, key=lambda rule: rule.valid_from or date.min)


def _reading(rule: Rule, year: int, added_on: date | None, book: Rulebook) -> ClosingReading:
    assert rule.closing is not None
    said, extension = rule.closing.extension, None
    if said and rule.decider:
        until = date(year + 1, *said.until) if said.until else None
        extension = ExtensionBy(rule.decider, book.decider(rule.decider), until, said.when, said.confidence, rule.id)
    return ClosingReading(rule.closing.until(year, added_on), rule.closing.then, (rule,), extension)


def _merged(readings: Sequence[ClosingReading]) -> list[ClosingReading]:
    """Readings that say the same day, the same end and the same body for an extension are one, on several rules."""
    merged: dict[tuple[object, ...], ClosingReading] = {}
    for one in readings:
        key = (one.until, one.then, one.extension and one.extension.decider)
        if key in merged:
            first = merged[key]
            one = replace(first, rules=(*first.rules, *one.rules))
        merged[key] = one
    return list(merged.values())


def _phase_end(readings: list[ClosingReading], rows: Sequence[Rule], year: int) -> list[ClosingReading]:
    """At the end of a medium-term phase its own closing rule joins the readings of the same day, or stands beside."""
    if year % PHASE_YEARS:
        return readings
    for rule in rows:
        end = date(year + 1, *rule.closing.day) if rule.closing and rule.closing.phase_end else None
        if rule.closing is None or end is None or not holds(rule.valid_from, rule.valid_to, end):
            continue
        joined = [replace(one, rules=(*one.rules, rule)) if one.until == end else one for one in readings]
        alone = ClosingReading(end, rule.closing.then, (rule,), None)
        readings = joined if any(one.until == end for one in readings) else [*readings, alone]
    return readings


def _cautions(found: Closing, rows: Sequence[Rule], book: Rulebook) -> Iterator[str]:
    if not found.readings:
        yield _(
            "Danh mục chưa có quy tắc về hạn giải ngân cho %(kind)s, %(level)s, năm %(year)s: hỏi %(whom)s, rồi ghi "
            "căn cứ bằng tay."
        ) % {
            "kind": book.words.kinds[found.kind], "level": book.words.levels[found.level], "year": found.year,
            "whom": found.ask,
        }  # fmt: skip
        for rule in book.rules:
            if rule.closing and found.kind in rule.kinds and found.level in rule.speaks_of_levels:
                yield not_made_a_rule(rule)
        return
    if found.status == "several":
        said = "; ".join(_in_words(one) for one in found.readings)
        yield _("Có %(count)s cách đọc, không cách nào nhường: %(said)s. Hỏi %(whom)s trước khi giải ngân.") % {
            "count": len(found.readings),
            "said": said,
            "whom": found.ask,
        }
    yield from _missing_law(found)
    for rule in dict.fromkeys(rule for one in found.readings for rule in one.rules):
        yield from unsure(rule, found.ask)
    if found.until and last_weekday(found.until) != found.until:
        yield _(
            "%(day)s là ngày nghỉ cuối tuần; hạn tính theo ngày lịch, danh mục không có quy tắc dời ngày: nên xong "
            "trước %(before)s (chưa trừ ngày lễ, Tết)."
        ) % {"day": day(found.until), "before": day(last_weekday(found.until))}
    yield from _carried_cautions(found)


def _in_words(one: ClosingReading) -> str:
    of = {"day": day(one.until), "rule": one.rules[0].id}
    if one.extension is None:
        return _("đến %(day)s, theo %(rule)s") % of
    return _("đến %(day)s, %(who)s được kéo dài, theo %(rule)s") % (of | {"who": one.extension.name})


def _missing_law(found: Closing) -> Iterator[str]:
    """Say so where a law on file does not reach from the year of the money to its closing."""
    rules = [rule for one in found.readings for rule in one.rules if rule.closing and not rule.closing.phase_end]
    end = date(found.year + 1, 1, 31)
    if rules and not any(holds(rule.valid_from, rule.valid_to, end) for rule in rules):
        ended = max(rule.valid_to for rule in rules if rule.valid_to)
        yield _(
            "Quy tắc của năm %(year)s hết hiệu lực sau %(last)s; danh mục chưa có quy tắc đang có hiệu lực vào ngày "
            "%(end)s: hỏi %(whom)s."
        ) % {"year": found.year, "last": day(last_day(ended) or ended), "end": day(end), "whom": found.ask}
    if rules and not any(holds(rule.valid_from, rule.valid_to, date(found.year, 12, 31)) for rule in rules):
        yield _("Danh mục không có quy tắc của năm %(year)s; chỉ có quy tắc có hiệu lực khi vốn hết hạn.") % {
            "year": found.year
        }


def _carried_cautions(found: Closing) -> Iterator[str]:
    for one in found.carried:
        of = {
            "used": one.used, "money": one.rule.money_said, "rule": one.rule.id, "whom": found.ask, "who": one.name,
            "cites": one.rule.cites,
        }  # fmt: skip
        if one.decider == UNKNOWN:
            yield _("Chuyển nguồn sang %(used)s (%(money)s): chưa rõ cơ quan quyết định (%(rule)s), hỏi %(whom)s.") % of
            continue
        of["until"] = _("đến %(day)s") % {"day": day(one.until)} if one.until else _("danh mục không ghi hạn cuối")
        of["how"] = _(", ghi theo trí nhớ") if one.rule.confidence == "recalled" else ""
        yield (
            _(
                "%(who)s cho chuyển nguồn sang %(used)s (%(money)s), %(until)s: %(cites)s (%(rule)s%(how)s). Chỉ áp "
                "dụng khi khoản vốn thuộc nghị quyết này."
            )
            % of
        )


def _runs(one: CarriedOver, on: date) -> bool:
    if one.decider == UNKNOWN:
        return False
    return date(one.used, 1, 1) <= on <= (one.until or date(one.used, 12, 31))


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _extension(one: ExtensionBy | None) -> dict[str, Any] | None:
    return {**vars(one), "until": _iso(one.until)} if one else None


def _reading_json(one: ClosingReading) -> dict[str, Any]:
    return {
        "until": one.until.isoformat(),
        "then": one.then,
        "extension": _extension(one.extension),
        "rule": one.rules[0].id,
        "rules": [rule.id for rule in one.rules],
        "cites": one.cites,
        "confidence": one.rules[0].confidence,
        "counts": CALENDAR_DAYS,
    }
