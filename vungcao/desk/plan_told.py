"""Plans as they are told: in JSON for programs, in tables at the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vungcao.cube.series import PLAN_WORDS, Series, SeriesRow
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.kernel.vietnamese import amount, day, money, number, percent
from vungcao.law.models import Confidence
from vungcao.programme.comparing import (
    Change,
    Comparison,
    Ends,
    LineChange,
    TargetChange,
    difference,
    ends_json,
    plan_json,
)
from vungcao.programme.models import PlanLine, PlanTarget, PlanVersion
from vungcao.programme.queries import FundingSources, outermost, plan_versions, targets
from vungcao.programme.versions import lines_of, total, tree_of

CHANGES: Final = {
    Change.ADDED: gettext_lazy("thêm"),
    Change.DROPPED: gettext_lazy("bỏ"),
    Change.RAISED: gettext_lazy("tăng"),
    Change.LOWERED: gettext_lazy("giảm"),
    Change.UNCHANGED: gettext_lazy("giữ nguyên"),
    Change.REWORDED: gettext_lazy("đổi cách ghi"),
    Change.OPEN: gettext_lazy("chưa rõ tăng hay giảm"),
}
SURE: Final = {one.value: one.label for one in Confidence}


def show_list(*, as_data: bool) -> int:
    """Every version, which one replaces which, how many lines and targets."""
    rows = list(plan_versions())
    if as_data:
        as_json({"plans": [_head(one) for one in rows]})
        return 0
    cells = [
        (f"{one.pk}", one.programme.code, _(one.get_kind_display()), one.span, one.place.key,
         one.number or "–", day(one.dated) if one.dated else "–", f"{one.version}", f"{one.lines.count()}",
         f"{len(targets(one))}", _(SURE[one.confidence]))
        for one in rows
    ]  # fmt: skip
    heads = ("Số", "Chương trình", "Loại", "Năm", "Địa bàn", "Quyết định", "Ngày", "Bản", "Dòng", "Chỉ tiêu", "Độ chắc")
    table(heads, cells, title=_("%(count)s kế hoạch") % {"count": len(rows)}, right=(0, 7, 8, 9))
    return 0


def _head(one: PlanVersion) -> dict[str, Any]:
    return {**plan_json(one), "lines": one.lines.count(), "targets": len(targets(one))}


def version_json(plan: PlanVersion) -> dict[str, Any]:
    """One version: its lines, what they add up to (a part never beside its whole), its targets."""
    lines = lines_of(plan)
    kept = outermost(lines, tree_of(plan), FundingSources.all())
    return {
        **plan_json(plan),
        "total_dong": ends_json(total(kept)),
        "lines": [_line(one, one in kept) for one in lines],
        "targets": [target_json(one) for one in targets(plan)],
    }


def _line(one: PlanLine, counted: bool) -> dict[str, Any]:
    return {
        "line": one.pk, "component": one.component.code, "source": one.source.code, "year_use": one.year_use,
        "place": one.place.key, "low_dong": one.low_dong, "high_dong": one.high_dong, "in_total": counted,
        "confidence": one.confidence, "cites": one.cites,
    }  # fmt: skip


def target_json(one: PlanTarget) -> dict[str, Any]:
    """A target as said, its figure as a text with a decimal point, how sure it is."""
    return {
        "target": one.pk, "code": one.code, "component": one.component.code, "place": one.place.key,
        "year_use": one.year_use, "indicator": one.indicator, "numerator": one.numerator,
        "denominator": one.denominator, "said": one.value_said, "value": _plain(one.value),
        "value_to": _plain(one.value_to), "unit": one.unit, "qualifier": one.qualifier, "confidence": one.confidence,
        "node_note": one.node_note, "cites": one.cites, "seen_in": one.seen_in,
    }  # fmt: skip


def _plain(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def show(plan: PlanVersion, *, as_data: bool) -> int:
    said = version_json(plan)
    if as_data:
        as_json(said)
        return 0
    console.print(
        _("Kế hoạch %(number)s: %(plan)s") % {"number": plan.pk, "plan": plan},
        style="bold",
        markup=False,
        soft_wrap=True,
    )
    if plan.note:
        console.print(plan.note, markup=False, soft_wrap=True)
    kept = {one["line"] for one in said["lines"] if one["in_total"]}
    cells = [
        (one.component.code, one.source.name, one.year_use, one.place.key, _ends((one.low_dong, one.high_dong)),
         "" if one.pk in kept else _("trong số trên"), _(SURE[one.confidence]))
        for one in lines_of(plan)
    ]  # fmt: skip
    whole = said["total_dong"]
    added = money(whole["low"]) if whole and whole["low"] == whole["high"] else "–"
    heads = ("Nội dung", "Nguồn vốn", "Năm", "Địa bàn", "Triệu đồng", "", "Độ chắc")
    table(heads, cells, title=_("Dòng vốn; cộng %(added)s") % {"added": added}, right=(4,))
    _show_targets(targets(plan))
    return 0


def _show_targets(rows: Iterable[PlanTarget]) -> None:
    cells = [
        (
            f"{one.pk}",
            one.code,
            one.component.code,
            one.indicator,
            one.value_said,
            one.year_use,
            _(SURE[one.confidence]),
        )
        for one in rows
    ]
    heads = ("Số", "Mã", "Nội dung", "Chỉ tiêu", "Mức", "Năm", "Độ chắc")
    table(heads, cells, title=_("%(count)s chỉ tiêu") % {"count": len(cells)}, right=(0,))


def show_comparison(found: Comparison, *, as_data: bool) -> int:
    """A beside B, a row for each node, source and year; then the targets."""
    if as_data:
        as_json(found.as_json())
        return 0
    console.print(f"A: {found.a}\nB: {found.b}", style="bold", markup=False, soft_wrap=True)
    for said in found.warnings:
        console.print(f"• {said}", markup=False, soft_wrap=True)
    a, b = found.totals
    gap = _signed(difference(a, b))
    console.print(
        _("Tổng: A %(ends)s, B %(ends_2)s, chênh %(gap)s (triệu đồng).")
        % {"ends": _ends(a), "ends_2": _ends(b), "gap": gap},
        markup=False,
        soft_wrap=True,
    )
    heads = ("Nội dung", "Nguồn vốn", "Năm", "A", "B", "Chênh lệch", "")
    table(heads, map(_line_cells, found.lines), title=_("Dòng vốn (triệu đồng; – là không có dòng)"), right=(3, 4, 5))
    heads = ("Mã", "Nội dung", "Chỉ tiêu", "A", "B", "Chênh lệch", "")
    table(heads, map(_target_cells, found.targets), title=_("Chỉ tiêu"), right=(5,))
    return 0


def _line_cells(one: LineChange) -> tuple[str, ...]:
    was = _(" (A gọi: %(was)s)") % {"was": one.node.was} if one.node.is_renamed else ""
    return (
        f"{one.node.code}{was}", one.source_name, one.year_use, _ends(one.a), _ends(one.b), _signed(one.difference),
        str(CHANGES[one.change]),
    )  # fmt: skip


def _target_cells(one: TargetChange) -> tuple[str, ...]:
    gap = one.difference
    told = f"{'+' if gap > 0 else ''}{number(gap.normalize())} {one.one.unit}" if gap else ""
    return (
        one.one.code, one.node.code, one.one.indicator, one.a.value_said if one.a else "–",
        one.b.value_said if one.b else "–", told, str(CHANGES[one.change]),
    )  # fmt: skip


def _ends(ends: Ends | None) -> str:
    if ends is None:
        return "–"
    return amount(ends[0]) if ends[0] == ends[1] else f"{amount(ends[0])} … {amount(ends[1])}"


def _signed(ends: Ends | None) -> str:
    if ends is None:
        return "–"
    low, high = (f"{'+' if one > 0 else ''}{amount(one)}" for one in ends)
    return low if low == high else f"{low} … {high}"


def show_series(found: Series, *, as_data: bool) -> int:
    """A row a year and programme; a break stands before the first year it breaks."""
    if as_data:
        as_json(found.as_json())
        return 0
    cells: list[tuple[str, ...]] = []
    told = list(found.breaks)
    for row in found.rows:
        while told and row.year >= told[0].year and row.component == told[0].after:
            one = told.pop(0)
            cells.append(
                (
                    f"{one.year}",
                    _("GÃY: %(code)s → %(code_2)s") % {"code": one.before.code, "code_2": one.after.code},
                    "",
                    "",
                    "",
                    "",
                    _(SURE[one.confidence]),
                )
            )
        cells.append(_series_cells(row))
    heads = ("Năm", "Chương trình", "Kế hoạch", "Là", "Giải ngân", "Tỷ lệ", "Báo cáo mới nhất")
    table(
        heads,
        cells,
        title=_("Chuỗi %(code)s (triệu đồng; – là chưa có số liệu)") % {"code": found.asked.code},
        right=(2, 4, 5),
    )
    for span in found.spans:
        whole = _("%(code)s %(years)s: %(ends)s triệu đồng") % {
            "code": span.component.code,
            "years": span.years,
            "ends": _ends((span.low_dong, span.high_dong)),
        }
        text = _("%(whole)s, không chia theo năm (%(paper)s)") % {"whole": whole, "paper": span.paper}
        console.print(text, markup=False, soft_wrap=True)
    for one in found.breaks:
        where = _("Gãy năm %(year)s, %(code)s → %(code_2)s (%(sure)s)") % {
            "year": one.year,
            "code": one.before.code,
            "code_2": one.after.code,
            "sure": _(SURE[one.confidence]).lower(),
        }
        text = _("%(where)s: %(why)s Căn cứ: %(cites)s.") % {"where": where, "why": one.why, "cites": one.cites}
        console.print(text, markup=False, soft_wrap=True)
    for note in found.notes:
        console.print(note, markup=False, soft_wrap=True)
    return 0


def _series_cells(row: SeriesRow) -> tuple[str, ...]:
    plan = row.planned
    return (
        f"{row.year}", row.name, _ends((plan.low_dong, plan.high_dong) if plan else None),
        _(PLAN_WORDS[plan.what]) if plan else "", "–" if row.disbursed_dong is None else amount(row.disbursed_dong),
        percent(row.rate) or "–", day(row.as_of) if row.as_of else "",
    )  # fmt: skip
