"""The words by which the parts of an administrative table are known, and our sentences about them.

Patterns are matched against folded text (no tone marks, lower case).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from vungcao.kernel import vietnamese

SERIAL: Final = re.compile(r"(s\.?\s?t\.?\s?t|t\.?\s?t|so tt|so thu tu|thu tu|muc)\.?")
UNIT_HEAD: Final = re.compile(r"(dvt|don vi tinh|dv tinh|d\.?v\.?t)\.?")
TOTAL: Final = re.compile(
    r"((tong|cong)( cong| so| chung| von| kinh phi)?|toan (tinh|huyen|xa|quoc|vung)|ca (nuoc|tinh|huyen|xa))"
    r"( (toan|ca) (tinh|huyen|xa|nuoc|vung)| chung)?( ?\(.*\)| ?=.*| \w{1,4}( ?\+ ?\w{1,4})+)?[.:]?"
)
MARKS_ADDED: Final = re.compile(r"\b[a-z\d]{1,4}(?: ?\+ ?[a-z\d]{1,4})+")  # “Cộng A+B”, “Cộng (I+II)”
GRAND_TOTAL: Final = re.compile(r"tong cong\b.*|tong so( ?\(.*\))?[.:]?|tong[.:]?")
SUBTOTAL: Final = re.compile(
    r"(cong|tong|tong cong|tong so)( muc| phan| nhom| du an| khoan)? \(?([ivxlc]+|[a-h]|\d{1,2})\)?[.:]?"
)
CARRIED: Final = re.compile(  # the foot and the head of printed pages: “Cộng mang sang”, “Trang trước chuyển sang”
    r"((tong |so )?cong )?(mang|chuyen) sang( trang( sau)?)?|"
    r"(cong )?(chuyen |mang )?(tu )?trang truoc( (chuyen|mang) sang)?|"
    r"cong (chuyen )?trang( truoc| sau| nay)?|luy ke trang truoc"
)
TOTAL_OPENING: Final = re.compile(  # “Tổng kế hoạch vốn”, “Tổng hợp chung”, “Cộng dự án”; no “Tổng cục”, “Cộng đồng”
    r"(tong|cong)\b(?! (cuc|cong ty|doi|lien doan|thanh tra|bien tap|dai ly|kho|ket|thuat|dong|tac|hoa|san|an|nghe|"
    r"nghiep|thuong|trinh|bo|vien|trai|ty|chuc|tho|nhan|vu)\b)"
)
OF_WHICH: Final = re.compile(r"(trong do|tr\.? ?do|td)\b\s*[:,;.\-]?\s*")
WHOLLY: Final = re.compile(r"(chia ra|bao gom|gom|cu the|gom co)( theo [^:]*)?\s*(:\s*|$)")  # nothing else is there
SOURCE: Final = re.compile(
    r"((von|nguon|nguon von) )?(nstw|nsdp|nsnn|ns (trung uong|dia phuong|tinh|huyen|xa)|ngan sach|dtpt|"
    r"dau tu|su nghiep|trung uong|dia phuong|doi ung|tin dung|huy dong|keo dai|dt\b|sn\b)"
)
NOTE: Final = re.compile(
    r"^\W*(ghi chu|nguon|nguon so lieu|chu thich|noi nhan|chu giai|luu y)\s*:|^\*|^\(\s*(nguon|ghi chu|\*)|^\(\d\)\s"
)
SIGNATURE: Final = re.compile(
    r"^(nguoi lap( bieu| bang)?|nguoi tong hop|lap bieu|thu truong( don vi)?|tm\.|kt\.|tl\.|chu tich|pho chu tich|"
    r"truong ban|pho truong ban|giam doc|pho giam doc|truong phong|ke toan( truong)?|nguoi kiem tra|thu quy|"
    r"xac nhan cua|\(?ky,? (ghi ro|dong dau|ten)|chanh van phong)\b"
)
PLACE_AND_DAY: Final = re.compile(r"^\D{0,40}ngay\s*[\d.…]*\s*thang\s*[\d.…]*\s*nam\s*[\d.…]*\W*$")
FORM_NUMBER: Final = re.compile(
    r"^\(?(bieu( mau)?( so)?|mau( so| bieu)?|phu luc( so)?|bang so)\s*[\w./\-]{0,14}\)?[.:]?$"
)
LETTERHEAD: Final = re.compile(
    r"^(cong hoa xa hoi|doc lap\W+tu do|kho bac nha nuoc|"
    r"uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|ban dan toc|uy ban dan toc)\b"
)
OFFICE: Final = re.compile(r"^(SỞ|BỘ|HUYỆN|TỈNH|PHÒNG|XÃ|BAN) [A-ZĐ]|^(Sở|Bộ|Phòng) [A-ZĐ]\w")  # matched as said
EXTRACT: Final = re.compile(r"\(?trich\b")
CODE_HEAD: Final = re.compile(
    r"(ma|ma so|ma \w+|ma \w+ \w+|ma \w+ \w+ \w+|chuong|loai|khoan|loai,? ?khoan.*|loai ?- ?khoan.*|so hieu|cccd|"
    r"cmnd.*|so dien thoai|dien thoai|sdt|so (dinh danh|cccd|cmnd|can cuoc|tai khoan|the|bhyt|hieu|ho chieu)\b.*|"
    r"can cuoc.*|stk|tai khoan.*)( ?\(.*\))?"
)
DAY_HEAD: Final = re.compile(r"(ngay\b(?! cong)|thoi (gian|diem|han)\b|han\b|chot\b)")
TEXT_HEAD: Final = re.compile(
    r"(ghi chu|kho khan.*|nguyen nhan.*|vuong mac.*|dia diem.*|dia chi.*|chu dau tu.*|ly do.*|noi dung.*|"
    r"ho( va)? ten.*|thoi gian.*|qd .*|quyet dinh.*|don vi.*|can cu.*|nha thau.*|de xuat.*|tien do.*|mat bang.*|"
    r"cam ket.*)"
)
LABEL_HEAD: Final = re.compile(
    r"(noi dung|don vi|ten|xa|phuong|huyen|thon|xom|danh muc|chi tieu|du an|dia ban|dia phuong|linh vuc|hang muc|"
    r"dien giai|nhom|dan toc|cong trinh|nhiem vu|nguon von|khoan muc)\b(?! tinh)"
)
COUNT_HEAD: Final = re.compile(
    r".*\b(so ho|so nguoi|so khau|so xa|so thon|so luong|so cong trinh|so ct|so cuoc|so lop|luot|so luot|dan so|"
    r"so du an|so lao dong|nhan khau|so hoc vien|xep hang|thu hang|so nha|so can|so mo hinh|so ngay cong|"
    r"ngay cong)\b.*|hang|nam|nam sinh"
)
MONEY_HEAD: Final = re.compile(r".*\b(von|kinh phi|kp|giai ngan|so tien|gia tri|tmdt|tong muc|du toan|nstw|nsdp)\b.*")
PLAN_HEAD: Final = re.compile(
    r"(kh|ke hoach|dieu chinh|(da |chua )?phan bo|uoc|tong( so| cong)?)\b(?!.*\bso (ho|nguoi|xa|ct)\b).*"
)
NOT_ADDED: Final = re.compile(
    r".*\b(xep hang|thu hang|nam sinh|binh quan|bq|mat do|diem b\d|diem so|don gia|dinh muc|muc (ho tro|luong|chi|thu)|"
    r"ty le|ti le)\b.*|hang|nam|muc|diem|tuoi"
)
NOT_ADDED_GROUP: Final = re.compile(r"(nam|ngay|ngay thang( nam)?) sinh\b|(xep|thu) hang\b|don gia\b|dinh muc\b")
TOTAL_HEAD: Final = re.compile(
    r"(tong|tong so|tong cong|cong|tong von|tong so von|tong kinh phi|tong tien|tong so tien)( ?[(\[=].*)?[.:*]*"
)
NOT_ADDED_LINE: Final = re.compile(r".*\b(binh quan|bq|mat do|ty le|ti le|nang suat|ty suat|ty trong)\b.*|.*%.*")
REMAINDER_HEAD: Final = re.compile(
    r"(so |von |kinh phi |kh )?(con lai|chua (phan bo|giai ngan|thuc hien|giao|su dung)|con thieu|chenh lech|"
    r"(so sanh \W*)?tang ?(\(\+\))? ?[,/;\-]? ?(va |hay |hoac )?giam)"
)

WARNINGS: Final = {
    "hidden.sheet": "Trang tính bị ẩn: đã đọc, không cộng vào đâu.",
    "hidden.rows": "Có dòng bị ẩn: đã đọc, không tính vào các phép cộng.",
    "hidden.columns": "Có cột bị ẩn: đã đọc, không tính vào các phép cộng.",
    "hidden.counted_in_total": "Số tổng chỉ khớp khi cộng cả dòng bị ẩn.",
    "number.mixed_styles": "Cột viết lẫn hai kiểu số (1.234,5 và 1,234.5): đề nghị xem lại.",
    "number.style_by_sums": "Dấu chấm, dấu phẩy của cột đọc được hai cách: đã lấy cách làm các tổng khớp nhau.",
    "number.style_guessed": "Không rõ dấu phẩy là phần nghìn hay phần thập phân: đã đọc là phần nghìn.",
    "number.not_read": "Ô trong cột số nhưng không đọc được thành số.",
    "number.scaled": "Định dạng ô chia số trong tệp cho nghìn hoặc triệu khi hiển thị: đã đọc như số hiển thị.",
    "number.look_alike": "Ô số có chữ giống chữ số (O thay 0, l thay 1, З thay 3): chưa đọc thành số, đề nghị gõ lại.",
    "date.not_read": "Ô trong cột ngày viết như ngày nhưng không có ngày ấy, hoặc thiếu năm: đề nghị xem lại.",
    "date.month_first": "Cột viết tháng trước ngày (07/19/2024): đã đọc theo lối ấy, đề nghị xem lại.",
    "csv.open_quote": "Dấu ngoặc kép mở mà không đóng: đã đọc cả dòng như chữ thường, đề nghị xem lại.",
    "number.error": "Ô báo lỗi công thức.",
    "formula.no_value": "Công thức chưa có kết quả lưu trong tệp: mở bằng Excel rồi lưu lại.",
    "formula.evaluated": "Công thức chưa có kết quả lưu trong tệp: số này do hệ thống tính lại.",
    "formula.overtyped": "Số gõ tay giữa các ô công thức cùng cột.",
    "unit.missing": "Bảng không ghi đơn vị tính.",
    "unit.several": "Trang tính ghi nhiều đơn vị tính khác nhau phía trên một bảng.",
    "unit.of_its_own": "Ô ghi đơn vị tính khác với đơn vị của cột: chưa đổi, đề nghị xem lại.",
    "claim.not_read": "Không hiểu công thức ghi ở dòng số cột.",
    "claim.holds_nowhere": "Công thức ghi ở dòng số cột không đúng với dòng nào trong bảng.",
    "formula.stale": "Kết quả lưu trong tệp khác với công thức tính lại: mở bằng Excel, tính lại rồi lưu.",
    "filter.on": "Trang tính đang lọc: các dòng không qua lọc bị ẩn.",
    "macros.ignored": "Tệp có macro: không chạy, chỉ đọc các ô.",
    "links.outside": "Có công thức lấy số từ tệp khác: không mở tệp đó, chỉ đọc kết quả đã lưu.",
    "file.wrong_extension": "Đuôi tệp không đúng với nội dung: đã đọc theo nội dung.",
    "table.goes_on": "Bảng viết tiếp sang bên cạnh (số thứ tự nối tiếp): dòng tổng của cả hai phần chưa kiểm được.",
    "text.look_alike": "Có chữ cái giống chữ Latinh nhưng là chữ khác: đã đọc theo hình chữ.",
    "sheet.too_wide": "Trang tính có ô ngoài cột thứ 2.000: phần đó không đọc.",
    "sheet.no_table": "Trang tính không có bảng.",
}


def say_warning(code: str) -> str:
    """The Vietnamese sentence for a warning's code."""
    return WARNINGS.get(code, code)


def _folded_letters() -> dict[int, str]:
    """Each letter of the Vietnamese alphabet, plain and composed, and Cyrillic and Greek look-alikes, folded."""
    table = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        plain_letter = vietnamese.fold(chr(code))
        if len(plain_letter) == 1:
            table[code] = plain_letter
    return table | {ord(one): vietnamese.fold(other) for one, other in LOOK_ALIKES.items()}


def not_added(path: Sequence[str]) -> bool:
    """Whether a column's figures are not to be added up (years, ranks, rates); “Nam”, men, is no year.

    A group's head may say so too: “Năm sinh” over “Nam” and “Nữ”.
    """
    if any(NOT_ADDED_GROUP.match(fold(text)) for text in path[:-1]):
        return True
    plain = fold(path[-1]) if path else ""
    if plain == "nam":
        return path[-1].lower().startswith("năm")
    return bool(NOT_ADDED.fullmatch(plain))


def is_count(leaf: Sequence[str]) -> bool:
    """Whether a head's last text names whole things: households, people, works."""
    return any(fold(text) == "nam" or COUNT_HEAD.fullmatch(fold(text)) for text in leaf)


LOOK_ALIKES: Final = dict(
    zip("АВЕКМНОРСТХІЈЅаеосрухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοɡÐðƉɖ", "ABEKMHOPCTXIJSaeocpyxijsABEZHIKMNOPTYXogĐđĐđ", strict=True)
)
_FOLDED: Final = _folded_letters()
_LOOK_ALIKE: Final = str.maketrans(LOOK_ALIKES)
_SPACES: Final = re.compile(r"\s+")
_STRANGE: Final = re.compile("[\u0370-\u052f\u0261ÐðƉɖ]")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """As the kernel folds, quicker; letters that only look Latin are folded to what they look like."""
    plain = text.translate(_FOLDED)
    if not plain.isascii():
        return vietnamese.fold(plain)
    return _SPACES.sub(" ", plain).strip()


def look_alike(text: str) -> str | None:
    """The text with its look-alike letters made Latin, where it mixes them with Latin ones or holds nothing else."""
    if not _STRANGE.search(text):
        return None
    made = text.translate(_LOOK_ALIKE)
    strange = [sign for sign in made if "\u0370" <= sign <= "\u052f"]
    return None if strange else made
