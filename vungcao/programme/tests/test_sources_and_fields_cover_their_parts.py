"""Funding sources are cut two ways; a star covers every member of its side."""

from __future__ import annotations

import pytest

from vungcao.programme.models import SpendingField
from vungcao.programme.queries import FundingSources, funding_source, spending_field


@pytest.fixture
def sources(programmes) -> FundingSources:
    return FundingSources.all()


def test_every_kind_at_every_level_is_a_source(sources):
    assert len(sources) == 5 * 7
    assert funding_source("dau_tu:NSTW").name == "Vốn đầu tư, ngân sách trung ương"
    assert funding_source("*:NSDP_TINH").name == "Ngân sách cấp tỉnh"
    assert funding_source("*:*").name == "Không chia theo nguồn"
    assert funding_source("dau_tu:NSDP") is None


@pytest.mark.parametrize(
    ("wide", "narrow", "covers", "meets"),
    [
        ("*:*", "dau_tu:NSTW", True, True),
        ("dau_tu:*", "dau_tu:NSTW", True, True),
        ("*:NSTW", "dau_tu:NSTW", True, True),
        ("dau_tu:*", "*:NSTW", False, True),
        ("dau_tu:NSTW", "dau_tu:*", False, True),
        ("dau_tu:NSTW", "su_nghiep:NSTW", False, False),
    ],
)
def test_covering_and_meeting(sources, wide, narrow, covers, meets):
    one, other = sources.ids[wide], sources.ids[narrow]
    assert sources.covers(one, other) is covers
    assert sources.meets(one, other) is meets is sources.meets(other, one)


def test_the_finer_cut_lies_deeper(sources):
    assert [sources.depth(sources.ids[code]) for code in ("*:*", "dau_tu:*", "dau_tu:NSTW")] == [0, 1, 2]
    assert sources[sources.ids["dau_tu:NSTW"]] == ("dau_tu", "NSTW")


def test_fields_recalled_from_the_budget_classification_say_so(programmes):
    assert spending_field("*").name == "Không chia theo lĩnh vực"
    assert set(SpendingField.objects.exclude(code="*").values_list("confidence", flat=True)) == {"recalled"}
    assert SpendingField.objects.count() == 11
