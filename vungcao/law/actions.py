"""Verbs of law: an administrator adds, confirms or retires a rule of the decision table, with its paper and his name.

Shipped rows stay as they are; each verb writes one overlay. Every refusal is a sentence in Vietnamese.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vungcao.evidence.actions import SYSTEM, Signer, acting, cite, lock, record
from vungcao.evidence.models import Act, SourceKind
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import day, nfc
from vungcao.law.models import RuleChange, RuleOverlay
from vungcao.law.precedence import unordered
from vungcao.law.queries import rulebook
from vungcao.law.rule_rows import read_rule
from vungcao.law.rulebook import Rulebook, shipped
from vungcao.law.rules import UNKNOWN, Rule


class NotSigned(Refusal):
    """A rule changes only by a person's name and a paper."""

    code = "rule.not_signed"


class NoSuchRule(Refusal):
    """No rule of that id stands."""

    code = "rule.absent"


class RuleIsThere(Refusal):
    """The id, or the change, stands already."""

    code = "rule.there"


class RulesMeet(Refusal):
    """The table would hold rules that contradict each other with nothing to put them in order."""

    code = "rule.meets"


class NothingToConfirm(Refusal):
    """The rule names no decider, or needs no confirmation."""

    code = "rule.nothing_to_confirm"


@dataclass(frozen=True)
class Citation:
    """The paper that a change rests on: its number, the article, when and by whom it was issued."""

    number: str
    article: str
    dated: date | None = None
    issuer: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (nfc(self.number), nfc(self.article)) if part)


def add_rule(*, row: Mapping[str, Any], citation: Citation, by: Signer) -> RuleOverlay:
    """Add a local rule in the words of the file; ``cites`` is the citation, ``confidence`` unsaid is ``sourced``.

    Refused when the id is taken, a code is unknown, or the rule meets one that names another decider and says neither
    ``prevails_over`` nor ``read_beside``.
    """
    said = {"confidence": "sourced", **row, "cites": str(citation)}
    rule = read_rule(said, shipped().words, local=True)
    if not rule.decider:
        raise RuleIsThere(_("Quy tắc %(rule)s phải nêu cơ quan quyết định.") % {"rule": rule.id})
    with _changing("law.rule_added", citation, by) as (act, book):
        if rule.id in book.by_id:
            raise RuleIsThere(_("Mã %(rule)s đã có trong danh mục; quy tắc mới phải mang mã khác.") % {"rule": rule.id})
        for other in (*rule.prevails_over, *rule.read_beside):
            _standing(other, book)
        kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}
        overlay = _write(act, RuleChange.ADD, rule.id, citation, rule.valid_from, rule.valid_to, row=kept)
        _still_in_order(book)
    return overlay


def confirm_rule(*, rule: str, citation: Citation, by: Signer) -> RuleOverlay:
    """Say that a recalled rule was found in its text: from now on it counts as sourced."""
    with _changing("law.rule_confirmed", citation, by) as (act, book):
        found = _standing(rule, book)
        if not found.decider or found.decider == UNKNOWN:
            raise NothingToConfirm(
                _(
                    "%(rule)s chưa nêu cơ quan quyết định nên không xác nhận được: hãy thêm quy tắc mới, ghi "
                    "prevails_over: [%(rule)s]."
                )
                % {"rule": rule}
            )
        if found.confidence == "sourced" and not found.low:
            raise NothingToConfirm(
                _("%(rule)s đã có nguồn (%(cites)s); không cần xác nhận.") % {"rule": rule, "cites": found.cites}
            )
        return _write(act, RuleChange.CONFIRM, rule, citation)


def retire_rule(*, rule: str, citation: Citation, by: Signer, on: date | None = None) -> RuleOverlay:
    """Take a rule out of use from decisions of ``on``; without it, for every day. The shipped row stays in the file."""
    with _changing("law.rule_retired", citation, by) as (act, book):
        found = _standing(rule, book)
        if RuleOverlay.objects.standing().filter(rule=rule, change=RuleChange.RETIRE).exists():
            raise RuleIsThere(
                _("%(rule)s đã được thôi dùng; hãy rút lần thôi dùng trước rồi ghi lại.") % {"rule": rule}
            )
        if on and ((found.valid_to and on >= found.valid_to) or (found.valid_from and on < found.valid_from)):
            raise NoSuchRule(
                _("%(rule)s không có hiệu lực vào ngày %(day)s nên không thể thôi dùng từ ngày ấy.")
                % {"rule": rule, "day": day(on)}
            )
        overlay = _write(act, RuleChange.RETIRE, rule, citation, on)
        _still_in_order(book)
    return overlay


def withdraw_change(*, rule: str, change: str, citation: Citation, by: Signer) -> None:
    """Take back a local change that was a mistake. Taking back an added rule takes back what was said of it, too."""
    with _changing("law.rule_change_withdrawn", citation, by) as (act, book):
        rows = RuleOverlay.objects.standing().filter(rule=rule)
        asked = rows.filter(change=change).first()
        if asked is None:
            raise NoSuchRule(
                _("%(rule)s không có thay đổi nào loại “%(kind)s” đang có hiệu lực.")
                % {"rule": rule, "kind": _(RuleChange(change).label)}
            )
        (rows if change == RuleChange.ADD else rows.filter(change=change)).end(act)
        record(act, asked, before={"rule": rule, "change": change}, after={"withdrawn": str(citation)})
        _still_in_order(book)


@contextmanager
def _changing(verb: str, citation: Citation, by: Signer) -> Iterator[tuple[Act, Rulebook]]:
    """One change at a time, signed and cited; gives its act and the table before it."""
    if by.snapshot == SYSTEM or not by.snapshot.name.strip():
        raise NotSigned(_("Thay đổi quy tắc phải có người ký: hãy đăng nhập bằng tài khoản của người quản trị."))
    if not nfc(citation.number) or not nfc(citation.article):
        raise NotSigned(_("Thay đổi quy tắc phải có căn cứ: ghi số văn bản và điều, khoản."))
    with acting(verb, by=by, reason=str(citation)) as act:
        lock("law.rules")
        yield act, rulebook()


def _standing(rule: str, book: Rulebook) -> Rule:
    if rule not in book.by_id:
        raise NoSuchRule(_("Danh mục không có quy tắc %(rule)s.") % {"rule": rule})
    return book.by_id[rule]


def _write(
    act: Act,
    change: RuleChange,
    rule: str,
    citation: Citation,
    valid_from: date | None = None,
    valid_to: date | None = None,
    row: Mapping[str, Any] | None = None,
) -> RuleOverlay:
    if RuleOverlay.objects.standing().filter(rule=rule, change=change).exists():
        raise RuleIsThere(_("%(rule)s: đã có lần %(kind)s đang có hiệu lực.") % {"rule": rule, "kind": _(change.label)})
    number = nfc(citation.number)
    source = cite(
        act=act, kind=SourceKind.PAPER, name=number, number=number, dated=citation.dated, issuer=nfc(citation.issuer)
    )
    overlay = RuleOverlay.objects.create(
        act=act,
        rule=rule,
        change=change,
        row=row,
        cites=str(citation),
        source=source,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    record(act, overlay, after={"rule": rule, "change": change.value, "cites": str(citation), "row": row})
    return overlay


def _still_in_order(before: Rulebook) -> None:
    """Refuse a change that leaves two rules in contradiction that were not so before."""
    known = {(one.id, other.id) for one, other in unordered(before.rules)}
    new = [(one, other) for one, other in unordered(rulebook().rules) if (one.id, other.id) not in known]
    if new:
        said = "; ".join(
            _("%(one)s và %(other)s") % {"one": f"{one.id} ({one.cites})", "other": f"{other.id} ({other.cites})"}
            for one, other in new
        )
        raise RulesMeet(
            _(
                "Các quy tắc cùng áp dụng mà nêu cơ quan khác nhau: %(said)s. Hãy nói quy tắc nào đi trước "
                "(prevails_over), hoặc để cả hai cách đọc (read_beside)."
            )
            % {"said": said}
        )
