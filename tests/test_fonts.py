"""Papers name Times New Roman; where it is absent, one serif with every Vietnamese letter stands in."""

from __future__ import annotations

import subprocess

import docx
import pytest


@pytest.mark.office
def test_every_vietnamese_letter_is_drawn_with_one_serif(tmp_path):
    paper = docx.Document()
    paper.styles["Normal"].font.name = "Times New Roman"
    paper.add_paragraph("Ẩm Ướt: Ằ ẳ Ẵ ẫ Ặ ặ Ễ ễ Ổ ỗ Ợ ỡ Ữ ự Ỷ ỹ Đ đ")
    paper.save(tmp_path / "chu.docx")
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "pdf",
            "chu.docx",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    said = subprocess.run(
        ["pdftotext", "chu.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    assert "Ẩm Ướt: Ằ ẳ Ẵ ẫ Ặ ặ Ễ ễ Ổ ỗ Ợ ỡ Ữ ự Ỷ ỹ Đ đ" in said
    fonts = subprocess.run(["pdffonts", "chu.pdf"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    names = {line.split()[0].split("+")[-1] for line in fonts.splitlines()[2:]}
    assert len(names) == 1 and names <= {"LiberationSerif", "TimesNewRomanPSMT", "TimesNewRoman"}, fonts
