"""The frame of a paper: an ordinary Word file with placeholders, which an officer may open and edit.

`build_frame` makes the one we ship; sizes and distances are those of Nghị định 30/2020/NĐ-CP, Phụ lục I
(`docs/reports/annual-checklist.md` lists them point by point). Colours, fonts and texts may be changed in Word as long
as the placeholders keep their names; `PLACEHOLDERS` says what each prints.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, Twips

from .typeset import text_width

FONT: Final = "Times New Roman"
BODY_MARK: Final = "noi_dung"
PLACEHOLDERS: Final = {
    "co_quan_chu_quan": "tên cơ quan chủ quản",
    "co_quan_ban_hanh": "tên cơ quan ban hành",
    "so_ky_hieu": "dòng số, ký hiệu",
    "dia_danh_ngay": "dòng địa danh và ngày tháng năm",
    "ten_loai": "tên loại văn bản",
    "trich_yeu": "trích yếu nội dung",
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

CENTER, LEFT, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)

# id: name in Word, size, bold, italic, alignment, first-line indent (mm), before and after (pt), line spacing,
# keep with next
STYLES: Final[dict[str, tuple[str, float, bool, bool, WD_ALIGN_PARAGRAPH, float, float, float, float, bool]]] = {
    "NoiDung": ("VC Nội dung", 14, False, False, JUSTIFY, 12.7, 6, 0, 1.1, False),
    "CanCu": ("VC Căn cứ", 14, False, True, JUSTIFY, 12.7, 6, 0, 1.1, False),
    "DeMuc1": ("VC Đề mục I", 14, True, False, JUSTIFY, 12.7, 9, 0, 1.1, True),
    "DeMuc2": ("VC Đề mục 1", 14, True, False, JUSTIFY, 12.7, 6, 0, 1.1, True),
    "DeMuc3": ("VC Đề mục a", 14, False, True, JUSTIFY, 12.7, 6, 0, 1.1, True),
    "CoQuan": ("VC Cơ quan chủ quản", 12, False, False, CENTER, 0, 0, 0, 1, False),
    "CoQuanDam": ("VC Cơ quan ban hành, Quốc hiệu", 12, True, False, CENTER, 0, 0, 0, 1, False),
    "TieuNgu": ("VC Tiêu ngữ", 13, True, False, CENTER, 0, 0, 0, 1, False),
    "SoKyHieu": ("VC Số, ký hiệu", 13, False, False, CENTER, 0, 6, 0, 1, False),
    "DiaDanhNgay": ("VC Địa danh, ngày tháng", 13, False, True, CENTER, 0, 6, 0, 1, False),
    "TenLoai": ("VC Tên loại", 14, True, False, CENTER, 0, 18, 0, 1, True),
    "TrichYeu": ("VC Trích yếu", 14, True, False, CENTER, 0, 0, 0, 1, True),
    "KinhGui": ("VC Kính gửi", 14, False, False, CENTER, 0, 12, 6, 1, True),
    "KinhGuiDanhSach": ("VC Kính gửi, danh sách", 14, False, False, LEFT, 0, 0, 0, 1, True),
    "NoiNhan": ("VC Nơi nhận", 12, True, True, LEFT, 0, 0, 0, 1, True),
    "NoiNhanDanhSach": ("VC Nơi nhận, danh sách", 11, False, False, LEFT, 0, 0, 0, 1, True),
    "QuyenHan": ("VC Quyền hạn, chức vụ", 14, True, False, CENTER, 0, 0, 0, 1, True),
    "NguoiKy": ("VC Người ký", 14, True, False, CENTER, 0, 68, 0, 1, False),
    "PhuLuc": ("VC Phụ lục", 14, True, False, CENTER, 0, 0, 0, 1, True),
    "TenPhuLuc": ("VC Tên phụ lục", 14, True, False, CENTER, 0, 0, 0, 1, True),
    "KemTheo": ("VC Kèm theo", 13, False, True, CENTER, 0, 0, 6, 1, True),
    "DonViTinh": ("VC Đơn vị tính", 12, False, True, RIGHT, 0, 3, 3, 1, True),
    "TenBieu": ("VC Tên biểu", 13, True, False, CENTER, 0, 9, 0, 1, True),
    "Bieu": ("VC Ô biểu", 12, False, False, LEFT, 0, 1, 1, 1, False),
    "GhiChuBieu": ("VC Ghi chú biểu", 12, False, True, JUSTIFY, 0, 3, 0, 1, False),
    "SoTrang": ("VC Số trang", 13, False, False, CENTER, 0, 0, 0, 1, False),
    "ChanTrang": ("VC Chân trang", 9, False, True, LEFT, 0, 0, 0, 1, False),
}


def _drop_foreign_styles(document: Any) -> None:
    """Leave only what a paper uses, so that the officer's list of styles shows ours and no other font is named."""
    for style in list(document.styles.element.findall(qn("w:style"))):
        if style.get(qn("w:default")) != "1":
            document.styles.element.remove(style)


def _add_styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.size, normal.font.color.rgb = Pt(14), None
    normal.paragraph_format.space_after = Pt(0)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for run_properties in (normal.element.get_or_add_rPr(), *defaults.iter(qn("w:rPr"))):
        for old in (*run_properties.findall(qn("w:rFonts")), *run_properties.findall(qn("w:lang"))):
            run_properties.remove(old)
        slots = " ".join(f'w:{slot}="{FONT}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
        run_properties.insert(0, parse_xml(f"<w:rFonts {nsdecls('w')} {slots}/>"))
        run_properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="vi-VN" w:eastAsia="vi-VN"/>'))
    for style_id, (name, size, bold, italic, align, indent, before, after, line, keep) in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.styleId = style_id
        style.base_style, style.quick_style = normal, True
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
        shape = style.paragraph_format
        shape.alignment, shape.line_spacing, shape.keep_with_next = align, line, keep
        shape.space_before, shape.space_after, shape.widow_control = Pt(before), Pt(after), True
        if indent:
            shape.first_line_indent = Mm(indent)
    for style_id, name in (
        ("KeNgang", "VC Đường kẻ"),
        ("KeCoQuan", "VC Kẻ dưới cơ quan"),
        ("KeTrichYeu", "VC Kẻ dưới trích yếu"),
    ):
        _add_rule_style(document, style_id, name)


def _add_rule_style(document: Any, style_id: str, name: str) -> None:
    """A rule is the border of an empty, thin paragraph: a border on a text would squeeze the text to its length."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.styleId = style_id
    style.base_style, style.font.size = document.styles["Normal"], Pt(2)
    shape = style.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
    shape.space_before = shape.space_after = Pt(0)
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
    )
    style.element.get_or_add_pPr().insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def set_rule(paragraph: Any, width: int, length: int) -> None:
    """Make the rule in an empty paragraph `length` twips long, centred in a column of `width` twips."""
    side = Twips(max(0, (width - length) // 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side


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


def _add_head(document: Any) -> None:
    table = _plain_table(document, 2, HEAD_WIDTHS, indent=HEAD_OVERHANG)
    left, right = table.rows[0].cells
    _write(left, "CoQuan", "{{ co_quan_chu_quan }}")
    _write(left, "CoQuanDam", "{{ co_quan_ban_hanh }}")
    set_rule(left.add_paragraph(style="VC Kẻ dưới cơ quan"), HEAD_WIDTHS[0], HEAD_WIDTHS[0] // 3)
    _write(right, "CoQuanDam", NATION)
    _write(right, "TieuNgu", MOTTO)
    set_rule(right.add_paragraph(style="VC Đường kẻ"), HEAD_WIDTHS[1], text_width(MOTTO, STYLES["TieuNgu"][1]))
    _write(table.rows[1].cells[0], "SoKyHieu", "{{ so_ky_hieu }}")
    _write(table.rows[1].cells[1], "DiaDanhNgay", "{{ dia_danh_ngay }}")
    _drop_first_paragraphs(table)


def _add_title(document: Any) -> None:
    _write(document, "TenLoai", "{{ ten_loai }}")
    _write(document, "TrichYeu", "{{ trich_yeu }}")
    set_rule(document.add_paragraph(style="VC Kẻ dưới trích yếu"), TEXT_WIDTH, TEXT_WIDTH // 3)
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


def build_frame() -> bytes:
    """The frame we ship, as the bytes of a docx file."""
    document = Document()
    for child in list(document.element.body):
        if child.tag != qn("w:sectPr"):
            document.element.body.remove(child)
    _speak_word_2013(document)
    _drop_foreign_styles(document)
    _add_styles(document)
    _set_page(document)
    _add_head(document)
    _add_title(document)
    _write(document, "NoiDung", f"{{{{ {BODY_MARK} }}}}")
    _add_signature(document)
    document.core_properties.title = "{{ trich_yeu }}"
    document.core_properties.author = "{{ co_quan_ban_hanh }}"
    document.core_properties.comments = ""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
