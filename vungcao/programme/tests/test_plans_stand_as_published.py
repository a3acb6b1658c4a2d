"""Plans: to the đồng as printed, nested lines never added twice, an implied plan as an interval."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.queries import last_number
from vungcao.kernel.refusal import Refusal
from vungcao.programme import checks, loading
from vungcao.programme.models import PlanKind, PlanVersion
from vungcao.programme.plans import dong, implied_interval
from vungcao.programme.queries import ComponentTree, FundingSources, plan_lines, planned, widest


def test_the_plan_behind_72_9_percent_is_an_interval():
    assert implied_interval(15_213_000_000, "72.9") == (20_854_000_000, 20_883_000_000)
    assert implied_interval(15_213_000_000, "72,9%") == (20_854_000_000, 20_883_000_000)


@given(disbursed=st.integers(10**9, 10**13), tenths=st.integers(10, 1000))
def test_both_ends_print_as_the_rate_that_was_said(disbursed, tenths):
    low, high = implied_interval(disbursed, f"{tenths / 10:.1f}")
    million = 10**6  # the ends are rounded to million đồng, so the edge may be passed by that much
    assert disbursed * 1000 <= (tenths + 0.5) * (low + million) + 1
    assert disbursed * 1000 >= (tenths - 0.5) * (high - million) - 1
    assert low <= high


@pytest.mark.parametrize("rate", ["0", "0.0", "0,05"])
def test_a_rate_without_an_upper_end_is_refused(rate):
    if rate == "0,05":
        assert implied_interval(10**9, rate)[0] > 0
    else:
        with pytest.raises(ValueError, match="quá nhỏ"):
            implied_interval(10**9, rate)


def test_the_implied_plan_of_135_is_stored_with_its_arithmetic(programmes):
    line = plan_lines(kind=PlanKind.IMPLIED).get()
    assert (line.component.code, line.source.code, line.year_use, line.rate_said) == ("135", "*:*", "2021", "72.9")
    assert (line.low_dong, line.high_dong) == (20_854_000_000, 20_883_000_000)
    assert "15,213/0,7295" in line.cites
    assert line.place.key == "04"


def test_totals_of_phase_1_are_those_of_the_decision_to_the_dong(today: ComponentTree):
    lines, sources = list(plan_lines(kind=PlanKind.FIVE_YEAR)), FundingSources.all()
    total = planned(lines, today.ids["1719"], today)
    central = planned(lines, today.ids["1719"], today, source=sources.ids["*:NSTW"], sources=sources)
    assert total.low_dong == total.high_dong == 137_664_959_000_000
    assert central.low_dong == 104_954_011_000_000
    assert list(checks.findings()) == []


def test_a_project_is_part_of_its_programme_and_not_added_to_it(today: ComponentTree):
    lines = list(plan_lines(kind=PlanKind.FIVE_YEAR, year_use="2021-2025"))
    assert planned(lines, today.ids["1719.DA1"], today).low_dong == 18_163_741_000_000
    assert sum(line.low_dong for line in widest(lines, today)) == 137_664_959_000_000
    assert planned(lines, today.root, today).low_dong == 137_664_959_000_000
    assert planned(lines, today.ids["1719.DA2"], today) is None


def test_money_that_is_no_whole_dong_is_refused():
    assert dong("54324.848") == 54_324_848_000_000
    with pytest.raises(ValueError, match="số nguyên đồng"):
        dong("0.0000000001")


@pytest.fixture
def misprinted(tmp_path: Path) -> Path:
    folder = tmp_path / "reference"
    shutil.copytree(loading.REFERENCE, folder)
    file = folder / "plans.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('billion: "629.163"', 'billion: "629.164"'))
    return folder


def test_a_changed_plan_is_a_new_version_and_the_old_one_stays_known(programmes, misprinted):
    before = last_number()
    loading.load(by=SYSTEM, folder=misprinted)
    versions = PlanVersion.objects.filter(number="1719/QĐ-TTg").order_by("version")
    assert list(versions.values_list("version", flat=True)) == [1, 2]
    now, then = (list(plan_lines(kind=PlanKind.FIVE_YEAR, year_use="2021-2025", known=at)) for at in (None, before))
    assert len(now) == len(then) == 10
    now, then = (sum(line.low_dong for line in lines) for lines in (now, then))
    assert now - then == 1_000_000
    assert {one.code for one in checks.findings()} == {"plan.sum"}
    assert not loading.load(by=SYSTEM, folder=misprinted).changed


def test_a_load_before_the_territory_says_what_is_missing(db):
    with pytest.raises(Refusal, match="hãy nạp danh mục địa bàn trước"):
        loading.load(by=SYSTEM)
    assert not PlanVersion.objects.exists()


def test_plans_are_found_by_component_place_and_year(today: ComponentTree):
    found = plan_lines(kind=PlanKind.IMPLIED, year_use="2020")
    assert not found.exists()
    nation = plan_lines(kind=PlanKind.FIVE_YEAR, components=[today.ids["1719.DA1"]], year_use="2021-2025")
    assert {line.component.code for line in nation} == {"1719.DA1"}
    assert {line.plan.dated for line in nation} == {date(2021, 10, 14)}
