"""The sample as LibreOffice prints it: pages, heads on each page, Vietnamese letters whole."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pymupdf
import pytest

from vungcao.reports.paper import Annex, write_docx

from .cast import paper, sample, table

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on this machine"),
]


def pages_of(docx: Path) -> list[pymupdf.Page]:
    profile = f"-env:UserInstallation={(docx.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(docx.parent), str(docx)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return list(pymupdf.open(docx.with_suffix(".pdf")))


def test_the_annual_sample_and_a_long_annex_print_as_they_should(tmp_path: Path) -> None:
    write_docx(sample()[0], tmp_path / "sample.docx")
    pages = pages_of(tmp_path / "sample.docx")
    assert len(pages) == 3
    texts = [page.get_text().replace("\u00a0", " ") for page in pages]
    assert all("VÍ DỤ" in text for text in texts)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in texts[0] and "Nơi nhận:" in texts[1]
    assert [page.rect.width > page.rect.height for page in pages] == [False, False, True]
    top_number = [word for word in pages[1].get_text("words") if word[3] < 57]
    assert "2" in [word[4] for word in top_number]
    assert "1" not in [word[4] for word in pages[0].get_text("words") if word[3] < 57]

    write_docx(paper(annexes=(Annex("", "BIỂU DÀI ẨM ƯỚT", table(80)),)), tmp_path / "long.docx")
    long = pages_of(tmp_path / "long.docx")
    annex = [page for page in long if page.rect.width > page.rect.height]
    assert len(annex) >= 3
    for page in annex:
        text = page.get_text()
        assert "Đơn vị" in text and "5=4/3" in text and "Ẩm Ướt" in text
        fonts = {font[3].split("+")[-1] for font in page.get_fonts()}
        assert all("LiberationSerif" in font or "TimesNewRoman" in font for font in fonts), fonts
    numbers = [[w[4] for w in page.get_text("words") if w[3] < 57] for page in annex]
    assert "2" in numbers[1] and "3" in numbers[2] and "1" not in numbers[0]
