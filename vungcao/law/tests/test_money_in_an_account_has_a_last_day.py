"""Source, year of origin, year of use → a last day, its article, and whom to ask where there is none."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.law.closing import close
from vungcao.law.deadlines import deadline, together
from vungcao.law.rulebook import shipped

BOOK = shipped()


@pytest.mark.parametrize(
    ("kind", "origin", "used", "until", "rules", "confidence"),
    [
        ("dau_tu", 2024, 2024, date(2025, 1, 31), ["CO-01", "CO-03"], "sourced"),
        ("su_nghiep", 2024, 2024, date(2025, 1, 31), ["CO-06"], "sourced"),
        ("dau_tu", 2022, 2024, date(2024, 12, 31), ["CO-08"], "sourced"),
        ("su_nghiep", 2023, 2024, date(2024, 12, 31), ["CO-08"], "sourced"),
        ("su_nghiep", 2022, 2023, None, ["CO-07"], "unknown"),
        ("dau_tu", 2024, 2025, None, ["CO-09"], "unknown"),
        ("dau_tu", 2025, 2025, date(2026, 1, 31), ["CO-03", "CO-05"], "sourced"),
    ],
)
def test_central_money_closes_by_its_own_rule(kind, origin, used, until, rules, confidence):
    found = deadline(kind, "NSTW", origin, used, BOOK)
    assert (found.until, found.rules, found.confidence) == (until, rules, confidence)
    assert found.cites and found.ask


def test_a_carry_over_that_nobody_is_known_to_have_decided_gives_no_day_and_says_whom_to_ask():
    found = deadline("su_nghiep", "NSTW", 2025, 2026, BOOK, on=date(2026, 6, 1))
    assert (found.readings, found.until, found.state(date(2026, 6, 1))) == ((), None, "unknown")
    assert found.ask == "Sở Tài chính"


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2025, 1, 31), "open"),
        (date(2025, 2, 1), "carried_over"),
        (date(2025, 12, 31), "carried_over"),
        (date(2026, 1, 1), "closed"),
    ],
)
def test_money_past_its_day_is_lost_only_when_no_resolution_on_file_may_carry_it(on, state):
    found = deadline("dau_tu", "NSTW", 2024, 2024, BOOK, on=on)
    assert found.state(on) == state
    assert [one.rule for one in found.onward] == ["CO-09"]


def test_two_laws_give_two_days_and_the_state_between_them_depends():
    found = deadline("dau_tu", "NSTW", 2024, 2024, BOOK, added_on=date(2024, 10, 15))
    assert [one.until for one in found.readings] == [date(2025, 1, 31), date(2025, 12, 31)]
    assert (found.until, found.first, found.is_sure) == (None, date(2025, 1, 31), False)
    assert [found.state(on) for on in (date(2025, 1, 31), date(2025, 2, 10))] == ["open", "depends"]


def test_money_not_divided_between_levels_has_the_readings_of_each_and_is_as_sure_as_the_least():
    both = together([deadline("dau_tu", level, 2022, 2022, BOOK) for level in ("NSTW", "NSDP_TINH")])
    assert (both.until, both.rules, both.confidence) == (date(2023, 1, 31), ["CO-01", "CO-02"], "recalled")
    without = together([deadline("su_nghiep", level, 2022, 2022, BOOK) for level in ("NSTW", "NSDP_TINH")])
    assert without.until is None and without.state(date(2022, 12, 1)) == "unknown", "one level has no rule on file"


def test_every_rule_on_closing_is_met_by_some_money():
    """No row of the table on carry-over lies unread: each is in a reading, a carry-over, or joins the conditions."""
    met: set[str] = set()
    for level in BOOK.words.levels:
        for kind in BOOK.words.kinds:
            for year in range(2019, 2030):
                for added in (None, date(year, 10, 1)):
                    found = close(kind, level, year, BOOK, added_on=added)
                    met |= {rule.id for one in found.readings for rule in one.rules}
                    met |= {one.rule.id for one in found.carried}
    table = {rule.id for rule in BOOK.rules if rule.id.startswith("CO-")}
    assert table - met == {"CO-11"}, "CO-11 only says that money keeps the label of its year"
