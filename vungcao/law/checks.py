"""Truths of law over live data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from vungcao.kernel.refusal import Finding
from vungcao.kernel.validity import overlap
from vungcao.law.models import Instrument


def findings() -> Iterator[Finding]:
    """One standing version a day per instrument; an amendment named is on file and not older than what it amends."""
    rows = list(Instrument.objects.standing())
    spans: dict[tuple[str, str], list[Instrument]] = defaultdict(list)
    for row in rows:
        spans[row.number, row.issuer].append(row)
    for (number, _), versions in spans.items():
        if overlap((row.valid_from, row.valid_to) for row in versions):
            yield Finding(
                "law", "version.overlap", number, f"Văn bản {number} có hai bản cùng hiệu lực trong một ngày."
            )
    dated = {row.number: row.dated for row in rows}
    for row in rows:
        if not row.changed_by:
            continue
        if row.changed_by not in dated:
            sentence = (
                f"Văn bản {row.number} ghi bị sửa bởi {row.changed_by}, nhưng văn bản này chưa có trong danh mục."
            )
            yield Finding("law", "changed_by.absent", row.number, sentence)
            continue
        later = dated[row.changed_by]
        if later and row.dated and later < row.dated:
            sentence = f"Văn bản {row.changed_by} được ghi là sửa {row.number} nhưng ban hành trước đó."
            yield Finding("law", "changed_by.older", row.number, sentence)
