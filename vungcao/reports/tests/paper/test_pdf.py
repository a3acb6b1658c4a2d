"""A PDF where LibreOffice is; where it is not, or hangs, a sentence says what to do."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from vungcao.reports.paper import write_docx
from vungcao.reports.paper.pdf import NoPdf, to_pdf

from .cast import paper


def is_running(process: int) -> bool:
    """Is it there, and not merely waiting to be counted as ended?"""
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_machine_without_libreoffice_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoPdf, match="libreoffice-writer"):
        to_pdf(tmp_path / "a.docx", tmp_path)


def test_a_program_that_hangs_is_ended_with_what_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "soffice"
    script.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {tmp_path}/child\nwait\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    begun = time.monotonic()
    with pytest.raises(NoPdf, match=r"quá 3 giây.*dừng"):
        to_pdf(tmp_path / "a.docx", tmp_path, seconds=3)  # a busy machine has begun it by then
    assert time.monotonic() - begun < 20
    child = int((tmp_path / "child").read_text())
    while is_running(child):  # the machine may take a moment to end it
        assert time.monotonic() - begun < 30
        time.sleep(0.05)


def test_a_program_that_makes_nothing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "soffice"
    script.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(NoPdf, match=r"a\.docx"):
        to_pdf(tmp_path / "a.docx", tmp_path)


@pytest.mark.office
def test_two_papers_are_made_each_with_a_profile_of_its_own(tmp_path: Path) -> None:
    for name in ("một", "hai"):
        docx = tmp_path / f"{name}.docx"
        write_docx(paper(), docx)
        assert to_pdf(docx, tmp_path).read_bytes().startswith(b"%PDF")
