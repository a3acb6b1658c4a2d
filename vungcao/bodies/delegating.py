"""A post acted in by somebody else for some days: by delegation, or as acting head. A paper gives it."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from vungcao.bodies.models import Delegation, DelegationKind, Official, Posting
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.evidence.models import Act
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import after_last_day, last_day
from vungcao.kernel.vietnamese import day, nfc

LONGEST_DAYS: Final = 366  # a longer absence is a new appointment


class NotDelegated(Refusal):
    """A post that can't be acted in so."""

    code = "delegation.refused"


def delegate(
    posting: Posting, *, to: Official, kind: str, first: date, last: date, cites: str, by: Signer
) -> Delegation:
    """``to`` acts in a post from ``first`` to ``last`` (both within). Raises ``NotDelegated``.

    He has its verbs and its reach on those days beside his own. A post acted in is not passed on: only a posting of
    the official himself can be named here.
    """
    words = nfc(cites).strip()
    if not words:
        raise NotDelegated(_("Ghi số, ngày của văn bản ủy quyền hoặc giao phụ trách."))
    if last < first:
        raise NotDelegated(_("Ngày cuối %(last)s đứng trước ngày đầu %(first)s.") % _days(first, last))
    if (last - first).days >= LONGEST_DAYS:
        raise NotDelegated(
            _("Ủy quyền từ %(first)s đến %(last)s dài hơn một năm: hãy ghi vị trí công tác mới.") % _days(first, last)
        )
    if to.pk == posting.official_id:
        raise NotDelegated(_("Người làm thay phải là người khác."))
    until = after_last_day(last)
    assert until is not None
    with acting("post.delegated", by=by, reason=words) as act:
        lock("bodies.posting", posting.pk)
        _refuse(posting, to, first, until)
        made = Delegation.objects.create(
            act=act, posting=posting, deputy=to, kind=DelegationKind(kind), cites=words, valid_from=first,
            valid_to=until,
        )  # fmt: skip
        record(act, made, after={"posting": posting.pk, "kind": made.kind, "from": f"{first}", "to": f"{last}"})
    return made


def _refuse(posting: Posting, to: Official, first: date, until: date) -> None:
    standing = Posting.objects.standing().filter(pk=posting.pk).first()
    begins, ends = (standing.valid_from, standing.valid_to) if standing else (None, date.min)
    if (begins and first < begins) or (ends and until > ends):
        raise NotDelegated(
            _("Vị trí công tác này không có suốt từ %(first)s đến %(last)s.") % _days(first, last_day(until) or until)
        )
    if not Posting.objects.on(first).filter(official=to).exists():
        raise NotDelegated(
            _("%(name)s không giữ vị trí công tác nào vào ngày %(on)s.") % {"name": to, "on": day(first)}
        )
    for other in Delegation.objects.standing().filter(posting=posting):
        if (other.valid_from or date.min) < until and first < (other.valid_to or date.max):
            raise NotDelegated(
                _("Từ %(first)s đến %(last)s đã có %(name)s làm thay ở vị trí này: lấy lại ủy quyền ấy trước.")
                % {
                    "first": day(other.valid_from or date.min),
                    "last": day(last_day(other.valid_to) or date.max),
                    "name": other.deputy,
                }
            )


def take_back(delegation: Delegation, *, last: date, by: Signer) -> Delegation | None:
    """It ends on ``last`` instead; before its first day it never was (``None``). Raises ``NotDelegated``."""
    if delegation.valid_to and last >= (last_day(delegation.valid_to) or last):
        raise NotDelegated(
            _("Ủy quyền này đã hết vào ngày %(last)s.") % {"last": day(last_day(delegation.valid_to) or last)}
        )
    with acting("post.taken_back", by=by) as act:
        lock("bodies.posting", delegation.posting_id)
        return _end(delegation, delegation.posting, after_last_day(last), act)


def carry_over(old: Posting, new: Posting, act: Act) -> None:
    """A post was written anew: whoever acts in it goes on, but not beyond its last day."""
    for one in Delegation.objects.standing().filter(posting=old):
        ends = min((day for day in (one.valid_to, new.valid_to) if day), default=None)
        _end(one, new, ends, act)


def _end(one: Delegation, posting: Posting, until: date | None, act: Act) -> Delegation | None:
    if not Delegation.objects.filter(pk=one.pk).end(act):
        raise NotDelegated(_("Ủy quyền này vừa được người khác lấy lại hoặc ghi lại."))
    record(act, one, before={"to": f"{one.valid_to}"}, after={"to": f"{until}"})
    if until is not None and one.valid_from is not None and until <= one.valid_from:
        return None
    return Delegation.objects.create(
        act=act, posting=posting, deputy=one.deputy, kind=one.kind, cites=one.cites, valid_from=one.valid_from,
        valid_to=until,
    )  # fmt: skip


def _days(first: date, last: date) -> dict[str, str]:
    return {"first": day(first), "last": day(last)}
