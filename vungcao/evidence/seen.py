"""Changing a dated row that somebody has looked at: only if it still stands as it was seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.evidence.keeping import Dated
from vungcao.evidence.models import Act
from vungcao.evidence.rewriting import again
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import nfc

Row = TypeVar("Row", bound=Dated)


class Overtaken(Refusal):
    """Somebody else wrote first. ``facts["by"]`` is the act that did."""

    code = "history.overtaken"


def end_as_seen(model: type[Row], seen: int, act: Act) -> Row:
    """End the row that was seen and return it. Raises ``Overtaken`` if another act ended it meanwhile.

    The database decides: of two that end one row at once the second waits for the first, then finds nothing to end.
    """
    ended = model.objects.filter(pk=seen).end(act)
    row = model._default_manager.select_related("ended_by__numbered").get(pk=seen)
    if not ended:
        raise _overtaken(row.ended_by)  # it was not ours, so somebody ended it
    return row


def still_stands(model: type[Row], seen: int) -> Row:
    """The row that was seen, if nobody has ended it. Raises ``Overtaken``. Ask it behind the lock of whoever writes."""
    row = model._default_manager.select_related("ended_by__numbered").get(pk=seen)
    if row.ended_by is not None:
        raise _overtaken(row.ended_by)
    return row


def name_set_right(
    model: type[Row], seen: int, names: Mapping[str, Any], *, verb: str, locks: str, of: str, reason: str, by: Signer
) -> Row:
    """The version that was seen, written again with what it is called set right (``names``: its ``name`` and others by
    column, in NFC); its days stay, the wrong one stays in sight. ``of`` is the column of the thing it is a version of.
    Raises ``Refusal``, ``Overtaken``.
    """
    why = nfc(reason)
    if not names["name"] or not why:
        raise Refusal(_("Ghi tên đúng và lý do đính chính."))
    with acting(verb, by=by, reason=why) as act:
        lock(locks)
        old = end_as_seen(model, seen, act)
        before = {column: getattr(old, column) for column in names}
        if before == names:
            raise Refusal(_("Không có gì khác để ghi."), field="name")
        new = again(old, act, **names)
        new.save()
        record(act, getattr(new, of), before=before, after={**names, "reason": why})
    return new


def _overtaken(other: Act) -> Overtaken:
    return Overtaken(
        _(
            "Trong lúc đó %(who)s đã ghi bản khác lúc %(at)s (lần ghi số %(no)s). Chưa ghi gì của bạn: "
            "xem bản đang có ở dưới, rồi ghi tiếp nếu vẫn cần."
        )
        % {
            "who": ", ".join(filter(None, (other.official_name, other.official_post))),
            "at": f"{timezone.localtime(other.numbered.recorded_at):%H:%M %d/%m/%Y}",
            "no": other.numbered.no,
        },
        by=other,
    )
