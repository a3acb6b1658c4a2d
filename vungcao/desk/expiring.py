"""Money that is lost if it is not spent, in an officer's words: the same for pages, briefing and command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vungcao.cube.expiring import Expiring, Expiry
from vungcao.kernel.vietnamese import day, money
from vungcao.law.deadlines import CARRIED, CLOSED, DEPENDS, OPEN, UNKNOWN_DAY
from vungcao.law.models import Confidence
from vungcao.ledger.extensions import Extension

STATES: Final = {
    OPEN: gettext_lazy("còn hạn"),
    DEPENDS: gettext_lazy("tùy cách đọc"),
    CLOSED: gettext_lazy("đã hết hạn"),
    CARRIED: gettext_lazy("hết hạn năm, có nghị quyết cho chuyển nguồn"),
    UNKNOWN_DAY: gettext_lazy("chưa rõ hạn"),
}


def named(one: Expiring) -> str:
    """Source with its budget levels: ``Vốn đầu tư, ngân sách trung ương``."""
    return ", ".join([one.name, *one.levels]) if one.source.endswith(":*") else one.name


def last_day_said(one: Expiring) -> str:
    """The last day; both where two readings differ; words where no text on file names one."""
    days = sorted({reading.until for reading in one.deadline.readings if reading.until})
    said = _(" hoặc ").join(day(until) for until in days)
    unsaid = len(days) and any(reading.until is None for reading in one.deadline.readings)
    return _("%(days)s, hoặc chưa rõ") % {"days": said} if unsaid else said or _("danh mục không ghi")


def left_said(one: Expiring) -> str:
    """``còn 31 ngày``, ``hôm nay là ngày cuối``, ``quá hạn 15 ngày``; nothing without a day."""
    if one.days_left is None:
        return ""
    if one.days_left == 0:
        return _("ngày cuối")
    if one.days_left > 0:
        return _("còn %(n)s ngày") % {"n": one.days_left}
    return _("quá %(n)s ngày") % {"n": -one.days_left}


@dataclass(frozen=True)
class Told:
    """One line as it is drawn."""

    one: Expiring

    @property
    def name(self) -> str:
        return named(self.one)

    @property
    def label(self) -> str:
        """What those hear who do not see the row: source, year of origin."""
        return _("%(what)s, vốn năm %(year)s") % {"what": self.name, "year": self.one.origin}

    @property
    def used(self) -> str:
        return f"{self.one.used}"

    @property
    def is_carried(self) -> bool:
        return self.one.origin != self.used

    @property
    def last_day(self) -> str:
        return last_day_said(self.one)

    @property
    def left(self) -> str:
        return left_said(self.one)

    @property
    def sure(self) -> str:
        return _(str(Confidence(self.one.deadline.confidence).label))

    @property
    def sure_sign(self) -> str:
        return "quiet" if self.one.deadline.confidence == Confidence.SOURCED else "warns"


@dataclass(frozen=True)
class Group:
    """Lines that share a fate, and what they add up to."""

    word: str
    sign: str
    lines: list[Expiring]
    most: int | None = None

    @property
    def told(self) -> list[Told]:
        """The lines that are shown: as many as there is room for, the first to close first."""
        return [Told(one) for one in self.lines[: self.most]]

    @property
    def more(self) -> int:
        """Lines that have no room; they are in the sum."""
        return len(self.lines) - len(self.told)

    @property
    def dong(self) -> int | None:
        """Their sum; ``None`` where nobody has said what was spent of any of them."""
        said = [one.unspent_dong for one in self.lines if one.unspent_dong is not None]
        return sum(said) if said else None

    @property
    def is_partial(self) -> bool:
        """Of some of the lines nobody has said what was spent: the sum is of the others."""
        return self.dong is not None and any(one.unspent_dong is None for one in self.lines)

    @property
    def title(self) -> str:
        return _("%(word)s (phần đã có số liệu)") % {"word": self.word} if self.is_partial else self.word


def extension_said(one: Extension) -> str:
    """A request and what came of it, with both papers."""
    said = {"dong": money(one.asked.dong), "paper": f"{one.asked.number}", "on": day(one.asked.asked_on)}
    if one.answer is None:
        return _("Đã đề nghị kéo dài %(dong)s đến %(until)s (%(paper)s ngày %(on)s): chưa trả lời.") % {
            **said, "until": day(one.asked.until),
        }  # fmt: skip
    if one.until is None:
        return _("Không được kéo dài %(dong)s (%(paper)s ngày %(on)s): %(cites)s.") % {**said, "cites": one.cites}
    words = _("Được kéo dài %(granted)s trong %(dong)s đã đề nghị (%(paper)s ngày %(on)s), đến %(until)s: %(cites)s.")
    return words % {
        **said, "granted": money(one.granted_dong), "until": day(one.until), "cites": one.cites,
    }  # fmt: skip


def groups(found: Expiry) -> list[Group]:
    """What is lost, what may be carried over, what will be lost, what has no known day; only what there is."""
    told = [
        (_("Đã mất: quá hạn, không có nghị quyết cho chuyển nguồn"), "fails", (CLOSED,)),
        (_("Quá hạn năm: chỉ còn dùng được nếu thuộc diện chuyển nguồn"), "warns", (CARRIED,)),
        (_("Sẽ mất nếu không giải ngân kịp hạn"), "warns", (OPEN, DEPENDS)),
        (_("Chưa rõ hạn"), "warns", (UNKNOWN_DAY,)),
    ]
    made = [Group(word, sign, [one for one in found.lines if one.state in states]) for word, sign, states in told]
    return [group for group in made if group.lines]


def notes(found: Expiry) -> list[str]:
    """What must be said beside the lines, each once."""
    return list(dict.fromkeys(_notes(found)))


def _notes(found: Expiry) -> Iterator[str]:
    if found.not_split_dong and found.lines:
        yield _("Có %(dong)s giải ngân chưa chia theo nguồn, năm: mỗi dòng có thể còn ít hơn.") % {
            "dong": money(found.not_split_dong, decimals=1)
        }
    for one in found.lines:
        yield from _of_line(one)


def _of_line(one: Expiring) -> Iterator[str]:
    rule = one.deadline
    if not rule.rules:
        yield _("%(what)s, năm %(year)s: danh mục chưa có quy tắc về hạn, hỏi %(ask)s.") % {
            "what": named(one),
            "year": one.origin,
            "ask": rule.ask,
        }
    elif rule.first is None:
        yield _("%(rules)s (%(cites)s) không ghi ngày cuối: hỏi %(ask)s.") % {
            "rules": ", ".join(rule.rules),
            "cites": rule.cites,
            "ask": rule.ask,
        }
    elif rule.until is None:
        yield _("%(what)s, năm %(year)s: các luật nói khác nhau (%(cites)s), hỏi %(ask)s trước khi giải ngân.") % {
            "what": named(one),
            "year": one.origin,
            "cites": rule.cites,
            "ask": rule.ask,
        }
    for reading in rule.readings:
        if reading.rules and reading.confidence == Confidence.RECALLED:
            yield _("%(rule)s ghi theo trí nhớ, chưa đối chiếu văn bản: hỏi %(ask)s trước khi dùng.") % {
                "rule": ", ".join(reading.rules),
                "ask": rule.ask,
            }
    for asked in one.extensions:
        yield extension_said(asked)
    for late in one.added:
        yield _("%(dong)s %(what)s giao sau 30/9/%(year)s có hạn %(day)s (%(cites)s).") % {
            "dong": money(late.dong),
            "what": one.name,
            "year": one.origin,
            "day": _(" hoặc ").join(day(r.until) for r in late.deadline.readings if r.until),
            "cites": late.deadline.cites,
        }
    for onward in rule.onward if one.state == CARRIED else ():
        how = _(", ghi theo trí nhớ") if onward.confidence == Confidence.RECALLED else ""
        yield _("%(cites)s (%(rule)s%(how)s): %(money)s; khoản nào thuộc diện này thì Ban phải xác định.") % {
            "cites": onward.cites,
            "rule": onward.rule,
            "how": how,
            "money": onward.money_said,
        }
