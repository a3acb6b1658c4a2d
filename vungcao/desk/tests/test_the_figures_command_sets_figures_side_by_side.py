"""``vungcao figures`` with what stands beside: the contract's shape with more in it, and the same told as a table."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from tests import cast as province
from vungcao.desk.command import main
from vungcao.ledger.models import VoucherKind

pytestmark = pytest.mark.django_db
ON = ("figures", "disbursement", "--programme", "CT", "--on", "30/06/2024")
CONTRACT = {"id", "dims", "names", "measures", "unit", "denominator", "qualifier", "lines"}


@pytest.fixture
def books(db):
    """h1 and h2 hold 200 and 100 triệu đồng and have spent 50 and 30; at the end of May h1 had spent 20."""
    cast = province.make()
    for place, held, spent in (("h1", 200, 50), ("h2", 100, 30)):
        money = cast.region("CT", place, f"UBND-{place}")
        cast.post(VoucherKind.ASSIGNMENT, [(None, money, held * 1_000_000)], by="TTG")
        said = cast.region("CT", place, f"UBND-{place}", source="*:*", origin="*")
        earlier = [(20, date(2024, 5, 31))] if place == "h1" else []
        for dong, on in (*earlier, (spent, date(2024, 6, 30))):
            cast.state([(said, dong * 1_000_000)], coverage=said, as_of=on, reporter=f"UBND-{place}")
    return cast


def asked(capsys, *more):
    assert main([*ON, "--json", *more]) == 0
    return json.loads(capsys.readouterr().out)


def told(capsys, *more):
    assert main([*ON, *more]) == 0
    return capsys.readouterr().out


def test_the_same_is_told_in_english(books, capsys):
    more = ("--by", "body", "--compare", "last_period,average", "--rank")
    assert main(["--lang", "en", *ON, *more]) == 0
    said = capsys.readouterr().out
    assert "Beside the last period: figures as at 31/05/2024" in said and "From where? vungcao trace" in said
    assert not re.search("So với|Từ đâu|Mẫu số|Tỷ lệ|Giải ngân|Được giao|Hạng|triệu", said)
    assert main(["--lang", "en", *ON, "--json", *more]) == 0
    english = capsys.readouterr().out
    assert main([*ON, "--json", *more]) == 0
    assert capsys.readouterr().out == english


def test_json_keeps_its_shape_and_holds_more(books, capsys):
    found = asked(capsys, "--by", "body", "--compare", "last_period,average", "--rank")
    assert {row["dims"]["body"]: (row["measures"]["rank"], row["measures"]["rate"]) for row in found["rows"]} == {
        "UBND-h2": (1, "30.0"),
        "UBND-h1": (2, "25.0"),
    }
    for row in found["rows"]:
        assert row.keys() >= CONTRACT and set(row["ids"]) >= {"now", "average"}
        assert row["measures"]["average_rate"] == "26.7"
    assert found["beside"]["last_period"]["on"] == "2024-05-31"
    assert {"not_reported", "not_split", "not_apportioned"} <= found["beside"]["last_period"].keys() & found.keys()


def test_a_period_of_a_quarter_is_compared_with_the_quarter_before(books, capsys):
    assert main([*ON[:4], "--period", "2024-Q2", "--compare", "last_period", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["beside"]["last_period"]["on"] == "2024-03-31"


def test_the_lowest_imply_a_rank_by_rate(books, capsys):
    (row,) = asked(capsys, "--by", "body", "--lowest", "1")["rows"]
    assert (row["dims"], row["measures"]["rank"]) == ({"body": "UBND-h1"}, 2)


def test_an_id_of_the_answer_is_followed_by_trace(books, capsys):
    (row,) = asked(capsys, "--by", "body", "--lowest", "1", "--compare", "last_period")["rows"]
    assert main(["trace", row["id"], "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["total_dong"] == sum(line["dong"] for line in found["rows"] if line["counted"]) == 50_000_000
    assert {line["beside"] for line in found["rows"]} == {"", "last_period", "rank"}


def test_the_table_names_what_it_compares_with_and_leaves_out_what_nobody_has(books, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "250")
    said = told(capsys, "--by", "body", "--rank", "--compare", "last_period,national")
    assert "Hạng" in said and "2/2" in said
    assert "So với kỳ trước: số liệu đến ngày 31/05/2024" in said
    assert "Ở kỳ trước chưa báo cáo: Đơn vị ví dụ UBND-h2." in said
    assert "Bình quân cả nước: chưa có số liệu được ghi vào hệ thống." in said
    assert "Tỷ lệ cả nước" not in said


def test_months_are_told_with_their_gaps_one_line_each(books, capsys):
    said = told(capsys, "--by", "month")
    assert "Tháng 6/2024, chưa tách được số trong tháng: Đơn vị ví dụ UBND-h2." in said
    assert "Tháng 5/2024, chưa báo cáo: Đơn vị ví dụ UBND-h2." in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("chain", "--basis", "month"), "không có kỳ lũy kế"),
        (("lent", "--denominator", "adjusted"), "không so với vốn được giao"),
        (("disbursement", "--denominator", "five_year"), "Chưa có kế hoạch trung hạn nào"),
        (("disbursement", "--year", "1999"), "Sổ không có vốn nào của năm sử dụng 1999"),
        (("disbursement", "--rank"), "thêm chiều (--by)"),
    ],
)
def test_what_would_change_nothing_is_one_sentence_and_exit_code_2(books, capsys, words, sentence):
    assert main(["figures", *words, "--on", "30/06/2024"]) == 2
    said = capsys.readouterr()
    assert sentence in said.err and said.out == ""
