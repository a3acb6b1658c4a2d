"""What an officer must be told beside a ruling: how sure it is, too late, taken as said, of no effect, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator

from vungcao.kernel.vietnamese import day
from vungcao.law.rulebook import Rulebook
from vungcao.law.rules import Move, Rule
from vungcao.law.ruling import NO_RULE, NOT_KNOWN, SEVERAL, Ruling


def cautions(ruling: Ruling, book: Rulebook) -> Iterator[str]:
    """Sentences in Vietnamese, the weightiest first."""
    behind = [rule for reading in ruling.readings for rule in reading.rules]
    yield from _unsettled(ruling, book)
    for rule in behind:
        yield from _unsure(rule, ruling.ask)
    for rule in behind:
        if late := too_late(rule, ruling.move):
            yield late
    yield from _years(ruling.move)
    yield from _no_effect(ruling, book)


def _unsettled(ruling: Ruling, book: Rulebook) -> Iterator[str]:
    move, ask = ruling.move, ruling.ask
    if ruling.status == SEVERAL:
        said = "; ".join(f"{book.decider(one.decider)} theo {one.rules[0].id}" for one in ruling.readings)
        yield (
            f"Các quy tắc cùng áp dụng nêu cơ quan khác nhau, không quy tắc nào nhường: {said}. "
            f"Hỏi {ask} trước khi trình."
        )
    if ruling.status == NOT_KNOWN:
        named = ", ".join(rule.id for rule in ruling.met)
        yield (
            f"Danh mục có {named} nhưng chưa xác định được cơ quan quyết định: hỏi {ask}, "
            "rồi ghi căn cứ bằng tay. Chưa có quy tắc nào được xác nhận."
        )
    if ruling.status == NO_RULE:
        yield (
            f"Danh mục chưa có quy tắc nào cho {book.words.kinds[move.kind]}, {book.words.levels[move.level]}, "
            f"{book.words.scopes[move.scope]}, vốn năm {move.year} dùng năm {move.used_in}, quyết định ngày "
            f"{day(move.on)}: hỏi {ask}, rồi ghi căn cứ bằng tay."
        )
    if ruling.status in (NO_RULE, NOT_KNOWN):
        for rule in book.speaking:
            if _touches(rule, move):
                yield f"{rule.id} có nhắc đến trường hợp này ({rule.cites}) nhưng danh mục chưa lập thành quy tắc."


def _touches(rule: Rule, move: Move) -> bool:
    """Does the row's text speak of the move's scope or level, all else being as the row says?"""
    scopes, levels = (rule.scope, *rule.speaks_of_scopes), (rule.level, *rule.speaks_of_levels)
    if move.scope not in scopes or move.level not in levels:
        return False
    as_the_row = Move(move.on, move.year, move.kind, rule.level, rule.scope, use_year=move.use_year, plan=move.plan)
    return rule.is_met_by(as_the_row)


def _unsure(rule: Rule, ask: str) -> Iterator[str]:
    if rule.confidence == "recalled":
        how = "ghi theo trí nhớ, độ chắc chắn thấp" if rule.low else "ghi theo trí nhớ, chưa đối chiếu văn bản"
        yield f"{rule.id} {how}: hỏi {ask} trước khi dùng."
    if rule.caveat and not rule.confirmed:
        yield f"{rule.id}: {rule.caveat}"


def too_late(rule: Rule, move: Move) -> str:
    """A sentence when the rule's deadline, a calendar day of the year of use, is over; empty otherwise."""
    if rule.deadline is None:
        return ""
    last = move.on.replace(year=move.used_in, month=rule.deadline.last[0], day=rule.deadline.last[1])
    if move.on <= last:
        return ""
    return f"Đã quá hạn theo {rule.id}: {rule.deadline.said} (tức {day(last)}, tính theo ngày lịch)."


def _years(move: Move) -> Iterator[str]:
    if move.use_year is None and move.used_in != move.year:
        yield (
            f"Không nói năm sử dụng: hiểu là vốn năm {move.year} đã chuyển sang dùng năm {move.used_in}. "
            "Nếu khác, hãy nêu năm sử dụng."
        )
    if move.on.year > move.used_in:
        yield f"Ngày quyết định {day(move.on)} đã qua năm sử dụng {move.used_in}: xem hạn giải ngân của vốn này."


def _no_effect(ruling: Ruling, book: Rulebook) -> Iterator[str]:
    rules = [*ruling.met, *(rule for reading in ruling.readings for rule in reading.rules)]
    for circumstance in ruling.move.circumstances:
        if not any(rule.turns_on(circumstance) for rule in rules):
            yield (
                f"Điều kiện “{book.words.circumstances[circumstance]}” không làm đổi câu trả lời: "
                "vào ngày này danh mục không có quy tắc nào dựa vào nó."
            )
