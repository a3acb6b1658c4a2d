"""``vungcao check-list``: what an officer sees, what a program gets, and the marked copy."""

import json

import pytest
import yaml

from vungcao.desk.command import main
from vungcao.intake.tests.registers.lists import LINES, RULES, put, write


@pytest.fixture
def asked(tmp_path):
    rules = tmp_path / "ho.yaml"
    rules.write_text(yaml.safe_dump(RULES, allow_unicode=True), encoding="utf-8")
    return [str(write(tmp_path / "ds.xlsx", put(1, 3, "Kinh"))), "--rules", str(rules)]


def test_an_officer_is_told_how_many_lines_and_where(asked, capsys):
    assert main(["check-list", *asked]) == 1
    said = capsys.readouterr().out
    assert "3 dòng, 1 dòng phải sửa." in said
    assert "D3: Dân tộc: không có trong danh mục. (ghi “Kinh”)" in said


def test_a_program_gets_every_fault_with_its_cell(asked, capsys):
    assert main(["check-list", *asked, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["rules"], said["lines"], said["bad_lines"], said["columns"]["people"]) == ("ho_vi_du", 3, 1, "D")
    (fault,) = said["faults"]
    assert (fault["cell"], fault["row"], fault["rule"], fault["said"]) == ("D3", 3, "list", "Kinh")


def test_the_marked_copy_lies_where_it_was_asked_for(asked, tmp_path, capsys):
    assert main(["check-list", *asked, "--marked", str(tmp_path / "tra_lai")]) == 1
    assert (tmp_path / "tra_lai" / "ds.xlsx").exists()
    assert "tra_lai" in capsys.readouterr().out


def test_a_right_list_ends_in_nought_and_what_cannot_be_tried_in_two(asked, tmp_path, capsys):
    good = str(write(tmp_path / "dung.xlsx", LINES))
    assert main(["check-list", good, *asked[1:]]) == 0
    assert main(["check-list", good, "--rules", "khong_co"]) == 2
    assert "danh_muc_cong_trinh" in capsys.readouterr().err
    assert main(["check-list", good, "--rules", "danh_muc_cong_trinh"]) == 2
    assert "“Tên công trình”" in capsys.readouterr().err
