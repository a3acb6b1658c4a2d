"""Words of ``vungcao dossier``: its steps, what each needs, and the circumstances that the rules turn on."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, Final

from vungcao.desk.speaking import whole_number, worded
from vungcao.desk.typed import a_day, a_sum

FLAGS: Final = {
    "field-changes": "lĩnh vực chi thay đổi",
    "across-units": "giữa các đơn vị dự toán cấp I",
    "between-sessions": "giữa hai kỳ họp HĐND",
    "pilot-district": "huyện thí điểm",
    "devolved": "HĐND tỉnh đã phân cấp bằng nghị quyết",
    "example": "số ví dụ: mọi văn bản in “VÍ DỤ”",
    "pdf": "kèm PDF, nếu máy có LibreOffice",
}

KINDS: Final = {
    "adjustment": "điều chỉnh (mặc định)",
    "carry_over": "chuyển nguồn, kéo dài",
    "cancellation": "hủy dự toán",
}

STEPS: Final[dict[str, tuple[str, str]]] = {  # step → what it does, the options that it must have
    "open": ("lập hồ sơ: TÊN là tên hồ sơ", "for"),
    "down": ("thêm dòng A. Giảm", "component body source year dong reason"),
    "up": ("thêm dòng B. Tăng", "component body source year dong reason"),
    "carry": (
        "chuyển nguồn: thêm dòng chuyển sang năm sau, --basis là căn cứ được chuyển",
        "component body source year dong reason",
    ),
    "cancel": ("hủy dự toán: thêm dòng hủy", "component body source year dong reason"),
    "gather": ("lấy dòng từ đề xuất “kéo dài”, “trả lại” trong biểu nguyên nhân của các đơn vị, đến ngày --on", ""),
    "lines": ("đưa các dòng của tệp đề nghị của đơn vị (MÃ TỆP) vào hồ sơ; đọc thử, thêm --commit để ghi", "file"),
    "take-back": ("rút một dòng", "line reason"),
    "look": ("xem: dòng, ai quyết định theo điều nào, sai gì, trước và sau, ý kiến", ""),
    "hold": ("giữ chỗ vốn giảm, chuyển hoặc hủy đến một ngày", "until"),
    "release": ("trả vốn giữ chỗ đã hết hạn (không cần TÊN)", ""),
    "ask": ("xin ý kiến một cơ quan", "body"),
    "answer": ("ghi ý kiến trả lời, tiếp thu hay không", "asked verdict"),
    "papers": ("in tờ trình, dự thảo, phụ lục", ""),
    "submit": ("trình hồ sơ", ""),
    "return": ("trả lại để sửa", "reason"),
    "withdraw": ("rút hồ sơ, trả vốn giữ chỗ", "reason"),
    "record": ("ghi quyết định đã ký", "number dated decided-by"),
}


def add_dossier(dossier: argparse.ArgumentParser) -> None:
    listed = "; ".join(f"{step}: {worded(said)}" for step, (said, _) in STEPS.items())
    listed = f"{worded('không ghi: liệt kê')}; {listed}"
    dossier.add_argument("step", nargs="?", choices=[*STEPS], metavar="BƯỚC", help=listed)
    dossier.add_argument("name", nargs="?", metavar="MÃ|TÊN", help="mã hồ sơ, ví dụ DC-2024-01")
    dossier.add_argument("file", nargs="?", metavar="TỆP", help="với lines: tệp đề nghị điều chỉnh của đơn vị")
    dossier.add_argument("--commit", action="store_true", help="với lines: ghi (mặc định: chỉ đọc thử)")
    dossier.set_defaults(needed={step: wanted.split() for step, (_, wanted) in STEPS.items()})
    options: dict[str, tuple[Callable[[str], Any], str, str]] = {
        "for": (a_day, "NGÀY", "ngày dự kiến quyết định"),
        "on": (a_day, "NGÀY", "ngày làm bước này (mặc định: hôm nay); với look, papers: xét theo ngày này"),
        "until": (a_day, "NGÀY", "giữ chỗ đến hết ngày"),
        "component": (str, "MÃ", "mã dự án, tiểu dự án"),
        "body": (str, "MÃ", "đơn vị giữ vốn; với ask: cơ quan được hỏi"),
        "place": (str, "MÃ", "địa bàn (mặc định: của đơn vị)"),
        "source": (str, "LOẠI:CẤP", "nguồn vốn, ví dụ su_nghiep:NSTW"),
        "field": (str, "MÃ", "lĩnh vực chi (mặc định: không chia)"),
        "object": (str, "MÃ", "công trình, đợt hỗ trợ (mặc định: không chia)"),
        "year": (whole_number, "NĂM", "năm nguồn"),
        "use-year": (whole_number, "NĂM", "năm sử dụng (mặc định: năm nguồn)"),
        "dong": (a_sum, "ĐỒNG", "số tiền, đồng"),
        "reason": (str, "LÝ_DO", "lý do"),
        "basis": (str, "MÃ", "căn cứ được chuyển nguồn, ví dụ CO-08 (nghị quyết), CO-03 (kéo dài), CO-06.mua-sam"),
        "targets": (str, "CHỈ_TIÊU", "chỉ tiêu bị ảnh hưởng"),
        "proposed-by": (str, "MÃ", "đơn vị đề nghị (mặc định: đơn vị giữ vốn)"),
        "paper": (str, "SỐ", "văn bản đề nghị của đơn vị"),
        "paper-dated": (a_day, "NGÀY", "ngày văn bản đề nghị"),
        "line": (whole_number, "SỐ", "dòng bị rút hoặc bị thay"),
        "number": (str, "SỐ", "số, ký hiệu văn bản"),
        "dated": (a_day, "NGÀY", "ngày văn bản đã ký"),
        "decided-by": (str, "MÃ", "cơ quan quyết định, ví dụ HDND-04"),
        "reply-by": (a_day, "NGÀY", "hạn trả lời"),
        "asked": (whole_number, "SỐ", "lần xin ý kiến"),
        "said": (str, "NỘI_DUNG", "nội dung ý kiến"),
        "how": (str, "NỘI_DUNG", "tiếp thu, giải trình thế nào"),
    }
    for option, (kind, shown, said) in options.items():
        dossier.add_argument(f"--{option}", type=kind, metavar=shown, help=said)
    kinds = "; ".join(f"{one}: {worded(said)}" for one, said in KINDS.items())
    dossier.add_argument("--kind", choices=[*KINDS], help=kinds)
    dossier.add_argument("--verdict", choices=["agrees", "comments", "disagrees"], help="nhất trí, có ý kiến, không")
    dossier.add_argument("--taken", choices=["yes", "partly", "no"], default="", help="tiếp thu hay không")
    dossier.add_argument("--plan", choices=["annual", "medium"], default="annual", help="kế hoạch năm hay trung hạn")
    for flag in ("field-changes", "between-sessions", "pilot-district", "devolved", "example", "pdf"):
        dossier.add_argument(f"--{flag}", action="store_true", help=FLAGS[flag])
    dossier.add_argument("--out", default=".", metavar="THƯ_MỤC", help="nơi ghi văn bản (mặc định: thư mục này)")


EXTENSION_STEPS: Final[dict[str, tuple[str, str]]] = {
    "ask": ("ghi văn bản đề nghị kéo dài", "component body source year dong number dated until reason"),
    "answer": ("ghi văn bản trả lời cho đề nghị SỐ", "outcome number dated decided-by"),
}


def add_extension(extension: argparse.ArgumentParser) -> None:
    """Options of ``vungcao extension``."""
    listed = "; ".join(f"{step}: {worded(said)}" for step, (said, _) in EXTENSION_STEPS.items())
    listed = f"{worded('liệt kê')}; {listed}"
    extension.add_argument("step", nargs="?", choices=[*EXTENSION_STEPS], metavar="BƯỚC", help=listed)
    extension.add_argument("asked", nargs="?", type=whole_number, metavar="SỐ", help="đề nghị được trả lời")
    extension.set_defaults(needed={step: wanted.split() for step, (_, wanted) in EXTENSION_STEPS.items()})
    options: dict[str, tuple[Callable[[str], Any], str, str]] = {
        "on": (a_day, "NGÀY", "liệt kê như đứng vào ngày này (mặc định: tất cả)"),
        "component": (str, "MÃ", "mã dự án, tiểu dự án"),
        "body": (str, "MÃ", "đơn vị giữ vốn"),
        "place": (str, "MÃ", "địa bàn (mặc định: của đơn vị)"),
        "source": (str, "LOẠI:CẤP", "nguồn vốn, ví dụ dau_tu:NSTW"),
        "field": (str, "MÃ", "lĩnh vực chi (mặc định: không chia)"),
        "object": (str, "MÃ", "công trình (mặc định: không chia)"),
        "year": (whole_number, "NĂM", "năm nguồn"),
        "use-year": (whole_number, "NĂM", "năm sử dụng (mặc định: năm nguồn)"),
        "dong": (a_sum, "ĐỒNG", "số tiền đề nghị; với answer: được kéo dài (mặc định: cả số đề nghị)"),
        "number": (str, "SỐ", "số, ký hiệu văn bản"),
        "dated": (a_day, "NGÀY", "ngày văn bản"),
        "until": (a_day, "NGÀY", "đề nghị đến hết ngày; với answer: được đến hết ngày (mặc định: như đề nghị)"),
        "reason": (str, "LÝ_DO", "lý do"),
        "asked-by": (str, "MÃ", "cơ quan đề nghị (mặc định: đơn vị giữ vốn)"),
        "decided-by": (str, "MÃ", "cơ quan trả lời, ví dụ TTG"),
    }
    for option, (kind, shown, said) in options.items():
        extension.add_argument(f"--{option}", type=kind, metavar=shown, help=said)
    extension.add_argument("--outcome", choices=["granted", "partly", "refused"], help="cho, cho một phần, không cho")
