"""An id asks the same again, whatever the question holds; anything else is refused with a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from vungcao.bodies.models import STATE_LINE
from vungcao.bodies.reach import Reach
from vungcao.cube.figures import answer
from vungcao.cube.question import COMPARED, DAYS, DENOMINATORS, DIMS, MONEY, SPANS, FigureQuery, NotAQuestion
from vungcao.cube.tracing import trace
from vungcao.kernel.refusal import Refusal
from vungcao.ledger.models import Basis

codes = some.none() | some.text(min_size=1, max_size=30).filter(str.isprintable)
days = some.dates(*DAYS)
queries = some.builds(
    FigureQuery,
    name=some.sampled_from([*MONEY, "population"]),
    on=days,
    known=some.none() | some.integers(0, 2**40),
    year=some.none() | some.integers(2000, 2100),
    year_origin=some.sampled_from([None, "*", "2021", "2021-2025"]),
    programme=codes,
    component=codes,
    place=codes,
    body=codes,
    source=codes,
    field=codes,
    group=codes,
    object=codes,
    state=some.sampled_from([str(one.value) for one in STATE_LINE]),
    basis=some.sampled_from(Basis.values),
    denominator=some.none() | some.sampled_from(DENOMINATORS),
    boundaries=some.sampled_from(["then", "today"]) | days,
    by=some.lists(some.sampled_from(DIMS), max_size=4).map(tuple),
    compare=some.lists(some.sampled_from(COMPARED), unique=True).map(tuple),
    span=some.sampled_from(SPANS),
)
codes_of_a_row = some.text(min_size=1, max_size=30).filter(str.isprintable)


@settings(suppress_health_check=[HealthCheck.too_slow])  # many short texts, on a machine that may be busy
@given(queries)
def test_an_id_reads_back_as_the_question_it_came_from(query):
    assert FigureQuery.of_id(query.id) == query
    assert FigureQuery.of_id(f"  {query.id} ") == query


@given(queries, some.data())
def test_one_row_of_a_ranking_reads_back_whatever_its_codes_are(query, data):
    by = query.by or ("body",)
    only = tuple(data.draw(some.lists(codes_of_a_row, min_size=len(by), max_size=len(by))))
    asked = replace(query, by=by, rank="rate", pick=data.draw(some.sampled_from([None, "lowest-5"])), only=only)
    assert FigureQuery.of_id(asked.id) == asked


def test_a_plain_id_stays_readable():
    query = FigureQuery("disbursement", date(2021, 11, 15), known=41, programme="135", place="01321@2025-07-01")
    assert query.id == "disbursement:on=2021-11-15,known=41,programme=135,place=01321@2025-07-01"


def test_a_row_becomes_filters_and_of_several_places_the_narrowest_stays():
    query = FigureQuery("given", date(2024, 6, 30), by=("place", "district", "year", "year_use", "source"))
    dims = {"place": "x1", "district": "h1", "year": "2023", "year_use": "2024", "source": "dau_tu:*"}
    row = query.narrowed(dims)
    assert (row.place, row.year_origin, row.year, row.source, row.by) == ("x1", "2023", 2024, "dau_tu:*", ())
    assert query.narrowed(dict(reversed(dims.items()))) == row


FORGED = [
    "",
    "disbursement",
    "disbursement:",
    "disbursement:programme=135",
    "disbursement:on=15/11/2021",
    "disbursement:on=2021-11-15,on=2021-11-16",
    "disbursement:on=2021-11-15,password=x",
    "disbursement:on=2021-11-15,name=given",
    "disbursement:on=2021-11-15,known=-1",
    "disbursement:on=2021-11-15,known=1_0",
    "disbursement:on=2021-11-15,known=١",
    "disbursement:on=2021-11-15,known=99999999999999999999",
    "disbursement:on=2021-11-15,year=0",
    "disbursement:on=2021-11-15,year=99999",
    "disbursement:on=0001-01-01",
    "disbursement:on=9999-12-31",
    "disbursement:on=2021-11-15,boundaries=1000-01-01",
    "disbursement:on=2021-11-15,boundaries=sau",
    "disbursement:on=2021-11-15,state=returned",
    "disbursement:on=2021-11-15,state=x",
    "disbursement:on=2021-11-15,basis=x",
    "disbursement:on=2021-11-15,denominator=x",
    "disbursement:on=2021-11-15,by=x",
    "disbursement:on=2021-11-15,by=",
    "disbursement:on=2021-11-15,compare=x",
    "disbursement:on=2021-11-15,span=week",
    "disbursement:on=2021-11-15,rank=rate",
    "disbursement:on=2021-11-15,by=body,rank=R",
    "disbursement:on=2021-11-15,by=body,rank=rate,pick=lowest-1000",
    "disbursement:on=2021-11-15,by=body,only=a+b",
    "disbursement:on=2021-11-15,by=body,only=",
    "disbursement:on=2021-11-15,place=%00",
    "disbursement:on=2021-11-15,place=",
    "disbursement:on=2021-11-15,year_origin=x",
    "disbursement:on=2021-11-15,place=" + "x" * 81,
    "Disbursement; DROP TABLE:on=2021-11-15",
    "__class__:on=2021-11-15",
]


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_id_is_no_question(forged):
    with pytest.raises(NotAQuestion, match=r"\w+"):
        FigureQuery.of_id(forged)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "unknown",
    [
        "unheard_of:on=2024-06-30",
        "disbursement:on=2024-06-30,programme=none",
        "disbursement:on=2024-06-30,component=none",
        "disbursement:on=2024-06-30,place=none",
        "disbursement:on=2024-06-30,place=key:none",
        "disbursement:on=2024-06-30,body=none",
        "disbursement:on=2024-06-30,body==none",
        "disbursement:on=2024-06-30,source=none",
        "disbursement:on=2024-06-30,field=none",
    ],
)
def test_a_name_that_nothing_bears_gets_a_sentence(cast, unknown):
    for ask in (lambda: answer(FigureQuery.of_id(unknown), Reach.all_for_operator()), lambda: trace(unknown, Reach())):
        with pytest.raises(NotAQuestion, match="Không có"):
            ask()


@given(some.text(max_size=60))
def test_whatever_is_typed_is_a_question_or_is_refused(said):
    for text in (said, f"disbursement:{said}", f"disbursement:on=2024-06-30,{said}"):
        try:
            assert isinstance(FigureQuery.of_id(text), FigureQuery)
        except Refusal as refusal:
            assert f"{refusal}"
