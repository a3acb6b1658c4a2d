"""Taking one drafted table in, inside the run's act: held already, recorded, or kept as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext

from vungcao.bodies import actions as body_actions
from vungcao.bodies import queries as bodies
from vungcao.bodies.models import Batch, BatchState, Body, Official
from vungcao.bodies.reach import Reach
from vungcao.evidence.actions import Signer, acting, keep_file, record
from vungcao.evidence.models import AuditRow, Source, SourceKind
from vungcao.intake import published
from vungcao.intake.drafted import Drafted
from vungcao.intake.models import MappingKind
from vungcao.intake.outcome import Outcome
from vungcao.intake.registry import taker_of
from vungcao.intake.taker import Taker
from vungcao.kernel.refusal import Problem, Refusal
from vungcao.kernel.years import NOT_DIVIDED

UNKNOWN_NAMES: Final = frozenset(f"{kind}.unknown" for kind in MappingKind.values)


class FileChanged(Refusal):
    """A file is no longer what was read from it a moment ago."""

    code = "file.changed"


class OutOfReach(Refusal):
    """A table of a body that who hands it in does not speak for."""

    code = "out_of_reach"


class Taking:
    """One table. With ``keep`` the file's bytes are kept; a rehearsal leaves nothing behind. ``reach``: of who hands it
    in, ``None`` for the person at the machine.
    """

    def __init__(self, path: Path, one: Drafted, *, by: Signer, keep: bool, reach: Reach | None = None) -> None:
        self.path, self.one, self.by, self.keep = path, one, by, keep
        self.may = reach.all_bodies() if reach is not None else None
        self.outcome = Outcome(
            one.file, one.sheet, one.profile, "draft", as_of=one.heading.as_of, problems=list(one.problems)
        )
        self.sender: int | None = None
        self.batch: Batch | None = None  # what this run wrote

    def take(self) -> Outcome:
        """What became of it. What a room refuses after all is a problem of this table, not the end of the run."""
        try:
            with transaction.atomic():
                if self.one.facts:
                    return self._all_of_it()
        except FileChanged:
            raise
        except OutOfReach as refusal:
            where = self.one.facts[0].where
            self.outcome.problems = [Problem(where, f"body.{refusal.code}", self.outcome.body, str(refusal))]
            self.outcome.state, self.outcome.dong, self.outcome.lines = "refused", 0, 0
            return self.outcome
        except Refusal as refusal:
            self.outcome.problems.append(Problem(self.one.facts[0].where, f"ledger.{refusal.code}", "", str(refusal)))
        return self._draft()

    def _all_of_it(self) -> Outcome:
        """Every fact of the table, or none."""
        out, takers = self.outcome, [taker_of(fact)(fact, self.one) for fact in self.one.facts]
        self._describe(takers)
        if self.one.is_usable:
            takers = [taker for taker in takers if not taker.is_held()]
            if not takers:
                return self._held()
            older = [problem for taker in takers if (problem := taker.overtaken())]
            if len(older) == len(takers):
                out.state, out.problems = "older", older
                return out
            takers = [taker for taker in takers if not taker.overtaken()]
            out.problems += older
        for taker in takers:
            out.problems += taker.problems()
        if any(problem.weight == "unusable" for problem in out.problems):
            return self._draft()
        self.batch = batch = self._received(takers[0].body)
        for taker in takers:
            out.problems += taker.write(batch=batch, by=self.by)
        return self._done()

    def _describe(self, takers: Sequence[Taker[Any]]) -> None:
        out, sizes = self.outcome, [taker.size for taker in takers]
        self.sender, out.as_of = takers[0].body, takers[0].on
        out.lines, out.dong = sum(lines for lines, _ in sizes), sizes[0][1]
        out.body = bodies.naming(takers[0].body, takers[0].on)[0]
        if self.may is not None and any(taker.body not in self.may for taker in takers):
            raise OutOfReach(
                gettext("biểu này là của %(body)s, ngoài phạm vi công tác của người nộp; chưa nhận.")
                % {"body": out.body}
            )

    # what became of it -------------------------------------------------------------------------------------
    def _done(self) -> Outcome:
        self.outcome.state, self.outcome.is_new = "received", True
        return self.outcome

    def _held(self) -> Outcome:
        self.outcome.state, self.outcome.problems = "held", []
        return self.outcome

    def _draft(self) -> Outcome:
        """Keep the file and say why it is still a draft; the same again changes nothing."""
        self.outcome.state, self.batch = "draft", None
        if self._earlier_drafts():
            return self.outcome
        self.outcome.is_new = True
        self.batch = batch = self._batch(self.sender or _home_of(self.by) or _nobody())
        stops = [problem for problem in self.outcome.problems if problem.weight == "unusable"]
        unknown = [[one.code.partition(".")[0], one.said, one.where.cell] for one in stops if one.code in UNKNOWN_NAMES]
        after = {"state": BatchState.DRAFT, "rows": self.one.digest, "problems": [str(problem) for problem in stops]}
        self._recorded(batch, after | ({"unknown": unknown} if unknown else {}))
        return self.outcome

    # batches -----------------------------------------------------------------------------------------------
    def _received(self, body: int) -> Batch:
        """The batch of recorded facts: the earlier draft of the same rows where there is one, else a new one."""
        earlier = self._earlier_drafts()
        batch = next((one for one in earlier if one.body_id == body), None) or self._batch(body)
        body_actions.reach(batch, BatchState.RECEIVED, by=self.by)
        self._recorded(batch, {"state": BatchState.RECEIVED})
        for one in earlier:
            if one != batch:
                body_actions.reach(one, BatchState.SUPERSEDED, reason=f"đã nhận ở lần gửi số {batch.pk}", by=self.by)
        return batch

    def _earlier_drafts(self) -> list[Batch]:
        """Batches in which the same rows were kept as a draft and still are: whatever their file was called."""
        kind, period = self._kind()
        batches = {str(one.pk): one for one in Batch.objects.filter(kind=kind, period=period)}
        rows = AuditRow.objects.filter(subject=Batch._meta.label, key__in=batches, after__rows=self.one.digest)
        found = [batches[key] for key in rows.order_by("pk").values_list("key", flat=True)]
        return [one for one in found if bodies.batch_state(one.pk) == BatchState.DRAFT]

    def _kind(self) -> tuple[str, str]:
        return self.one.profile or "unknown", f"{self.one.heading.as_of:%Y-%m}" if self.one.heading.as_of else ""

    def _batch(self, body: int) -> Batch:
        kind, period = self._kind()
        with acting("intake.received", by=self.by) as act:
            return body_actions.hand_in(
                body=Body.objects.get(pk=body),
                kind=kind,
                period=period,
                source=self._source(act),
                sheet=self.one.sheet,
                act=act,
            )

    def _recorded(self, batch: Batch, after: dict[str, Any]) -> None:
        relied = {"mappings": sorted(self.one.relied)} if self.one.relied else {}
        with acting("intake.received", by=self.by) as act:
            told = {"unit": self.one.unit_told} if self.one.unit_told else {}
            record(act, batch, after=after | relied | told)

    def _source(self, act: Any) -> Source:
        held = Source.objects.filter(sha256=self.one.sha256).first()
        if held:
            return held
        heading = self.one.heading
        about: dict[str, Any] = {
            "kind": SourceKind.PRESS if self.one.profile == published.CODE else SourceKind.WORKBOOK,
            "number": heading.number[:60],
            "dated": heading.dated,
            "issuer": heading.issuer[:200],
            "title": heading.paper,
            "is_example": heading.is_example,
        }
        if not self.keep:
            return Source.objects.create(act=act, name=self.path.name, sha256=self.one.sha256, **about)
        try:
            source = keep_file(self.path, act=act, **about)
        except OSError:
            raise FileChanged(
                gettext("Tệp %(name)s không còn đọc được; chưa ghi gì, hãy nạp lại.") % {"name": self.path.name}
            ) from None
        if source.sha256 != self.one.sha256:
            raise FileChanged(
                gettext("Tệp %(name)s vừa bị sửa trong lúc nạp; chưa ghi gì, hãy nạp lại.") % {"name": self.path.name}
            )
        return source


def _home_of(by: Signer) -> int | None:
    """The body in which an official who hands in sits; whose file it is where the file does not say."""
    posting = bodies.posting_today(by)[0] if isinstance(by, Official) else None
    return posting.body_id if posting else None


def _nobody() -> int:
    """The member "not divided": who handed in what nobody could read."""
    found = bodies.body(NOT_DIVIDED)
    assert found is not None
    return found.pk
