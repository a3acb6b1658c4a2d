"""An officer edits the template in Word: what still works, and what is named when it does not."""

from __future__ import annotations

import copy
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.shared import Mm

from vungcao.reports.paper import KINDS, TemplateIsBroken, shipped_frame
from vungcao.reports.paper.frame import PLACEHOLDERS

from .cast import opened, paper

Edit = Callable[[Any], None]


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Edit], Path]:
    def make(edit: Edit) -> Path:
        word = Document(BytesIO(shipped_frame("báo cáo")))
        edit(word)
        path = tmp_path / "mẫu của Ban.docx"
        word.save(str(path))
        return path

    return make


def body(word: Any) -> Any:
    return next(p for p in word.paragraphs if "noi_dung" in p.text)


def refusal(path: Path) -> str:
    with pytest.raises(TemplateIsBroken) as caught:
        opened(paper(), path)
    return str(caught.value)


def test_the_frames_use_every_placeholder_and_the_guide_names_each() -> None:
    xml = ""
    for kind in KINDS:
        with ZipFile(BytesIO(shipped_frame(kind))) as frame:
            xml += "".join(frame.read(name).decode() for name in frame.namelist() if name.endswith(".xml"))
    guide = (Path(__file__).parents[4] / "docs/guide/mau-van-ban.md").read_text(encoding="utf-8")
    for name in PLACEHOLDERS:
        assert name in xml and f"`{{{{ {name} }}}}`" in guide.replace("[0]", ""), name


def test_changed_words_and_margins_are_kept(edited: Callable[[Edit], Path]) -> None:
    def edit(word: Any) -> None:
        word.sections[0].top_margin = Mm(25)
        word.tables[1].rows[0].cells[0].paragraphs[0].runs[0].text = "Nơi nhận (bản điện tử):"

    word = opened(paper(), edited(edit))
    assert round(word.sections[0].top_margin.mm) == 25
    assert word.tables[1].rows[0].cells[0].text.startswith("Nơi nhận (bản điện tử):")


def test_an_unknown_placeholder_is_named_with_its_place(edited: Callable[[Edit], Path]) -> None:
    said = refusal(edited(lambda word: word.add_paragraph("Người soạn: {{ nguoi_soan }}")))
    assert "{{ nguoi_soan }}" in said and "thân văn bản" in said and "Người soạn" in said and "mẫu của Ban.docx" in said
    in_footer = edited(lambda word: word.sections[0].footer.add_paragraph("{{ ma_vach }}"))
    assert "{{ ma_vach }}" in refusal(in_footer) and "chân trang" in refusal(in_footer)


def test_a_placeholder_in_a_table_is_named_by_table_row_and_cell(edited: Callable[[Edit], Path]) -> None:
    def edit(word: Any) -> None:
        word.tables[1].rows[0].cells[1].paragraphs[-1].text = "{{ ho_ten }}"

    assert "{{ ho_ten }} (thân văn bản, bảng 2, dòng 1, ô 2, “{{ ho_ten }}”)" in refusal(edited(edit))


def test_a_placeholder_that_is_no_name_is_shown_how_to_write_one(edited: Callable[[Edit], Path]) -> None:
    said = refusal(edited(lambda word: word.add_paragraph("Kính gửi {{ kinh gửi }}")))
    assert "{{ kinh gửi }}" in said and "đoạn" in said and "viết sai" in said


def test_a_half_written_placeholder_is_named(edited: Callable[[Edit], Path]) -> None:
    said = refusal(edited(lambda word: word.add_paragraph("Ngày {{ dia_danh_ngay }")))
    assert "Ngày {{ dia_danh_ngay }" in said and "}}" in said


def test_a_wrong_command_is_named(edited: Callable[[Edit], Path]) -> None:
    assert "lệnh viết sai" in refusal(edited(lambda word: word.add_paragraph("{% neu co %}")))
    assert "không dùng được" in refusal(edited(lambda word: word.add_paragraph("{{ nguoi_ky.chuc_vu }}")))


def test_a_template_without_room_for_the_body_or_with_two_is_refused(edited: Callable[[Edit], Path]) -> None:
    def lose(word: Any) -> None:
        body(word)._p.getparent().remove(body(word)._p)

    def share(word: Any) -> None:
        body(word).runs[0].text = "Nội dung: {{ noi_dung }}"

    def double(word: Any) -> None:
        body(word)._p.addnext(copy.deepcopy(body(word)._p))

    for edit in (lose, share, double):
        assert "noi_dung" in refusal(edited(edit))


def test_a_placeholder_that_word_cut_in_pieces_is_still_one(edited: Callable[[Edit], Path]) -> None:
    def cut(word: Any) -> None:
        paragraph = body(word)
        paragraph.runs[0].text = "{{ noi"
        paragraph.add_run("_dung }}").bold = True

    assert any("I. KẾT QUẢ" in p.text for p in opened(paper(), edited(cut)).paragraphs)


def test_a_template_made_from_nothing_is_lent_the_styles_it_lacks(tmp_path: Path) -> None:
    word = Document()
    word.add_paragraph("{{ ten_loai }}")
    word.add_paragraph("{{ noi_dung }}")
    path = tmp_path / "mới.docx"
    word.save(str(path))
    made = opened(paper(), path)
    heading = next(p for p in made.paragraphs if p.text == "I. KẾT QUẢ")
    assert heading.style.name == "VC Đề mục I"
    assert "VÍ DỤ" in "".join(made.sections[0].header._element.itertext())


def test_a_file_that_is_no_word_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "biểu.docx"
    path.write_bytes(b"not a zip")
    assert "biểu.docx" in refusal(path) and "không phải" in refusal(path)


def test_a_template_cannot_reach_into_the_program(edited: Callable[[Edit], Path]) -> None:
    refusal(edited(lambda word: word.add_paragraph("{{ nguoi_ky.__class__.__mro__ }}")))
