"""Specs of the charts that papers use: rates in order, amounts side by side, a course over months.

Made with Altair and handed on as plain Vega-Lite values; colours are told apart in black and white print as well. A
value that nobody gave has no bar and is written "chưa có số liệu", never drawn as 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import altair

from vungcao.kernel.vietnamese import MILLION_DONG, amount, percent, unit_name

WIDTH: Final = 330  # points of the plot; labels come beside it
BAR: Final = 15  # points a bar
DARK, MIDDLE, LIGHT = "#1f4e79", "#7f9fbf", "#d9d9d9"
NONE: Final = "chưa có số liệu"
Spec = dict[str, Any]


def rates(rows: Sequence[tuple[str, Decimal | None]], *, line: Decimal | None = None, line_name: str = "") -> Spec:
    """Bars of rates in percent in the order given, each with its figure; ``line`` draws a level (the average)."""
    values = [
        {"ten": name, "so": float(rate) if rate is not None else None, "chu": percent(rate) or NONE}
        for name, rate in rows
    ]
    top = max([100.0, *(one["so"] for one in values if isinstance(one["so"], float))])
    names = [name for name, _ in rows]
    base = altair.Chart(altair.Data(values=values)).encode(
        y=altair.Y("ten:N", sort=names, title=None, axis=altair.Axis(labelLimit=260)),
        x=altair.X("so:Q", title="%", scale=altair.Scale(domain=[0, top * 1.08])),
    )
    bars = base.mark_bar(color=DARK).encode()
    at = altair.X("nhan:Q", title="%", scale=altair.Scale(domain=[0, top * 1.08]))
    said = base.transform_calculate(nhan="isValid(datum.so) ? datum.so : 0").encode(text="chu:N", x=at)
    words = said.mark_text(align="left", dx=3)
    # white below the words: no line crosses them
    paper = said.mark_text(align="left", dx=3, stroke="white", strokeWidth=3, strokeJoin="round")
    layers = [bars]
    if line is not None:
        level = {"muc": float(line), "chu": f"{line_name} {percent(line)}".strip()}
        rule = altair.Chart(altair.Data(values=[level])).encode(x="muc:Q")
        layers += [
            rule.mark_rule(color="#c00000", strokeDash=[5, 3], size=1.5),
            rule.mark_text(color="#c00000", align="left", dx=4, dy=-6, baseline="bottom").encode(
                text="chu:N", y=altair.value(0)
            ),
        ]
    return _plain(altair.layer(*layers, paper, words), BAR * len(rows) + 10)


def amounts(rows: Sequence[tuple[str, Mapping[str, int | None]]], *, unit: int = MILLION_DONG) -> Spec:
    """Amounts in đồng side by side for each name: ``("Xã A", {"Kế hoạch": 5, "Giải ngân": 3})``, printed in a unit."""
    series = list(dict.fromkeys(one for _, parts in rows for one in parts))
    values = [
        {"ten": name, "loai": one, "so": None if dong is None else dong / unit, "nhan": (dong or 0) / unit,
         "chu": NONE if dong is None else amount(dong, unit, 0)}
        for name, parts in rows
        for one, dong in parts.items()
    ]  # fmt: skip
    base = altair.Chart(altair.Data(values=values)).encode(
        y=altair.Y("ten:N", sort=[name for name, _ in rows], title=None, axis=altair.Axis(labelLimit=260)),
        yOffset=altair.YOffset("loai:N", sort=series),
    )
    palette = altair.Scale(domain=series, range=[LIGHT, DARK, MIDDLE][: len(series)])
    bars = base.mark_bar(stroke="#444444", strokeWidth=0.5).encode(
        x=altair.X("so:Q", title=unit_name(unit), axis=altair.Axis(format=",.0f", tickCount=5)),
        color=altair.Color("loai:N", scale=palette, title=None, legend=altair.Legend(orient="top")),
    )
    words = base.mark_text(align="left", dx=3, fontSize=9).encode(x="nhan:Q", text="chu:N")
    return _plain(altair.layer(bars, words), (BAR * len(series) + 6) * len(rows))


def course(points: Sequence[tuple[str, str, Decimal | None]]) -> Spec:
    """Rates over months: ``(series, month, rate)`` in order; a month that nobody reported breaks the line."""
    months = list(dict.fromkeys(month for _, month, _ in points))
    series = list(dict.fromkeys(name for name, _, _ in points))
    values = [
        {"loai": name, "thang": month, "so": None if rate is None else float(rate)} for name, month, rate in points
    ]
    palette = altair.Scale(domain=series, range=[DARK, "#c55a11", MIDDLE])
    base = altair.Chart(altair.Data(values=values)).encode(
        x=altair.X("thang:N", sort=months, title=None, axis=altair.Axis(labelAngle=0)),
        y=altair.Y("so:Q", title="%"),
        color=altair.Color("loai:N", title=None, legend=altair.Legend(orient="top"), scale=palette),
        strokeDash=altair.StrokeDash("loai:N", sort=series, legend=None),
    )
    return _plain(altair.layer(base.mark_line(), base.mark_point(filled=True, size=40)), 190)


def _plain(chart: Any, height: int) -> Spec:
    """The spec as values, at the size of a page's column, with axes as our papers have them."""
    sized = chart.properties(width=WIDTH, height=max(60, height)).configure_view(stroke=None)
    sized = sized.configure_axis(labelFontSize=11, titleFontSize=11, titleFontWeight="normal", gridColor="#e6e6e6")
    spec: Spec = sized.configure_text(fontSize=10).configure_legend(labelFontSize=11).to_dict()
    return spec
