"""What workbooks call a component is found, or a sentence says why not; nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.programme.queries import ComponentTree, component, component_match

ON = date(2023, 6, 30)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Dự án 5", "1719.DA5"),
        ("DA5", "1719.DA5"),
        ("DA 05", "1719.DA5"),
        ("1719.da5", "1719.DA5"),
        ("Dự án thành phần số 05", "1719.DA5"),
        ("TDA3 - DA5", "1719.DA5.TDA3"),
        ("Tiểu dự án 3, Dự án 5", "1719.DA5.TDA3"),
        ("Nội dung số 01, tiểu dự án 2, dự án 3", "1719.DA3.TDA2.ND1"),
        ("Dự án 1: Giải quyết tình trạng thiếu đất ở, nhà ở, đất sản xuất, nước sinh hoạt", "1719.DA1"),
        ("Dự án 1. Giải quyết tình trạng thiếu đất ở, nhà ở", "1719.DA1"),
        ("ho tro dat o", "1719.DA1.ND1"),
        (
            "Tiểu dự án 2: Giảm thiểu tình trạng tảo hôn và hôn nhân cận huyết thống trong vùng đồng bào DTTS&MN",
            "1719.DA9.TDA2",
        ),
        ("Giảm thiểu tình trạng tảo hôn", "1719.DA9.TDA2"),
        ("Chương trình 1719", "1719"),
        ("CTMTQG DTTS&MN", "1719"),
    ],
)
def test_marks_names_and_codes_are_found(today: ComponentTree, said, code):
    found = component_match(said, "1719", ON)
    assert today.codes.get(found.component_id) == code, found.sentence


def test_a_mark_that_several_bear_is_asked_back(today: ComponentTree):
    found = component_match("Tiểu dự án 3", "1719", ON)
    assert found.component_id is None
    assert {today.codes[node] for node in found.candidates} == {"1719.DA3.TDA3", "1719.DA5.TDA3", "1719.DA10.TDA3"}
    assert "hãy ghi rõ thuộc dự án nào" in found.sentence


def test_within_its_project_the_same_mark_is_clear(today: ComponentTree):
    found = component_match("Tiểu dự án 3", "1719", ON, within=today.ids["1719.DA5"])
    assert today.codes[found.component_id] == "1719.DA5.TDA3"
    nearest = component_match("Nội dung số 01", "1719", ON, within=today.ids["1719.DA1"])
    assert today.codes[nearest.component_id] == "1719.DA1.ND1"


def test_a_mark_and_another_ones_name_contradict_each_other(today: ComponentTree):
    said = f"Dự án 5: {today.names[today.ids['1719.DA6']]}"
    found = component_match(said, "1719", ON)
    assert found.component_id is None
    assert set(found.candidates) == {today.ids["1719.DA5"], today.ids["1719.DA6"]}


def test_a_component_that_ended_is_told_with_its_last_day(programmes):
    found = component_match("Tiểu dự án 2", "135", date(2022, 2, 1))
    assert found.component_id is None
    assert "đã kết thúc: ngày cuối là 31/01/2022" in found.sentence
    assert component_match("Tiểu dự án 2", "135", date(2022, 1, 31)).component_id == component("135.TDA2").pk


def test_a_programme_that_has_not_begun_is_told(programmes):
    assert "chưa có hiệu lực vào ngày 31/12/2025" in component_match("x", "MTQG-2026", date(2025, 12, 31)).sentence


@pytest.mark.parametrize("said", ["", "Tổng cộng", "Dự án 11", "Hỗ trợ"])
def test_what_names_nothing_is_not_guessed(programmes, said):
    found = component_match(said, "1719", ON)
    assert found.component_id is None
    assert found.sentence
