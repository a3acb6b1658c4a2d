"""The overview's question: what the officer chose, and sensible choices where nothing was chosen."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.bodies import queries as bodies
from vungcao.bodies.models import STATE_LINE, BatchState, BodyKind
from vungcao.bodies.reach import Reach
from vungcao.cube.denominators import WORDS
from vungcao.cube.figures import FigureQuery
from vungcao.cube.kept import Answers
from vungcao.kernel import vietnamese
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger import spoken
from vungcao.ledger.balances import years_of_use
from vungcao.ledger.models import Statement
from vungcao.ledger.regions import node_codes
from vungcao.programme.models import Level
from vungcao.programme.queries import lives
from vungcao.ui.forms import PageQuestion

BOUNDARIES = [("then", _("Khi báo cáo")), ("today", _("Hiện nay"))]
MOST_DAYS = 36


def is_anything_said() -> bool:
    """Does the book hold any statement, in anybody's reach?"""
    return Statement.objects.exists()


def _spoken_of(reach: Reach) -> list[tuple[date, str]]:
    """Days with the components reported on, each once, what came last first: of the statements received, in reach; what
    the press said excepted, and what is of no programme.
    """
    press = {row.body_id for life in bodies.lives().values() for row in life if row.kind == BodyKind.PRESS}
    seen, codes = None if reach.everything else reach.all_bodies(), node_codes()["component"]
    received = sorted(spoken.statements(None, BatchState.RECEIVED), key=lambda one: (one.as_of, one.pk), reverse=True)
    inside = (one for one in received if one.reporter not in press and (seen is None or one.reporter in seen))
    found = dict.fromkeys((one.as_of, codes[one.region.component]) for one in inside)
    return [(day, code) for day, code in found if code != NOT_DIVIDED]


_spoken: Final = Answers[list[tuple[date, str]]](room=64)


def days_with_statements(reach: Reach, programme: str = "") -> list[date]:
    """Days for which something was reported (of one programme; of any, without one), the latest first."""
    said = _spoken.get("spoken", reach, lambda: _spoken_of(reach))
    inside = (day for day, code in said if not programme or f"{code}.".startswith(f"{programme}."))
    return list(dict.fromkeys(inside))[:MOST_DAYS]


def programme_of_latest(reach: Reach) -> str:
    """The programme last reported on; empty when nothing was."""
    said = _spoken.get("spoken", reach, lambda: _spoken_of(reach))
    return said[0][1].split(".")[0] if said else ""


def programmes() -> list[tuple[str, str]]:
    """Code and name of every programme on file."""
    rows = [row for life in lives().values() for row in life if row.level == Level.PROGRAMME]
    rows.sort(key=lambda row: (row.order, row.component.code, row.pk))
    return list({row.component.code: row.short_name or row.name for row in rows}.items())


def years() -> list[int]:
    """Budget years of use that money was given for, the latest first."""
    return sorted({int(year) for year in years_of_use() if year.isdigit()}, reverse=True)


class QuestionForm(PageQuestion):
    """Everything is optional; names are those of the commands' flags."""

    programme = forms.ChoiceField(label=_("Chương trình"), required=False)
    on = forms.DateField(
        label=_("Số liệu đến ngày"),
        required=False,
        widget=forms.DateInput(
            attrs={"list": "days", "inputmode": "numeric", "autocomplete": "off", "placeholder": "15/11/2021"}
        ),
        error_messages={"invalid": _("Ngày viết theo ngày/tháng/năm, ví dụ 15/11/2021.")},
    )
    year = forms.TypedChoiceField(label=_("Năm ngân sách"), required=False, coerce=int, empty_value=None)
    denominator = forms.ChoiceField(label=_("So với (mẫu số)"), required=False)
    boundaries = forms.ChoiceField(label=_("Địa giới"), required=False, choices=BOUNDARIES)
    state = forms.ChoiceField(label=_("Cấp số liệu, từ"), required=False)
    known = forms.IntegerField(
        label=_("Biết đến lần số"),
        required=False,
        min_value=1,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": _("mới nhất")}),
        error_messages={
            "invalid": _("Số lần ghi là một số nguyên."),
            "min_value": _("Số lần ghi bắt đầu từ 1."),
        },
    )
    component = forms.CharField(required=False, widget=forms.HiddenInput)
    place = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, reach: Reach) -> None:
        said = data.copy()
        asked = "programme" in said
        said.setdefault("programme", programme_of_latest(reach))
        self.days = days_with_statements(reach, str(said["programme"]))
        # A programme chosen anew, with the day of the old one still in the box, keeps the day as typed.
        if not said.get("on") and self.days:
            said["on"] = vietnamese.day(self.days[0])
        said.setdefault("boundaries", "then")
        said.setdefault("state", BatchState.RECEIVED)
        super().__init__(said)
        self.chosen = asked
        self._choices()

    def _choices(self) -> None:
        names: dict[str, list[tuple[Any, Any]]] = {
            "programme": [("", _("Mọi chương trình")), *programmes()],
            "year": [("", _("Theo ngày chốt")), *((str(year), str(year)) for year in years())],
            "denominator": [
                ("", _("Kế hoạch đang có")),
                *((code, first_large(gettext(word))) for code, word in WORDS.items()),
            ],
            "state": [(state.value, gettext(str(state.label))) for state in STATE_LINE],
        }
        for name, choices in names.items():
            self.choose(name, choices)

    def query(self) -> FigureQuery:
        """The question asked; only for a form that is valid."""
        said = self.cleaned_data
        return FigureQuery(
            name="disbursement",
            on=said["on"] or date.today(),
            known=said["known"],
            year=said["year"],
            programme=said["programme"] or None,
            component=said["component"] or None,
            place=said["place"] or None,
            state=said["state"] or BatchState.RECEIVED.value,
            denominator=said["denominator"] or None,
            boundaries=said["boundaries"] or "then",
        )


def first_large(words: str) -> str:
    """A phrase as the start of a line: ``kế hoạch năm`` → ``Kế hoạch năm``."""
    return words[:1].upper() + words[1:]


def state_words(state: str) -> str:
    """``received`` → ``đã tiếp nhận trở lên``."""
    label = gettext(str(BatchState(state).label))
    return gettext("%(state)s trở lên") % {"state": label[:1].lower() + label[1:]}
