"""Tags every template has: figures in Vietnamese dress, marks, icons. No style attribute is ever written (CSP)."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django import template
from django.template.defaultfilters import stringfilter
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from vungcao.kernel import vietnamese
from vungcao.ui.icons import PATHS

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """The key of one drawing of a form: sent twice, the form is carried out once (``desk.once``)."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid4())


@register.simple_tag
def missing(said: str = "") -> SafeString:
    """What stands where no figure is known: missing is not zero."""
    return format_html('<span class="missing">{}</span>', said or gettext("chưa có số liệu"))


@register.filter
def money(dong: int | None, decimals: int | None = None) -> str:
    """Whole đồng in triệu đồng, the unit said once elsewhere: ``5_857_000_000`` → ``5.857``.

    Without ``decimals`` every đồng is printed; a column of a table gives one number for all its cells.
    """
    return missing() if dong is None else vietnamese.amount(dong, vietnamese.MILLION_DONG, decimals)


@register.filter
def dong(value: int | None) -> str:
    """Whole đồng to the last one: ``15213000000`` → ``15.213.000.000``."""
    return missing() if value is None else vietnamese.number(value)


@register.filter
def percent(rate: Decimal | None) -> str:
    """``Decimal("72.9")`` → ``72,9%``; without a rate, the words for missing."""
    return missing() if rate is None else vietnamese.percent(Decimal(rate))


@register.filter
def points(value: Decimal | None) -> str:
    """A difference of two rates with its sign: ``Decimal("4.1")`` → ``+4,1``."""
    return missing() if value is None else f"{'+' if value > 0 else ''}{vietnamese.number(Decimal(value), 1)}"


@register.filter
def day(value: datetime.date | None) -> str:
    """``15/11/2021``; a moment is first taken to the office's time zone by Django."""
    return missing() if value is None else vietnamese.day(value)


@register.filter
@stringfilter
def initial(text: str) -> str:
    """First letter raised, the rest untouched (``capfirst`` would do, but says nothing of NFC)."""
    text = vietnamese.nfc(text)
    return text[:1].upper() + text[1:]


@register.filter
def as_json(value: Any) -> str:
    """A value for a ``data-`` attribute that one of our own scripts reads; escaped like any text."""
    return json.dumps(value)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An inline drawing, always beside a word and therefore unread by screen readers."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', mark_safe(PATHS[name])
    )


@register.simple_tag
def status(kind: str, word: str) -> SafeString:
    """A mark of state: sign, word, and only then colour. ``kind``: holds, warns, fails or quiet."""
    return _status(kind, word if isinstance(word, str) else conditional_escape(word))


@lru_cache(maxsize=1 << 10, typed=True)  # a text and the same said to be safe are two
def _status(kind: str, word: str) -> SafeString:
    sign = {"holds": "check", "warns": "alert", "fails": "cross", "quiet": "dash"}[kind]
    return format_html('<span class="status {}">{} {}</span>', kind, icon(sign), word)


@register.simple_tag
def bar(rate: Decimal | None, mean: Decimal | None = None) -> SafeString:
    """A rate drawn as a thin bar, with a stroke at the mean. Decoration beside the printed rate."""
    if rate is None:
        return SafeString("")
    part = min(max(Decimal(rate), Decimal(0)), Decimal(100))
    stroke = SafeString("")
    if mean is not None:
        at = min(max(Decimal(mean), Decimal(0)), Decimal(100))
        stroke = format_html('<line class="mean" x1="{0}%" x2="{0}%" y1="0" y2="100%"/>', f"{at:.1f}")
    return format_html(
        '<svg class="bar" aria-hidden="true" focusable="false">'
        '<rect class="track" width="100%" height="100%" rx="1"/>'
        '<rect class="part" width="{}%" height="100%" rx="1"/>{}</svg>',
        f"{part:.1f}",
        stroke,
    )


@register.simple_tag
def whence(figure_id: str, of: str = "") -> SafeString:
    """The link "từ đâu?" of a figure; ``of`` names the figure for those who hear the page."""
    if not figure_id:
        return SafeString("")
    return format_html(
        '<a class="whence" href="{}?{}">{}<span class="unseen"> {}</span></a>',
        reverse("desk:trace"),
        urlencode({"id": figure_id}),
        gettext("từ đâu?"),
        of,
    )


@register.simple_tag
def figure(dong_value: int | None, figure_id: str = "", of: str = "", decimals: int | None = None) -> SafeString:
    """An amount in triệu đồng with its way back to the papers."""
    return format_html("{} {}", money(dong_value, decimals), whence(figure_id, of))
