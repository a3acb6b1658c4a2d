"""A file check as its page tells it: tables, figures before and after, problems at their cells, what to do of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vungcao.bodies import rights
from vungcao.bodies.models import Body, Official
from vungcao.bodies.queries import posting_today
from vungcao.desk.naming import NameForm, form_for
from vungcao.desk.told_problems import Bound, ToldGroup, ToldProblem, at_the_cell, groups
from vungcao.desk.weights import WEIGHTS
from vungcao.intake.checking_files import Compared, compared
from vungcao.intake.explaining import key_of, standing
from vungcao.intake.models import Explanation, FileCheck, MappingKind
from vungcao.intake.names import TYPED
from vungcao.intake.outcome import Effect, Outcome, Run
from vungcao.intake.profile import counts_things, label_of
from vungcao.kernel.refusal import Problem
from vungcao.reports.queries import sees_the_province

STATES: Final = {
    "received": (gettext_lazy("sẽ ghi"), gettext_lazy("đã ghi"), "holds"),
    "held": (gettext_lazy("đã có trong sổ, không đổi"), gettext_lazy("đã có trong sổ, không đổi"), "quiet"),
    "older": (gettext_lazy("đã có bản mới hơn"), gettext_lazy("đã có bản mới hơn"), "quiet"),
    "draft": (gettext_lazy("còn lỗi phải sửa: sẽ giữ nháp"), gettext_lazy("còn lỗi phải sửa: giữ nháp"), "fails"),
    "refused": (gettext_lazy("không nhận"), gettext_lazy("không nhận"), "fails"),
}
EFFECTS: Final = {"assigned": gettext_lazy("Vốn được giao"), "disbursed": gettext_lazy("Giải ngân")}


@dataclass(frozen=True)
class ToldTable:
    """One table and its problems; ``what`` is the name of its profile in words."""

    outcome: Outcome
    what: str
    word: str
    tone: str
    counts: bool
    groups: list[ToldGroup]


class Checked:
    """The last result of a check, for the official who handed it in."""

    def __init__(self, check: FileCheck, official: Official) -> None:
        assert check.result is not None
        self.check, self.official = check, official
        self.run = _in_page_words(Run.from_json(check.result))
        self.bound: NameForm | None = None
        self.bound_explanation = Bound()
        self._order = {one["name"]: index for index, one in enumerate(check.files) if not one.get("gone")}

    @cached_property
    def tables(self) -> list[ToldTable]:
        """In the order of the run; a form for a name stands once, at its first cell."""
        asked: set[tuple[str, str]] = set()
        return [self._table(one, asked) for one in self.run.outcomes]

    def _table(self, one: Outcome, asked: set[tuple[str, str]]) -> ToldTable:
        planned, done, tone = STATES[one.state]
        word = done if self.run.committed else planned
        problems = [self._problem(problem, asked, one) for problem in one.problems]
        bound = self.bound_explanation if self.may_explain else None
        return ToldTable(
            one, label_of(one.what), str(word), tone, counts_things(one.what), groups(problems, bound=bound)
        )

    def _problem(self, problem: Problem, asked: set[tuple[str, str]], of: Outcome) -> ToldProblem:
        word, tone = WEIGHTS[problem.weight]
        kind, _dot, rest = problem.code.partition(".")
        form = None
        if rest == "unknown" and kind in MappingKind.values and (kind, problem.said) not in asked and self.may_mend:
            asked.add((kind, problem.said))
            form = form_for(kind, problem.said, self.bound, is_of_reporter=not self.shows_totals)
            form.fields["only_reporter"].label = _("Chỉ khi %(body)s viết") % {"body": self.my_body}
        key = key_of(of, problem) if problem.weight == "contradicting" else ""
        return ToldProblem(
            problem, str(word), tone, self._order.get(problem.where.file), self._is_new(problem), form,
            problem.code == "unit.missing" and self.may_mend and bool(problem.where.cell),
            key, self.explained.get(key),
        )  # fmt: skip

    @cached_property
    def my_body(self) -> str:
        return posting_today(self.official)[1]

    @property
    def may_mend(self) -> bool:
        """May names and units still be said? Not of what is in the books already."""
        return not self.run.committed and not self.check.is_busy

    # differences explained ---------------------------------------------------------------------------------
    @cached_property
    def may_explain(self) -> bool:
        return not self.check.is_busy and rights.may(self.official, "differences.explain", timezone.localdate())

    @cached_property
    def differences(self) -> dict[str, Problem]:
        """What contradicts, by the key under which it is explained."""
        return {
            key_of(one, problem): problem
            for one in self.run.outcomes
            for problem in one.problems
            if problem.weight == "contradicting" and one.state != "refused"
        }

    @cached_property
    def explained(self) -> dict[str, Explanation]:
        return standing(self.differences)

    @property
    def explained_at(self) -> datetime | None:
        """When something was last explained here."""
        return max((one.act.numbered.recorded_at for one in self.explained.values()), default=None)

    # beside the check before -------------------------------------------------------------------------------
    @cached_property
    def compared(self) -> Compared | None:
        """Against the check that this one replaces, where its result is still there."""
        before = self.check.replaces
        if before is None or before.result is None:
            return None
        return compared(_in_page_words(Run.from_json(before.result)).problems, self.run.problems)

    @property
    def gone(self) -> list[Problem]:
        """Problems of the check before that are no more, in the reader's language."""
        return [at_the_cell(one, None) for one in self.compared.gone] if self.compared else []

    def _is_new(self, problem: Problem) -> bool:
        return self.compared is not None and problem in self.compared.new

    # what it does ------------------------------------------------------------------------------------------
    @cached_property
    def summary(self) -> list[str]:
        """“3 bảng sẽ ghi”, “1 bảng còn lỗi phải sửa: sẽ giữ nháp” … in the order of what matters."""
        counts: dict[str, int] = {}
        for table in self.tables:
            counts[table.word] = counts.get(table.word, 0) + 1
        return [_("%(count)s bảng %(what)s") % {"count": count, "what": word} for word, count in counts.items()]

    @property
    def will_write(self) -> bool:
        """Does a commit write anything, facts or a draft?"""
        return any(one.is_new for one in self.run.outcomes)

    @property
    def facts(self) -> int:
        return sum(one.state == "received" for one in self.run.outcomes)

    @property
    def drafts(self) -> int:
        return sum(one.state == "draft" for one in self.run.outcomes)

    @property
    def writes(self) -> str:
        """What the button will do, in words."""
        told = [_("%(count)s bảng") % {"count": self.facts}] if self.facts else []
        if self.drafts:
            told.append(_("%(count)s bản nháp") % {"count": self.drafts})
        return ", ".join(told)

    @cached_property
    def effects(self) -> list[tuple[str, Effect, int]]:
        """What changes in figures: words, the effect, and its change in đồng."""
        return [(_effect_words(one), one, one.after_dong - one.before_dong) for one in self.run.effects]

    @cached_property
    def shows_totals(self) -> bool:
        """Totals of a programme are the province's; who sees less is told the change only."""
        today = timezone.localdate()
        return sees_the_province(rights.reach_for(self.official, "figures.see", today), today)

    @cached_property
    def weights(self) -> list[tuple[str, str, int]]:
        """How many problems of each weight: word, tone, count; none that has none."""
        found = [problem.weight for problem in self.run.problems]
        return [(str(word), tone, found.count(weight)) for weight, (word, tone) in WEIGHTS.items() if weight in found]

    def at(self, file: str, sheet: str) -> dict[str, list[Problem]]:
        """Problems of one sheet by the first cell they name."""
        found: dict[str, list[Problem]] = {}
        for one in self.run.outcomes:
            for problem in one.problems:
                if problem.where.file == file and problem.where.sheet == sheet and problem.where.cell:
                    told = at_the_cell(problem, self.explained.get(key_of(one, problem)))
                    found.setdefault(first_cell(problem.where.cell), []).append(told)
        return found


def _in_page_words(run: Run) -> Run:
    """Without what to type at a terminal: the page has a form for it."""
    for one in run.outcomes:
        one.problems = [replace(said, sentence=said.sentence.split(TYPED)[0]) for said in one.problems]
    return run


def first_cell(said: str) -> str:
    """``B7`` of ``B7``, ``B7:D9`` and ``B7, C8``."""
    return said.replace(",", ":").split(":")[0].strip()


def whose_body(official: Official) -> Body:
    """The body of the official's post today; whoever may hand in has one."""
    posting = posting_today(official)[0]
    assert posting is not None
    return posting.body


def _effect_words(one: Effect) -> str:
    what = EFFECTS[one.figure]
    since = {"phase": _(" từ đầu giai đoạn"), "month": _(" trong tháng")}.get(one.basis, "")
    return _("%(what)s%(since)s, chương trình %(programme)s, vốn năm %(year)s") % {
        "what": what, "since": since, "programme": one.programme, "year": one.year
    }  # fmt: skip
