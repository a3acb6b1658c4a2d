"""Closing days: by source, year and day of assignment; two readings where two laws meet; never a guess."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from vungcao.law.closing import close, last_weekday
from vungcao.law.rulebook import NotAMove, shipped

BOOK = shipped()


def asked(source: str, year: int, added_on: date | None = None, on: date | None = None) -> dict:
    kind, level = source.split(":")
    return close(kind, level, year, BOOK, added_on=added_on, on=on).as_json()


def test_investment_of_2025_not_extended_is_late_after_31_january():
    found = asked("dau_tu:NSTW", 2025, on=date(2026, 2, 5))
    assert (found["state"], found["until"], found["rule"]) == ("closed", "2026-01-31", "CO-03")
    assert (found["confidence"], found["status"]) == ("sourced", "one")
    assert found["extension"]["decider"] == "TTG"
    assert asked("dau_tu:NSTW", 2025, on=date(2026, 1, 31))["state"] == "open"
    assert asked("dau_tu:NSTW", 2025, on=date(2026, 2, 1))["state"] == "closed"


def test_money_added_in_october_2024_has_two_readings():
    found = asked("dau_tu:NSTW", 2024, date(2024, 10, 15), date(2025, 2, 10))
    assert found["rules"] == ["CO-01", "CO-03"]
    assert [(one["rule"], one["until"]) for one in found["readings"]] == [
        ("CO-01", "2025-01-31"),
        ("CO-03", "2025-12-31"),
    ]
    assert (found["until"], found["rule"], found["state"]) == (None, None, "depends")
    assert "2 cách đọc" in found["warnings"][0]
    assert asked("dau_tu:NSTW", 2024, date(2024, 10, 15), date(2026, 1, 1))["state"] == "closed"


def test_the_two_laws_agree_on_2024_money_that_was_not_added_late():
    found = asked("dau_tu:NSTW", 2024, date(2024, 9, 30))
    assert (found["status"], found["until"], found["rules"]) == ("one", "2025-01-31", ["CO-01", "CO-03"])


@pytest.mark.parametrize(("added", "until"), [(date(2026, 9, 30), "2027-01-31"), (date(2026, 10, 1), "2027-12-31")])
def test_money_added_after_30_september_runs_to_the_end_of_the_next_year(added, until):
    assert asked("dau_tu:NSTW", 2026, added)["until"] == until
    assert asked("dau_tu:NSDP_TINH", 2026, added)["until"] == until


def test_at_the_end_of_a_medium_term_phase_the_phase_closes_too():
    late = asked("dau_tu:NSTW", 2025, date(2025, 10, 1))
    assert {one["until"]: one["rules"] for one in late["readings"]} == {
        "2026-12-31": ["CO-03"],
        "2026-01-31": ["CO-05"],
    }
    assert asked("dau_tu:NSTW", 2025)["rules"] == ["CO-03", "CO-05"]
    assert "CO-05" not in asked("dau_tu:NSTW", 2024)["rules"]


def test_who_extends_provincial_money_of_2024_depends_on_the_law():
    found = asked("dau_tu:NSDP_TINH", 2024)
    assert found["until"] == "2025-01-31", "both laws name the same day"
    assert [one["extension"]["decider"] for one in found["readings"]] == ["HDND_TINH", "CT_UBND"]


def test_recurrent_money_is_cancelled_unless_carried_over():
    found = asked("su_nghiep:NSTW", 2023, on=date(2024, 6, 1))
    assert (found["until"], found["then"], found["rule"]) == ("2024-01-31", "cancelled", "CO-06")
    assert found["extension"] is None
    carried = {one["rule"]: one for one in found["carried_over"]}
    assert (carried["CO-08"]["until"], carried["CO-08"]["decider"], carried["CO-08"]["use_year"]) == (
        "2024-12-31",
        "QH",
        2024,
    )
    assert found["state"] == "carried_over"
    assert asked("su_nghiep:NSTW", 2023, on=date(2024, 12, 31))["state"] == "carried_over"


def test_a_carry_over_that_nobody_decided_does_not_open_closed_money():
    found = asked("su_nghiep:NSTW", 2025, on=date(2026, 6, 1))
    assert found["state"] == "closed"
    assert [one["decider"] for one in found["carried_over"]] == ["UNKNOWN"]
    assert any("chưa rõ cơ quan quyết định (CO-10), hỏi Sở Tài chính" in said for said in found["warnings"])


def test_a_law_that_ended_before_the_money_closes_is_told():
    assert any("hết hiệu lực sau 31/12/2025" in said for said in asked("su_nghiep:NSTW", 2025)["warnings"])
    assert any("không có quy tắc của năm 2019" in said for said in asked("dau_tu:NSTW", 2019)["warnings"])


@pytest.mark.parametrize("source", ["su_nghiep:NSDP_TINH", "dau_tu:NSDP_XA", "tin_dung:NHCSXH"])
def test_no_rule_on_file_is_an_answer_that_says_whom_to_ask(source):
    found = asked(source, 2026, on=date(2027, 3, 1))
    assert (found["status"], found["until"], found["state"], found["confidence"]) == ("no_rule", None, None, "unknown")
    assert "hỏi " in found["warnings"][0]
    assert found["ask"] in found["warnings"][0]


def test_the_limit_counts_calendar_days_and_names_the_weekday_before_a_weekend():
    found = asked("dau_tu:NSTW", 2025)
    assert (found["counts"], found["last_weekday"]) == ("calendar_days", "2026-01-30")
    assert any("ngày nghỉ cuối tuần" in said for said in found["warnings"])
    week = [date(2026, 1, 26) + timedelta(days=step) for step in range(7)]
    assert [last_weekday(day).day for day in week] == [26, 27, 28, 29, 30, 30, 30]


def test_a_question_that_makes_no_sense_is_refused():
    with pytest.raises(NotAMove, match="không phải là vốn của năm 2024"):
        asked("dau_tu:NSTW", 2024, date(2025, 3, 1))
    with pytest.raises(NotAMove, match="Nguồn vốn vay:NSTW"):
        asked("vay:NSTW", 2024)
    with pytest.raises(NotAMove, match="Năm ngân sách 24"):
        asked("dau_tu:NSTW", 24)


def test_every_year_of_every_source_has_a_day_readings_or_none_on_file():
    shares: dict[str, int] = {}
    for level in BOOK.words.levels:
        for kind in BOOK.words.kinds:
            for year in range(2018, 2030):
                for added in (None, date(year, 9, 30), date(year, 10, 1)):
                    found = close(kind, level, year, BOOK, added_on=added)
                    shares[found.status] = shares.get(found.status, 0) + 1
                    assert (found.status == "no_rule") == (not found.readings)
                    assert all(one.until.year == year + 1 and one.cites for one in found.readings)
    print(shares)
    assert min(shares["one"], shares["several"], shares["no_rule"]) > 0
