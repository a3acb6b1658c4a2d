"""135 → 1719 → MTQG-2026 is one series: its breaks are told, a plan of several years is not spread over them."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.queries import last_number
from vungcao.kernel.years import Years
from vungcao.programme import checks
from vungcao.programme.models import ComponentSuccession, PlanKind
from vungcao.programme.queries import chain, component, planned_years, tree
from vungcao.territory.models import Place

pytestmark = pytest.mark.django_db


def members(code):
    return [one.code for one in chain(component(code)).members]


def test_the_series_of_135_runs_to_the_merged_programme(programmes):
    assert members("135") == members("1719") == ["135", "1719", "MTQG-2026"]
    assert set(members("MTQG-2026")) == {"135", "1719", "GNBV", "NTM", "MTQG-2026"}
    assert members("MTQG-2026")[-1] == "MTQG-2026"
    assert members("GNBV") == ["GNBV", "MTQG-2026"]
    assert members("498") == ["498"]


def test_a_component_has_a_series_of_its_own(programmes):
    assert members("135.TDA2") == ["135.TDA2", "1719.DA3.TDA2"]
    (one,) = chain(component("135.TDA2")).breaks
    assert one.confidence == "recalled" and "chưa thấy văn bản nào nói" in one.why


def test_every_break_says_when_why_and_how_sure(programmes):
    first, second = chain(component("135")).breaks
    assert (first.year, first.before.code, first.after.code, first.confidence) == (2021, "135", "1719", "recalled")
    assert (second.year, second.before.code, second.after.code, second.confidence) == (
        2026, "1719", "MTQG-2026", "sourced",
    )  # fmt: skip
    assert "Ba chương trình nhập làm một" in second.why and "257/2025/QH15" in second.cites
    assert all(one.not_comparable and one.cites for one in ComponentSuccession.objects.all())


def test_each_member_has_its_own_years_and_they_may_overlap(programmes):
    series = chain(component("135"))
    years = [series.years_of(one) for one in series.members]
    assert years == [Years(2016, 2021), Years(2021, 2026), Years(2026, 2035)]


def planned(code, place):
    series = chain(component(code))
    days = {"135": date(2021, 12, 31), "1719": date(2024, 1, 1)}
    trees = {one.pk: tree(days.get(one.code, date(2026, 6, 1))) for one in series.members}
    found = planned_years(series, trees, place=Place.objects.get(key=place).pk)
    return {(one.component.code, f"{one.years}", one.kind): (one.low_dong, one.high_dong) for one in found}


def test_a_span_stays_one_amount_and_an_interval_an_interval(programmes):
    assert planned("135", "04") == {("135", "2021", PlanKind.IMPLIED): (20_854_000_000, 20_883_000_000)}
    billion = 10**9
    assert planned("135", "VN") == {
        ("1719", "2021-2025", PlanKind.FIVE_YEAR): (137_664_959_000_000,) * 2,
        ("MTQG-2026", "2026", PlanKind.ANNUAL): (35_000 * billion,) * 2,
        ("MTQG-2026", "2026-2030", PlanKind.FIVE_YEAR): (423_000 * billion,) * 2,
    }


def test_a_succession_taken_back_is_still_known_in_its_time(programmes):
    before = last_number()
    with acting("programme.corrected", by=SYSTEM) as act:
        ComponentSuccession.objects.filter(component__code="135", successor__code="1719").end(act)
    assert members("135") == ["135"]
    assert [one.code for one in chain(component("135"), before).members] == ["135", "1719", "MTQG-2026"]


def test_a_successor_that_ended_before_its_first_year_is_found(programmes):
    with acting("programme.corrected", by=SYSTEM) as act:
        ComponentSuccession.objects.create(
            act=act, component=component("1719"), successor=component("135"), year=2024, not_comparable="ví dụ",
            confidence="recalled",
        )  # fmt: skip
    assert "succession.successor_ended" in {one.code for one in checks.findings()}
    assert set(members("135")) == {"135", "1719", "MTQG-2026"}, "a ring does not hang"
