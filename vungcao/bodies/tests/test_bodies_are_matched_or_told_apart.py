"""What workbooks call a body is found on its day, or a sentence says why not."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.bodies.matching import match
from vungcao.bodies.queries import body

ON = date(2021, 11, 15)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("UBND huyện Bảo Lạc", "UBND-04.043"),
        ("Uỷ ban nhân dân huyện Bảo Lạc", "UBND-04.043"),
        ("H. Bảo Lạc", "UBND-04.043"),
        ("huyện bảo lạc", "UBND-04.043"),
        ("UBND thành phố Cao Bằng", "UBND-04.040"),
        ("UBND xã Cô Ba", "UBND-01330"),
        ("Xã Hưng Đạo, huyện Bảo Lạc", "UBND-01351"),
        ("Sở GD&ĐT", "SGDDT-04"),
        ("Sở GD-ĐT tỉnh Cao Bằng", "SGDDT-04"),
        ("So Giao duc va Dao tao", "SGDDT-04"),
        ("Sở LĐ-TB&XH", "SLDTBXH-04"),
        ("Sở VH,TT&DL", "SVHTTDL-04"),
        ("Sở Nông nghiệp và PTNT", "SNNPTNT-04"),
        ("Sở NN&PTNT", "SNNPTNT-04"),
        ("Ban Dân tộc", "BDT-04"),
        ("Ban Dân tộc tỉnh", "BDT-04"),
        ("KBNN tỉnh", "KBNN-04"),
        ("UBND tỉnh Cao Bằng", "UBND-04"),
        ("TTg", "TTG"),
        ("UBND-04.043", "UBND-04.043"),
    ],
)
def test_spellings_of_offices_are_found(cao_bang, said, key):
    found = match(said, on=ON)
    assert found.body_id == body(key).pk, found.sentence


def test_the_old_name_still_finds_the_renamed_board(cao_bang):
    assert match("Ban Dân tộc", on=date(2025, 9, 30)).body_id == body("BDT-04").pk


def test_a_department_that_was_merged_is_told_with_its_last_day(cao_bang):
    found = match("Sở LĐTBXH", on=date(2025, 3, 1))
    assert (found.body_id, found.candidates) == (None, (body("SLDTBXH-04").pk,))
    assert "ngày cuối là 28/02/2025" in found.sentence
    assert match("Sở LĐTBXH", on=date(2025, 2, 28)).body_id == body("SLDTBXH-04").pk


def test_an_abolished_district_is_told_and_its_committee_named(cao_bang):
    found = match("UBND huyện Bảo Lạc", on=date(2025, 9, 30))
    assert (found.body_id, found.candidates) == (None, (body("UBND-04.043").pk,))
    assert "01/07/2025" in found.sentence


def test_a_department_of_the_future_is_told(cao_bang):
    found = match("Sở Nông nghiệp và Môi trường", on=ON)
    assert found.body_id is None
    assert "chưa có vào ngày 15/11/2021, có từ ngày 01/03/2025" in found.sentence


def test_namesakes_are_asked_back_and_clear_within_their_district(cao_bang):
    found = match("UBND xã Hưng Đạo", on=ON)
    assert found.body_id is None
    assert len(found.candidates) == 3
    assert match("UBND xã Hưng Đạo", on=ON, within=body("UBND-04.043").pk).body_id == body("UBND-01351").pk


@pytest.mark.parametrize("said", ["", "Tổng cộng", "Sở Ví dụ"])
def test_what_names_no_body_is_not_guessed(cao_bang, said):
    found = match(said, on=ON)
    assert (found.body_id, found.candidates) == (None, ())
    assert found.sentence
