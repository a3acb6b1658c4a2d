"""Extensions as they stand on a day, the last day they give some money, and what is wrong with them.

A request is a paper of a unit, an answer a paper of another body: both are always stored, and flagged where they
contradict the rules or the books.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from vungcao.bodies.queries import naming as body_naming
from vungcao.evidence.keeping import known_at
from vungcao.kernel.refusal import Finding
from vungcao.kernel.vietnamese import day
from vungcao.kernel.years import Years
from vungcao.law.carrying import EXTENSION, Permission, permissions, told
from vungcao.law.closing import close
from vungcao.law.deadlines import Deadline, Reading
from vungcao.law.queries import rulebook
from vungcao.ledger.dossiers.fault import Fault
from vungcao.ledger.models import Entry, ExtensionAnswer, ExtensionAsked
from vungcao.ledger.regions import Region
from vungcao.ledger.signing import signs
from vungcao.ui.amounts import money

ASKED: Final = "asked"
AFTERWARDS: Final = "hết thời hạn được kéo dài thì không được giải ngân tiếp"


@dataclass(frozen=True)
class Extension:
    """A request and the answer that stands to it on a day."""

    asked: ExtensionAsked
    answer: ExtensionAnswer | None

    @property
    def state(self) -> str:
        """Asked, granted, partly, refused."""
        return self.answer.outcome if self.answer else ASKED

    @property
    def state_said(self) -> str:
        return str(self.answer.get_outcome_display()) if self.answer else _("Đã đề nghị, chưa trả lời")

    @property
    def granted_dong(self) -> int:
        return (self.answer.dong or 0) if self.answer else 0

    @property
    def until(self) -> date | None:
        """The last day that is granted."""
        return self.answer.until if self.answer else None

    @property
    def cites(self) -> str:
        """The papers, the answer first: ``12/QĐ-TTg ngày 20/01/2025 của Thủ tướng Chính phủ``."""
        if self.answer is None:
            who = body_naming(self.asked.asked_by_id, self.asked.asked_on)[0]
            of = {"number": self.asked.number, "day": day(self.asked.asked_on), "who": who}
            return _("%(number)s ngày %(day)s của %(who)s") % of
        who = body_naming(self.answer.decided_by_id, self.answer.dated)[0]
        of = {"number": self.answer.number, "day": day(self.answer.dated), "who": who}
        return _("%(number)s ngày %(day)s của %(who)s") % of

    def deadline(self) -> Deadline:
        """The last day of what is granted, resting on its paper."""
        ground = _ground(self.asked, self.answer.dated) if self.answer else None
        rules = (ground.rule.id,) if ground else ("kéo dài",)
        reading = Reading(self.until, AFTERWARDS, rules, self.cites, "sourced")
        return Deadline((reading,), "Sở Tài chính")

    def as_json(self) -> dict[str, Any]:
        asked, answer = self.asked, self.answer
        return {
            "id": asked.pk, "state": self.state, "component": asked.component.code, "body": asked.body.key,
            "place": asked.place.key, "source": asked.source.code, "field": asked.field.code,
            "object": asked.spending_object.code, "year_origin": asked.year_origin, "year_use": asked.year_use,
            "asked_dong": asked.dong, "asked_by": asked.asked_by.key, "asked_on": f"{asked.asked_on}",
            "asked_number": asked.number, "asked_until": f"{asked.until}", "reason": asked.reason,
            "granted_dong": self.granted_dong if answer else None, "until": f"{self.until}" if self.until else None,
            "answer_number": answer.number if answer else None, "answered_on": f"{answer.dated}" if answer else None,
            "decided_by": answer.decided_by.key if answer else None,
        }  # fmt: skip


def extensions_on(on: date, *, known: int | None = None) -> list[Extension]:
    """Every request dated up to a day, with the answer of the latest paper up to that day; in the order of asking."""
    rows = ExtensionAsked.objects.filter(known_at(known), asked_on__lte=on).select_related(
        "component", "body", "place", "source", "field", "spending_object", "asked_by"
    )
    asked = list(rows.order_by("asked_on", "pk"))
    if not asked:
        return []
    said: dict[int, dict[int, ExtensionAnswer]] = defaultdict(dict)
    answers = ExtensionAnswer.objects.filter(known_at(known), dated__lte=on).select_related("decided_by").order_by("pk")
    for answer in answers:
        said[answer.asked_id].pop(answer.replaces_id or 0, None)
        said[answer.asked_id][answer.pk] = answer
    return [Extension(row, next(reversed(said[row.pk].values()), None)) for row in asked]


def granted_for(
    account: Region, on: date, *, known: int | None = None, among: Sequence[Extension] | None = None
) -> list[Extension]:
    """What is granted, by papers up to a day, of one account, or of the same one a year earlier, whose money has since
    been carried over into it. ``among``: those of the day, where they have been asked for already.
    """
    found = []
    for one in extensions_on(on, known=known) if among is None else among:
        region = Region.of(one.asked)
        years = {region.year_use, f"{int(region.year_use) + 1}"}
        same = Region(**{**vars(region), "year_use": account.year_use}) == account
        if one.granted_dong and same and account.year_use in years:
            found.append(one)
    return found


def faults(one: Extension) -> Iterator[Fault]:
    """What the books and the rules say against a request and its answer; figure and article."""
    asked, answer = one.asked, one.answer
    ground = _ground(asked, answer.dated if answer else asked.asked_on)
    where = f"{body_naming(asked.body_id, asked.asked_on)[0]}, {asked.component.code}, {asked.source.name}"
    cites = told(ground) if ground else _no_ground(asked)
    held = _held(asked)
    of = {
        "where": where, "asked": money(asked.dong), "day": day(asked.asked_on), "held": money(held),
        "origin": asked.year_origin, "used": asked.year_use,
    }  # fmt: skip
    if asked.dong > held:
        said = _("%(where)s: đề nghị kéo dài %(asked)s mà ngày %(day)s chỉ có %(held)s.") % of
        yield Fault("extension.not_there", said, cites)
    if ground is None:
        said = _(
            "%(where)s: đề nghị kéo dài %(asked)s, vốn năm %(origin)s dùng năm %(used)s, mà danh mục không có điều nào "
            "cho kéo dài."
        )
        yield Fault("extension.no_rule", said % of, cites)
    if answer is None:
        return
    yield from _of_answer(one, ground, where, cites)


def _of_answer(one: Extension, ground: Permission | None, where: str, cites: str) -> Iterator[Fault]:
    asked, answer = one.asked, one.answer
    assert answer is not None
    of = {"where": where, "asked": money(asked.dong), "granted": money(one.granted_dong)}
    if answer.dated < asked.asked_on:
        of |= {"answer": f"{answer}", "request": f"{asked}"}
        said = _("%(where)s: trả lời %(answer)s trước đề nghị %(request)s (%(asked)s).") % of
        yield Fault("extension.before_its_base", said, cites)
    if one.granted_dong > asked.dong:
        said = _("%(where)s: cho kéo dài %(granted)s, nhiều hơn %(asked)s đã đề nghị.") % of
        yield Fault("extension.more_than_asked", said, cites)
    if ground is None or not one.granted_dong:
        return
    if ground.until and answer.until and answer.until > ground.until:
        of |= {"until": day(answer.until), "last": day(ground.until)}
        said = _("%(where)s: %(granted)s được kéo dài đến %(until)s, quá %(last)s.") % of
        yield Fault("extension.too_long", said, cites)
    if not signs(ground.rule.decider, answer.decided_by, answer.dated):
        of |= {"paper": one.cites, "decider": rulebook().decider(ground.rule.decider)}
        said = _("%(where)s: %(paper)s cho kéo dài %(granted)s; theo danh mục thì thẩm quyền là %(decider)s.") % of
        yield Fault("extension.granted_by_another", said, cites)


def findings() -> Iterator[Finding]:
    """Requests and answers that contradict the rules or the books: stored, and named."""
    for one in extensions_on(date.max):
        for fault in faults(one):
            yield Finding("ledger", fault.code, f"{one.asked.number}|{one.asked.pk}", str(fault))


def _ground(asked: ExtensionAsked, on: date) -> Permission | None:
    """The rule of a day by which such money may be extended."""
    if not (asked.year_origin.isdigit() and asked.year_use.isdigit()):
        return None
    kind, level = asked.source.kind, asked.source.level
    found = permissions(kind, level, int(asked.year_origin), int(asked.year_use), rulebook())
    return next((one for one in found if one.way == EXTENSION and one.is_in_force(on)), None)


def _no_ground(asked: ExtensionAsked) -> str:
    closing = close(asked.source.kind, asked.source.level, Years.parse(asked.year_origin).first, rulebook())
    cites = "; ".join(f"{', '.join(rule.id for rule in one.rules)}: {one.cites}" for one in closing.readings)
    return cites or _("danh mục chưa có quy tắc; hỏi %(whom)s") % {"whom": closing.ask}


def _held(asked: ExtensionAsked) -> int:
    """What the account has on the day of asking."""
    rows = Entry.objects.filter(voucher__dated__lte=asked.asked_on, account__is_contra=False)
    columns = {f"account__{name}": value for name, value in Region.of(asked).columns().items()}
    return sum(rows.filter(**columns).values_list("dong", flat=True))
