"""The two provinces that territory is tried on: Cao Bằng, and an invented one in which communes also divide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from vungcao.evidence.actions import SYSTEM
from vungcao.territory import loading, queries

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def cao_bang(db: None) -> loading.Loaded:
    return loading.load(by=SYSTEM)


@pytest.fixture
def vi_du_folder() -> Path:
    return Path(settings.BASE_DIR) / "tests" / "provinces" / "vi_du"


@pytest.fixture
def vi_du(db: None, vi_du_folder: Path) -> loading.Loaded:
    return loading.load(by=SYSTEM, province=vi_du_folder)


@pytest.fixture
def key() -> Callable[[str], int]:
    """The database key of a place by our key."""

    def find(text: str) -> int:
        found = queries.Place.objects.get(key=text)
        return int(found.pk)

    return find
