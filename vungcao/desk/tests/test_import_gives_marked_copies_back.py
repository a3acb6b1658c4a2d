"""``vungcao import --marked DIR``: what was wrong comes back marked, in words and in JSON."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from vungcao.desk.arguments import parser
from vungcao.desk.commands import importing
from vungcao.intake.outcome import Outcome, Run
from vungcao.kernel.refusal import Cell, Problem, Refusal


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two workbooks, and an import that finds one thing wrong in the first."""
    inbox = tmp_path / "nop"
    inbox.mkdir()
    for name in ("sai.xlsx", "dung.xlsx"):
        book = openpyxl.Workbook()
        book.active.title = "BM01"
        book.active["B2"] = 12
        book.save(inbox / name)
    wrong = Problem(Cell("sai.xlsx", "BM01", "B2"), "vi.du", "12", "số ví dụ này sai")
    outcomes = [
        Outcome("sai.xlsx", "BM01", "", "draft", problems=[wrong]),
        Outcome("dung.xlsx", "BM01", "", "received"),
    ]
    monkeypatch.setattr(importing, "bring", lambda *_, **__: Run(committed=False, outcomes=outcomes))
    return inbox


def test_the_copy_is_written_and_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder.parent / "tra-lai"
    assert importing.import_(parser().parse_args(["import", str(folder), "--marked", str(out)])) == 1
    assert [one.name for one in out.iterdir()] == ["sai.xlsx"]
    assert "số ví dụ này sai" in openpyxl.load_workbook(out / "sai.xlsx")["BM01"]["B2"].comment.text.lower()
    assert "Bản đánh dấu:" in capsys.readouterr().out


def test_json_says_where_the_copies_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder.parent / "tra-lai"
    importing.import_(parser().parse_args(["import", str(folder), "--json", "--marked", str(out)]))
    said = json.loads(capsys.readouterr().out)
    assert said["marked"] == [{"path": str(out / "sai.xlsx"), "converted": False, "note": ""}]
    assert said["unmarked"] == []


def test_without_the_option_nothing_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    importing.import_(parser().parse_args(["import", str(folder), "--json"]))
    assert "marked" not in json.loads(capsys.readouterr().out)
    assert [one.name for one in folder.parent.iterdir()] == ["nop"]


def test_copies_are_refused_among_the_files_before_anything_is_read(folder: Path) -> None:
    with pytest.raises(Refusal):
        importing.import_(parser().parse_args(["import", str(folder), "--marked", str(folder / "tra-lai")]))
