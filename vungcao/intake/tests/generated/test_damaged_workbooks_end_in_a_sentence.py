"""Bytes flipped, cut, blanked, parts lost and XML mangled: a reading or a Vietnamese sentence, in bounded time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vungcao.intake.tests.generated.corruption import MEGABYTES, corrupt, outcomes

SOURCES = sorted((Path(__file__).parent.parent / "workbooks" / "reading").glob("*.xlsx"))
VIETNAMESE = re.compile(r"[ăâđêôơưàảãạáèẻẽẹéìỉĩịíòỏõọóùủũụúỳỷỹỵý]", re.IGNORECASE)


def assert_all_end_well(seeds):
    found = outcomes(SOURCES, seeds)
    assert [one["seed"] for one in found] == list(seeds)
    assert [one for one in found if one["end"] not in ("read", "refused")] == []
    refused = [str(one["said"]) for one in found if one["end"] == "refused"]
    assert refused and all(VIETNAMESE.search(said) and said.endswith((".", ")")) for said in refused)
    assert max(int(str(one["megabytes"])) for one in found) < MEGABYTES


def test_damage_is_the_same_for_the_same_seed():
    content = SOURCES[0].read_bytes()
    assert [corrupt(content, seed) for seed in range(10)] == [corrupt(content, seed) for seed in range(10)]
    assert all(corrupt(content, seed) != content for seed in range(20))


def test_thirty_damaged_workbooks_are_read_or_refused_with_a_sentence():
    assert_all_end_well(range(30))


@pytest.mark.slow
def test_two_hundred_damaged_workbooks_are_read_or_refused_with_a_sentence():
    assert_all_end_well(range(30, 230))
