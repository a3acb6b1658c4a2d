"""The frame of a paper: an ordinary Word file with placeholders, which an officer may open and edit.

`build_frame` makes the three we ship, one for each form of paper: titled (báo cáo, tờ trình, thông báo), letter (công
văn) and decision (quyết định); sizes and distances are those of Nghị định 30/2020/NĐ-CP, Phụ lục I
(`docs/reports/annual-checklist.md` lists them point by point). Colours, fonts and texts may be changed in Word as long
as the placeholders keep their names; `PLACEHOLDERS` says what each prints.
"""

from __future__ import annotations

from typing import Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, Twips

from .kinds import Form
from .packing import packed
from .styles import LEFT, STYLES, add_styles, drop_foreign_styles, set_rule
from .typeset import text_width

BODY_MARK: Final = "noi_dung"
PLACEHOLDERS: Final = {
    "co_quan_chu_quan": "tên cơ quan chủ quản",
    "co_quan_ban_hanh": "tên cơ quan ban hành",
    "so_ky_hieu": "dòng số, ký hiệu",
    "dia_danh_ngay": "dòng địa danh và ngày tháng năm",
    "ten_loai": "tên loại văn bản",
    "trich_yeu": "trích yếu nội dung",
    "tham_quyen": "người hoặc cơ quan quyết định (mẫu quyết định)",
    "kinh_gui": "danh sách nơi kính gửi",
    BODY_MARK: "toàn bộ phần nội dung (đứng một mình trong một đoạn)",
    "noi_nhan": "danh sách nơi nhận",
    "quyen_han": "các dòng quyền hạn, chức vụ của người ký",
    "nguoi_ky": "họ tên người ký",
    "ghi_chu_chan": "ghi chú chân trang: chốt số liệu, mã kiểm tra",
}
RULE_STYLES: Final = {"KeCoQuan": "co_quan_ban_hanh", "KeTrichYeu": "trich_yeu"}
NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
TEXT_WIDTH: Final = Mm(210 - 30 - 15).twips
HEAD_OVERHANG: Final = 280  # the header block begins this far left of the margin, so that both names fit on a line
HEAD_WIDTHS: Final = (4400, TEXT_WIDTH + HEAD_OVERHANG - 4400)


def _write(cell_or_document: Any, style_id: str, *lines: str) -> Any:
    paragraph = None
    for line in lines:
        paragraph = cell_or_document.add_paragraph(line, style=STYLES[style_id][0])
    return paragraph


def _plain_table(document: Any, rows: int, widths: tuple[int, ...], indent: int = 0) -> Any:
    """A borderless table whose cells *and* grid carry their widths (Word reads one, others the other)."""
    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblW")):
        properties.remove(old)
    xml = (
        f'<w:tblW {nsdecls("w")} w:w="{sum(widths)}" w:type="dxa"/>',
        f'<w:tblInd {nsdecls("w")} w:w="{-indent}" w:type="dxa"/>',
        f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>',
    )
    for name in ("w:jc", "w:tblInd"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(parse_xml(xml[0]))
    layout.addprevious(parse_xml(xml[1]))
    layout.addnext(parse_xml(xml[2]))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Twips(width)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Twips(width)
    return table


def _drop_first_paragraphs(table: Any) -> None:
    for row in table.rows:
        for cell in row.cells:
            cell._tc.remove(cell.paragraphs[0]._p)


def _add_head(document: Any, form: Form) -> None:
    table = _plain_table(document, 2, HEAD_WIDTHS, indent=HEAD_OVERHANG)
    left, right = table.rows[0].cells
    _write(left, "CoQuan", "{%p if co_quan_chu_quan %}", "{{ co_quan_chu_quan }}", "{%p endif %}")
    _write(left, "CoQuanDam", "{{ co_quan_ban_hanh }}")
    set_rule(left.add_paragraph(style="VC Kẻ dưới cơ quan"), HEAD_WIDTHS[0], HEAD_WIDTHS[0] // 3)
    _write(right, "CoQuanDam", NATION)
    _write(right, "TieuNgu", MOTTO)
    set_rule(right.add_paragraph(style="VC Đường kẻ"), HEAD_WIDTHS[1], text_width(MOTTO, STYLES["TieuNgu"][1]))
    _write(table.rows[1].cells[0], "SoKyHieu", "{{ so_ky_hieu }}")
    if form == "letter":
        _write(table.rows[1].cells[0], "VeViec", "{{ trich_yeu }}")
    _write(table.rows[1].cells[1], "DiaDanhNgay", "{{ dia_danh_ngay }}")
    _drop_first_paragraphs(table)


def _add_title(document: Any, form: Form) -> None:
    if form != "letter":
        _write(document, "TenLoai", "{{ ten_loai }}")
        _write(document, "TrichYeu", "{{ trich_yeu }}")
        set_rule(document.add_paragraph(style="VC Kẻ dưới trích yếu"), TEXT_WIDTH, TEXT_WIDTH // 3)
    if form == "decision":
        _write(document, "ThamQuyen", "{{ tham_quyen }}")
    else:
        _add_addressees(document)


def _add_addressees(document: Any) -> None:
    _write(
        document, "KinhGui", "{%p if kinh_gui|length == 1 %}", "Kính gửi: {{ kinh_gui[0] }}.", "{%p elif kinh_gui %}"
    )
    several = _write(document, "KinhGui", "Kính gửi:")
    several.alignment, several.paragraph_format.left_indent = LEFT, Mm(30)
    several.paragraph_format.space_after = Pt(0)
    _write(document, "KinhGuiDanhSach", "{%p for noi in kinh_gui %}")
    line = _write(document, "KinhGuiDanhSach", "- {{ noi }}{% if loop.last %}.{% else %};{% endif %}")
    line.paragraph_format.left_indent = Mm(52)
    _write(document, "KinhGuiDanhSach", "{%p endfor %}", "{%p endif %}")


def _add_signature(document: Any) -> None:
    half = TEXT_WIDTH // 2
    gap = _write(document, "NoiDung", "")
    gap.paragraph_format.space_before, gap.paragraph_format.keep_with_next = Pt(0), True
    gap.paragraph_format.line_spacing_rule, gap.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(10)
    table = _plain_table(document, 1, (half, TEXT_WIDTH - half))
    left, right = table.rows[0].cells
    _write(left, "NoiNhan", "Nơi nhận:")
    _write(left, "NoiNhanDanhSach", "{%p for noi in noi_nhan %}", "{{ noi }}", "{%p endfor %}")
    _write(right, "QuyenHan", "{%p for dong in quyen_han %}", "{{ dong }}", "{%p endfor %}")
    _write(right, "NguoiKy", "{{ nguoi_ky }}")
    _drop_first_paragraphs(table)
    last = document.add_paragraph()
    last.paragraph_format.line_spacing_rule, last.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance, section.footer_distance = Mm(10), Mm(9)
    section.different_first_page_header_footer = True
    page_number = _head_or_foot(section.header, "SoTrang", "")
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>')
    page_number._p.append(field)
    _head_or_foot(section.first_page_header, "SoTrang", "")
    _head_or_foot(section.footer, "ChanTrang", "{{ ghi_chu_chan }}")
    _head_or_foot(section.first_page_footer, "ChanTrang", "{{ ghi_chu_chan }}")


def _head_or_foot(part: Any, style_id: str, text: str) -> Any:
    part.is_linked_to_previous = False
    paragraph = part.paragraphs[0]
    paragraph.text, paragraph.style = text, STYLES[style_id][0]
    return paragraph


def _speak_word_2013(document: Any) -> None:
    """Without this Word opens the file in its compatibility mode and hangs tables out of the margin."""
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = settings.makeelement(qn("w:compat"), {})
        settings.append(compat)
    for old in compat.findall(qn("w:compatSetting")):
        if old.get(qn("w:name")) == "compatibilityMode":
            compat.remove(old)
    uri = "http://schemas.microsoft.com/office/word"
    compat.append(parse_xml(f'<w:compatSetting {nsdecls("w")} w:name="compatibilityMode" w:uri="{uri}" w:val="15"/>'))


def build_frame(form: Form = "titled") -> bytes:
    """The frame we ship for a form of paper, as the bytes of a docx file."""
    document = Document()
    for child in list(document.element.body):
        if child.tag != qn("w:sectPr"):
            document.element.body.remove(child)
    _speak_word_2013(document)
    drop_foreign_styles(document)
    add_styles(document)
    _set_page(document)
    _add_head(document, form)
    _add_title(document, form)
    _write(document, "NoiDung", f"{{{{ {BODY_MARK} }}}}")
    _add_signature(document)
    document.core_properties.title = "{{ trich_yeu }}"
    document.core_properties.author = "{{ co_quan_ban_hanh }}"
    document.core_properties.comments = ""
    return packed(document)
