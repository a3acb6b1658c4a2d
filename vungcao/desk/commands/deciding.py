"""``vungcao authority`` and ``vungcao closing``: who may decide, and until when money may be spent."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date

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

_STATES = {
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
        raise Refusal(f"Nguồn vốn {said!r} viết LOẠI:CẤP, ví dụ su_nghiep:NSTW.")
    return kind, level


def _sure(confidence: str) -> str:
    return str(Confidence(confidence).label)


def _show_ruling(ruling: Ruling, book: Rulebook) -> None:
    move, words = ruling.move, book.words
    console.print(
        f"Ngày {day(move.on)}: {words.kinds[move.kind]}, {words.levels[move.level]}, năm {move.year} dùng năm "
        f"{move.used_in}; {words.scopes[move.scope]}.",
        soft_wrap=True,
    )
    if ruling.status == SEVERAL:
        console.print(f"Có {len(ruling.readings)} cách đọc:", style="bold")
    elif ruling.status == NO_RULE:
        console.print(f"Chưa có quy tắc trong danh mục. Hỏi: {ruling.ask}.", style="bold", soft_wrap=True)
    for reading in ruling.readings:
        _show_reading(reading, book)
    if ruling.alternatives:
        table(
            ("Cơ quan khác", "Khi nào", "Quy tắc"),
            [(one.name, one.when, one.rule) for one in ruling.alternatives],
        )
    for one in ruling.set_aside:
        console.print(f"{one.rule.id} nhường {one.before.id}: {one.why}.", soft_wrap=True)
    _show_warnings(ruling.warnings)


def _show_reading(reading: Reading, book: Rulebook) -> None:
    console.print(_verdict(reading, book), style="bold", soft_wrap=True)
    rules = ", ".join(rule.id for rule in reading.rules)
    console.print(f"  Quy tắc: {rules}. Căn cứ: {reading.cites or 'chưa có'}.", soft_wrap=True)
    console.print(f"  Độ chắc chắn: {_sure(reading.confidence)}.")
    if reading.proposer:
        console.print(f"  Cơ quan trình: {book.decider(reading.proposer)}.")
    if reading.consult:
        console.print(f"  Lấy ý kiến: {', '.join(reading.consult)}.", soft_wrap=True)
    if reading.deadline:
        console.print(f"  Hạn: {reading.deadline}.", soft_wrap=True)
    for said in reading.conditions:
        console.print(f"  Điều kiện: {said}.", soft_wrap=True)


def _verdict(reading: Reading, book: Rulebook) -> str:
    name = book.decider(reading.decider)
    if reading.allowed is False:
        known = reading.decider != UNKNOWN
        return (
            f"Tỉnh không được làm; cấp có thể quyết định: {name}" if known else "Không được làm, trừ khi nêu dưới đây"
        )
    return f"Cơ quan quyết định: {name}{f' ({reading.when})' if reading.when else ''}"


def _show_closing(found: Closing, book: Rulebook) -> None:
    words = book.words
    console.print(f"{words.kinds[found.kind]}, {words.levels[found.level]}, năm {found.year}.".capitalize())
    if not found.readings:
        console.print(f"Chưa có quy tắc trong danh mục. Hỏi: {found.ask}.", style="bold")
    if len(found.readings) > 1:
        console.print(f"Có {len(found.readings)} cách đọc:", style="bold")
    for reading in found.readings:
        _show_closing_reading(reading)
    if found.on and found.state:
        console.print(f"Ngày {day(found.on)}: {_STATES[found.state]}.", style="bold")
    _show_warnings(found.warnings)


def _show_closing_reading(reading: ClosingReading) -> None:
    console.print(f"Giải ngân đến hết {day(reading.until)} (ngày lịch); sau đó {THEN[reading.then]}.", style="bold")
    rules = ", ".join(rule.id for rule in reading.rules)
    sure = _sure(reading.rules[0].confidence)
    console.print(f"  Quy tắc: {rules}. Căn cứ: {reading.cites}. Độ chắc chắn: {sure}.", soft_wrap=True)
    if one := reading.extension:
        until = f"đến {day(one.until)}" if one.until else "danh mục không ghi kéo dài đến ngày nào"
        when = f", {one.when}" if one.when else ""
        console.print(f"  Kéo dài: {one.name} quyết định, {until}{when} ({_sure(one.confidence)}).", soft_wrap=True)
    for said in dict.fromkeys(said for rule in reading.rules for said in rule.conditions):
        console.print(f"  Điều kiện: {said}.", soft_wrap=True)


def _show_warnings(warnings: Iterable[str]) -> None:
    for said in warnings:
        console.print(f"• {said}", soft_wrap=True, markup=False)
