"""The story of one record: every act that wrote it or a part of it, who, when, why, and what it changed.

One shape for every record page (``desk/parts/story.html``): account, voucher, statement, batch, dossier, place, rule.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vungcao.bodies.models import BatchState
from vungcao.desk.act_words import in_words
from vungcao.evidence.models import Act, AuditRow
from vungcao.kernel.vietnamese import day
from vungcao.law.models import RuleChange
from vungcao.ledger.models import VoucherKind

_DAY: Final = re.compile(r"[12]\d{3}-\d{2}-\d{2}")
MOST: Final = 50  # acts shown; a record with more says how many there are


@dataclass(frozen=True)
class Change:
    """One column of one thing: what it was, what it became."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """One act, as far as it touched the record."""

    act: Act
    no: int
    word: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Story:
    """Acts, the newest first; ``more`` older ones are not shown."""

    events: tuple[Event, ...]
    more: int = 0


def story(things: Iterable[tuple[str, object]], acts: Iterable[int] = ()) -> Story:
    """What was done to some things (label of the model, key), and the acts that wrote their rows, told or not."""
    asked = Q(pk__in=[])
    for subject, key in dict.fromkeys(things):
        asked |= Q(subject=subject, key=f"{key}")
    rows: dict[int, list[AuditRow]] = defaultdict(list)
    wrote: dict[int, Act] = {}
    for row in AuditRow.objects.filter(asked).select_related("act__numbered").order_by("pk"):
        rows[row.act_id].append(row)
        wrote[row.act_id] = row.act
    if untold := set(acts) - wrote.keys():
        wrote |= {act.pk: act for act in Act.objects.filter(pk__in=untold).select_related("numbered")}
    numbered = [act for act in wrote.values() if hasattr(act, "numbered")]
    shown = sorted(numbered, key=lambda act: -act.numbered.no)[:MOST]
    events = tuple(_event(act, rows.get(act.pk, [])) for act in shown)
    return Story(events, max(0, len({*rows, *acts}) - MOST) if len(shown) == MOST else 0)


def _event(act: Act, rows: list[AuditRow]) -> Event:
    told = tuple(change for row in rows for change in changes(row.before, row.after))
    return Event(act, act.numbered.no, in_words(act.verb), told)


def changes(before: object, after: object) -> list[Change]:
    """Name, before, after of an audit row; what stayed the same is left out."""
    old, new = (side if isinstance(side, dict) else {} for side in (before, after))
    names = dict.fromkeys([*old, *new])
    told = [
        Change(f"{COLUMNS.get(name, name)}", _said(name, old.get(name)), _said(name, new.get(name))) for name in names
    ]
    return [one for one in told if one.before != one.after]


def _said(name: str, value: object) -> str:
    if value is None or value == "":
        return "–"
    if name in VALUES and isinstance(value, str):
        return _(VALUES[name].get(value, value))
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):  # a text of that shape that is no day stays as it is
            return day(date.fromisoformat(value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


COLUMNS: Final[dict[str, Any]] = {
    "state": gettext_lazy("Bước"),
    "step": gettext_lazy("Bước"),
    "reason": gettext_lazy("Lý do"),
    "number": gettext_lazy("Số văn bản"),
    "dated": gettext_lazy("Ngày văn bản"),
    "kind": gettext_lazy("Loại"),
    "entries": gettext_lazy("Số bút toán"),
    "lines": gettext_lazy("Số dòng"),
    "supersedes": gettext_lazy("Thay cho báo cáo số"),
    "voucher": gettext_lazy("Chứng từ số"),
    "title": gettext_lazy("Tên"),
    "name": gettext_lazy("Tên"),
    "planned_for": gettext_lazy("Dự kiến quyết định"),
    "held": gettext_lazy("Vốn giữ chỗ (đồng)"),
    "until": gettext_lazy("Đến hết ngày"),
    "cites": gettext_lazy("Căn cứ"),
    "rule": gettext_lazy("Quy tắc"),
    "change": gettext_lazy("Thay đổi"),
}  # columns of audit rows that officers meet; others stand under their own name
VALUES: Final[dict[str, dict[str, str]]] = {
    name: {f"{value}": f"{label}" for value, label in kind.choices}
    for name, kind in (("state", BatchState), ("kind", VoucherKind), ("change", RuleChange))
}  # what their values are called: msgids


_PAGES: Final = {
    "bodies.Batch": "desk:batch",
    "ledger.Voucher": "desk:voucher",
    "ledger.Statement": "desk:statement",
    "ledger.Account": "desk:account",
    "reports.FrozenReport": "desk:report",
}


def address(subject: str, key: str) -> str:
    """The page of a record that an audit row names; empty where it has none under its key."""
    name = _PAGES.get(subject)
    return reverse(name, args=[int(key)]) if name and key.isascii() and key.isdigit() else ""


def word_of(subject: str) -> str:
    """A model in an officer's words, for the heads of audit rows; the label itself where no page shows it."""
    return {
        "bodies.Batch": _("Lần gửi số"),
        "ledger.Voucher": _("Chứng từ số"),
        "ledger.Statement": _("Báo cáo số"),
        "ledger.Account": _("Tài khoản vốn số"),
        "reports.FrozenReport": _("Báo cáo đã chốt số"),
    }.get(subject, subject)
