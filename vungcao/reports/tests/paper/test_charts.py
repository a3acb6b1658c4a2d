"""Charts: drawn by one worker that stays, with Vietnamese letters and numbers; what is missing is said."""

from __future__ import annotations

import base64
import json
import os
import re
import struct
import time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import vl_convert
from docx import Document
from docx.oxml.ns import qn

from vungcao.reports.paper import Chart, Paper, Section, bookmark_name, charts, draw, from_json, to_json, with_pictures
from vungcao.reports.paper.chart_worker import VIETNAMESE, answer
from vungcao.reports.paper.drawing import ChartNotDrawn, _worker
from vungcao.reports.paper.fonts import LETTERS, NoVietnameseFont, find_serif, folders, missing_letters, serif_font

from .cast import paper, printed

RATES = charts.rates([("Xã Ẩm Ướt", Decimal("72.9")), ("Xã Bản Ỏ", None)], line=Decimal("60.2"), line_name="bình quân")
AMOUNTS = charts.amounts([("Xã Ẩm Ướt", {"Kế hoạch": 1_349_142_500_000, "Giải ngân": None})])


def words_of(spec: charts.Spec) -> str:
    return vl_convert.vegalite_to_svg(spec, format_locale=VIETNAMESE)


def with_chart() -> Paper:
    chart = Chart("Biểu đồ 1", RATES, "Tỷ lệ của hai xã", figures=("f1", "f2"))
    return paper(sections=(Section("I", "KẾT QUẢ", charts=(chart,)),), annexes=())


def test_a_missing_figure_is_said_and_numbers_are_vietnamese() -> None:
    rates, amounts = words_of(RATES), words_of(AMOUNTS)
    assert "72,9%" in rates and "bình quân 60,2%" in rates and rates.count("chưa có số liệu") >= 1
    assert "1.349.143" in amounts and "1.000.000" in amounts and "chưa có số liệu" in amounts


def test_a_month_that_nobody_reported_breaks_the_line() -> None:
    spec = charts.course([("2024", f"T{month}", None if month == 3 else Decimal(month)) for month in range(1, 6)])
    lines = [d for d in re.findall(r' d="([^"]+)"', words_of(spec)) if re.fullmatch(r"M[^ML]+L[^ML]+M[^ML]+L[^ML]+", d)]
    assert len(lines) == 1


def test_one_worker_draws_them_all_and_the_second_picture_is_quick() -> None:
    first = draw(RATES)
    started = _worker.process
    begun = time.monotonic()
    second = draw(AMOUNTS)
    assert _worker.process is started and started is not None and started.pid != os.getpid()
    assert time.monotonic() - begun < 10
    for png in (first, second):
        width, height = struct.unpack(">II", png[16:24])
        assert png.startswith(b"\x89PNG") and width > 400 and height > 100


def test_a_worker_that_died_is_started_again() -> None:
    draw(RATES)
    _worker.end()
    assert draw(charts.rates([("Xã mới", Decimal(1))])).startswith(b"\x89PNG")


def test_a_wrong_spec_is_a_sentence_and_the_worker_goes_on() -> None:
    with pytest.raises(ChartNotDrawn, match="mô tả biểu đồ sai"):
        draw({"mark": "no such mark", "data": {"values": []}})
    assert "error" in answer({"spec": {"mark": 1}, "font": "Liberation Serif"})
    assert draw(RATES).startswith(b"\x89PNG")


def test_a_chart_stands_in_the_paper_with_its_words_and_figures() -> None:
    word = Document(BytesIO(printed(with_chart())))
    (inline,) = word.element.body.iter(qn("wp:docPr"))
    assert inline.get("descr") == "Tỷ lệ của hai xã"
    names = [mark.get(qn("w:name")) for mark in word.element.body.iter(qn("w:bookmarkStart"))]
    assert {bookmark_name("f1"), bookmark_name("f2")} <= set(names)
    title = next(p for p in word.paragraphs if p.text == "Biểu đồ 1")
    assert title.paragraph_format.keep_with_next or title.style.paragraph_format.keep_with_next


def test_a_kept_paper_holds_its_pictures_and_draws_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = with_pictures(with_chart())
    again = from_json(json.loads(json.dumps(to_json(kept))))
    monkeypatch.setattr("vungcao.reports.paper.word_body.draw", lambda spec: pytest.fail("drawn again"))
    assert printed(again) == printed(kept)
    with ZipFile(BytesIO(printed(again))) as docx:
        (picture,) = [docx.read(name) for name in docx.namelist() if name.startswith("word/media/")]
    assert picture == base64.b64decode(kept.sections[0].charts[0].png)


def test_a_machine_without_the_letters_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoVietnameseFont) as caught:
        find_serif([tmp_path])
    assert "fonts-liberation2" in str(caught.value) and "VUNGCAO_FONTS" in str(caught.value)
    (tmp_path / "times.ttf").write_bytes(b"\0\1\0\0" + b"\0" * 40)
    with pytest.raises(NoVietnameseFont, match=r"times\.ttf.*thiếu"):
        find_serif([tmp_path])


def test_the_font_that_draws_has_every_letter() -> None:
    family = serif_font()
    (name,) = {"Liberation Serif": ["LiberationSerif-Regular.ttf"]}.get(family, ["times.ttf"])
    paths = [path for place in folders() if place.is_dir() for path in place.rglob("*.ttf") if path.name == name]
    assert any(not missing_letters(path) for path in paths)  # beside it may lie an old release that lacks some
    assert len(set(LETTERS)) == len(LETTERS) > 100
