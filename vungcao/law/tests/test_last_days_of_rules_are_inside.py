"""The file names last days inclusively and each is converted once; rows are read strictly."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from vungcao.evidence.actions import SYSTEM
from vungcao.kernel.validity import holds
from vungcao.law import loading, rulebook
from vungcao.law.authority import decide
from vungcao.law.precedence import unordered
from vungcao.law.queries import instrument
from vungcao.law.rule_rows import BadRule, read_rule
from vungcao.law.rulebook import NotAMove, shipped
from vungcao.law.rules import Move

ROWS: list[dict[str, Any]] = yaml.safe_load(rulebook.RULES.read_text(encoding="utf-8"))["rules"]
BOOK = shipped()
NUMBER = re.compile(r"[0-9]+(?:/[0-9]{4})?/(?:QH1[0-9]|NĐ-CP|QĐ-TTg|NQ-UBTVQH15)")
GOOD: dict[str, Any] = {
    "id": "VD-01",
    "from": "2030-01-01",
    "last_day": "2030-12-31",
    "kind": "su_nghiep",
    "level": "NSTW",
    "scope": "PROJECTS_SAME_PROGRAMME",
    "decider": "UBND_TINH",
    "cites": "00/2030/NĐ-CP Điều 1 (ví dụ)",
    "confidence": "sourced",
}


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_rule_holds_from_its_first_day_through_its_last(row):
    rule, first, last = BOOK.by_id[row["id"]], row["from"], row.get("last_day")
    assert holds(rule.valid_from, rule.valid_to, first)
    assert not holds(rule.valid_from, rule.valid_to, first - timedelta(days=1))
    if last is None:
        assert rule.valid_to is None
    else:
        assert holds(rule.valid_from, rule.valid_to, last)
        assert not holds(rule.valid_from, rule.valid_to, last + timedelta(days=1))


def test_on_no_day_of_four_years_do_the_regimes_leave_recurrent_money_without_a_rule():
    """19/04/2022 to 31/12/2026, each day, money of that year between projects: R1 to R4 follow each other."""
    answers = {}
    day = date(2022, 4, 19)
    while day <= date(2026, 12, 31):
        ruling = decide(Move(day, day.year, "su_nghiep", "NSTW", "PROJECTS_SAME_PROGRAMME"), BOOK)
        answers.setdefault(ruling.rules[0] if ruling.rules else None, []).append(day)
        day += timedelta(days=1)
    assert {rule: (days[0], days[-1]) for rule, days in answers.items()} == {
        "SN-05": (date(2022, 4, 19), date(2024, 1, 17)),
        "SN-08": (date(2024, 1, 18), date(2024, 12, 31)),
        "SN-10": (date(2025, 1, 1), date(2025, 12, 30)),
        "SN-15": (date(2025, 12, 31), date(2026, 12, 31)),
    }


def test_every_rule_is_cited_or_says_why_not():
    for rule in BOOK.rules:
        assert rule.cites or rule.caveat or rule.seen_in, rule.id
        assert rule.confidence in ("sourced", "recalled", "unknown")
        assert all(other in BOOK.by_id for other in (*rule.prevails_over, *rule.read_beside)), rule.id


@pytest.mark.django_db
def test_the_instruments_that_rules_cite_are_on_file():
    loading.load(by=SYSTEM)
    numbers = {number for rule in BOOK.rules for number in NUMBER.findall(rule.cites)}
    assert len(numbers) > 12
    assert not [number for number in sorted(numbers) if instrument(number) is None]


def test_shipped_rules_that_meet_are_put_in_order_or_side_by_side():
    assert [(one.id, other.id) for one, other in unordered(BOOK.rules)] == []


def test_a_row_in_the_words_of_the_file_is_read():
    rule = read_rule(GOOD, BOOK.words)
    assert (rule.valid_from, rule.valid_to, rule.decider) == (date(2030, 1, 1), date(2031, 1, 1), "UBND_TINH")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"id": "quy tắc 1"}, "mã phải gồm"),
        ({"kind": "vay"}, "kind là 'vay'"),
        ({"level": None}, "level là None"),
        ({"scope": "*"}, "scope là '\\*'"),
        ({"decider": "CHU_TICH"}, "decider là 'CHU_TICH'"),
        ({"confidence": "chắc"}, "confidence là 'chắc'"),
        ({"only_if": "annual"}, "only_if là 'annual'"),
        ({"from": "1/1/2030"}, "from là '1/1/2030'"),
        ({"last_day": "2029-12-31"}, "ngày cuối đứng trước ngày đầu"),
        ({"decidor": "TTG"}, "không có mục nào tên decidor"),
        ({"conditions": "một câu"}, "conditions phải là một danh sách"),
        ({"money": [{"origin": [2030]}]}, "money là"),
        ({"otherwise": [{"decider": "TTG"}]}, "otherwise là"),
        ({"deadline": {"said": "15/11"}}, "deadline là"),
        ({"deadline": {"said": "15/11", "last": "15/11"}}, "ngày trong năm '15/11'"),
        ({"closing": {"then": "cancelled"}}, "closing là"),
    ],
)
def test_a_row_in_other_words_is_refused_and_told_which(change, sentence):
    with pytest.raises(BadRule, match=sentence) as refused:
        read_rule(GOOD | change, BOOK.words)
    assert str(refused.value).startswith("Quy tắc ")


def test_a_file_with_one_id_twice_is_refused(tmp_path: Path):
    text = rulebook.RULES.read_text(encoding="utf-8").replace("id: SN-02", "id: SN-01")
    file = tmp_path / "budget_rules.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(NotAMove, match="mã trùng: SN-01"):
        shipped(file)
