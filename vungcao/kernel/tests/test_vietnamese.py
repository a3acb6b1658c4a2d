from datetime import date
from decimal import Decimal

from django.utils import formats, translation

from vungcao.kernel import vietnamese as vi


def test_django_reads_the_day_first():
    with translation.override("vi"):
        assert formats.sanitize_separators("15.213,5") == "15213.5"
        assert formats.get_format("DATE_INPUT_FORMATS")[0] == "%d/%m/%Y"
        assert formats.date_format(date(2026, 3, 5)) == "05/03/2026"


def test_a_form_reads_5_march_and_21_november():
    from django import forms

    class Form(forms.Form):
        day = forms.DateField()

    with translation.override("vi"):
        for said, meant in [("05/03/2026", date(2026, 3, 5)), ("21/11/2026", date(2026, 11, 21))]:
            form = Form({"day": said})
            assert form.is_valid(), form.errors
            assert form.cleaned_data["day"] == meant


def test_django_groups_digits_with_dots():
    with translation.override("vi"):
        assert formats.number_format(Decimal("1349142.5"), force_grouping=True) == "1.349.142,5"


def test_amounts_print_as_in_the_seed():
    assert vi.money(15_213_000_000, vi.BILLION_DONG) == "15,213 tỷ đồng"
    assert vi.money(5_857_000_000) == "5.857 triệu đồng"
    assert vi.percent(Decimal("72.9")) == "72,9%"
    assert vi.percent(None) == ""
    assert vi.amount(100_000_000_000, vi.BILLION_DONG) == "100"
    assert vi.number(-1234567) == "-1.234.567"


def test_rounding_is_half_up_and_away_from_zero():
    assert vi.number(Decimal("0.25"), 1) == "0,3"
    assert vi.number(Decimal("-0.25"), 1) == "-0,3"


def test_folding_matches_both_spellings_and_nfd():
    assert vi.fold("Hoà An") == vi.fold("Hòa  An") == "hoa an"
    assert vi.fold("ĐỒNG") == vi.fold("đồng") == "dong"


def test_sorting_puts_d_with_stroke_after_d():
    assert sorted(["Đông Khê", "Dân Chủ", "Ea", "Ăn", "An"], key=vi.sort_key) == [
        "An",
        "Ăn",
        "Dân Chủ",
        "Đông Khê",
        "Ea",
    ]


def test_the_date_line_of_decree_30():
    assert vi.day_in_words(date(2024, 2, 5)) == "ngày 05 tháng 02 năm 2024"
    assert vi.day_in_words(date(2024, 3, 10)) == "ngày 10 tháng 3 năm 2024"
