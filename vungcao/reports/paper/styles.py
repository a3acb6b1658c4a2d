"""Named styles of a paper, as an officer sees them in Word's list ("VC …"); sizes after Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, Twips

FONT: Final = "Times New Roman"
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
    "VeViec": ("VC Về việc (công văn)", 12, False, False, CENTER, 0, 4, 0, 1, False),
    "TenLoai": ("VC Tên loại", 14, True, False, CENTER, 0, 18, 0, 1, True),
    "TrichYeu": ("VC Trích yếu", 14, True, False, CENTER, 0, 0, 0, 1, True),
    "ThamQuyen": ("VC Thẩm quyền ban hành", 14, True, False, CENTER, 0, 12, 6, 1, True),
    "QuyetNghi": ("VC QUYẾT ĐỊNH:", 14, True, False, CENTER, 0, 12, 6, 1, True),
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
    "BieuDo": ("VC Biểu đồ", 12, False, False, CENTER, 0, 3, 6, 1, False),
    "Bieu": ("VC Ô biểu", 12, False, False, LEFT, 0, 1, 1, 1, False),
    "GhiChuBieu": ("VC Ghi chú biểu", 12, False, True, JUSTIFY, 0, 3, 0, 1, False),
    "SoTrang": ("VC Số trang", 13, False, False, CENTER, 0, 0, 0, 1, False),
    "ChanTrang": ("VC Chân trang", 9, False, True, LEFT, 0, 0, 0, 1, False),
}


def drop_foreign_styles(document: Any) -> None:
    """Leave only what a paper uses, so that the officer's list of styles shows ours and no other font is named."""
    for style in list(document.styles.element.findall(qn("w:style"))):
        if style.get(qn("w:default")) != "1":
            document.styles.element.remove(style)


def add_styles(document: Any) -> None:
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
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4.5)
    shape.space_before = shape.space_after = Pt(0)
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
    )
    style.element.get_or_add_pPr().insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def set_rule(paragraph: Any, width: int, length: int) -> None:
    """Make the rule in an empty paragraph `length` twips long, centred in a column of `width` twips."""
    side = Twips(max(0, (width - length) // 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
