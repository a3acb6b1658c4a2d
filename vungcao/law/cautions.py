"""What an officer must be told beside a ruling: how sure it is, too late, taken as said, of no effect, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from vungcao.kernel.vietnamese import day
from vungcao.law.rulebook import Rulebook
from vungcao.law.rules import Move, Rule
from vungcao.law.ruling import NO_RULE, NOT_KNOWN, SEVERAL, Ruling


def cautions(ruling: Ruling, book: Rulebook) -> Iterator[str]:
    """Sentences in the language of who asks, the weightiest first."""
    behind = [rule for reading in ruling.readings for rule in reading.rules]
    yield from _unsettled(ruling, book)
    for rule in behind:
        yield from unsure(rule, ruling.ask)
    for rule in behind:
        if late := too_late(rule, ruling.move):
            yield late
    yield from _years(ruling.move)
    yield from _no_effect(ruling, book)


def _unsettled(ruling: Ruling, book: Rulebook) -> Iterator[str]:
    move, ask = ruling.move, ruling.ask
    if ruling.status == SEVERAL:
        yield several(ruling, book)
    if ruling.status == NOT_KNOWN:
        yield _(
            "Danh mục có %(rules)s nhưng chưa xác định được cơ quan quyết định: hỏi %(whom)s, rồi ghi căn cứ bằng tay. "
            "Chưa có quy tắc nào được xác nhận."
        ) % {"rules": ", ".join(rule.id for rule in ruling.met), "whom": ask}
    if ruling.status == NO_RULE:
        yield _(
            "Danh mục chưa có quy tắc nào cho %(kind)s, %(level)s, %(scope)s, vốn năm %(year)s dùng năm %(used)s, "
            "quyết định ngày %(day)s: hỏi %(whom)s, rồi ghi căn cứ bằng tay."
        ) % {
            "kind": book.words.kinds[move.kind], "level": book.words.levels[move.level],
            "scope": book.words.scopes[move.scope], "year": move.year, "used": move.used_in, "day": day(move.on),
            "whom": ask,
        }  # fmt: skip
    if ruling.status in (NO_RULE, NOT_KNOWN):
        for rule in book.speaking:
            if _touches(rule, move):
                yield not_made_a_rule(rule)


def not_made_a_rule(rule: Rule) -> str:
    """That a text speaks of the case, and no row of the table is made of it."""
    return _("%(rule)s có nhắc đến trường hợp này (%(cites)s) nhưng danh mục chưa lập thành quy tắc.") % {
        "rule": rule.id, "cites": rule.cites,
    }  # fmt: skip


def several(ruling: Ruling, book: Rulebook) -> str:
    """That the rules name different bodies and none gives way: no longer so where one of them was chosen."""
    by = _("%(decider)s theo %(rule)s")
    said = [by % {"decider": book.decider(one.decider), "rule": one.rules[0].id} for one in ruling.readings]
    return _(
        "Các quy tắc cùng áp dụng nêu cơ quan khác nhau, không quy tắc nào nhường: %(said)s. Hỏi %(whom)s trước khi "
        "trình."
    ) % {"said": "; ".join(said), "whom": ruling.ask}


def _touches(rule: Rule, move: Move) -> bool:
    """Does the row's text speak of the move's scope or level, all else being as the row says?"""
    scopes, levels = (rule.scope, *rule.speaks_of_scopes), (rule.level, *rule.speaks_of_levels)
    if move.scope not in scopes or move.level not in levels:
        return False
    as_the_row = Move(move.on, move.year, move.kind, rule.level, rule.scope, use_year=move.use_year, plan=move.plan)
    return rule.is_met_by(as_the_row)


def unsure(rule: Rule, ask: str) -> Iterator[str]:
    """That a rule was not held against its text, and what is to be known of it."""
    if rule.confidence == "recalled":
        low = _("%(rule)s ghi theo trí nhớ, độ chắc chắn thấp: hỏi %(whom)s trước khi dùng.")
        unseen = _("%(rule)s ghi theo trí nhớ, chưa đối chiếu văn bản: hỏi %(whom)s trước khi dùng.")
        yield (low if rule.low else unseen) % {"rule": rule.id, "whom": ask}
    if rule.caveat and not rule.confirmed:
        yield f"{rule.id}: {rule.caveat}"


def too_late(rule: Rule, move: Move) -> str:
    """A sentence when the rule's deadline, a calendar day of the year of use, is over; empty otherwise."""
    if rule.deadline is None:
        return ""
    last = move.on.replace(year=move.used_in, month=rule.deadline.last[0], day=rule.deadline.last[1])
    if move.on <= last:
        return ""
    return _("Đã quá hạn theo %(rule)s: %(said)s (tức %(day)s, tính theo ngày lịch).") % {
        "rule": rule.id, "said": rule.deadline.said, "day": day(last),
    }  # fmt: skip


def _years(move: Move) -> Iterator[str]:
    if move.use_year is None and move.used_in != move.year:
        yield _(
            "Không nói năm sử dụng: hiểu là vốn năm %(year)s đã chuyển sang dùng năm %(used)s. Nếu khác, hãy nêu năm "
            "sử dụng."
        ) % {"year": move.year, "used": move.used_in}
    if move.on.year > move.used_in:
        yield _("Ngày quyết định %(day)s đã qua năm sử dụng %(used)s: xem hạn giải ngân của vốn này.") % {
            "day": day(move.on), "used": move.used_in,
        }  # fmt: skip


def _no_effect(ruling: Ruling, book: Rulebook) -> Iterator[str]:
    rules = [*ruling.met, *(rule for reading in ruling.readings for rule in reading.rules)]
    for circumstance in ruling.move.circumstances:
        if not any(rule.turns_on(circumstance) for rule in rules):
            yield no_effect(circumstance, book)


def no_effect(circumstance: str, book: Rulebook) -> str:
    """That a circumstance claimed changes nothing."""
    return _(
        "Điều kiện “%(what)s” không làm đổi câu trả lời: vào ngày này danh mục không có quy tắc nào dựa vào nó."
    ) % {"what": book.words.circumstances[circumstance]}
