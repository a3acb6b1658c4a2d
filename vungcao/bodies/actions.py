"""Verbs of bodies: hand a batch in, take it along its line, appoint officials."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies.delegating import carry_over
from vungcao.bodies.models import STATE_LINE, Batch, BatchEvent, BatchState, Body, Official, Posting, Role, Subject
from vungcao.bodies.queries import LEFT_THE_LINE, batch_state
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.evidence.models import Act, Source
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import after_last_day
from vungcao.kernel.vietnamese import day, nfc
from vungcao.territory.models import Place

_RECEIVED = STATE_LINE.index(BatchState.RECEIVED)


class OutOfOrder(Refusal):
    """A batch can't take this step from where it stands."""

    code = "batch.out_of_order"


def hand_in(*, body: Body, kind: str, period: str, source: Source, sheet: str, act: Act) -> Batch:
    """A new batch in state *draft*, under the act of whoever writes its facts."""
    batch = Batch.objects.create(act=act, body=body, kind=kind, period=period, source=source, sheet=sheet)
    BatchEvent.objects.create(act=act, batch=batch, state=BatchState.DRAFT)
    return batch


def reach(batch: Batch, state: str, *, reason: str = "", by: Signer) -> BatchEvent:
    """Take a batch to ``state``. Raises ``OutOfOrder`` for a step its line does not have.

    Up to *received* steps may be passed over (what comes by e-mail was never sent inside the system); what follows
    needs a batch that was received. A return needs a reason.
    """
    wanted = BatchState(state)
    with acting(f"batch.{wanted}", by=by, reason=reason) as act:
        lock("bodies.batch", batch.pk)
        now = batch_state(batch.pk)
        _check(batch, now, wanted, reason)
        event = BatchEvent.objects.create(act=act, batch=batch, state=wanted, reason=reason)
        record(act, batch, before={"state": now}, after={"state": wanted, "reason": reason})
    return event


def _check(batch: Batch, now: BatchState | None, wanted: BatchState, reason: str) -> None:
    stands = _(now.label).lower() if now else _("chưa gửi")
    if now == BatchState.SUPERSEDED:
        raise OutOfOrder(_("Lần gửi số %(no)s đã bị thay thế: hãy làm việc với bản thay thế.") % {"no": batch.pk})
    if wanted == BatchState.RETURNED:
        if not reason.strip():
            raise OutOfOrder(_("Trả lại thì phải ghi lý do."))
        if now in (BatchState.DRAFT, BatchState.RETURNED, BatchState.CLOSED, None):
            raise OutOfOrder(
                _("Lần gửi số %(no)s đang ở bước “%(stands)s”: không trả lại được.")
                % {"no": batch.pk, "stands": stands}
            )
        return
    if wanted == BatchState.SUPERSEDED:
        return
    reached = -1 if now is None or now in LEFT_THE_LINE else STATE_LINE.index(now)
    step = STATE_LINE.index(wanted)
    if step <= reached:
        raise OutOfOrder(
            _("Lần gửi số %(no)s đã ở bước “%(stands)s”: không lùi về “%(wanted)s”.")
            % {"no": batch.pk, "stands": stands, "wanted": _(wanted.label).lower()}
        )
    if step > _RECEIVED > reached:
        raise OutOfOrder(
            _("Lần gửi số %(no)s chưa được tiếp nhận (đang “%(stands)s”): chưa thể “%(wanted)s”.")
            % {"no": batch.pk, "stands": stands, "wanted": _(wanted.label).lower()}
        )


def create_official(
    *,
    username: str,
    name: str,
    password: str,
    body: Body,
    post: str,
    role: str,
    reach: Place,
    by: Signer,
    on: date | None = None,
    demo: bool = False,
) -> Official:
    """A sign-in, the person in office and a first post from ``on`` (``None``: start unknown).

    The password is known to who gives it, so it must be changed at the first sign-in; not so on a ``demo`` account.
    Raises ``Refusal`` when the name is taken (in small or large letters) or not of letters, figures and ``@.+-_``, or
    the password too weak. The audit row names no person.
    """
    users = get_user_model()
    username = users.normalize_username(username)
    try:
        users.username_validator(username)
    except ValidationError as odd:
        raise Refusal(_("Tên đăng nhập viết liền, chỉ gồm chữ, số và các dấu @ . + - _ ."), field="username") from odd
    try:
        validate_password(password, users(username=username))
    except ValidationError as weak:
        raise Refusal(" ".join(weak.messages), field="password") from weak
    with acting("official.created", by=by) as act:
        lock("users.username", username.casefold())
        if users.objects.filter(username__iexact=username).exists():
            raise Refusal(_("Tên đăng nhập %(username)s đã có người dùng.") % {"username": username}, field="username")
        user = users.objects.create_user(
            username=username, password=password, password_given_at=timezone.now(), is_demo=demo
        )
        official = Official.objects.create(act=act, user=user, name=nfc(name))
        record(act, official, after={"body": body.key})
        appoint(official=official, body=body, post=post, role=role, reach=reach, on=on, by=by)
    return official


def appoint(
    *,
    official: Official,
    body: Body,
    post: str,
    role: str,
    reach: Place,
    by: Signer,
    on: date | None = None,
    subjects: Iterable[str] = (),
) -> Posting:
    """Give an official a post in a body from a day, with the place it reaches and its areas of work (none: all)."""
    areas = sorted(map(str, map(Subject, subjects)))
    with acting("official.appointed", by=by) as act:
        posting = Posting.objects.create(
            act=act, official=official, body=body, post=nfc(post), role=Role(role), reach=reach, valid_from=on,
            subjects=areas,
        )  # fmt: skip
        after = {"body": body.key, "role": posting.role, "reach": reach.key, "subjects": areas}
        record(act, posting, after=after)
    return posting


def release(posting: Posting, *, last_day: date, by: Signer) -> Posting:
    """Close a post: its row is ended and written again with its last day. Raises ``Refusal`` if it ended already."""
    if posting.valid_from and last_day < posting.valid_from:
        raise Refusal(
            _("Ngày thôi giữ chức vụ %(last_day)s trước ngày nhận %(since)s.")
            % {"last_day": day(last_day), "since": day(posting.valid_from)}
        )
    with acting("official.released", by=by) as act:
        lock("bodies.posting", posting.pk)  # whoever delegates it comes before, and is carried over, or after
        if not Posting.objects.filter(pk=posting.pk).end(act):
            raise Refusal(_("Chức vụ này đã được kết thúc hoặc thay bằng bản khác."))
        closed = Posting.objects.create(
            act=act,
            official=posting.official,
            body=posting.body,
            post=posting.post,
            role=posting.role,
            reach=posting.reach,
            subjects=posting.subjects,
            valid_from=posting.valid_from,
            valid_to=after_last_day(last_day),
        )
        carry_over(posting, closed, act)
        record(act, closed, before={"valid_to": None}, after={"valid_to": f"{closed.valid_to}"})
    return closed
