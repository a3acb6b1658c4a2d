"""`vungcao rights` and `vungcao delegate`: who may do what, and a post acted in by somebody else for some days."""

from __future__ import annotations

import json
from datetime import date

import pytest

from vungcao.bodies.actions import create_official
from vungcao.bodies.models import Role
from vungcao.bodies.queries import body
from vungcao.bodies.rights import verbs
from vungcao.desk.commands import entrusting
from vungcao.evidence.actions import SYSTEM
from vungcao.intake.tests.conftest import cao_bang, loaded_once
from vungcao.territory.models import Place

pytestmark = pytest.mark.django_db
__all__ = ["cao_bang", "loaded_once"]  # fixtures of the door's own tests
GIVEN = ("delegate", "lan", "--to", "hoa", "--since", "01/03/2026", "--until", "15/03/2026", "--paper", "QĐ 01 (ví dụ)")


@pytest.fixture
def said(commanding, cao_bang):
    """Run `vungcao …`: (exit code, what was printed); two invented officials are there."""
    for name, role in (("lan", Role.LEADER), ("hoa", Role.READER)):
        create_official(
            username=name, name=f"{name} (ví dụ)", password="mat-khau-vi-du-2026", body=body("BDT-04"), post="Ví dụ",
            role=role, reach=Place.objects.get(key="04"), by=SYSTEM, on=date(2020, 1, 1),
        )  # fmt: skip
    return commanding(entrusting)


def answer(said, *words):
    code, printed = said(*words, "--json")
    assert code == 0, printed.err
    return json.loads(printed.out)


def test_the_table_names_every_verb_and_a_person_only_his(said):
    assert [row["verb"] for row in answer(said, "rights")["rights"]] == list(verbs())
    mine = answer(said, "rights", "hoa", "--on", "2026-03-01")
    assert {row["verb"] for row in mine["rights"]} == {
        "figures.see", "reports.see", "reminders.see", "dossiers.see", "documents.see", "rules.see", "plans.see",
        "reference.see",
    }  # fmt: skip
    assert "Dân tộc" in mine["rights"][0]["posts"][0]


def test_a_post_is_acted_in_from_its_first_to_its_last_day_and_taken_back(said):
    made = answer(said, *GIVEN)
    assert (made["deputy"], made["from"], made["until"]) == ("hoa (ví dụ)", "01/03/2026", "15/03/2026")
    for day, may in (("2026-02-28", False), ("2026-03-01", True), ("2026-03-15", True), ("2026-03-16", False)):
        verbs_of_hoa = {row["verb"] for row in answer(said, "rights", "hoa", "--on", day)["rights"]}
        assert ("reports.freeze" in verbs_of_hoa) is may, day
    back = answer(said, "delegate", "lan", "--take-back", "--until", "2026-03-05")
    assert back["until"] == "05/03/2026"
    assert [one["until"] for one in answer(said, "delegate")["delegations"]] == ["05/03/2026"]
    code, printed = said("delegate", "lan", "--take-back", "--until", "2026-03-05")
    assert code == 2 and "không còn ủy quyền nào" in printed.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("delegate", "lan", "--to", "hoa"), "Thiếu --since, --until, --paper"),
        (("delegate", "ma", "--to", "hoa", *GIVEN[4:]), "Không có cán bộ nào với tài khoản “ma”"),
        (("delegate", "lan", "--to", "lan", *GIVEN[4:]), "phải là người khác"),
        ((*GIVEN[:4], "--since", "2026-03-02", "--until", "2026-03-01", "--paper", "x"), "đứng trước ngày đầu"),
        ((*GIVEN[:4], "--since", "2026-03-02", "--until", "2028-03-01", "--paper", "x"), "dài hơn một năm"),
        ((*GIVEN[:4], "--since", "2019-03-02", "--until", "2019-03-05", "--paper", "x"), "giữ 0 vị trí công tác"),
        (("rights", "ma"), "Không có cán bộ nào"),
    ],
)
def test_what_cannot_be_delegated_is_refused_with_a_sentence(said, words, sentence):
    code, printed = said(*words)
    assert code == 2 and sentence in printed.err
    assert answer(said, "delegate")["delegations"] == []


def test_two_deputies_on_one_day_are_refused(said):
    answer(said, *GIVEN)
    code, printed = said(*GIVEN[:4], "--since", "2026-03-15", "--until", "2026-03-20", "--paper", "x")
    assert code == 2 and "đã có hoa (ví dụ) làm thay" in printed.err
