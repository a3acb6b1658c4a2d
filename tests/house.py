"""The house as the build sees it: floors from .importlinter, rooms from the disk, files from git."""

from __future__ import annotations

import configparser
import re
import subprocess
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

ROOT = Path(settings.BASE_DIR)


def contract(name: str) -> configparser.SectionProxy:
    """One contract of .importlinter."""
    said = configparser.ConfigParser()
    said.read(ROOT / ".importlinter", encoding="utf-8")
    return said[f"importlinter:contract:{name}"]


def floors() -> dict[str, int]:
    """Room → floor, the lowest is 1; siblings share a floor. Rooms not open yet are in it too."""
    lines = [line for line in contract("rooms")["layers"].splitlines() if line.strip()]
    return {room: floor for floor, line in enumerate(reversed(lines), start=1) for room in re.findall(r"[a-z_]+", line)}


def open_rooms() -> set[str]:
    """Rooms that stand on the disk."""
    return {file.parent.name for file in (ROOT / "vungcao").glob("*/__init__.py")}


def models_of_our_rooms() -> list[type[models.Model]]:
    """Every model with a table of its own in one of our rooms; those Django makes for a many-to-many excepted."""
    ours = open_rooms()
    return [model for model in apps.get_models() if model._meta.app_label in ours and not model._meta.proxy]


def files_of_the_repository() -> list[Path]:
    """What is committed or would be: everything git does not ignore."""
    said = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found = [ROOT / name for name in said.split("\0") if name]
    return [file for file in found if file.is_file()]
