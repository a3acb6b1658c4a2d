"""``vungcao authority`` and ``vungcao closing``: the JSON contract, and what an officer reads."""

from __future__ import annotations

import json

import pytest

from vungcao.desk.command import main

pytestmark = pytest.mark.django_db

CONTRACT = {"allowed", "decider", "alternatives", "rule", "cites", "confidence", "conditions", "readings", "warnings"}
MOVE = ["--source", "su_nghiep:NSTW", "--scope", "PROJECTS_SAME_PROGRAMME"]


def answer(capsys, *argv: str) -> dict:
    assert main([*argv, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("argv", "decider", "rule", "confidence"),
    [
        (["--on", "2023-11-20", "--year", "2023"], "TTG", "SN-05", "sourced"),
        (["--on", "15/06/2024", "--year", "2023", "--use-year", "2024"], "HDND_TINH", "SN-08", "sourced"),
        (["--on", "2024-06-15", "--year", "2024", "--devolved"], "HDND_HUYEN", "SN-09", "sourced"),
        (["--on", "2026-03-01", "--year", "2026"], "UNKNOWN", "SN-15", "unknown"),
        (["--on", "2024-01-17", "--year", "2023"], "TTG", "SN-05", "sourced"),
        (["--on", "2024-01-18", "--year", "2023"], "HDND_TINH", "SN-08", "sourced"),
    ],
)
def test_authority_answers_in_the_shape_agreed(capsys, argv, decider, rule, confidence):
    found = answer(capsys, "authority", *argv, *MOVE)
    assert (found["decider"], found["rule"], found["confidence"]) == (decider, rule, confidence)
    assert found.keys() >= CONTRACT
    assert found["allowed"] is (None if decider == "UNKNOWN" else True)


def test_an_unknown_answer_says_whom_to_ask(capsys):
    found = answer(capsys, "authority", "--on", "2026-03-01", "--year", "2026", *MOVE)
    assert any("hỏi Sở Tài chính" in said for said in found["warnings"])


def test_every_circumstance_can_be_said(capsys):
    flags = ["--field-changes", "--across-units", "--between-sessions", "--pilot-district", "--devolved"]
    found = answer(capsys, "authority", "--on", "2024-06-15", "--year", "2024", *MOVE, *flags, "--plan", "annual")
    assert found["asked"]["circumstances"] == [
        *("field_changes", "across_units", "between_sessions", "pilot_district", "devolved", "annual")
    ]


def test_an_officer_reads_decider_article_and_certainty(capsys):
    assert main(["authority", "--on", "2023-11-20", "--year", "2023", *MOVE]) == 0
    said = capsys.readouterr().out
    for words in (
        "Cơ quan quyết định: Thủ tướng Chính phủ",
        "Quy tắc: SN-05",
        "có nguồn",
        "Cơ quan trình: UBND cấp tỉnh",
    ):
        assert words in said


def test_several_readings_are_all_printed(capsys):
    argv = ["--on", "2024-06-15", "--year", "2023", "--use-year", "2024", "--source", "dau_tu:NSTW"]
    assert main(["authority", *argv, "--scope", "PROJECTS_SAME_PROGRAMME"]) == 0
    said = capsys.readouterr().out
    for words in ("Có 2 cách đọc", "UBND cấp tỉnh", "HĐND cấp tỉnh", "DT-04 nhường DT-05"):
        assert words in said


def test_a_forbidden_move_and_a_silent_table_are_said_as_such(capsys):
    main(
        [
            "authority",
            "--on",
            "2024-06-15",
            "--year",
            "2024",
            "--source",
            "su_nghiep:NSTW",
            "--scope",
            "BETWEEN_CAPITAL_KINDS",
        ]
    )
    assert "Tỉnh không được làm; cấp có thể quyết định: Quốc hội" in capsys.readouterr().out
    main(["authority", "--on", "2025-06-15", "--year", "2025", "--source", "dau_tu:NSDP_XA", "--scope", "CARRY_OVER"])
    assert "Chưa có quy tắc trong danh mục. Hỏi: Sở Tài chính." in capsys.readouterr().out
    main(["authority", "--on", "2022-06-15", "--year", "2021", "--source", "su_nghiep:NSTW", "--scope", "CARRY_OVER"])
    assert "Không được làm, trừ khi nêu dưới đây" in capsys.readouterr().out


@pytest.mark.parametrize("source", ["su_nghiep", "su_nghiep:*", "vay:NSTW"])
def test_a_source_that_is_not_one_is_refused_in_vietnamese(capsys, source):
    assert main(["closing", "--source", source, "--year", "2024"]) == 2
    assert "Nguồn vốn" in capsys.readouterr().err


def test_closing_says_late_by_which_article(capsys):
    found = answer(capsys, "closing", "--source", "dau_tu:NSTW", "--year", "2025", "--on", "2026-02-05")
    assert (found["state"], found["until"], found["rule"], found["confidence"]) == (
        "closed",
        "2026-01-31",
        "CO-03",
        "sourced",
    )
    assert "Điều 72" in found["cites"]


def test_closing_shows_both_laws_where_they_meet(capsys):
    argv = ["closing", "--source", "dau_tu:NSTW", "--year", "2024", "--added-on", "15/10/2024", "--on", "10/02/2025"]
    assert answer(capsys, *argv)["rules"] == ["CO-01", "CO-03"]
    assert main(argv) == 0
    said = capsys.readouterr().out
    for words in ("Có 2 cách đọc", "31/01/2025", "31/12/2025", "tùy cách đọc", "ngày lịch"):
        assert words in said
