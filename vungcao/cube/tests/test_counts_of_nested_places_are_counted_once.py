"""A district's total and its communes' figures are one thing said twice; a sum takes it once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.cast import Cast
from vungcao.bodies.models import Batch
from vungcao.bodies.reach import Reach
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.tracing import trace
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.monitoring.actions import Said, record_observations
from vungcao.monitoring.models import Indicator

pytestmark = pytest.mark.django_db
REACH = Reach.all_for_operator()
YEAR_END = date(2023, 12, 31)


@pytest.fixture(autouse=True)
def indicators(cast: Cast) -> None:
    with acting("test.indicators", by=SYSTEM) as act:
        Indicator.objects.create(act=act, code="vd_poor", name="Hộ ví dụ", unit="hộ")
        Indicator.objects.create(act=act, code="vd_rate", name="Tỷ lệ ví dụ", unit="hộ", is_rate=True)


def say(cast: Cast, figures: dict[str, object], as_of: date = YEAR_END, indicator: str = "vd_poor") -> Batch:
    batch = cast.batch()
    rows = []
    for key, value in figures.items():
        above, below = value if isinstance(value, tuple) else (value, None)
        whole = None if below is None else Decimal(below)
        rows.append(Said(indicator, cast.places[key], f"{as_of.year}", as_of, Decimal(above), whole, cell="B2"))
    record_observations(batch=batch, rows=rows, by=SYSTEM)
    return batch


def asked(name: str = "vd_poor", on: date = YEAR_END, **about: object):
    return answer(FigureQuery(name, on, **about), REACH)


def values(found) -> dict[str, object]:
    return {"".join(row.dims.values()): row.measures["value"] for row in found.rows}


def test_a_total_and_its_parts_are_not_added_up(cast):
    say(cast, {"h1": 30, "x1": 10, "x2": 11})
    assert values(asked(place="h1")) == {"": 30}
    assert values(asked()) == {"": 30}


def test_by_place_shows_the_level_next_below_and_who_is_silent(cast):
    say(cast, {"h1": 30, "x1": 10, "x2": 11})
    inside = asked(place="h1", by=("place",))
    assert values(inside) == {"x1": 10, "x2": 11}
    assert [one["place"] for one in inside.not_reported] == ["x4"]
    province = asked(by=("place",))
    assert (values(province), [one["place"] for one in province.not_reported]) == ({"h1": 30}, ["h2"])


def test_a_district_that_said_nothing_itself_is_the_sum_of_its_communes(cast):
    say(cast, {"x1": 10, "x2": 11})
    assert values(asked(by=("place",))) == {"h1": 21}


def test_later_figures_of_a_few_communes_do_not_replace_the_whole_and_those_of_all_do(cast):
    say(cast, {"h1": 30})
    later = date(2024, 3, 31)
    say(cast, {"x1": 9, "x2": 10}, as_of=later)
    assert values(asked(place="h1", on=later)) == {"": 30}
    say(cast, {"x4": 8}, as_of=later)
    assert values(asked(place="h1", on=later)) == {"": 27}


def test_a_commune_counts_under_the_district_of_its_day(cast):
    say(cast, {"x4": 5})
    assert values(asked(place="h1", on=date(2024, 12, 31))) == {"": 5}
    assert values(asked(place="h2", on=date(2024, 12, 31))) == {}


def test_ten_and_eleven_merge_into_twenty_one_and_the_originals_stay(cast):
    """The rates of the two are recomputed as one, over what both were over."""
    say(cast, {"x1": (10, 40), "x2": (11, 60)}, indicator="vd_rate")
    after = date(2025, 7, 1)
    today = asked("vd_rate", after, boundaries=after, place="x12")
    assert (today.rows[0].measures["value"], today.rows[0].measures["denominator"]) == (21, 100)
    assert f"{today.rows[0].measures['rate']}" == "21.00"
    lines = trace(today.rows[0].id, REACH).rows
    assert sorted(line.dong for line in lines) == [10, 11]
    then = asked("vd_rate", after, by=("place",), place="h1")
    assert values(then) == {"x1": 10, "x2": 11}


def test_each_row_leads_back_to_its_own_cells(cast):
    say(cast, {"h1": 30, "x1": 10, "x2": 11})
    for found in (asked(by=("place",)), asked(place="h1", by=("place",)), asked()):
        for row in found.rows:
            told = trace(row.id, REACH)
            assert (told.total_dong, {line.cell for line in told.rows}) == (row.measures["value"], {"B2"})


def test_in_units_of_another_day_a_province_and_its_new_communes_are_counted_once(cast):
    say(cast, {"vd": 100, "h1": 30, "x1": 10, "x2": 11})
    after = date(2025, 7, 1)
    today = asked(on=after, boundaries=after)
    assert values(today) == {"": 100}
    assert values(asked(on=after, boundaries=after, by=("place",))) == {"x12": 21}
    assert today.not_apportioned == [], "the province's own figure has it"
    below = asked(on=after, boundaries=after, by=("place",))
    assert [(one["place"], one["value"]) for one in below.not_apportioned] == [("h1", "9")], "what x4 did not say"


def test_what_an_abolished_district_said_counts_in_its_province_and_above(cast):
    """No commune and no province spoke: the district's figure has no unit below the province any more."""
    say(cast, {"h1": 30, "h2": 12})
    after = date(2025, 7, 1)
    whole = asked(on=after, boundaries=after)
    assert (values(whole), whole.not_apportioned) == ({"": 42}, [])
    told = trace(whole.rows[0].id, REACH)
    assert (told.total_dong, sorted(line.dong for line in told.rows)) == (42, [12, 30])
    assert values(asked(on=after, boundaries=after, place="vd")) == {"": 42}
    below = asked(on=after, boundaries=after, by=("place",))
    assert (values(below), {one["place"] for one in below.not_apportioned}) == ({}, {"h1", "h2"})
    commune = asked(on=after, boundaries=after, place="x12")
    assert (values(commune), commune.not_apportioned) == ({}, []), "no list of every place beside one commune"


def test_the_rest_of_a_district_counts_once_beside_its_communes(cast):
    say(cast, {"h1": 30, "x1": 10, "x2": 11})
    after = date(2025, 7, 1)
    (row,) = asked(on=after, boundaries=after).rows
    assert row.measures["value"] == 30
    told = trace(row.id, REACH)
    assert told.total_dong == 30 == sum(line.dong for line in told.rows if line.counted)
    assert sorted(line.dong for line in told.rows) == [10, 11, 30]


def test_a_rate_of_an_abolished_district_is_recomputed_with_its_whole(cast):
    say(cast, {"h1": (10, 40), "h2": (11, 60)}, indicator="vd_rate")
    after = date(2025, 7, 1)
    (row,) = asked("vd_rate", after, boundaries=after).rows
    assert (row.measures["value"], row.measures["denominator"], f"{row.measures['rate']}") == (21, 100, "21.00")


def test_the_trace_of_a_rate_says_what_it_is_over(cast):
    say(cast, {"x1": (10, 40)}, indicator="vd_rate")
    (row,) = asked("vd_rate").rows
    assert trace(row.id, REACH).rows[0].label.endswith("kỳ 2023, trên 40")
