"""`vungcao import`: exit codes, JSON of a fixed shape, and words that an officer can act on."""

from __future__ import annotations

import json

import pytest

from vungcao.desk import command
from vungcao.desk.commands import importing, printing
from vungcao.intake.tests import papers
from vungcao.intake.tests.conftest import cao_bang, loaded_once
from vungcao.intake.tests.papers import ALLOCATED, ASSIGNED, BY_UNIT, DA1, STATEMENT

pytestmark = pytest.mark.django_db
__all__ = ["cao_bang", "loaded_once"]  # fixtures of the door's own tests


@pytest.fixture
def said(monkeypatch, capsys):
    """Run `vungcao …`: (exit code, what was printed)."""
    monkeypatch.setattr(importing.chain, "extend", lambda: 0)  # its own tests; here every test is one transaction
    for console in (printing.console, printing.errors):
        monkeypatch.setattr(console, "_width", 200)

    def run(*words):
        monkeypatch.setattr(importing, "console", printing.Console(width=200, highlight=False))
        code = command.main(list(words))
        return code, capsys.readouterr()

    return run


def test_exit_code_0_when_all_is_taken_in_and_again_when_nothing_is_new(said, cao_bang):
    path = str(papers.write(cao_bang / "a.xlsx", STATEMENT))
    assert said("import", path)[0] == 0
    assert said("import", path, "--commit")[0] == 0
    assert said("import", path, "--commit")[0] == 0


def test_exit_code_1_when_something_stays_a_draft_or_is_refused(said, cao_bang):
    path = str(papers.write(cao_bang / "a.xlsx", STATEMENT.but(unit="")))
    assert said("import", path, "--commit")[0] == 1
    assert said("import", path, "--commit")[0] == 1
    secret = str(papers.write(cao_bang / "b.xlsx", STATEMENT.but(right=("MẬT",))))
    assert said("import", secret)[0] == 1


def test_exit_code_2_and_a_sentence_when_there_is_nothing_to_read(said, cao_bang):
    code, printed = said("import", str(cao_bang / "khong-co"))
    assert (code, printed.out) == (2, "")
    assert "Không thấy tệp hoặc thư mục" in printed.err
    assert said("import", str(papers.write(cao_bang / "a.xlsx", STATEMENT)), "--profile", "khong_co")[0] == 2


def test_the_json_has_one_shape(said, cao_bang):
    paper = STATEMENT.but(rows=(("", "TỔNG CỘNG", 40, 20, 10), ("I", DA1, 30, 20, 10)))
    _, printed = said("import", str(papers.write(cao_bang / "a.xlsx", paper)), "--commit", "--json")
    answer = json.loads(printed.out)
    assert set(answer) == {"committed", "act", "outcomes", "effects", "left_aside"}
    assert answer["committed"] is True and isinstance(answer["act"], int)
    (outcome,) = answer["outcomes"]
    problem = outcome.pop("problems")[0]
    assert problem.pop("sentence").startswith("cộng các dòng không khớp: ô ghi 40")
    assert problem == {
        "file": "a.xlsx", "sheet": "BM01", "cell": "C10", "code": "check.fails", "said": "40",
        "weight": "contradicting",
    }  # fmt: skip
    assert outcome == {
        "file": "a.xlsx", "sheet": "BM01", "what": "giai_ngan_theo_du_an", "state": "received", "new": True,
        "lines": 4, "dong": 40_000_000, "as_of": "2024-05-31", "body": "UBND huyện Bảo Lạc",
    }  # fmt: skip
    assert answer["effects"] == [
        {
            "figure": "disbursed", "programme": "1719", "year": "2024", "on": "2024-05-31", "basis": "year",
            "before_dong": 0, "after_dong": 40_000_000,
        }
    ]  # fmt: skip


def test_a_rehearsal_says_that_nothing_was_written_and_what_would_change(said, cao_bang):
    for at, paper in enumerate((ASSIGNED, ALLOCATED, BY_UNIT, STATEMENT)):
        papers.write(cao_bang / f"{at}.xlsx", paper)
    _, printed = said("import", str(cao_bang))
    assert "Tập dượt (chưa ghi)" in printed.out
    assert "Sẽ làm thay đổi:" in printed.out
    assert "Chương trình 1719, vốn năm 2024, giải ngân đến 31/05/2024: 0 → 30 triệu đồng" in printed.out
    assert "Thêm --commit để ghi." in printed.out
    assert "[lưu ý] 2.xlsx, trang PL01, ô A8: văn bản không ghi cấp ngân sách" in printed.out
