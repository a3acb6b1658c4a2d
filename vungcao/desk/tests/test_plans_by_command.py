"""`vungcao plan`: what is on file listed, shown, compared and followed; a signed plan and its targets recorded."""

from __future__ import annotations

import json

import pytest

from vungcao.desk import plan_told, plan_words
from vungcao.desk.commands import planning
from vungcao.intake.tests.conftest import cao_bang, loaded_once
from vungcao.programme.models import PlanTarget, PlanVersion, Qualifier

pytestmark = pytest.mark.django_db
__all__ = ["cao_bang", "loaded_once"]  # fixtures of the door's own tests
PAPER = ("--programme", "1719", "--years", "2024", "--dated", "2024-01-15", "--example")
LINE = "1719.DA1; su_nghiep:NSTW; 2024; 2.400.000.000"


@pytest.fixture
def said(commanding, cao_bang):
    return commanding(planning, plan_told, before=("plan",))


def answer(said, *words, code=0):
    got, printed = said(*words, "--json")
    assert got == code, printed.err + printed.out
    return json.loads(printed.out)


def recorded(said, number="45/QĐ-VD", line=LINE, *more):
    return answer(said, "record", *PAPER, "--number", number, "--line", line, *more)


def test_what_is_on_file_is_listed_and_shown_with_how_sure_it_is(said):
    listed = {one["number"]: one for one in answer(said)["plans"] if one["number"]}
    assert (listed["1719/QĐ-TTg"]["lines"], listed["1719/QĐ-TTg"]["targets"]) == (10, 22)
    shown = answer(said, "show", "1719/QĐ-TTg")
    assert shown["total_dong"] == {"low": 137_664_959_000_000, "high": 137_664_959_000_000}
    assert {one["component"]: one["in_total"] for one in shown["lines"]} == {"1719": True, "1719.DA1": False}
    poverty = next(one for one in shown["targets"] if one["code"] == "T02")
    assert (poverty["said"], poverty["value"], poverty["qualifier"]) == ("trên 3 điểm %/năm", "3", "more")
    assert {one["confidence"] for one in shown["targets"]} == {"sourced", "recalled"}
    code, printed = said("show", "1719/QĐ-TTg")
    assert code == 0 and "trong số trên" in printed.out and "theo trí nhớ, cần kiểm chứng" in printed.out


def test_a_plan_and_its_targets_are_recorded_replaced_and_taken_back(said):
    made = recorded(said)
    assert (made["place"], made["kind"], made["total_dong"]["low"]) == ("04", "annual", 2_400_000_000)
    about = ("--code", "T07", "--component", "1719.DA1.ND4", "--indicator", "Hộ có nước (ví dụ)")
    (first,) = answer(said, "target", "45/QĐ-VD", *about, "--said", "88,5%", "--value", "88,5", "--unit", "%")[
        "targets"
    ]
    assert (first["value"], first["year_use"]) == ("88.5", "2024")
    words = ("--said", "trên 90%", "--value", "90", "--qualifier", "more", "--replaces", f"{first['target']}")
    (second,) = answer(said, "target", "45/QĐ-VD", *about, *words)["targets"]
    assert second["said"] == "trên 90%"
    left = answer(said, "take-back", "--target", f"{second['target']}", "--reason", "ghi nhầm (ví dụ)")
    assert left["targets"] == [] and PlanTarget.objects.filter(plan__number="45/QĐ-VD").count() == 3


def test_two_versions_are_compared_to_the_dong(said):
    old = recorded(said)
    recorded(said, "80/QĐ-VD", LINE.replace("2.400", "2.000"), "--supersedes", f"{old['plan']}")
    found = answer(said, "compare", f"{old['plan']}", "80/QĐ-VD")
    (line,) = found["lines"]
    assert (line["change"], line["difference_low_dong"]) == ("lowered", -400_000_000)
    assert found["total"]["difference_dong"] == {"low": -400_000_000, "high": -400_000_000}
    code, printed = said("compare", f"{old['plan']}", "80/QĐ-VD")
    assert code == 0 and "giảm" in printed.out and "-400" in printed.out


def test_the_series_of_135_marks_its_breaks(said):
    found = answer(said, "series", "135", "--on", "2026-03-01")
    assert found["members"] == ["135", "1719", "MTQG-2026"]
    assert [(one["year"], one["from"], one["to"], one["confidence"]) for one in found["breaks"]] == [
        (2021, "135", "1719", "recalled"), (2026, "1719", "MTQG-2026", "sourced"),
    ]  # fmt: skip
    row = next(one for one in found["rows"] if (one["year"], one["component"]) == (2021, "135"))
    assert (row["planned_low_dong"], row["planned_high_dong"], row["planned_as"]) == (
        20_854_000_000, 20_883_000_000, "implied",
    )  # fmt: skip
    assert row["disbursed_dong"] is None and row["rate"] is None
    assert [one["planned_low_dong"] for one in found["rows"] if one["component"] == "1719"] == [None] * 6
    code, printed = said("series", "135", "--on", "2026-03-01")
    assert code == 0 and "GÃY: 135 → 1719" in printed.out and "Ba chương trình nhập làm một" in printed.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show",), "1 tên kế hoạch"),
        (("show", "99/QĐ-VD"), "Không có kế hoạch nào mang số “99/QĐ-VD”"),
        (("record", *PAPER, "--number", "1/QĐ-VD"), "--line"),
        (("record", *PAPER, "--number", "1/QĐ-VD", "--line", "1719.DA1; 2024; 5"), "Dòng 1"),
        (("record", *PAPER, "--number", "1/QĐ-VD", "--line", "DA99; dau_tu:NSTW; 2024; 5"), "DA99"),
        (("record", *PAPER, "--number", "1/QĐ-VD", "--line", "1719.DA1; dau_tu:NSTW; 2024; năm"), "không đọc được"),
        (("record", *PAPER, "--number", "1/QĐ-VD", "--line", "1719.DA1; dau_tu:NSTW; 2023; 5"), "nằm ngoài kế hoạch"),
        (("record", *PAPER, "--number", "1/QĐ-VD", "--line", "135.TDA1; dau_tu:NSTW; 2024; 5"), "không thuộc"),
        (("series", "khong-co"), "Không có chương trình, dự án nào"),
        (("take-back", "--target", "1"), "--reason"),
    ],
)
def test_a_wrong_word_gets_a_sentence_and_writes_nothing(said, words, sentence):
    before = PlanVersion.objects.count()
    code, printed = said(*words)
    assert code == 2 and sentence in printed.err
    assert PlanVersion.objects.count() == before


def test_the_words_of_the_command_are_those_of_the_table():
    assert set(plan_words.QUALIFIERS) == {one for one in Qualifier.values if one}
