"""Ways of looking at a register that an official keeps under a name."""

from __future__ import annotations

from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from vungcao.bodies.models import Official
from vungcao.desk.models import SavedView
from vungcao.desk.registers.declaring import Register
from vungcao.evidence.actions import acting, lock
from vungcao.evidence.keeping import DatedQuerySet
from vungcao.evidence.remembering import Remembered
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import nfc

MOST: Final = 20
_LONGEST: Final = 2_000
_kept: Final[Remembered[tuple[SavedView, ...]]] = Remembered(SavedView, room=512)


def views_of(official: Official, register: Register) -> DatedQuerySet:
    """His own ways of looking at a register, by name."""
    mine: DatedQuerySet = SavedView.objects.filter(official=official, register=register.key)
    return mine.standing().order_by("name")


def names_of(official: Official, register: Register) -> tuple[SavedView, ...]:
    """The same, kept in memory while nobody keeps another: every list shows them."""
    mine = (official.pk, register.key)
    return _kept.get(mine, None, lambda: tuple(views_of(official, register)))


def keep(official: Official, register: Register, name: str, query: str) -> SavedView:
    """Keep filters and order under a name; a name again takes the place of the first. Raises ``Refusal``."""
    said = nfc(name)
    if not said or len(said) > 80:
        raise Refusal(_("Ghi tên cách xem, không quá 80 chữ."))
    with acting("desk.view_kept", by=official) as act:
        lock("desk.views", official.pk, register.key)
        mine = views_of(official, register)
        held = mine.filter(name=said).first()
        if held is not None and held.query == query:
            raise Refusal(_("Cách xem “%(name)s” đã lưu đúng như vậy.") % {"name": said})
        if held is None and mine.count() >= MOST:
            raise Refusal(_("Mỗi sổ lưu nhiều nhất %(most)s cách xem: bỏ bớt rồi lưu.") % {"most": MOST})
        mine.filter(name=said).end(act)
        return SavedView.objects.create(act=act, official=official, register=register.key, name=said, query=query)


def let_go(official: Official, register: Register, key: str) -> None:
    """Let a way of looking go. Raises ``Refusal`` where there is none of his of that key."""
    with acting("desk.view_let_go", by=official) as act:
        found = views_of(official, register).filter(pk=key if key.isascii() and key.isdigit() else 0)
        if not found.order_by().end(act):
            raise Refusal(_("Không còn cách xem này."))


def asked(query: str) -> QueryDict:
    """What an address asked, as it was sent along with a form."""
    return QueryDict(query[:_LONGEST])
