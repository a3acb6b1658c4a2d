"""A profile is a short file; what its kind and its columns mean is known to the one who drafts that kind."""

from __future__ import annotations

import pytest

from vungcao.intake.profile import FOLDER, profiles
from vungcao.intake.registry import DRAFTING, TAKERS


@pytest.mark.parametrize("profile", profiles(), ids=lambda profile: profile.code)
def test_every_profile_is_understood_by_the_drafting_of_its_kind(profile):
    drafting = DRAFTING[profile.kind]
    assert {rule.measure for rule in profile.columns} <= drafting.measures
    assert any(rule.measure == "label" for rule in profile.columns)


def test_the_rooms_readme_lists_every_profile():
    said = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    assert [one.code for one in profiles() if f"`{one.code}`" not in said] == []


@pytest.mark.parametrize("drafting", DRAFTING.values())
def test_what_is_money_is_a_measure(drafting):
    assert drafting.amounts <= drafting.measures


@pytest.mark.parametrize("fact", TAKERS)
def test_every_fact_says_where_it_stands(fact):
    assert "where" in fact.__dataclass_fields__
