"""The member "not divided" that an act made is not remembered once that act was undone: its key is another's then."""

from __future__ import annotations

import pytest

from vungcao.evidence.actions import SYSTEM, acting
from vungcao.ledger.models import SpendingObject
from vungcao.ledger.regions import reserved_members

pytestmark = pytest.mark.django_db


class Undone(Exception):
    """Rolls an act back."""


def test_each_act_finds_the_member_of_its_own(cast):
    keys = []
    for others in (0, 1):
        with pytest.raises(Undone), acting("test.undone", by=SYSTEM) as act:
            for number in range(others):
                SpendingObject.objects.create(act=act, code=f"vi-du-{number}", name="ví dụ")
            keys.append(SpendingObject.objects.create(act=act, code="*", name="*").pk)
            assert reserved_members()["spending_object"] == keys[-1]
            raise Undone
    assert len(set(keys)) == 2
