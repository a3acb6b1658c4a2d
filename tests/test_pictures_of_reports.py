"""Beside the checklist of a report stand its pages as pictures, small, and a script that draws them again."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from vungcao.reports.paper import from_json, write_docx

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "docs" / "reports"
LARGEST = 150_000
EIGHT_BITS_WITH_PALETTE = (8, 3)


def size(picture: Path) -> tuple[int, int]:
    """Width and height, of a PNG of 8 bits with a palette."""
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) <= LARGEST
    width, height, *kind = struct.unpack(">IIBB", content[16:26])
    assert tuple(kind) == EIGHT_BITS_WITH_PALETTE, picture.name
    return width, height


@pytest.mark.parametrize("checklist", sorted(REPORTS.glob("*-checklist.md")), ids=lambda path: path.stem)
def test_each_page_of_the_checklist_has_its_picture(checklist):
    named = re.findall(r"\]\(([^)]+\.png)\)", checklist.read_text("utf-8"))
    assert len(named) >= 4 and len(named) == len(set(named))
    for name in named:
        width, height = size(REPORTS / name)
        assert max(width, height) / min(width, height) == pytest.approx(297 / 210, abs=0.01), name
    kind = checklist.stem.removesuffix("-checklist")
    assert {path.name for path in REPORTS.glob(f"{kind}-*.png")} == set(named)


@pytest.mark.office
def test_the_script_draws_a_paper_page_by_page(tmp_path):
    data = json.loads((ROOT / "vungcao" / "reports" / "annual" / "sample.json").read_text("utf-8"))
    write_docx(from_json(data["paper"]), tmp_path / "sample.docx")
    words = ["--docx", str(tmp_path / "sample.docx"), "--out", str(tmp_path / "out")]
    subprocess.run([sys.executable, str(ROOT / "scripts" / "picture_reports.py"), *words], check=True, timeout=300)
    first = tmp_path / "out" / "sample-1.png"
    width, height = size(first)
    assert height > width
    assert first.stat().st_size > 15_000, "a blank page is a tenth of that"
    assert len(list((tmp_path / "out").iterdir())) == 3
