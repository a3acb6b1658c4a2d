"""Opinions on a dossier: asked of Finance and the lead departments, answered, taken up or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vungcao.bodies.models import Body
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.kernel.vietnamese import day, nfc
from vungcao.ledger.actions.dossiers import WrongStep
from vungcao.ledger.dossiers import standing
from vungcao.ledger.models import Dossier, OpinionAnswer, OpinionAsked, Taken, Verdict


@dataclass(frozen=True)
class Answer:
    """What a body answered, by which paper; ``taken``, ``how``: what the drafter made of it, once that is said."""

    answered_on: date
    verdict: Verdict
    said: str = ""
    number: str = ""
    taken: Taken = Taken.NOT_SAID
    how: str = ""


def ask_opinion(
    dossier: Dossier, *, of: Body, on: date, by: Signer, number: str = "", reply_by: date | None = None
) -> OpinionAsked:
    """Note that a body was asked. Raises ``WrongStep`` for a day before the dossier, or a deadline before the day."""
    if on < dossier.opened_on:
        raise WrongStep(
            _("Ngày xin ý kiến %(asked)s trước ngày lập hồ sơ %(opened)s.")
            % {"asked": day(on), "opened": day(dossier.opened_on)}
        )
    if reply_by and reply_by < on:
        raise WrongStep(
            _("Hạn trả lời %(reply_by)s trước ngày xin ý kiến %(asked)s.")
            % {"reply_by": day(reply_by), "asked": day(on)}
        )
    with acting("dossier.opinion_asked", by=by) as act:
        made = OpinionAsked.objects.create(
            act=act, dossier=dossier, body=of, asked_on=on, number=number, reply_by=reply_by
        )
        record(act, dossier, after={"asked": of.key, "on": f"{on}"})
    return made


def answer_opinion(asked: OpinionAsked, answer: Answer, *, by: Signer) -> OpinionAnswer:
    """Note an answer; a later one, or the word on how it was taken up, stands in the place of the one before."""
    if answer.answered_on < asked.asked_on:
        raise WrongStep(
            _("Trả lời ngày %(answered)s trước ngày hỏi %(asked)s.")
            % {"answered": day(answer.answered_on), "asked": day(asked.asked_on)}
        )
    if answer.verdict != Verdict.AGREES and not answer.said.strip():
        raise WrongStep(_("Có ý kiến hoặc không nhất trí thì phải ghi nội dung ý kiến."))
    if answer.taken in (Taken.PARTLY, Taken.NO) and not answer.how.strip():
        raise WrongStep(_("Tiếp thu một phần hoặc không tiếp thu thì phải giải trình."))
    with acting("dossier.opinion_answered", by=by) as act:
        lock("dossier.opinion", asked.pk)
        before = standing.answers(asked.dossier).get(asked.pk)
        made = OpinionAnswer.objects.create(
            act=act, asked=asked, answered_on=answer.answered_on, number=answer.number, verdict=answer.verdict,
            said=nfc(answer.said).strip(), taken=answer.taken, how=nfc(answer.how).strip(), replaces=before,
        )  # fmt: skip
        record(act, asked.dossier, after={"answered": asked.body.key, "verdict": answer.verdict, "taken": answer.taken})
    return made
