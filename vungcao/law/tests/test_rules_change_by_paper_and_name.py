"""An administrator adds, confirms, retires, takes back; every change is signed and cited; shipped rows stay."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.evidence.actions import SYSTEM, Snapshot, acting
from vungcao.evidence.models import Act, AuditRow, Source
from vungcao.evidence.queries import last_number
from vungcao.law import checks
from vungcao.law.actions import (
    Citation,
    NoSuchRule,
    NothingToConfirm,
    NotSigned,
    RuleIsThere,
    RulesMeet,
    add_rule,
    confirm_rule,
    retire_rule,
    withdraw_change,
)
from vungcao.law.authority import decide
from vungcao.law.models import RuleChange, RuleOverlay
from vungcao.law.precedence import sort_out
from vungcao.law.queries import rulebook
from vungcao.law.rule_rows import BadRule, read_rule
from vungcao.law.rulebook import shipped
from vungcao.law.rules import Move

ADMIN = Snapshot(name="Quản trị viên ví dụ", post="Quản trị", body="Ban Dân tộc ví dụ")
PAPER = Citation(number="00/2026/NĐ-CP", article="Điều 9 khoản 1", dated=date(2026, 1, 1), issuer="CP")
IN_2026 = Move(date(2026, 3, 1), 2026, "su_nghiep", "NSTW", "PROJECTS_SAME_PROGRAMME")
ROW = {
    "id": "DP-01",
    "from": date(2025, 12, 31),
    "kind": "su_nghiep",
    "level": "NSTW",
    "scope": "PROJECTS_SAME_PROGRAMME",
    "decider": "HDND_TINH",
    "prevails_over": ["SN-15"],
}
KEPT = {**ROW, "from": "2025-12-31", "confidence": "sourced"}

pytestmark = pytest.mark.django_db


def test_an_added_rule_answers_where_the_table_was_silent_and_is_known_from_then_on():
    before = last_number()
    overlay = add_rule(row=ROW, citation=PAPER, by=ADMIN)
    ruling = decide(IN_2026, rulebook())
    assert (ruling.decider, ruling.rules, ruling.confidence) == ("HDND_TINH", ("DP-01",), "sourced")
    answer = ruling.as_json()
    assert answer["cites"] == "00/2026/NĐ-CP Điều 9 khoản 1"
    assert [one["rule"] for one in answer["set_aside"]] == ["SN-15"]
    assert next(one for one in answer["sources"] if one["rule"] == "DP-01")["local"] is True
    assert decide(IN_2026, rulebook(before)).decider == "UNKNOWN", "what was known then stays known as it was"
    assert overlay.act.official_name == ADMIN.name
    assert Source.objects.get(pk=overlay.source_id).number == "00/2026/NĐ-CP"
    assert AuditRow.objects.filter(act=overlay.act, verb="law.rule_added").exists()
    assert "DP-01" not in shipped().by_id
    assert list(checks.findings()) == []


def test_a_confirmed_rule_is_sourced_and_says_who_confirmed_it():
    move = Move(date(2025, 8, 1), 2025, "su_nghiep", "NSTW", "PROJECTS_SAME_PROGRAMME")
    assert decide(move, rulebook()).confidence == "recalled"
    confirm_rule(rule="SN-10", citation=PAPER, by=ADMIN)
    answer = decide(move, rulebook()).as_json()
    assert answer["confidence"] == "sourced"
    assert answer["warnings"] == []
    assert answer["sources"][0]["confirmed"] == "00/2026/NĐ-CP Điều 9 khoản 1 (Quản trị viên ví dụ, Quản trị)"
    assert shipped().by_id["SN-10"].confidence == "recalled"


def test_a_retired_rule_stands_before_its_day_and_not_from_it():
    retire_rule(rule="SN-08", citation=PAPER, by=ADMIN, on=date(2024, 7, 1))
    move = Move(date(2024, 6, 30), 2024, "su_nghiep", "NSTW", "PROJECTS_SAME_PROGRAMME")
    assert decide(move, rulebook()).rules == ("SN-08",)
    assert decide(Move(**{**vars(move), "on": date(2024, 7, 1)}), rulebook()).status == "no_rule"


def test_a_rule_retired_for_every_day_never_stood():
    retire_rule(rule="PL-03", citation=PAPER, by=ADMIN)
    move = Move(date(2023, 6, 30), 2023, "su_nghiep", "NSTW", "BETWEEN_CAPITAL_KINDS")
    assert decide(move, rulebook()).status == "no_rule"


def test_a_change_is_taken_back_with_what_was_said_of_it():
    add_rule(row={**ROW, "confidence": "recalled"}, citation=PAPER, by=ADMIN)
    confirm_rule(rule="DP-01", citation=PAPER, by=ADMIN)
    assert decide(IN_2026, rulebook()).confidence == "sourced"
    withdraw_change(rule="DP-01", change=RuleChange.CONFIRM, citation=PAPER, by=ADMIN)
    assert decide(IN_2026, rulebook()).confidence == "recalled"
    confirm_rule(rule="DP-01", citation=PAPER, by=ADMIN)
    withdraw_change(rule="DP-01", change=RuleChange.ADD, citation=PAPER, by=ADMIN)
    assert decide(IN_2026, rulebook()).rules == ("SN-15",)
    assert not RuleOverlay.objects.standing().exists()
    assert RuleOverlay.objects.count() == 3, "history is kept"
    with pytest.raises(NoSuchRule, match="không có thay đổi nào"):
        withdraw_change(rule="DP-01", change=RuleChange.ADD, citation=PAPER, by=ADMIN)


@pytest.mark.parametrize(
    ("by", "citation"),
    [
        (SYSTEM, PAPER),
        (Snapshot(name=" "), PAPER),
        (ADMIN, Citation(number="", article="Điều 1")),
        (ADMIN, Citation(number="00/2026/NĐ-CP", article=" ")),
    ],
)
def test_nothing_changes_without_a_name_and_a_paper(by, citation):
    for change in (
        lambda: add_rule(row=ROW, citation=citation, by=by),
        lambda: confirm_rule(rule="SN-10", citation=citation, by=by),
        lambda: retire_rule(rule="SN-08", citation=citation, by=by),
    ):
        with pytest.raises(NotSigned, match="phải có"):
            change()
    assert not Act.objects.exists()


def test_a_rule_that_contradicts_another_must_say_which_goes_first():
    alone = {name: value for name, value in ROW.items() if name != "prevails_over"}
    with pytest.raises(RulesMeet, match=r"SN-15 .* và DP-01 .*prevails_over") as refused:
        add_rule(row=alone, citation=PAPER, by=ADMIN)
    assert refused.value.code == "rule.meets"
    assert not RuleOverlay.objects.exists(), "a refused change leaves nothing"
    add_rule(row={**alone, "read_beside": ["SN-15"]}, citation=PAPER, by=ADMIN)
    ruling = decide(IN_2026, rulebook())
    assert ruling.status == "several"
    assert {one.decider for one in ruling.readings} == {"HDND_TINH", "UNKNOWN"}


@pytest.mark.parametrize(
    ("change", "refusal", "sentence"),
    [
        ({"id": "SN-15", "prevails_over": []}, RuleIsThere, "Mã SN-15 đã có"),
        ({"prevails_over": ["SN-99"]}, NoSuchRule, "không có quy tắc SN-99"),
        ({"decider": None}, RuleIsThere, "phải nêu cơ quan quyết định"),
        ({"scope": "GIUA_CAC_XA"}, BadRule, "scope là 'GIUA_CAC_XA'"),
    ],
)
def test_a_bad_addition_is_refused_in_a_sentence(change, refusal, sentence):
    with pytest.raises(refusal, match=sentence):
        add_rule(row=ROW | change, citation=PAPER, by=ADMIN)
    assert not RuleOverlay.objects.exists()


def test_confirming_needs_a_rule_that_names_somebody_and_is_in_doubt():
    with pytest.raises(NothingToConfirm, match=r"hãy thêm quy tắc mới, ghi prevails_over: \[SN-15\]"):
        confirm_rule(rule="SN-15", citation=PAPER, by=ADMIN)
    with pytest.raises(NothingToConfirm, match="đã có nguồn"):
        confirm_rule(rule="SN-08", citation=PAPER, by=ADMIN)
    with pytest.raises(NoSuchRule, match="không có quy tắc SN-99"):
        confirm_rule(rule="SN-99", citation=PAPER, by=ADMIN)


def test_a_rule_is_retired_once_and_on_a_day_of_its_own():
    with pytest.raises(NoSuchRule, match="không có hiệu lực vào ngày 01/01/2025"):
        retire_rule(rule="SN-08", citation=PAPER, by=ADMIN, on=date(2025, 1, 1))
    retire_rule(rule="SN-08", citation=PAPER, by=ADMIN)
    with pytest.raises(RuleIsThere, match="đã được thôi dùng"):
        retire_rule(rule="SN-08", citation=PAPER, by=ADMIN)


def test_checks_find_rules_that_meet_and_changes_of_rules_that_are_gone():
    """Rows that slipped past the verbs (an older release, another machine) are found."""
    with acting("law.rule_added", by=ADMIN) as act:
        paper = Source.objects.create(act=act, kind="paper", name="ví dụ")
        for rule, change, row in [
            ("DP-02", "add", {**KEPT, "id": "DP-02", "prevails_over": []}),
            ("SN-77", "confirm", None),
        ]:
            RuleOverlay.objects.create(act=act, rule=rule, change=change, row=row, cites="ví dụ", source=paper)
    assert {(one.code, one.key) for one in checks.findings()} == {
        ("rule.overlap", "SN-15/DP-02"),
        ("rule.absent", "SN-77"),
    }


def test_checks_find_an_added_row_that_cannot_be_read_any_more():
    with acting("law.rule_added", by=ADMIN) as act:
        paper = Source.objects.create(act=act, kind="paper", name="ví dụ")
        row = {**KEPT, "id": "DP-03", "scope": "CU"}
        RuleOverlay.objects.create(act=act, rule="DP-03", change="add", row=row, cites="ví dụ", source=paper)
    assert [(one.code, one.key) for one in checks.findings()] == [("rule.unreadable", "DP-03")]


def test_rules_that_each_claim_to_go_first_both_stand():
    rows = [
        {**ROW, "id": f"VD-0{one}", "prevails_over": [f"VD-0{3 - one}"], "confidence": "sourced", "decider": decider}
        for one, decider in ((1, "TTG"), (2, "HDND_TINH"))
    ]
    rules = [read_rule(row, shipped().words) for row in rows]
    standing, aside = sort_out(rules)
    assert (standing, aside) == (rules, [])
