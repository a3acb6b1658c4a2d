"""Caps, floors and proposal days: dated rows with an article, as sure as what was seen, gone with their rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from vungcao.law import limits
from vungcao.law.rulebook import Overlay, laid_over, shipped

BOOK = shipped()
RAW: list[dict[str, Any]] = yaml.load(limits.LIMITS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
TABLE = yaml.load(
    (Path(limits.LIMITS).with_name("budget_rules.yaml")).read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
ROWS = {row["id"]: row for row in TABLE["rules"]}


def ids(measure, on, kind="dau_tu", level="NSTW", book=BOOK):
    return [one.id for one in limits.standing(measure, on=on, kind=kind, level=level, book=book)]


@pytest.mark.parametrize("row", RAW, ids=lambda row: row["id"])
def test_a_limit_says_no_more_than_the_rules_it_comes_from(row):
    """Each names rows of the decision table, lies within their days and kinds, and is no surer than they are."""
    for rule in (ROWS[one] for one in row["rules"]):
        assert row["from"] >= rule["from"] and row.get("last_day", "9999") <= rule.get("last_day", "9999")
        assert set(row["kinds"]) <= ({"dau_tu", "su_nghiep"} if rule["kind"] == "any" else {rule["kind"]})
        assert row["levels"] == [rule["level"]]
        assert row["confidence"] == "recalled" or rule["confidence"] == "sourced"
    assert row["cites"] and row["said"] and sum(name in row for name in ("most", "least", "last")) == 1


@pytest.mark.parametrize(
    ("measure", "kind", "level", "before", "first", "last", "after", "rule"),
    [
        ("pilot_districts", "su_nghiep", "NSTW", "2024-01-17", "2024-01-18", "2025-06-30", "2025-07-01", "HM-01"),
        ("over_programme_total", "su_nghiep", "NSTW", "2024-01-17", "2024-01-18", "2025-12-31", "2026-01-01", "HM-04"),
        ("over_programme_total", "dau_tu", "NSTW", "2022-05-27", "2022-05-28", "2025-12-31", "2026-01-01", "HM-03"),
        ("dong_per_household", "dau_tu", "NSDP_TINH", "2023-02-22", "2023-02-23", "2025-12-31", "2026-01-01", "HM-08"),
        ("proposal_day", "dau_tu", "NSTW", "2019-12-31", "2020-01-01", "2024-12-31", "2025-01-01", "HM-09"),
    ],
)
def test_both_ends_of_its_days_are_inside(measure, kind, level, before, first, last, after, rule):
    inside = [rule in ids(measure, date.fromisoformat(on), kind, level) for on in (before, first, last, after)]
    assert inside == [False, True, True, False]


def test_where_no_row_was_found_nothing_is_said():
    assert not ids("over_programme_total", date(2023, 6, 1), "su_nghiep"), "before 111/2024 no such text is on file"
    assert not ids("pilot_districts", date(2024, 6, 1), level="NSDP_TINH")
    assert not any(ids(one, date(2024, 6, 1), "tin_dung", "NHCSXH") for one in limits.MEASURES)


def test_the_surest_row_comes_first_and_only_it_was_seen():
    found = limits.standing("over_programme_total", on=date(2024, 6, 1), kind="dau_tu", level="NSTW", book=BOOK)
    assert [(one.id, one.is_sure) for one in found] == [("HM-03", True), ("HM-05", False)]
    assert "có nguồn" in found[0].article and "theo trí nhớ" in found[1].article


def test_the_bound_itself_is_allowed():
    cap, floor = (next(one for one in limits.shipped() if one.id == name) for name in ("HM-01", "HM-08"))
    assert [cap.is_broken_by(figure) for figure in (1, 2, 3)] == [False, False, True]
    assert [floor.is_broken_by(figure) for figure in (3_999_999, 4_000_000)] == [True, False]


def test_before_15_11_is_the_fourteenth_at_the_latest():
    (one,) = limits.standing("proposal_day", on=date(2024, 6, 1), kind="dau_tu", level="NSTW", book=BOOK)
    assert one.last_in(2024) == date(2024, 11, 14) and not one.is_sure
    assert replace(one, last=None).last_in(2024) is None


def test_an_administrator_who_confirms_or_retires_the_rule_does_so_to_its_limit():
    on = date(2024, 6, 1)
    confirmed = laid_over(BOOK, [Overlay("confirm", "DT-04", "40/2020/NĐ-CP Điều 9 (ví dụ)", "Quản trị ví dụ")])
    (one,) = limits.standing("proposal_day", on=on, kind="dau_tu", level="NSTW", book=confirmed)
    assert one.is_sure
    retired = laid_over(BOOK, [Overlay("retire", "DT-04", "Công văn ví dụ", "Quản trị ví dụ", on=date(2024, 3, 1))])
    assert ids("proposal_day", date(2024, 2, 29), book=retired) == ["HM-09"]
    assert ids("proposal_day", on, book=retired) == []
