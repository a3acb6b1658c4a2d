"""Truths of bodies over live data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from vungcao.bodies.models import Body, BodyVersion, Posting
from vungcao.kernel.refusal import Finding
from vungcao.kernel.validity import overlap
from vungcao.kernel.years import NOT_DIVIDED


def findings() -> Iterator[Finding]:
    """Versions that overlap, a superior or seat that is not there, the reserved member, posts in ended bodies."""
    rows: dict[int, list[BodyVersion]] = defaultdict(list)
    for row in BodyVersion.objects.standing().select_related("body"):
        rows[row.body_id].append(row)
    if rows and not Body.objects.filter(key=NOT_DIVIDED).exists():
        yield Finding("bodies", "reserved.body", NOT_DIVIDED, "Thiếu thành viên “Không chia theo đơn vị”.")
    for versions in rows.values():
        key = versions[0].body.key
        if overlap((row.valid_from, row.valid_to) for row in versions):
            yield Finding(
                "bodies", "version.overlap", key, f"Đơn vị {key} có hai phiên bản cùng hiệu lực trong một ngày."
            )
        for row in versions:
            if row.parent_id is not None and not _stands(rows.get(row.parent_id, []), row.valid_from):
                sentence = f"{row.name}: cấp trên không có vào ngày đơn vị bắt đầu."
                yield Finding("bodies", "version.parent_absent", key, sentence)
    for posting in Posting.objects.standing().select_related("body"):
        if posting.valid_to is None and all(row.valid_to is not None for row in rows.get(posting.body_id, [])):
            sentence = f"Chức vụ số {posting.pk} còn mở ở {posting.body.key}, đơn vị đã kết thúc hoạt động."
            yield Finding("bodies", "posting.body_ended", f"{posting.pk}", sentence)


def _stands(versions: list[BodyVersion], on: date | None) -> bool:
    """Is one of the versions in force on the day (an unknown start: at the beginning of time)?"""
    day = on or date.min
    return any((row.valid_from or date.min) <= day and (row.valid_to or date.max) > day for row in versions)
