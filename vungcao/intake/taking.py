"""Taking one drafted table in, inside the run's act: held already, recorded, or kept as a draft."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.db import transaction

from vungcao.bodies import actions as body_actions
from vungcao.bodies import queries as bodies
from vungcao.bodies.models import Batch, BatchState, Body
from vungcao.evidence.actions import Signer, acting, keep_file, record
from vungcao.evidence.models import AuditRow, Source, SourceKind
from vungcao.intake import levels, published
from vungcao.intake.drafted import Drafted, VoucherDraft
from vungcao.intake.heading import corrects
from vungcao.intake.models import MappingKind
from vungcao.intake.outcome import Outcome
from vungcao.intake.taking_observations import take_observations
from vungcao.kernel.refusal import Problem, Refusal
from vungcao.kernel.vietnamese import day, money
from vungcao.ledger import actions as ledger
from vungcao.ledger import balances
from vungcao.ledger.drafts import StatementDraft
from vungcao.ledger.judging import judge, same_as_held, standing_edition
from vungcao.ledger.models import Account, Voucher
from vungcao.ledger.overspending import overspent
from vungcao.ledger.regions import Region

UNKNOWN_NAMES: Final = frozenset(f"{kind}.unknown" for kind in MappingKind.values)


class FileChanged(Refusal):
    """A file is no longer what was read from it a moment ago."""

    code = "file.changed"


class Taking:
    """One table. With ``keep`` the file's bytes are kept; a rehearsal leaves nothing behind."""

    def __init__(self, path: Path, one: Drafted, *, by: Signer, keep: bool) -> None:
        self.path, self.one, self.by, self.keep = path, one, by, keep
        self.outcome = Outcome(
            one.file, one.sheet, one.profile, "draft", as_of=one.heading.as_of, problems=list(one.problems)
        )

    def take(self) -> Outcome:
        """What became of it. What the ledger refuses after all is a problem of this table, not the end of the run."""
        try:
            with transaction.atomic():
                if self.one.statement is not None:
                    return self._statement(self.one.statement)
                if self.one.voucher is not None:
                    return self._voucher(self.one.voucher)
                if self.one.observations is not None:
                    return take_observations(self, self.one.observations)
        except FileChanged:
            raise
        except Refusal as refusal:
            assert self.one.made is not None  # one of them was taken
            where = self.one.made.where
            self.outcome.problems.append(Problem(where, f"ledger.{refusal.code}", "", str(refusal)))
        return self.draft()

    # statements --------------------------------------------------------------------------------------------
    def _statement(self, statement: StatementDraft) -> Outcome:
        out = self.outcome
        out.lines, out.body = len(statement.lines), bodies.naming(statement.reporter, statement.as_of)[0]
        out.dong = max((line.disbursed_dong for line in statement.lines), default=0)
        if self.one.is_usable and same_as_held(statement, file_sha=self.one.sha256):
            return self.held()
        if self.one.is_usable and self._is_older(statement):
            return out
        out.problems += [*judge(statement), *self._more_than_given(statement)]
        if any(problem.weight == "unusable" for problem in out.problems):
            return self.draft()
        ledger.record_statement(statement, batch=self.received(statement.reporter), by=self.by)
        return self.done()

    def _is_older(self, statement: StatementDraft) -> bool:
        """Does a later correction stand? Then the figures have gone past this edition, itself a correction or not."""
        held = standing_edition(statement)
        if not held or not held.dated or not statement.dated or statement.dated >= held.dated:
            return False
        if not corrects(held.batch.source.title):
            return False
        newer = f"văn bản số {held.number} ngày {day(held.dated)}"
        said = f"bản này (ngày {day(statement.dated)}) đã được thay bằng {newer}; không đổi gì."
        self.outcome.state = "older"
        self.outcome.problems = [Problem(statement.where, "statement.older", statement.number, said, "notice")]
        return True

    def _more_than_given(self, statement: StatementDraft) -> list[Problem]:
        lines = [(line.region, line) for line in statement.lines]
        found = []
        for line, given in overspent(lines, statement.coverage, statement.as_of):
            said = f"giải ngân {money(line.disbursed_dong)} lớn hơn vốn được giao {money(given)}"
            said += "; vẫn được ghi, đề nghị giải trình."
            found.append(Problem(line.where, "statement.more_than_given", line.label, said, "contradicting"))
        return found

    # vouchers ----------------------------------------------------------------------------------------------
    def _voucher(self, voucher: VoucherDraft) -> Outcome:
        decider, dated = bodies.body(voucher.decided_by), self.one.heading.dated
        assert decider is not None and dated is not None
        voucher, problems = levels.settle(voucher, dated)
        out = self.outcome
        out.problems += problems
        out.lines, out.dong = len(voucher.moves), sum(move.dong for move in voucher.moves)
        out.body, out.as_of = bodies.naming(decider.pk, dated)[0], dated
        if any(problem.weight == "unusable" for problem in out.problems):
            return self.draft()
        held = Voucher.objects.filter(
            kind=voucher.kind, number=voucher.number, dated=dated, decided_by=decider, reversed_by=None
        ).first()
        if held and _given(held) == sorted((repr(move.taker), move.dong) for move in voucher.moves):
            return self.held()
        if held:
            said = f"văn bản số {voucher.number} đã được ghi với số tiền khác; nếu có đính chính, ghi đảo bản cũ trước."
            out.problems.append(Problem(voucher.where, "voucher.two_editions", voucher.number, said))
            return self.draft()
        ledger.post(
            kind=voucher.kind,
            dated=dated,
            decided_by=decider,
            batch=self.received(decider.pk),
            moves=voucher.moves,
            by=self.by,
            number=voucher.number,
        )
        out.problems += _overdrawn(voucher, dated)
        return self.done()

    # what became of it -------------------------------------------------------------------------------------
    def done(self) -> Outcome:
        self.outcome.state, self.outcome.is_new = "received", True
        return self.outcome

    def held(self) -> Outcome:
        self.outcome.state, self.outcome.problems = "held", []
        return self.outcome

    def draft(self) -> Outcome:
        """Keep the file and say why it is still a draft; the same again changes nothing."""
        self.outcome.state = "draft"
        if self._earlier_drafts():
            return self.outcome
        self.outcome.is_new = True
        batch = self._batch(self._sender())
        stops = [problem for problem in self.outcome.problems if problem.weight == "unusable"]
        unknown = [[one.code.partition(".")[0], one.said, one.where.cell] for one in stops if one.code in UNKNOWN_NAMES]
        after = {"state": BatchState.DRAFT, "rows": self.one.digest, "problems": [str(problem) for problem in stops]}
        self._recorded(batch, after | ({"unknown": unknown} if unknown else {}))
        return self.outcome

    def _sender(self) -> int:
        """Who handed a draft in, where that is known: the reporter, or who decided; else the member "not divided"."""
        if self.one.statement is not None or self.one.observations is not None:
            return (self.one.statement or self.one.observations).reporter  # type: ignore[union-attr]  # one is there
        found = bodies.body(self.one.voucher.decided_by if self.one.voucher else "*")
        assert found is not None
        return found.pk

    # batches -----------------------------------------------------------------------------------------------
    def received(self, body: int) -> Batch:
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
            record(act, batch, after=after | relied)

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
            raise FileChanged(f"Tệp {self.path.name} không còn đọc được; chưa ghi gì, hãy nạp lại.") from None
        if source.sha256 != self.one.sha256:
            raise FileChanged(f"Tệp {self.path.name} vừa bị sửa trong lúc nạp; chưa ghi gì, hãy nạp lại.")
        return source


def _given(voucher: Voucher) -> list[tuple[str, int]]:
    entries = voucher.entries.filter(dong__gt=0).select_related("account")
    return sorted((repr(Region.of(entry.account)), entry.dong) for entry in entries)


def _overdrawn(voucher: VoucherDraft, dated: Any) -> list[Problem]:
    """Givers that now pass on more than they hold: decided outside, so recorded, and flagged at the first cell."""
    first = {move.giver: move for move in reversed(voucher.moves) if move.giver is not None}
    found = []
    for giver, move in first.items():
        left = balances.lowest_left(Account.objects.get(**giver.columns()), since=dated)
        if left < 0:
            said = f"bên giao chuyển đi nhiều hơn số đang giữ, thiếu {money(-left)}; vẫn được ghi, đề nghị đối chiếu."
            found.append(Problem(move.where or voucher.where, "voucher.overdrawn", "", said, "contradicting"))
    return found
