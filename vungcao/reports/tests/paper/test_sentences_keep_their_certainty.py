from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungcao.reports.paper import Run
from vungcao.reports.paper import prose as say

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("dong", "extra", "expected"),
    [
        (15_213 * MILLION, {}, "15,213 tỷ đồng"),
        (5_857 * MILLION, {}, "5.857 triệu đồng"),
        (52 * MILLION, {"qualifier": "trên"}, "trên 52 triệu đồng"),
        (52_400_000, {"decimals": 0}, "trên 52 triệu đồng"),
        (52_600_000, {"decimals": 0}, "gần 53 triệu đồng"),
        (52_600_000, {"decimals": 0, "qualifier": "trên"}, "trên 52 triệu đồng"),
        (52_400_000, {"decimals": 0, "qualifier": "gần"}, "gần 53 triệu đồng"),
        (52_400_000, {"decimals": 0, "qualifier": "ước"}, "ước 52 triệu đồng"),
        (820_000 * MILLION, {"qualifier": "hơn"}, "hơn 820 tỷ đồng"),
        (999, {}, "999 đồng"),
        (0, {}, "0 đồng"),
        (None, {}, "chưa có số liệu"),
        (1_349_142 * MILLION, {"unit": MILLION}, "1.349.142 triệu đồng"),
    ],
)
def test_an_amount_chooses_its_unit_and_keeps_its_word(dong: int | None, extra: dict, expected: str) -> None:
    assert say.amount_text(dong, **extra) == expected


@given(st.integers(1, 10**15), st.sampled_from(say.QUALIFIERS), st.integers(0, 3))
def test_what_is_printed_never_claims_more_than_is_known(dong: int, qualifier: str, decimals: int) -> None:
    said = say.amount_text(dong, qualifier=qualifier, decimals=decimals)
    word = next((one for one in say.QUALIFIERS if one and said.startswith(one + " ")), "")
    figure = said.removeprefix(word).strip().split(" ")[0]
    shown = Decimal(figure.replace(".", "").replace(",", ".")) * say.chosen_unit(dong)
    if qualifier:
        assert word == qualifier
    if word == "":
        assert shown == dong
    elif word in ("trên", "hơn"):
        assert shown <= dong
    elif word == "gần":
        assert shown >= dong


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ((), ""),
        (("", ""), ""),
        (("trên", ""), "trên"),
        (("hơn", "trên"), "trên"),
        (("gần", ""), "gần"),
        (("gần", "trên"), "khoảng"),
        (("ước", "trên", ""), "ước"),
        (("khoảng", "gần"), "khoảng"),
    ],
)
def test_a_sum_is_no_surer_than_its_parts(parts: tuple[str, ...], whole: str) -> None:
    assert say.weakest(*parts) == whole


def test_an_unknown_qualifier_is_refused() -> None:
    for call in (lambda: say.amount_text(1, qualifier="chắc"), lambda: say.weakest("chắc")):
        with pytest.raises(ValueError, match="chắc"):
            call()


def test_a_rate_names_its_denominator() -> None:
    assert say.rate_text(Decimal("72.9"), "kế hoạch được giao") == "đạt 72,9% kế hoạch được giao"
    assert say.rate_text(Decimal("100"), "kế hoạch", qualifier="ước") == "ước đạt 100% kế hoạch"
    assert say.rate_text(None, "kế hoạch") == "chưa tính được tỷ lệ so với kế hoạch"
    with pytest.raises(ValueError, match="denominator"):
        say.rate_text(Decimal("72.9"), " ")


def test_comparisons_say_up_down_equal_or_missing() -> None:
    up = say.points_text(Decimal("72.9"), Decimal("68.8"))
    assert up == "tăng 4,1 điểm % so với cùng kỳ"
    assert say.points_text(Decimal("60"), Decimal("60.5"), than="kỳ trước") == "giảm 0,5 điểm % so với kỳ trước"
    assert say.points_text(Decimal("60"), Decimal("60.0")) == "bằng cùng kỳ"
    assert say.points_text(Decimal("60"), None) == "chưa có số liệu của cùng kỳ"
    assert say.against_text(1185, 1000) == "bằng 118,5% so với cùng kỳ"
    assert say.against_text(5, 0) == "cùng kỳ không phát sinh"
    assert say.against_text(None, 5) == "chưa có số liệu của kỳ này"


def test_who_has_not_reported_is_named() -> None:
    said = say.not_reported_text(["Huyện A (ví dụ)", "Huyện B (ví dụ)", "Huyện C (ví dụ)"])
    assert said.startswith("Chưa có báo cáo của 03 đơn vị: Huyện A (ví dụ), Huyện B (ví dụ) và Huyện C (ví dụ);")
    assert say.not_reported_text([]) == ""


def test_a_sentence_keeps_each_figure_as_its_own_run() -> None:
    made = say.sentence("Giải ngân {spent}, {rate}.", spent=Run("15,213 tỷ đồng", "F1"), rate="đạt 72,9%")
    assert made.text == "Giải ngân 15,213 tỷ đồng, đạt 72,9%."
    assert [run.figure for run in made.runs] == [None, "F1", None, None, None]
    with pytest.raises(KeyError):
        say.sentence("{missing}")
