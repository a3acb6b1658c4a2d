"""check-facts of monitoring: years join, groups and places make the whole, places stand, no rate is over 100 %."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.evidence.actions import SYSTEM
from vungcao.monitoring.actions import record_observations
from vungcao.monitoring.checks import findings
from vungcao.territory.models import PlaceVersion

pytestmark = pytest.mark.django_db
NOT_ALWAYS = "04.042"


def found(code: str) -> list[str]:
    return [one.sentence for one in findings() if one.code == code]


def test_the_published_figures_break_none_of_them(cao_bang):
    assert list(findings()) == []


@pytest.mark.parametrize(("start", "breaks"), [(120, 0), (121, 1)])
def test_a_year_ends_as_the_next_begins(handed_in, said, start, breaks):
    end = said("poor_households", NOT_ALWAYS, 120, cell="M11")
    begin = said("poor_households_start", NOT_ALWAYS, start, period="2024", as_of=date(2024, 12, 31), cell="D11")
    record_observations(batch=handed_in(), rows=[end], by=SYSTEM)
    record_observations(batch=handed_in(), rows=[begin], by=SYSTEM)
    sentences = found("movement.breaks")
    assert len(sentences) == breaks
    assert all(
        "cuối năm 2023 là 120 (ví dụ.xlsx, ô M11)" in one and "đầu năm 2024 lại ghi 121" in one for one in sentences
    )


def test_two_years_apart_are_not_compared(handed_in, said):
    record_observations(batch=handed_in(), rows=[said("poor_households", NOT_ALWAYS, 120, period="2022")], by=SYSTEM)
    begin = said("poor_households_start", NOT_ALWAYS, 99, period="2024", as_of=date(2024, 12, 31))
    record_observations(batch=handed_in(), rows=[begin], by=SYSTEM)
    assert found("movement.breaks") == []


def test_a_corrected_figure_is_the_one_that_counts(handed_in, said):
    record_observations(batch=handed_in(), rows=[said("poor_households", NOT_ALWAYS, 120)], by=SYSTEM)
    begin = said("poor_households_start", NOT_ALWAYS, 121, period="2024", as_of=date(2024, 12, 31))
    record_observations(batch=handed_in(), rows=[begin], by=SYSTEM)
    assert len(found("movement.breaks")) == 1
    record_observations(batch=handed_in(), rows=[said("poor_households", NOT_ALWAYS, 121, corrects=True)], by=SYSTEM)
    assert found("movement.breaks") == []


def test_ethnic_groups_make_the_whole_where_all_were_said(handed_in, said):
    groups = ["Tày", "Nùng", "Mông", "Dao", "Kinh", "Sán Chỉ", "Lô Lô", "Các dân tộc khác"]
    parts = [said("households", NOT_ALWAYS, 10, group=group) for group in groups]
    record_observations(batch=handed_in(), rows=[*parts[1:], said("households", NOT_ALWAYS, 81)], by=SYSTEM)
    assert found("groups.sum") == []
    record_observations(batch=handed_in(), rows=parts[:1], by=SYSTEM)
    (sentence,) = found("groups.sum")
    assert "các nhóm cộng lại 80, tổng số ghi 81" in sentence


def test_all_places_inside_make_the_whole(handed_in, said):
    """Thành phố Cao Bằng has eleven units; ten of them say nothing of the whole."""
    key = "04.040"
    there = PlaceVersion.objects.on(date(2023, 12, 31)).filter(parent__key=key)
    inside = list(there.values_list("place__key", flat=True))
    rows = [said("vd_a", one, 2) for one in inside]
    record_observations(batch=handed_in(), rows=[said("vd_a", key, 2 * len(inside) + 1), *rows[1:]], by=SYSTEM)
    assert found("places.sum") == []
    record_observations(batch=handed_in(), rows=rows[:1], by=SYSTEM)
    (sentence,) = found("places.sum")
    assert f"cộng lại {2 * len(inside)}, ghi {2 * len(inside) + 1}" in sentence


def test_a_place_that_had_ended_or_had_not_begun(handed_in, said):
    after, before = date(2025, 12, 31), date(2024, 12, 31)
    record_observations(
        batch=handed_in(),
        rows=[
            said("vd_a", NOT_ALWAYS, 5, as_of=after, period="2025"),
            said("vd_a", "01321@2025-07-01", 5, as_of=before, period="2024"),
            said("vd_a", NOT_ALWAYS, 5, as_of=before, period="2024"),
        ],
        by=SYSTEM,
    )
    assert len(found("place.not_standing")) == 2


@pytest.mark.parametrize(("above", "is_over"), [(100, False), (101, True)])
def test_a_part_is_not_more_than_its_whole(handed_in, said, above, is_over):
    record_observations(batch=handed_in(), rows=[said("vd_rate", NOT_ALWAYS, above, denominator=100)], by=SYSTEM)
    assert bool(found("rate.over_100")) is is_over
