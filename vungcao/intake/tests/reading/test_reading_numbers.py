"""Numbers as written: what the kernel prints, the reader reads back; both styles; what is not a number."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vungcao.intake.reading.document import plain
from vungcao.intake.reading.grid import exact, is_percent, number_cell, printed_places
from vungcao.intake.reading.numbers import bounds, evidence, numeral, read_text, style_of
from vungcao.kernel.vietnamese import number, percent

decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=3)


@given(decimals | st.integers(-(10**20), 10**20).map(Decimal))
@example(Decimal("15.213"))
@example(Decimal("-0.5"))
def test_what_the_kernel_prints_is_read_back(value):
    found = numeral(number(value))
    assert found is not None
    assert found.value == value
    assert not found.rest


@given(decimals)
def test_a_comma_grouped_number_is_read_back_in_its_style(value):
    found = numeral(f"{value:,f}", "commas")
    assert found is not None
    assert found.value == value


@given(st.decimals(min_value=0, max_value=1000, places=1, allow_nan=False, allow_infinity=False))
def test_a_printed_percentage_is_read_back(rate):
    assert read_text(percent(rate)).value == rate
    assert read_text(percent(rate)).kind == "percent"


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text):
    assert read_text(text).said == text


@pytest.mark.parametrize(
    ("said", "kind", "value"),
    [
        ("614.294", "text_number", "614294"),
        ("1.349.142,5", "text_number", "1349142.5"),
        ("1,349,142.5", "text_number", "1349142.5"),
        ("15,213", "text_number", "15.213"),
        ("15,213 tỷ đồng", "text_number", "15.213"),
        ("5.857 triệu đồng", "text_number", "5857"),
        ("0,125", "text_number", "0.125"),
        ("0.125", "text_number", "0.125"),
        ("614 294", "text_number", "614294"),
        ("(1.234)", "text_number", "-1234"),
        ("-1.234,5", "text_number", "-1234.5"),
        ("− 12", "text_number", "-12"),
        ("72,9%", "percent", "72.9"),
        ("72,9 %", "percent", "72.9"),
        ("gần 360.000", "approximate", "360000"),
        ("trên 820 tỷ đồng", "approximate", "820"),
        ("Ước đạt 100%", "approximate", "100"),
        ("khoảng 5", "approximate", "5"),
        ("20.854–20.883", "range", None),
        ("từ 10 đến 15", "range", None),
        ("-", "not_applicable", None),
        ("x", "not_applicable", None),
        ("Không phát sinh", "nil", None),
        (".....", "empty", None),
        ("#DIV/0!", "error", None),
        ("########", "error", None),
        ("chưa có số liệu", "text", None),
        ("1.2.3", "text", None),
        ("3 xã và 2 thôn", "text", None),
        ("12/2018/QĐ-TTg", "text", None),
    ],
)
def test_each_way_of_writing(said, kind, value):
    read = read_text(said)
    assert (read.kind, plain(read.value)) == (kind, value)
    assert read.said == said


def test_days_are_days():
    for said in ("15/11/2021", "15.11.2021", "15-11-2021", "ngày 15/11/2021"):
        assert read_text(said).value == date(2021, 11, 15)
    assert read_text("31/02/2021").kind == "text"


def test_a_range_keeps_both_ends():
    assert bounds("20.854–20.883") == (20854, 20883)


def test_only_what_is_clear_votes_on_the_style():
    assert [evidence(said) for said in ("614.294", "15,213", "655")] == [None, None, None]
    assert [evidence(said) for said in ("41,0", "1.349.142", "1.349,5")] == ["dots"] * 3
    assert [evidence(said) for said in ("12.5", "1,349,142", "1,349.5")] == ["commas"] * 3
    assert style_of(["614.294", "15,213"]) == ("dots", False)
    assert style_of(["12.5", "614,294"]) == ("commas", False)
    assert style_of(["12.5", "41,0", "40,1"]) == ("dots", True)


def test_floats_lose_their_noise_and_large_integers_keep_their_digits():
    assert plain(exact(0.1 + 0.2)) == "0.3"
    assert plain(exact(15213.0)) == "15213"
    assert plain(exact("9007199254740993")) == "9007199254740993"
    assert plain(exact("1E-07")) == "0.0000001"
    assert plain(exact(1349142.5)) == "1349142.5"


def test_a_percentage_typed_is_kept_whole_and_one_computed_is_taken_as_printed():
    assert number_cell(1, 1, exact("0.729"), format_code="0%", formula=None).number == Decimal("72.9")
    computed = number_cell(1, 1, exact("0.7294117647"), format_code="0.0%", formula="C5/B5")
    assert (computed.number, computed.said) == (Decimal("72.9"), "72,9%")


@pytest.mark.parametrize(
    ("code", "places", "percents"),
    [("General", None, False), ("#,##0", 0, False), ("0.00%", 2, True), ('#,##0.0" tr"', 1, False), ("@", None, False),
     ("dd/mm/yyyy", None, False), ("_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", 0, False)],
)  # fmt: skip
def test_number_formats_say_their_decimals(code, places, percents):
    assert (printed_places(code), is_percent(code)) == (places, percents)
