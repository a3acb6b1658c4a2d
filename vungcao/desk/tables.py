"""Heads of the overview's tables: what a column is, whether it sorts, which way it runs now."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Head:
    """One column's head. ``href`` is empty where the table keeps its own order."""

    word: str
    css: str
    direction: str = ""
    href: str = ""

    @property
    def sign(self) -> str:
        return {"ascending": "up", "descending": "down"}.get(self.direction, "both")


def heads(first: str, *, asked: QueryDict | None = None, sort: str = "", anchor: str = "") -> list[Head]:
    """The five columns; with ``asked`` (the request's query) each head is a link that sorts, then turns round."""
    columns = [
        ("name", first, "fixed"),
        ("given", _("Được giao"), "num"),
        ("spent", _("Giải ngân"), "num"),
        ("left", _("Còn lại"), "num"),
        ("rate", _("Tỷ lệ"), "num rate"),
    ]
    if asked is None:
        return [Head(word, css) for _key, word, css in columns]
    now = sort or "name"
    found = []
    for key, word, css in columns:
        direction = "ascending" if now == key else "descending" if now == f"-{key}" else ""
        link = asked.copy()
        link["sort"] = f"-{key}" if direction == "ascending" else key
        found.append(Head(word, css, direction, f"?{link.urlencode()}#{anchor}"))
    return found
