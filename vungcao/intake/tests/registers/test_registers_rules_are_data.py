"""Rules are a short file; one that says something else than it may is refused with a sentence that names it."""

from copy import deepcopy

import pytest
import yaml

from vungcao.intake.registers import BadRules, known, load
from vungcao.intake.registers.rules import register_of
from vungcao.intake.tests.registers.lists import RULES


def test_rules_in_a_file_are_those_of_the_mapping(tmp_path):
    path = tmp_path / "ho.yaml"
    path.write_text(yaml.safe_dump(RULES, allow_unicode=True), encoding="utf-8")
    assert load(path) == register_of(RULES, "ho.yaml")
    assert register_of(RULES, "x").column("people").among == {"Tày", "Nùng", "Mông"}


def change(**more):
    """The rules with something else in their second column."""
    said = deepcopy(RULES)
    said["columns"][1] |= more
    return said


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({}, "columns"),
        ({**RULES, "colums": 1}, "colums"),
        (change(patern="x"), "patern"),
        (change(pattern="("), "key"),
        (change(number=True), "text, number, date"),
        (change(among="xa"), "xa"),
        (change(code="name"), "hai cột"),
        (change(**{"from": 1}), "from"),
        ({**RULES, "rows": [{"code": "a", "at": "paid", "is": ["paid", "<>", "plan"], "says": "x"}]}, "dòng"),
        ({**RULES, "rows": [{"code": "a", "at": "paid", "is": ["paid", "<", "name"], "says": "x"}]}, "dòng"),
        ({**RULES, "columns": [{**RULES["columns"][0]}], "rows": []}, "bắt buộc"),
    ],
)
def test_what_is_wrong_in_a_file_of_rules_is_named(said, named):
    with pytest.raises(BadRules, match=named):
        register_of(said, "ho.yaml")


def test_a_file_that_is_no_yaml_or_is_not_there_is_a_sentence(tmp_path):
    (tmp_path / "a.yaml").write_text("{", encoding="utf-8")
    for name in ("a.yaml", "b.yaml"):
        with pytest.raises(BadRules, match=name):
            load(tmp_path / name)


def test_the_registers_of_the_house_can_be_loaded():
    assert {"danh_muc_cong_trinh", "danh_sach_ho_ngheo", "nguoi_co_uy_tin"} <= known().keys()
    assert all(register.label and register.columns for register in known().values())
