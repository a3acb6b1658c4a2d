"""Funding sources are cut two ways; a star covers every member of its side."""

from __future__ import annotations

import pytest

from vungcao.evidence.actions import SYSTEM, acting
from vungcao.programme.models import FundingSource, SpendingField
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


def test_sources_stay_in_memory_until_one_is_added(sources):
    with acting("test.elsewhere", by=SYSTEM):
        pass
    assert FundingSources.all() is sources
    with acting("test.source", by=SYSTEM) as act:
        FundingSource.objects.create(act=act, code="vd:NSTW", kind="vd", level="NSTW", name="Vốn ví dụ")
        assert "vd:NSTW" in FundingSources.all().ids
    assert "vd:NSTW" in FundingSources.all().ids and "vd:NSTW" not in sources.ids


def test_a_form_offers_those_divided_both_ways_by_name(sources):
    rows = FundingSource.objects.exclude(kind="*").exclude(level="*").order_by("name")
    assert sources.divided == list(rows.values_list("code", "name"))
