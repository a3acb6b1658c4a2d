"""Extensions of the last day of use: a request noted with its paper, the answer noted with its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vungcao.bodies.models import Body
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import day, nfc
from vungcao.ledger.models import ExtensionAnswer, ExtensionAsked, Outcome
from vungcao.ledger.regions import Region


class NotAnExtension(Refusal):
    """A request or an answer that does not say what it must."""

    code = "extension.not_said"


@dataclass(frozen=True)
class AnswerSaid:
    """What a paper answers; ``dong`` whole đồng and ``until`` only where it grants."""

    outcome: Outcome
    number: str
    dated: date
    dong: int | None = None
    until: date | None = None


def ask_extension(
    account: Region, *, dong: int, asked_by: Body, number: str, asked_on: date, until: date, reason: str, by: Signer
) -> ExtensionAsked:
    """Note a request for a later last day. Raises ``NotAnExtension`` without a number, a reason or money, or for a last
    day that is not later than the paper, or money of several years or sources. What contradicts the rules is stored and
    flagged (``extensions.faults``): the paper has gone.
    """
    if not number.strip() or not reason.strip():
        raise NotAnExtension(_("Đề nghị kéo dài phải có số văn bản và lý do."))
    if dong <= 0:
        raise NotAnExtension(_("Số tiền đề nghị kéo dài phải lớn hơn 0."))
    if until <= asked_on:
        raise NotAnExtension(
            _("Đề nghị kéo dài đến %(until)s thì không sau ngày văn bản %(asked)s.")
            % {"until": day(until), "asked": day(asked_on)}
        )
    if not (account.year_origin.isdigit() and account.year_use.isdigit()):
        raise NotAnExtension(_("Mỗi đề nghị kéo dài nói về vốn của một năm nguồn, một năm sử dụng."))
    with acting("extension.asked", by=by) as act:
        lock("extension.asked", number, asked_by.pk)
        same = ExtensionAsked.objects.filter(
            number=number, asked_on=asked_on, asked_by=asked_by, dong=dong, until=until, **account.columns()
        ).first()
        if same is not None:
            return same
        made = ExtensionAsked.objects.create(
            act=act, dong=dong, asked_by=asked_by, number=nfc(number).strip(), asked_on=asked_on, until=until,
            reason=nfc(reason).strip(), **account.columns(),
        )  # fmt: skip
        record(act, made, after={"number": number, "dong": dong, "until": f"{until}"})
    return made


def answer_extension(asked: ExtensionAsked, said: AnswerSaid, *, decided_by: Body, by: Signer) -> ExtensionAnswer:
    """Note the answer; a later paper stands in the place of the one before. Raises ``NotAnExtension`` where a grant
    does not say how much and until when, or a refusal does.
    """
    grants = said.outcome != Outcome.REFUSED
    if not said.number.strip():
        raise NotAnExtension(_("Phải ghi số, ký hiệu của văn bản trả lời."))
    if grants and (said.until is None or said.dong is None or said.dong <= 0):
        raise NotAnExtension(_("Cho kéo dài thì phải ghi số tiền và đến hết ngày nào."))
    if not grants and (said.until is not None or said.dong is not None):
        raise NotAnExtension(_("Không cho kéo dài thì không ghi số tiền, ngày."))
    with acting("extension.answered", by=by) as act:
        lock("extension", asked.pk)
        before = asked.answers.filter(replaced_by=None).order_by("pk").last()
        made = ExtensionAnswer.objects.create(
            act=act, asked=asked, outcome=said.outcome, dong=said.dong, until=said.until,
            number=nfc(said.number).strip(), dated=said.dated, decided_by=decided_by, replaces=before,
        )  # fmt: skip
        record(act, asked, after={"outcome": said.outcome, "dong": said.dong, "number": said.number})
    return made
