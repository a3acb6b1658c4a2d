"""What stands beside the figures of a page: not split, not apportioned, not reported; each with its way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from vungcao.cube.figures import FigureQuery
from vungcao.cube.grouping import BY_KEY, OWN
from vungcao.kernel.vietnamese import sort_key


def not_split_id(query: FigureQuery, gap: dict[str, Any]) -> str:
    """The id of money that stands at a node itself and was not divided further; empty where no question names it."""
    filters = {"component": "component", "programme": "component", "place": "place", "district": "place"}
    dim = filters.get(gap["dim"])
    if dim is None or not gap.get("node") or gap["node"] == "*":
        return ""
    key = BY_KEY if dim == "place" else ""
    name = "given" if gap.get("measure") == "given_dong" else query.name
    return replace(query, name=name, by=(), **{dim: f"{OWN}{key}{gap['node']}"}).id  # type: ignore[arg-type]  # dim is a code's filter


def not_apportioned_id(query: FigureQuery, gap: dict[str, Any]) -> str:
    """The id of money of a place that has ended, as it was reported then."""
    if not gap.get("place"):
        return ""
    name = "given" if gap.get("measure") == "given_dong" else query.name
    return replace(query, name=name, by=(), boundaries="then", place=f"{OWN}{BY_KEY}{gap['place']}").id


def not_reported_id(query: FigureQuery, gap: dict[str, Any]) -> str:
    """The id of the money that a silent body holds."""
    held = replace(query, name="given", by=(), programme=gap["programme"] or None, body=f"{OWN}{gap['body']}")
    return replace(held, denominator="with_carry_over").id


def in_words(gap: dict[str, Any]) -> dict[str, Any]:
    """A gap with its dimension and measure in an officer's words."""
    measures = {"disbursed_dong": _("giải ngân"), "given_dong": _("vốn được giao")}
    return {
        **gap,
        "dim_word": dim_word(gap.get("dim", "")),
        "measure_word": measures.get(gap.get("measure", ""), ""),
    }


def dim_word(dim: str) -> str:
    """A dimension in an officer's words."""
    return {
        "component": _("dự án, nội dung"),
        "programme": _("chương trình"),
        "place": _("địa bàn"),
        "district": _("huyện"),
        "province": _("tỉnh"),
        "body": _("đơn vị"),
        "owner": _("chủ đầu tư"),
        "source": _("nguồn vốn"),
        "field": _("lĩnh vực chi"),
        "year": _("năm nguồn"),
        "year_use": _("năm sử dụng"),
    }.get(dim, dim)


def once(gaps: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Gaps that two answers both name, named once, in the order of names."""
    found = {tuple(sorted((key, str(value)) for key, value in gap.items())): gap for gap in gaps}
    return sorted(found.values(), key=lambda gap: sort_key(gap.get("name") or ""))
