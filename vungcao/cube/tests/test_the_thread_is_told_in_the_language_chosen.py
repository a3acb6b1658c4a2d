"""Question, rules, steps and reasons of a trace are Vietnamese, and English for who chose it; figures are the same."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import translation

from vungcao.bodies.reach import Reach
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.tracing import trace
from vungcao.ledger.models import VoucherKind

ALL = Reach.all_for_operator()
VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]", re.IGNORECASE)


@pytest.fixture
def figure(cast) -> str:
    region = cast.region("CT", "h1", "UBND-h1")
    cast.post(VoucherKind.ASSIGNMENT, [(None, region, 100)], by="TTG")
    coverage, inner = (cast.region(place=place, source="*:*", origin="*") for place in ("h1", "x1"))
    cast.state([(coverage, 40), (inner, 10)], coverage=coverage, as_of=date(2024, 9, 30))
    query = FigureQuery("disbursement", date(2024, 10, 15), year=2024, place="h1", boundaries=date(2024, 6, 30))
    return answer(query, ALL).rows[0].id


def test_a_trace_is_vietnamese_and_in_english_for_who_chose_it(figure):
    here = trace(figure, ALL)
    with translation.override("en"):
        there = trace(figure, ALL)
    assert here.rules[1] == "Mẫu số: kế hoạch năm sau điều chỉnh."
    assert there.rules[1] == "Denominator: plan of the year after adjustment."
    assert not any(VIETNAMESE.search(rule) for rule in there.rules)
    assert "theo địa giới ngày 30/06/2024" in here.question and "in the units of 30/06/2024" in there.question
    assert {line.state for line in here.rows} == {"Đã tiếp nhận"} and {line.state for line in there.rows} == {
        "Received"
    }
    assert [line.why for line in there.rows if not line.counted] == ["detail of cell B7", "denominator"]
    assert [line.dong for line in here.rows] == [line.dong for line in there.rows]
    assert here.total_dong == there.total_dong == 40
