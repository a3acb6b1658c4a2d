"""The living page: tokens and every component in every state. It shows invented figures only."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vungcao.ui.icons import PATHS
from vungcao.ui.rights import open_to_signed_in

TOKENS = [
    *("ground", "paper", "sunken", "line", "line-strong", "ink", "ink-quiet", "accent", "accent-soft", "mark"),
    *("holds", "holds-soft", "warns", "warns-soft", "fails", "fails-soft"),
]
SAMPLE = [
    ("total", 0, "TỔNG CỘNG (ví dụ)", 20_000_000_000, 12_345_600_000),
    ("section", 0, "Dự án 1: tên dự án ví dụ", 12_000_000_000, 9_000_000_000),
    ("item", 1, "Tiểu dự án 1: tên ví dụ", 7_000_000_000, 7_000_000_000),
    (
        "item",
        1,
        "Tiểu dự án 2: tên ví dụ khá dài để thấy chữ xuống dòng ra sao trong cột nội dung",
        5_000_000_000,
        None,
    ),
    ("gap-row", 1, "Chưa chia ở cấp dưới", None, 2_000_000_000),
    ("section", 0, "Dự án 2: tên dự án ví dụ", 8_000_000_000, 3_345_600_000),
]


@open_to_signed_in
def living(request: HttpRequest) -> HttpResponse:
    """Tokens, components, states."""
    rows = [
        {
            "kind": kind, "depth": depth, "label": label, "given": given, "spent": spent,
            "left": None if given is None or spent is None else given - spent,
            "rate": None if given is None or spent is None else Decimal(100 * spent) / given,
        }
        for kind, depth, label, given, spent in SAMPLE
    ]  # fmt: skip
    return render(
        request,
        "ui/living.html",
        {"tokens": TOKENS, "icons": list(PATHS), "rows": rows},
    )
