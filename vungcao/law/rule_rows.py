"""Reading one row of the decision table, from the shipped file or from a local row: strict, refused in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from django.utils.translation import gettext as _

from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import after_last_day
from vungcao.law.rules import ANY_KIND, FLAGS, PLANS, Branch, ClosingDay, Deadline, Extension, Money, Rule, Spared

T = TypeVar("T")
CONFIDENCES: Final = ("sourced", "recalled", "unknown")
_ID: Final = re.compile(r"[A-Z]{2,4}-[0-9]{2,4}")
_MONTH_DAY: Final = re.compile(r"(\d\d)-(\d\d)")
_EVERYWHERE: Final = "*"
_NAMES: Final = frozenset(
    {
        *("id", "regime", "from", "last_day", "kind", "level", "scope", "cites", "confidence", "low", "seen_in"),
        *("decider", "allowed", "when", "otherwise", "only_if", "plan", "money", "money_said", "conditions"),
        *("proposer", "consult", "deadline", "expected", "instead_of", "adds_conditions", "prevails_over"),
        *("read_beside", "also_speaks_of", "closing", "carried_until", "spares", "caveat", "note"),
    }
)


class BadRule(Refusal):
    """A row that can't be a rule."""

    code = "rule.unreadable"


@dataclass(frozen=True)
class Words:
    """The codes that rows and questions may use, with their Vietnamese names."""

    kinds: Mapping[str, str]
    levels: Mapping[str, str]
    scopes: Mapping[str, str]
    deciders: Mapping[str, str]
    circumstances: Mapping[str, str]


def read_rule(row: Mapping[str, Any], words: Words, *, local: bool = False) -> Rule:
    """The rule that a row says; raises ``BadRule`` naming the row, the entry and what would be right."""
    return _Reader(row, words).rule(local)


class _Reader:
    def __init__(self, row: Mapping[str, Any], words: Words) -> None:
        self.row, self.words = row, words
        self.id = str(row.get("id", ""))

    def refuse(self, what: str) -> BadRule:
        return BadRule(
            _("Quy tắc %(rule)s: %(what)s") % {"rule": self.id or _("(chưa có mã)"), "what": what}, rule=self.id
        )

    def rule(self, local: bool) -> Rule:
        row = self.row
        if not _ID.fullmatch(self.id):
            raise self.refuse(_("mã phải gồm 2-4 chữ in hoa, gạch nối và số, ví dụ DP-01."))
        if strange := sorted(set(row) - _NAMES):
            raise self.refuse(_("không có mục nào tên %(strange)s.") % {"strange": ", ".join(strange)})
        stands_in = bool(row.get("instead_of"))
        begins, ends = self.day("from"), after_last_day(self.day("last_day"))
        if begins and ends and ends <= begins:
            raise self.refuse(_("ngày cuối đứng trước ngày đầu."))
        plan, only_if = self.one_of("plan", PLANS), self.one_of("only_if", FLAGS)
        speaks = row.get("also_speaks_of") or {}
        return Rule(
            id=self.id,
            valid_from=begins,
            valid_to=ends,
            kind=self.code("kind", {**self.words.kinds, ANY_KIND: ""}),
            level=_EVERYWHERE if stands_in else self.code("level", self.words.levels),
            scope=_EVERYWHERE if stands_in else self.code("scope", self.words.scopes),
            cites=str(row.get("cites") or ""),
            confidence=self.code("confidence", dict.fromkeys(CONFIDENCES, "")),
            decider=self.decider("decider"),
            allowed=row.get("allowed"),
            regime=str(row.get("regime") or ""),
            when=str(row.get("when") or ""),
            otherwise=tuple(self.branch(said) for said in row.get("otherwise") or ()),
            only_if=only_if,
            plan=plan,
            money=tuple(self.money(said) for said in row.get("money") or ()),
            money_said=str(row.get("money_said") or ""),
            conditions=self.texts("conditions"),
            proposer=self.decider("proposer"),
            consult=self.texts("consult"),
            deadline=self.deadline(),
            expected=self.decider("expected"),
            instead_of=self.decider("instead_of"),
            adds_conditions=bool(row.get("adds_conditions")),
            prevails_over=self.texts("prevails_over"),
            read_beside=self.texts("read_beside"),
            speaks_of_scopes=tuple(speaks.get("scopes", ())),
            speaks_of_levels=tuple(speaks.get("levels", ())),
            closing=self.closing(),
            carried_until=self.day("carried_until"),
            spares=tuple(self.spared(said) for said in row.get("spares") or ()),
            low=bool(row.get("low")),
            seen_in=str(row.get("seen_in") or ""),
            caveat=str(row.get("caveat") or ""),
            note=str(row.get("note") or ""),
            local=local,
        )

    def code(self, name: str, known: Mapping[str, str]) -> str:
        said = self.row.get(name)
        if said not in known:
            raise self.refuse(
                _("%(name)s là %(said)r; chỉ được dùng: %(known)s.")
                % {"name": name, "said": said, "known": ", ".join(known)}
            )
        return str(said)

    def one_of(self, name: str, known: tuple[str, ...]) -> str:
        return self.code(name, dict.fromkeys(known, "")) if self.row.get(name) else ""

    def decider(self, name: str) -> str:
        return self.code(name, self.words.deciders) if self.row.get(name) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        said = self.row.get(name) or ()
        if isinstance(said, str) or not all(isinstance(one, str) for one in said):
            raise self.refuse(_("%(name)s phải là một danh sách câu chữ.") % {"name": name})
        return tuple(said)

    def day(self, name: str) -> date | None:
        said = self.row.get(name)
        if said is None or isinstance(said, date):
            return said
        return self._try(
            lambda: date.fromisoformat(said),
            _("%(name)s là %(said)r; ngày viết 2024-01-18.") % {"name": name, "said": said},
        )

    def branch(self, said: Mapping[str, Any]) -> Branch:
        decider, on = said.get("decider"), said.get("if", "")
        if decider not in self.words.deciders or (on and on not in (*FLAGS, *PLANS)) or not said.get("when"):
            raise self.refuse(
                _("otherwise là %(said)r; cần cơ quan (decider), khi nào (when), điều kiện (if).")
                % {"said": dict(said)}
            )
        return Branch(str(decider), str(said["when"]), str(on))

    def money(self, said: Mapping[str, Any]) -> Money:
        def read() -> Money:
            years = said.get("origin") or [None, int(said["origin_to"])]
            first = None if years[0] is None else min(int(year) for year in years)
            return Money(first, max(int(year) for year in years if year is not None), int(said["used"]))

        return self._try(read, _("money là %(said)r; viết {origin: [2023], used: 2024}.") % {"said": dict(said)})

    def spared(self, said: Mapping[str, Any]) -> Spared:
        if set(said) != {"code", "said", "confidence"} or said["confidence"] not in CONFIDENCES:
            raise self.refuse(
                _("spares là %(said)r; viết {code: …, said: …, confidence: sourced}.") % {"said": dict(said)}
            )
        return Spared(str(said["code"]), str(said["said"]), str(said["confidence"]))

    def deadline(self) -> Deadline | None:
        said = self.row.get("deadline")
        if not said:
            return None
        sentence = _("deadline là %(said)r; viết {said: …, last: 11-15}.") % {"said": said}
        return self._try(lambda: Deadline(str(said["said"]), self.month_day(said["last"])), sentence)

    def closing(self) -> ClosingDay | None:
        said = self.row.get("closing")
        if not said:
            return None
        return self._try(
            lambda: self.closing_day(said), _("closing là %(said)r; cần ít nhất day và then.") % {"said": said}
        )

    def closing_day(self, said: Mapping[str, Any]) -> ClosingDay:
        late, extension = said.get("added_after"), said.get("extension")
        return ClosingDay(
            day=self.month_day(said["day"]),
            then=str(said["then"]),
            added_after=self.month_day(late["day"]) if late else None,
            added_closes=self.month_day(late["closes"]) if late else None,
            phase_end=bool(said.get("phase_end")),
            extension=Extension(
                until=self.month_day(extension["until"]) if extension.get("until") else None,
                when=str(extension.get("when") or ""),
                confidence=str(extension["confidence"]),
            )
            if extension
            else None,
        )

    def month_day(self, said: str) -> tuple[int, int]:
        found = _MONTH_DAY.fullmatch(said)
        if not found:
            raise self.refuse(_("ngày trong năm %(said)r không đọc được; viết 01-31 (tháng-ngày).") % {"said": said})
        return int(found[1]), int(found[2])

    def _try(self, read: Callable[[], T], sentence: str) -> T:
        try:
            return read()
        except (KeyError, TypeError, ValueError):
            raise self.refuse(sentence) from None
