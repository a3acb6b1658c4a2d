"""The programmes as shipped, over the two places that their plans name."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.reference_rows import Loaded
from vungcao.programme import loading
from vungcao.programme.queries import ComponentTree, tree
from vungcao.territory.models import Place


@pytest.fixture
def programmes(db: None) -> Loaded:
    with acting("territory.loaded", by=SYSTEM) as act:
        Place.objects.bulk_create([Place(act=act, key=key) for key in ("VN", "04")])
    return loading.load(by=SYSTEM)


@pytest.fixture
def today(programmes: Loaded) -> ComponentTree:
    """The tree in the middle of phase I of programme 1719."""
    return tree(date(2023, 6, 30))
