"""``vungcao authority`` and ``vungcao closing``: who may decide, and until when money may be spent."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from vungcao.desk.commands.printing import as_json, console, table
from vungcao.desk.expiring import extension_said
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import day
from vungcao.law.authority import decide
from vungcao.law.closing import THEN, Closing, ClosingReading, close
from vungcao.law.models import Confidence
from vungcao.law.queries import rulebook
from vungcao.law.rulebook import Rulebook
from vungcao.law.rules import FLAGS, UNKNOWN, Move
from vungcao.law.ruling import NO_RULE, SEVERAL, Reading, Ruling
from vungcao.ledger.extensions import extensions_on

STATES = {
    "open": "còn hạn",
    "closed": "đã hết hạn",
    "carried_over": "đã hết hạn theo năm, nhưng có nghị quyết cho chuyển nguồn",
    "depends": "tùy cách đọc: có cách đã hết hạn, có cách còn hạn",
}


def authority(args: argparse.Namespace) -> int:
    """Who may decide one move of money; an unknown answer is an answer."""
    kind, level = _source(args.source)
    move = Move(
        on=args.on,
        year=args.year,
        kind=kind,
        level=level,
        scope=args.scope,
        use_year=args.use_year,
        plan=args.plan or "",
        **{flag: getattr(args, flag) for flag in FLAGS},
    )
    book = rulebook()
    ruling = decide(move, book)
    if args.json:
        as_json(ruling.as_json())
    else:
        _show_ruling(ruling, book)
    return 0


def closing(args: argparse.Namespace) -> int:
    """Until when money of a source and year may be spent, and what then."""
    kind, level = _source(args.source)
    book = rulebook()
    found = close(kind, level, args.year, book, added_on=args.added_on, on=args.on)
    asked = [
        one
        for one in extensions_on(args.on or date.max)
        if (one.asked.source.code, one.asked.year_origin) == (args.source, f"{args.year}")
    ]
    if args.json:
        as_json({**found.as_json(), "extensions": [one.as_json() for one in asked]})
    else:
        _show_closing(found, book)
        for one in asked:
            console.print(f"• {extension_said(one)}", soft_wrap=True, markup=False)
    return 0


def _source(said: str) -> tuple[str, str]:
    kind, colon, level = said.partition(":")
    if not colon:
        raise Refusal(_("Nguồn vốn %(said)s viết LOẠI:CẤP, ví dụ su_nghiep:NSTW.") % {"said": f"{said!r}"})
    return kind, level


def _sure(confidence: str) -> str:
    return _(Confidence(confidence).label)


def _show_ruling(ruling: Ruling, book: Rulebook) -> None:
    move, words = ruling.move, book.words
    console.print(
        _("Ngày %(on)s: %(kind)s, %(level)s, năm %(year)s dùng năm %(used)s; %(scope)s.")
        % {
            "on": day(move.on),
            "kind": words.kinds[move.kind],
            "level": words.levels[move.level],
            "year": move.year,
            "used": move.used_in,
            "scope": words.scopes[move.scope],
        },
        soft_wrap=True,
    )
    if ruling.status == SEVERAL:
        console.print(_("Có %(count)s cách đọc:") % {"count": len(ruling.readings)}, style="bold")
    elif ruling.status == NO_RULE:
        console.print(
            _("Chưa có quy tắc trong danh mục. Hỏi: %(ask)s.") % {"ask": ruling.ask}, style="bold", soft_wrap=True
        )
    for reading in ruling.readings:
        _show_reading(reading, book)
    if ruling.alternatives:
        table(
            ("Cơ quan khác", "Khi nào", "Quy tắc"),
            [(one.name, one.when, one.rule) for one in ruling.alternatives],
        )
    for one in ruling.set_aside:
        console.print(
            _("%(id)s nhường %(before)s: %(why)s.") % {"id": one.rule.id, "before": one.before.id, "why": one.why},
            soft_wrap=True,
        )
    _show_warnings(ruling.warnings)


def _show_reading(reading: Reading, book: Rulebook) -> None:
    console.print(_verdict(reading, book), style="bold", soft_wrap=True)
    rules = ", ".join(rule.id for rule in reading.rules)
    console.print(
        _("  Quy tắc: %(rules)s. Căn cứ: %(cites)s.") % {"rules": rules, "cites": reading.cites or _("chưa có")},
        soft_wrap=True,
    )
    console.print(_("  Độ chắc chắn: %(how_sure)s.") % {"how_sure": _sure(reading.confidence)})
    if reading.proposer:
        console.print(_("  Cơ quan trình: %(who)s.") % {"who": book.decider(reading.proposer)})
    if reading.consult:
        console.print(_("  Lấy ý kiến: %(consult)s.") % {"consult": ", ".join(reading.consult)}, soft_wrap=True)
    if reading.deadline:
        console.print(_("  Hạn: %(deadline)s.") % {"deadline": reading.deadline}, soft_wrap=True)
    for said in reading.conditions:
        console.print(_("  Điều kiện: %(said)s.") % {"said": said}, soft_wrap=True)


def _verdict(reading: Reading, book: Rulebook) -> str:
    name = book.decider(reading.decider)
    if reading.allowed is False:
        known = reading.decider != UNKNOWN
        return (
            _("Tỉnh không được làm; cấp có thể quyết định: %(name)s") % {"name": name}
            if known
            else _("Không được làm, trừ khi nêu dưới đây")
        )
    return _("Cơ quan quyết định: %(name)s%(when)s") % {
        "name": name,
        "when": f" ({reading.when})" if reading.when else "",
    }


def _show_closing(found: Closing, book: Rulebook) -> None:
    words = book.words
    console.print(
        (
            _("%(kind)s, %(level)s, năm %(year)s.")
            % {"kind": words.kinds[found.kind], "level": words.levels[found.level], "year": found.year}
        ).capitalize()
    )
    if not found.readings:
        console.print(_("Chưa có quy tắc trong danh mục. Hỏi: %(ask)s.") % {"ask": found.ask}, style="bold")
    if len(found.readings) > 1:
        console.print(_("Có %(count)s cách đọc:") % {"count": len(found.readings)}, style="bold")
    for reading in found.readings:
        _show_closing_reading(reading)
    if found.on and found.state:
        console.print(
            _("Ngày %(on)s: %(state)s.") % {"on": day(found.on), "state": _(STATES[found.state])}, style="bold"
        )
    _show_warnings(found.warnings)


def _show_closing_reading(reading: ClosingReading) -> None:
    console.print(
        _("Giải ngân đến hết %(until)s (ngày lịch); sau đó %(then)s.")
        % {"until": day(reading.until), "then": _(THEN[reading.then])},
        style="bold",
    )
    rules = ", ".join(rule.id for rule in reading.rules)
    sure = _sure(reading.rules[0].confidence)
    console.print(
        _("  Quy tắc: %(rules)s. Căn cứ: %(cites)s. Độ chắc chắn: %(how_sure)s.")
        % {"rules": rules, "cites": reading.cites, "how_sure": sure},
        soft_wrap=True,
    )
    if one := reading.extension:
        until = (
            _("đến %(until)s") % {"until": day(one.until)}
            if one.until
            else _("danh mục không ghi kéo dài đến ngày nào")
        )
        when = f", {one.when}" if one.when else ""
        console.print(
            _("  Kéo dài: %(name)s quyết định, %(until)s%(when)s (%(how_sure)s).")
            % {"name": one.name, "until": until, "when": when, "how_sure": _sure(one.confidence)},
            soft_wrap=True,
        )
    for said in dict.fromkeys(said for rule in reading.rules for said in rule.conditions):
        console.print(_("  Điều kiện: %(said)s.") % {"said": said}, soft_wrap=True)


def _show_warnings(warnings: Iterable[str]) -> None:
    for said in warnings:
        console.print(f"• {said}", soft_wrap=True, markup=False)
