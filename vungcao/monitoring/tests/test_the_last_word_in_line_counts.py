"""Corrections are said to be such; drafts, returns and later knowledge do not move a reading."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.bodies.actions import reach
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.queries import last_number
from vungcao.kernel.refusal import Refusal
from vungcao.monitoring import checks
from vungcao.monitoring.actions import Doubled, record_observations
from vungcao.monitoring.models import Observation
from vungcao.monitoring.queries import observed

ON, PLACE = date(2024, 6, 30), "01303"


def figure(on: date = ON, **about: object) -> list[int]:
    return [int(row.numerator) for row in observed("vd_a", on, **about).rows]


def test_two_words_of_one_reporter_without_correction_are_refused(handed_in, said):
    record_observations(batch=handed_in(), rows=[said("vd_a", PLACE, 10)], by=SYSTEM)
    with pytest.raises(Doubled, match="đã nêu 10, nay nêu 11"):
        record_observations(batch=handed_in(), rows=[said("vd_a", PLACE, 11)], by=SYSTEM)
    assert figure() == [10]


def test_the_same_figure_twice_in_one_batch_is_refused(handed_in, said):
    rows = [said("vd_a", PLACE, 10), said("vd_a", PLACE, 10)]
    with pytest.raises(Doubled, match="hai lần trong một lần gửi"):
        record_observations(batch=handed_in(), rows=rows, by=SYSTEM)
    assert not Observation.objects.filter(indicator__code="vd_a").exists()


def test_the_same_rows_in_another_file_change_nothing(handed_in, said):
    record_observations(batch=handed_in(), rows=[said("vd_a", PLACE, 10)], by=SYSTEM)
    assert record_observations(batch=handed_in(), rows=[said("vd_a", PLACE, 10)], by=SYSTEM) == []
    assert Observation.objects.filter(indicator__code="vd_a").count() == 1


def test_a_correction_changes_today_and_not_what_was_known_before(handed_in, said):
    (first,) = record_observations(batch=handed_in(), rows=[said("vd_a", PLACE, 10)], by=SYSTEM)
    before = last_number()
    (second,) = record_observations(batch=handed_in(), rows=[said("vd_a", PLACE, 12, corrects=True)], by=SYSTEM)
    assert second.supersedes == first
    assert figure() == [12]
    assert figure(known=before) == [10]
    assert list(checks.findings()) == []


def test_a_correction_still_a_draft_leaves_the_figure_that_stands(handed_in, said):
    record_observations(batch=handed_in(), rows=[said("vd_a", PLACE, 10)], by=SYSTEM)
    batch = handed_in(state="draft")
    record_observations(batch=batch, rows=[said("vd_a", PLACE, 12, corrects=True)], by=SYSTEM)
    assert figure() == [10]
    assert figure(state="draft") == [12]
    reach(batch, "received", by=SYSTEM)
    assert figure() == [12]


def test_a_returned_correction_gives_way_and_the_next_one_needs_no_mark(handed_in, said):
    record_observations(batch=handed_in(), rows=[said("vd_a", PLACE, 10)], by=SYSTEM)
    batch = handed_in()
    record_observations(batch=batch, rows=[said("vd_a", PLACE, 12, corrects=True)], by=SYSTEM)
    reach(batch, "returned", reason="Nhầm xã (ví dụ)", by=SYSTEM)
    assert figure() == [10]
    record_observations(batch=handed_in(), rows=[said("vd_a", PLACE, 13)], by=SYSTEM)
    assert figure() == [13]


def test_a_late_paper_for_an_earlier_day_changes_nothing_later(handed_in, said):
    record_observations(batch=handed_in(), rows=[said("vd_a", PLACE, 10)], by=SYSTEM)
    late = said("vd_a", PLACE, 4, as_of=date(2023, 6, 30))
    record_observations(batch=handed_in(), rows=[late], by=SYSTEM)
    assert figure() == [10]
    assert figure(date(2023, 7, 1)) == [4]


def test_a_group_nobody_spoke_of_in_the_latest_period_is_missing_not_old(handed_in, said):
    old = said("vd_a", PLACE, 5, group="Dao", period="2022", as_of=date(2022, 12, 31))
    record_observations(batch=handed_in(), rows=[old, said("vd_a", PLACE, 10, group="Tày")], by=SYSTEM)
    assert [row.group for row in observed("vd_a", ON).rows] == ["Tày"]
    assert [row.group for row in observed("vd_a", ON, period="2022").rows] == ["Dao"]


def test_a_rate_without_denominator_and_an_unknown_indicator_are_refused(handed_in, said):
    with pytest.raises(Refusal, match="phải có tử số và mẫu số"):
        record_observations(batch=handed_in(), rows=[said("vd_rate", PLACE, 1)], by=SYSTEM)
    with pytest.raises(Refusal, match="Không có chỉ tiêu"):
        record_observations(batch=handed_in(), rows=[said("vd_none", PLACE, 1)], by=SYSTEM)
