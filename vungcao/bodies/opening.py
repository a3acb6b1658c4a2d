"""Recording a body that no reference list has: a project management unit, another owner of works."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies import matching, queries
from vungcao.bodies.models import Body, BodyKind, BodyVersion
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import last_day
from vungcao.kernel.vietnamese import day, fold, nfc
from vungcao.law.models import Confidence

PREFIX: Final = "CDT-"
MAY_BE_OVER: Final = frozenset(
    {BodyKind.PROVINCE, BodyKind.DEPARTMENT, BodyKind.BOARD, BodyKind.DISTRICT, BodyKind.COMMUNE}
)
_LONGEST: Final = 200


class NotABody(Refusal):
    """What can't be recorded as a body of its own."""

    code = "body.refused"


def open_owner(
    name: str,
    *,
    under: Body,
    by: Signer,
    since: date | None = None,
    until: date | None = None,
    also: Sequence[str] = (),
    cites: str = "",
) -> Body:
    """Record an owner of works under the body that gives it its budget; its seat is that body's. ``since`` and the
    half-open ``until`` may be unknown (``None``). The same name under the same body again changes nothing.

    Raises ``NotABody`` for an empty name, a name that the lists know already, a superior that is not there or may not
    be one, days the wrong way round.
    """
    said = nfc(name)
    if not said or len(said) > _LONGEST:
        raise NotABody(_("Ghi tên đơn vị, không quá %(most)s chữ.") % {"most": _LONGEST})
    if since and until and until <= since:
        raise NotABody(
            _("Ngày cuối %(last)s đứng trước ngày đầu %(first)s.")
            % {"last": day(last_day(until) or until), "first": day(since)}
        )
    key = f"{PREFIX}{hashlib.sha256(f'{fold(said)}|{under.key}'.encode()).hexdigest()[:8]}"
    held = queries.body(key)
    if held is not None:
        return held
    seat = _seat(under, since)
    until = min((end for end in (until, seat.valid_to) if end is not None), default=None)  # it ends with its superior
    known = _known_as(said, seat)
    with acting("body.opened", by=by) as act:
        lock("bodies.open", key)
        held = queries.body(key)  # before the lists' word: another's recording of the same is in them by now
        if held is not None:
            return held
        if known is not None:
            raise NotABody(_("“%(said)s” đã có trong danh mục: %(name)s.") % {"said": said, "name": known})
        made = Body.objects.create(act=act, key=key)
        BodyVersion.objects.create(
            act=act,
            body=made,
            name=said,
            kind=BodyKind.OWNER,
            parent=under,
            place_id=seat.place_id,
            also=[nfc(one) for one in also if nfc(one)],
            confidence=Confidence.SOURCED if cites else Confidence.RECALLED,
            cites=cites,
            valid_from=since,
            valid_to=until,
        )
        record(act, made, after={"name": said, "under": under.key, "since": f"{since}", "until": f"{until}"})
    return made


def _seat(under: Body, since: date | None) -> BodyVersion:
    """The superior as it stands on the first day (where that is unknown: as it stood last)."""
    rows = list(BodyVersion.objects.standing().filter(body=under).order_by("valid_from"))
    found = [row for row in rows if since is None or (row.valid_to is None or row.valid_to > since)]
    if not found:
        raise NotABody(
            _("Cấp trên %(code)s không có vào ngày %(day)s.") % {"code": under.key, "day": day(since or date.max)}
        )
    if found[-1].kind not in MAY_BE_OVER:
        raise NotABody(
            _("%(name)s không có chủ đầu tư trực thuộc: chọn ủy ban, sở, ban, ngành.") % {"name": found[-1].name}
        )
    return found[-1]


def _known_as(said: str, seat: BodyVersion) -> str | None:
    """What the lists call it, ``None`` where they do not know it: what they know is not recorded a second time."""
    on = last_day(seat.valid_to) or seat.valid_from or timezone.localdate()
    known = matching.match(said, on=on)
    return None if known.body_id is None else queries.naming(known.body_id, on)[0]
