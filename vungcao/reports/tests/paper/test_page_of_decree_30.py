"""The points of Nghị định 30/2020/NĐ-CP, Phụ lục I, each read back from the written file."""

from __future__ import annotations

import re
from typing import Any

import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from vungcao.reports.paper.typeset import text_width

from .cast import opened, paper, printed


@pytest.fixture(scope="module")
def word() -> Any:
    return opened(paper())


def styled(word: Any, style_id: str) -> list[WordParagraph]:
    return [WordParagraph(p, word) for p in word.element.body.iter(qn("w:p")) if p.style == style_id]


def shape(word: Any, style_id: str) -> Any:
    return next(style for style in word.styles if style.style_id == style_id)


def test_the_page_is_a4_upright_with_margins_inside_the_decree(word: Any) -> None:
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= round(section.top_margin.mm) <= 25 and 20 <= round(section.bottom_margin.mm) <= 25
    assert 30 <= round(section.left_margin.mm) <= 35 and 15 <= round(section.right_margin.mm) <= 20


def test_every_font_named_anywhere_is_times_new_roman(word: Any) -> None:
    named = set()
    for root in (word.element, word.styles.element, word.sections[0].header._element):
        for fonts in root.iter(qn("w:rFonts")):
            named |= set(fonts.attrib.values())
    assert named == {"Times New Roman"}
    assert shape(word, "NoiDung").base_style.name == "Normal"


def test_the_body_is_justified_13_or_14_points_with_first_line_indent_and_spacing(word: Any) -> None:
    style = shape(word, "NoiDung")
    assert style.font.size.pt in (13, 14) and not style.font.bold
    layout = style.paragraph_format
    assert int(layout.alignment) == 3
    assert 10 <= layout.first_line_indent.mm <= 12.8
    assert layout.space_before.pt + layout.space_after.pt >= 6
    assert 1 <= layout.line_spacing <= 1.5


def test_page_numbers_stand_centred_in_the_top_margin_but_not_on_page_one(word: Any) -> None:
    section = word.sections[0]
    assert section.different_first_page_header_footer
    fields = [f.get(qn("w:instr")).strip() for f in section.header._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE"]
    assert not list(section.first_page_header._element.iter(qn("w:fldSimple")))
    assert section.header_distance < section.top_margin
    style = shape(word, "SoTrang")
    assert style.font.size.pt in (13, 14) and int(style.paragraph_format.alignment) == 1


def test_the_head_names_the_nation_and_the_issuer(word: Any) -> None:
    head = word.tables[0]
    left, right = (cell.text.split("\n") for cell in head.rows[0].cells)
    assert left[:2] == ["ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "BAN DÂN TỘC"]
    assert right[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert not shape(word, "CoQuan").font.bold and shape(word, "CoQuanDam").font.bold
    assert shape(word, "CoQuanDam").font.size.pt in (12, 13) and shape(word, "TieuNgu").font.size.pt in (13, 14)


def test_no_line_of_the_head_is_wider_than_its_column(word: Any) -> None:
    for cell in word.tables[0].rows[0].cells:
        for paragraph in cell.paragraphs:
            size = paragraph.style.font.size.pt
            assert text_width(paragraph.text, size) <= cell.width.twips, paragraph.text


def rule_length(word: Any, rule: WordParagraph, column: int) -> int:
    assert rule.text == "" and rule.style.element.find(".//" + qn("w:bottom")) is not None
    layout = rule.paragraph_format
    return column - layout.left_indent.twips - layout.right_indent.twips


def test_the_motto_is_ruled_as_long_as_its_text(word: Any) -> None:
    cell = word.tables[0].rows[0].cells[1]
    motto, rule = cell.paragraphs[1], cell.paragraphs[2]
    assert abs(rule_length(word, rule, cell.width.twips) - text_width(motto.text, 13)) <= 20


@pytest.mark.parametrize("issuer", ["BAN DÂN TỘC", "SỞ DÂN TỘC VÀ TÔN GIÁO"])
def test_the_issuer_is_ruled_over_a_third_to_a_half_of_its_text(issuer: str) -> None:
    word = opened(paper(issuer=issuer))
    cell = word.tables[0].rows[0].cells[0]
    share = rule_length(word, cell.paragraphs[2], cell.width.twips) / text_width(issuer, 12)
    assert 1 / 3 <= share <= 1 / 2


def test_the_number_is_left_for_the_clerk_and_the_day_has_its_zeros(word: Any) -> None:
    number, day = word.tables[0].rows[1].cells
    assert re.fullmatch(r"Số:\s{4,}/BC-BDT", number.text)
    assert day.text == "Cao Bằng, ngày 05 tháng 02 năm 2024"
    assert day.paragraphs[0].style.font.italic


def test_an_open_day_leaves_room_and_keeps_the_year() -> None:
    word = opened(paper(dated=None, year=2021))
    assert re.fullmatch(r"Cao Bằng, ngày\s{3,}tháng\s{3,}năm 2021", word.tables[0].rows[1].cells[1].text)


def test_title_and_subject_stand_bold_and_centred_with_a_short_rule(word: Any) -> None:
    title, subject = styled(word, "TenLoai")[0], styled(word, "TrichYeu")[0]
    assert title.text == "BÁO CÁO"
    assert subject.text.replace("\u00a0", " ") == paper().subject
    assert title.style.font.bold and subject.style.font.bold
    rule = styled(word, "KeTrichYeu")[0]
    share = rule_length(word, rule, round(165 / 25.4 * 1440)) / text_width(subject.text, 14)
    assert 1 / 3 <= share <= 1 / 2


def test_a_long_subject_wraps_evenly_and_past_500_characters_is_refused() -> None:
    word = opened(paper(subject="Kết quả thực hiện công tác dân tộc năm 2021 và phương hướng, nhiệm vụ năm 2022"))
    layout = styled(word, "TrichYeu")[0].paragraph_format
    assert layout.left_indent == layout.right_indent and layout.left_indent.mm > 20
    with pytest.raises(ValueError, match="500"):
        paper(subject="x" * 501)


def test_addressees_are_a_list_or_a_single_line(word: Any) -> None:
    lines = [p.text for p in styled(word, "KinhGui") + styled(word, "KinhGuiDanhSach")]
    assert lines == ["Kính gửi:", "- Ủy ban Dân tộc;", "- Ủy ban nhân dân tỉnh Cao Bằng."]
    alone = opened(paper(addressees=("Ủy ban Dân tộc",)))
    assert [p.text for p in styled(alone, "KinhGui")] == ["Kính gửi: Ủy ban Dân tộc."]
    assert not styled(opened(paper(addressees=())), "KinhGui")


def test_grounds_are_italic_and_end_with_a_semicolon_the_last_with_a_stop(word: Any) -> None:
    grounds = styled(word, "CanCu")
    assert [g.text[-1] for g in grounds] == [";", "."]
    assert grounds[0].style.font.italic


def test_sections_are_numbered_and_stay_with_their_text(word: Any) -> None:
    assert styled(word, "DeMuc1")[0].text == "I. KẾT QUẢ"
    assert styled(word, "DeMuc2")[0].text == "1. Giải ngân"
    assert shape(word, "DeMuc1").paragraph_format.keep_with_next


def test_signature_stands_right_recipients_left_in_a_row_that_does_not_split(word: Any) -> None:
    block = word.tables[1]
    left, right = block.rows[0].cells
    assert left.text.split("\n") == ["Nơi nhận:", "- Như trên;", "- Lưu: VT, KHTH."]
    assert right.text.split("\n") == ["KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "(ví dụ)"]
    assert block.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None
    heading, item = left.paragraphs[0].style.font, left.paragraphs[1].style.font
    assert (heading.size.pt, heading.bold, heading.italic) == (12, True, True)
    assert (item.size.pt, item.bold) == (11, False)
    assert right.paragraphs[0].style.font.bold
    assert styled(word, "NoiDung")[-2].paragraph_format.keep_with_next  # the last words stay with the signature


def test_the_mark_of_an_example_is_in_every_header_and_only_then() -> None:
    marked, plain = opened(paper()), opened(paper(example=False))
    for section in marked.sections:
        for header in (section.header, section.first_page_header):
            assert "VÍ DỤ" in "".join(header._element.itertext())
            assert header._element.xpath(".//*[local-name()='textpath'][@string='VÍ DỤ']")
    for header in (plain.sections[0].header, plain.sections[0].first_page_header):
        assert "VÍ DỤ" not in "".join(header._element.itertext())


def test_an_example_carries_no_name_and_a_real_paper_leaves_room_for_one() -> None:
    from vungcao.reports.paper import Signature

    with pytest.raises(ValueError, match="no name"):
        paper(signature=Signature(("TRƯỞNG BAN",), "Người Ví Dụ"))
    blank = opened(paper(example=False))
    assert blank.tables[1].rows[0].cells[1].text.split("\n")[-1] == ""


def test_the_note_of_the_freeze_is_in_every_footer(word: Any) -> None:
    for footer in (word.sections[0].footer, word.sections[0].first_page_footer):
        assert "sổ ghi nhận số 57" in footer.paragraphs[0].text


def test_text_is_escaped_normalised_and_kept_apart_from_the_template_language(word: Any) -> None:
    assert styled(word, "NoiDung")[0].text == "Giải ngân 15,213 tỷ đồng; Ẩm Ướt <&> {{ x }}."
    decomposed = opened(paper(subject="Ba\u0301o ca\u0301o \x07 {{ 7*7 }}"))
    assert styled(decomposed, "TrichYeu")[0].text == "Báo cáo  {{ 7*7 }}"


def test_the_same_paper_is_the_same_bytes() -> None:
    assert printed(paper()) == printed(paper())
    assert printed(paper()) != printed(paper(issuer="SỞ DÂN TỘC VÀ TÔN GIÁO"))
