"""Problems as a page tells them: those of one fault together, each with its cell, what to do of it, what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vungcao.desk.naming import NameForm
from vungcao.intake.explaining import MOST_LETTERS
from vungcao.intake.models import Explanation
from vungcao.intake.sentences import in_language
from vungcao.intake.telling import cells, told
from vungcao.kernel.refusal import Problem

MOST_ASKED: Final = 3  # of one group before it is folded
MOST_OPENED: Final = 100  # of one group; the marked copy and the grid have them all


class ExplainForm(forms.Form):
    """Why a figure differs, and the paper that bears it out."""

    reason = forms.CharField(
        label=gettext_lazy("Vì sao lệch"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Ghi vì sao lệch.")},
    )
    paper = forms.CharField(
        label=gettext_lazy("Văn bản, chứng từ"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("số, ngày; để trống nếu không có"),
    )


@dataclass(frozen=True)
class ToldProblem:
    """One problem, where to look at it, and what can be done about it here."""

    problem: Problem
    word: str
    tone: str
    file: int | None
    is_new: bool = False
    name_form: NameForm | None = None
    wants_unit: bool = False
    key: str = ""
    explained: Explanation | None = None

    @property
    def sentence(self) -> str:
        """In the reader's language."""
        return in_language(self.problem.sentence)


@dataclass(frozen=True)
class ToldGroup:
    """Problems of one sheet and one fault. ``form``: where a difference may be explained, once for them all."""

    problems: list[ToldProblem]
    form: ExplainForm | None = None

    @property
    def first(self) -> ToldProblem:
        return self.problems[0]

    @property
    def cells(self) -> str:
        """``B7–B9, D4``; the first of many."""
        named = cells(one.problem.where.cell for one in self.problems if one.problem.where.cell)
        return named if len(named) <= 90 else named[:90].rsplit(",", 1)[0] + "…"

    @property
    def shown(self) -> list[ToldProblem]:
        return self.problems[:MOST_OPENED]

    @property
    def beyond(self) -> int:
        """How many more there are than are shown."""
        return len(self.problems) - len(self.shown)

    @property
    def keys(self) -> list[str]:
        return list(dict.fromkeys(one.key for one in self.problems if one.key))

    @property
    def is_new(self) -> bool:
        return any(one.is_new for one in self.problems)

    @property
    def unexplained(self) -> int:
        return sum(one.explained is None for one in self.problems) if self.form is not None else 0

    @property
    def is_open(self) -> bool:
        """Opened from the start: little is asked inside, or a form there was sent and is wrong."""
        asks = [one for one in self.problems if one.name_form or one.wants_unit]
        sent = [one for one in asks if one.name_form is not None and one.name_form.is_bound]
        return 0 < len(asks) <= MOST_ASKED or bool(sent) or bool(self.form is not None and self.form.is_bound)


@dataclass
class Bound:
    """The form of an explanation just sent, shown again with what is wrong."""

    keys: Sequence[str] = ()
    form: ExplainForm | None = None

    def of(self, keys: Sequence[str]) -> ExplainForm:
        """The form for these differences: the one sent, where it was theirs."""
        if self.form is not None and set(keys) & set(self.keys):
            return self.form
        return ExplainForm(auto_id=f"why_%s_{keys[0][:12]}", label_suffix="")


def groups(problems: Sequence[ToldProblem], *, bound: Bound | None) -> list[ToldGroup]:
    """One group a fault, where its first problem stands; ``bound`` is given where differences may be explained."""
    left: dict[int, list[ToldProblem]] = {}
    for one in problems:
        left.setdefault(id(one.problem), []).append(one)
    found = []
    for group in told(one.problem for one in problems):
        mine = [left[id(problem)].pop(0) for problem in group.problems]
        made = ToldGroup(mine)
        may = bound is not None and group.weight == "contradicting" and made.keys
        found.append(ToldGroup(mine, bound.of(made.keys)) if bound is not None and may else made)
    return found


def at_the_cell(problem: Problem, said: Explanation | None) -> Problem:
    """A problem in the reader's language, what was explained of it behind."""
    sentence = in_language(problem.sentence)
    if said is not None:
        sentence += " " + _("Giải trình của %(who)s: %(what)s") % {"who": said.act.official_name, "what": said}
    return Problem(problem.where, problem.code, problem.said, sentence, problem.weight)
