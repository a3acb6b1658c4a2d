"""Truths of evidence over live data."""

from __future__ import annotations

from collections.abc import Iterator

from vungcao.evidence import guard
from vungcao.kernel.refusal import Finding


def findings() -> Iterator[Finding]:
    """Triggers that must stand. The chain itself is checked by ``verify-audit``."""
    for name in guard.missing():
        yield Finding(
            "evidence",
            "guard.missing",
            name,
            f"Thiếu chốt bảo vệ {name} trong cơ sở dữ liệu: chạy lại `vungcao setup`.",
        )
