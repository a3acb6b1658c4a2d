"""The cases of ``authority_cases.yaml``: each question a jurist can read has the answer he expects, and its article."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from vungcao.law.authority import decide
from vungcao.law.rulebook import NotAMove, shipped
from vungcao.law.rules import Move

CASES = yaml.safe_load(Path(__file__).with_name("authority_cases.yaml").read_text(encoding="utf-8"))


def move_of(case: dict[str, Any]) -> Move:
    kind, level = case["source"].split(":")
    said = case.get("with", [])
    return Move(
        on=case["day"],
        year=case["year"],
        kind=kind,
        level=level,
        scope=case["scope"],
        use_year=case.get("use_year"),
        plan=next((word for word in said if word in ("annual", "medium")), ""),
        **{word: True for word in said if word not in ("annual", "medium")},
    )


@pytest.mark.parametrize("case", CASES, ids=[f"{case['day']} {case['say']}" for case in CASES])
def test_the_case_is_answered(case):
    answer = decide(move_of(case), shipped()).as_json()
    assert answer["decider"] == case["decider"]
    assert answer["confidence"] == case["confidence"]
    if "readings" in case:
        assert {one["decider"]: one["rule"] for one in answer["readings"]} == case["readings"]
        assert answer["rule"] is None
        assert answer["cites"]
    else:
        assert answer["readings"] == []
        assert answer["allowed"] is case.get("allowed", True)
    if "rule" in case:
        assert answer["rule"] == case["rule"]
    if "rules" in case:
        assert answer["rules"] == case["rules"]
    assert set(case.get("also", [])) <= {one["decider"] for one in answer["alternatives"]}
    assert set(case.get("set_aside", [])) <= {one["rule"] for one in answer["set_aside"]}
    if "warns" in case:
        assert any(case["warns"] in said for said in answer["warnings"]), answer["warnings"]


def test_an_answer_names_article_confidence_and_where_it_was_seen():
    move = Move(date(2024, 6, 15), 2023, "su_nghiep", "NSTW", "PROJECTS_SAME_PROGRAMME", use_year=2024)
    answer = decide(move, shipped()).as_json()
    assert answer["cites"] == "111/2024/QH15 Điều 4 khoản 2"
    assert answer["decider_name"] == "HĐND cấp tỉnh"
    seen = {one["rule"]: one for one in answer["sources"]}
    assert "vietnam.vn" in seen["SN-08"]["seen_in"]
    assert "2023" in seen["SN-08"]["money"]
    assert answer["conditions"] == [
        "từ dự án thành phần không còn đối tượng hỗ trợ hoặc không đáp ứng điều kiện giải ngân "
        "sang dự án thành phần khác của chương trình"
    ]


def test_conditions_of_the_province_are_cumulative():
    move = Move(date(2024, 3, 1), 2024, "dau_tu", "NSDP_TINH", "ALLOCATE_PROVINCE")
    said = " ".join(decide(move, shipped()).as_json()["conditions"])
    assert "vốn đối ứng" in said
    assert "4 triệu đồng/hộ" in said


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": "vay"}, "Nguồn vốn vay:NSTW"),
        ({"level": "*"}, "một cấp ngân sách"),
        ({"scope": "GIUA_CAC_XA"}, "Phạm vi 'GIUA_CAC_XA'"),
        ({"year": 24}, "Năm ngân sách 24"),
        ({"use_year": 2023}, "không thể đứng trước"),
    ],
)
def test_a_question_in_other_words_is_refused_with_the_words_there_are(change, sentence):
    asked = {"kind": "su_nghiep", "level": "NSTW", "scope": "CARRY_OVER", "year": 2024} | change
    with pytest.raises(NotAMove, match=sentence.replace("*", r"\*")):
        decide(Move(on=date(2024, 6, 15), **asked), shipped())
