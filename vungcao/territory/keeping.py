"""Names set right: a name that was written wrong, of the days on which it was, with the reason."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.evidence.rewriting import again
from vungcao.evidence.seen import end_as_seen
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import nfc
from vungcao.territory.models import PlaceVersion


def correct_name(*, seen: int, name: str, reason: str, by: Signer) -> PlaceVersion:
    """Write the version that was seen again with its name set right; its days stay, and the wrong one stays in sight.

    Not for a new name: that is ``actions.rename_place``, from a day on. Raises ``Refusal``, ``Overtaken``.
    """
    said, why = nfc(name), nfc(reason)
    if not said or not why:
        raise Refusal(_("Ghi tên đúng và lý do đính chính."))
    with acting("territory.name_corrected", by=by, reason=why) as act:
        lock("territory.places")
        old = end_as_seen(PlaceVersion, seen, act)
        if old.name == said:
            raise Refusal(_("Không có gì khác để ghi."), field="name")
        new = again(old, act, name=said)
        new.save()
        record(act, new.place, before={"name": old.full_name}, after={"name": new.full_name, "reason": why})
    return new
