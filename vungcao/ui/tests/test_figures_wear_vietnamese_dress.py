"""Tags: money, rates, days, marks, bars. Missing is said in words and is never 0; nothing writes a style attribute."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template

from vungcao.ui.icons import PATHS


def drawn(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


@pytest.mark.parametrize(
    ("template", "value", "said"),
    [
        ("{{ v|money }}", 15_213_000_000, "15.213"),
        ("{{ v|money }}", 1_234_567_890, "1.234,56789"),
        ("{{ v|money:1 }}", 9_150_500_000, "9.150,5"),
        ("{{ v|money:1 }}", 9_000_000_000, "9.000,0"),
        ("{{ v|money }}", 0, "0"),
        ("{{ v|money }}", -100_000_000, "-100"),
        ("{{ v|dong }}", 15_213_000_001, "15.213.000.001"),
        ("{{ v|percent }}", Decimal("72.9"), "72,9%"),
        ("{{ v|percent }}", 0, "0,0%"),
        ("{{ v|day }}", date(2021, 11, 5), "05/11/2021"),
    ],
)
def test_a_figure_is_printed_as_an_officer_writes_it(template, value, said):
    assert drawn(template, v=value) == said


@pytest.mark.parametrize("tag", ["money", "dong", "percent", "day"])
def test_missing_is_said_and_is_not_zero(tag):
    assert drawn(f"{{{{ v|{tag} }}}}", v=None) == '<span class="missing">chưa có số liệu</span>'


def test_a_figure_carries_its_way_back_and_its_name_for_those_who_hear():
    said = drawn('{% figure 5857000000 "disbursement:on=2021-11-15,known=41" of %}', of="Huyện <A>")
    assert said.startswith("5.857 <a") and "Huyện &lt;A&gt;" in said
    assert "/tu-dau/?id=disbursement%3Aon%3D2021-11-15%2Cknown%3D41" in said
    assert "<a" not in drawn('{% figure 1 "" %}')


@pytest.mark.parametrize(("rate", "width"), [("72.9", "72.9"), ("0", "0.0"), ("105", "100.0"), ("-3", "0.0")])
def test_a_bar_is_as_long_as_its_rate_and_stays_in_its_track(rate, width):
    said = drawn("{% bar rate %}", rate=Decimal(rate))
    assert f'class="part" width="{width}%"' in said and "mean" not in said


def test_a_bar_marks_the_mean_and_is_not_drawn_without_a_rate():
    assert 'x1="61.7%"' in drawn("{% bar rate mean %}", rate=Decimal("40"), mean=Decimal("61.7"))
    assert drawn("{% bar rate %}", rate=None) == ""


@pytest.mark.parametrize("kind", ["holds", "warns", "fails", "quiet"])
def test_a_mark_has_a_sign_and_a_word_beside_its_colour(kind):
    said = drawn(f'{{% status "{kind}" "từ" %}}')
    assert said.count("<svg") == 1 and said.endswith(" từ</span>") and 'aria-hidden="true"' in said


def test_no_tag_writes_a_style_attribute():
    everything = "{% bar 5 6 %}{% status 'fails' 'x' %}{% missing %}{% whence 'a:b' 'c' %}"
    everything += "".join(f"{{% icon '{name}' %}}" for name in PATHS)
    assert "style" not in drawn(everything)
