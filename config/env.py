"""Reads environment variables; every one of them is listed in docs/running.md."""

from __future__ import annotations

import os
from pathlib import Path


class SettingIsMissing(RuntimeError):
    """A variable that must be set is not."""


def text(name: str, default: str | None = None) -> str:
    """The variable's text; raises when it has neither value nor default."""
    value = os.environ.get(name, default)
    if value is None:
        raise SettingIsMissing(f"Thiếu biến môi trường {name}; xem docs/running.md.")
    return value


def flag(name: str, default: bool) -> bool:
    """``1/true/yes/on`` or ``0/false/no/off``; anything else is an error, not a guess."""
    said = text(name, "1" if default else "0").strip().lower()
    if said in {"1", "true", "yes", "on"}:
        return True
    if said in {"0", "false", "no", "off", ""}:
        return False
    raise SettingIsMissing(f"Biến {name} phải là 1 hoặc 0, đang là {said!r}.")


def folder(name: str, default: Path) -> Path:
    """An absolute folder; made when it does not exist."""
    path = Path(text(name, str(default))).expanduser().resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path
