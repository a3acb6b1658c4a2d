"""Money in a sentence that is said to a reader at once: the unit in his language, the digits as everywhere."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vungcao.kernel.vietnamese import amount


def money(dong: int) -> str:
    """Whole đồng with the unit's name: ``5_857_000_000`` → ``5.857 triệu đồng``, in English ``5.857 million đồng``.

    For what is kept or printed, ``kernel.vietnamese.money``.
    """
    return _("%(number)s triệu đồng") % {"number": amount(dong)}
