"""Verbs and questions of explanations: say why a figure contradicts another, find what was said of it before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from vungcao.bodies.models import Batch
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.evidence.models import Act, ActNumber, AuditRow
from vungcao.intake.models import Explanation
from vungcao.intake.outcome import Outcome
from vungcao.kernel.refusal import Cell, Problem, Refusal
from vungcao.kernel.vietnamese import nfc
from vungcao.office.secret import refuse_secret

EXPLAINED: Final = "intake.explained"
MOST_LETTERS: Final = 2000


class NotExplained(Refusal):
    """An explanation that says nothing, or of what needs none."""

    code = "explanation.refused"


def key_of(outcome: Outcome, problem: Problem) -> str:
    """The same for the same figures of the same table, whatever the file is called and wherever the cell is now."""
    table = (outcome.what, outcome.body, f"{outcome.as_of}", problem.where.sheet)
    return hashlib.sha256(repr((*table, problem.code, problem.said, problem.sentence)).encode()).hexdigest()


def explain(wanted: Mapping[str, Problem], *, reason: str, paper: str, by: Signer) -> list[Explanation]:
    """Keep under one act why differences (by their keys) are as they are; what stands so already is not written again.

    Raises ``NotExplained``, ``Secret``.
    """
    said, cited = nfc(reason).strip(), " ".join(nfc(paper).split())
    _refuse(wanted.values(), said, cited)
    if not _left(wanted, said, cited):
        return []
    with acting(EXPLAINED, by=by, reason=said[:500]) as act:
        lock("intake.explanation")
        return [_write(act, key, wanted[key], said, cited, before) for key, before in _left(wanted, said, cited)]


def _refuse(problems: Iterable[Problem], said: str, cited: str) -> None:
    if any(one.weight != "contradicting" for one in problems):
        raise NotExplained(
            _("Chỗ này phải sửa trong tệp hoặc không cần giải trình; chỉ giải trình chỗ “ghi và đánh dấu”.")
        )
    if not said:
        raise NotExplained(_("Ghi vì sao lệch: giải trình đang để trống."))
    if len(said) > MOST_LETTERS or len(cited) > 200:
        raise NotExplained(_("Giải trình dài quá: nhiều nhất %(most)s chữ, văn bản 200 chữ.") % {"most": MOST_LETTERS})
    refuse_secret((said, cited))


def _left(wanted: Mapping[str, Problem], said: str, cited: str) -> list[tuple[str, Explanation | None]]:
    """Keys of which something else stands, or nothing, with what does."""
    held = standing(wanted)
    there = {key: (one.reason, one.paper) for key, one in held.items()}
    return [(key, held.get(key)) for key in wanted if there.get(key) != (said, cited)]


def _write(act: Act, key: str, of: Problem, said: str, cited: str, before: Explanation | None) -> Explanation:
    where = {"sheet": of.where.sheet[:120], "cell": of.where.cell[:60], "sentence": of.sentence}
    made = Explanation(act=act, key=key, reason=said, paper=cited, **where)
    made.save()
    was = {"reason": before.reason, "paper": before.paper} if before else None
    record(act, made, before=was, after={"reason": said, "paper": cited, "of": of.sentence})
    return made


def standing(keys: Iterable[str]) -> dict[str, Explanation]:
    """The last explanation of each key that has one."""
    rows = Explanation.objects.filter(key__in=set(keys)).select_related("act__numbered").order_by("pk")
    return {row.key: row for row in rows}


def have_moved_on(since: int) -> bool:
    """Was anything written after that act? An explanation moves no figure."""
    return ActNumber.objects.filter(no__gt=since).exclude(act__verb=EXPLAINED).exists()


# what a batch keeps of its differences ---------------------------------------------------------------------------
def flag(act: Act, batch: Batch, outcome: Outcome) -> None:
    """Keep with a batch what it contradicts, so that whoever receives it sees the same as who handed it in."""
    found = [one for one in outcome.problems if one.weight == "contradicting"]
    if found:
        told = [
            {"key": key_of(outcome, one), "sheet": one.where.sheet, "cell": one.where.cell, "code": one.code,
             "said": one.said, "sentence": one.sentence}
            for one in found
        ]  # fmt: skip
        record(act, batch, after={"contradicts": told})


def flagged(batch: Batch) -> list[tuple[str, Problem]]:
    """(key, problem) of each difference a batch was written with, as of its last reading."""
    rows = AuditRow.objects.filter(subject=Batch._meta.label, key=str(batch.pk), after__has_key="contradicts")
    last = rows.order_by("-pk").first()
    name = batch.source.name if batch.source_id else ""
    told = (last.after or {})["contradicts"] if last else []
    return [
        (
            one["key"],
            Problem(Cell(name, one["sheet"], one["cell"]), one["code"], one["said"], one["sentence"], "contradicting"),
        )
        for one in told
    ]


def with_explanations(outcomes: Iterable[Outcome]) -> list[Problem]:
    """Every problem, its explanation added to its sentence: for the marked copy."""
    pairs = [(key_of(one, problem), problem) for one in outcomes for problem in one.problems]
    known = standing(key for key, problem in pairs if problem.weight == "contradicting")
    return [_with(problem, known.get(key)) for key, problem in pairs]


def _with(problem: Problem, said: Explanation | None) -> Problem:
    if said is None or problem.weight != "contradicting":
        return problem
    told = f"{problem.sentence} Giải trình của {said.act.official_name}: {said}"
    return Problem(problem.where, problem.code, problem.said, told, problem.weight)
