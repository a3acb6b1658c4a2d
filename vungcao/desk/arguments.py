"""Words of the program ``vungcao``: every verb, its arguments, and what each reads. Names are a contract."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from vungcao import __version__
from vungcao.desk.speaking import in_vietnamese, whole_number


def a_day(said: str) -> date:
    """A day as ``2021-11-15`` or ``15/11/2021``."""
    try:
        if "/" in said:
            day, month, year = said.split("/")
            return date(int(year), int(month), int(day))
        return date.fromisoformat(said)
    except ValueError:
        raise argparse.ArgumentTypeError(f"ngày {said!r} không đọc được: viết 15/11/2021 hoặc 2021-11-15") from None


def boundaries(said: str) -> date | str:
    """``then``, ``today`` or a day."""
    return said if said in ("then", "today") else a_day(said)


def parser() -> argparse.ArgumentParser:
    """The words of every command."""
    in_vietnamese()
    top = argparse.ArgumentParser(
        prog="vungcao", description="Vùng Cao: công tác dân tộc cấp tỉnh, từ bảng tính đến báo cáo."
    )
    top.add_argument("--version", action="version", version=f"vungcao {__version__}", help="in số phiên bản rồi thôi")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="LỆNH")

    setup = verbs.add_parser("setup", help="tạo cơ sở dữ liệu, nạp dữ liệu tham chiếu")
    setup.add_argument("--demo", action="store_true", help="kèm tỉnh ví dụ và tài khoản dùng thử")
    demo = verbs.add_parser("demo", help="cài đặt, nạp tỉnh ví dụ, đối chiếu, lập báo cáo")
    demo.add_argument("--serve", action="store_true", help="rồi mở trang web")
    demo.add_argument("--port", type=whole_number, default=8000, metavar="CỔNG", help="mặc định 8000")

    read = verbs.add_parser("read", help="đọc một bảng tính, không đụng cơ sở dữ liệu")
    read.add_argument("file", metavar="TỆP")
    read.add_argument("--html", metavar="TỆP", help="ghi bản xem thành một trang HTML")

    listed = verbs.add_parser("check-list", help="kiểm một danh sách dài theo quy tắc, không giữ lại gì")
    listed.add_argument("file")
    listed.add_argument("--rules", required=True, metavar="MÃ|TỆP", help="mã bộ quy tắc có sẵn, hoặc tệp .yaml")
    listed.add_argument("--marked", metavar="THƯ_MỤC", help="trả lại tệp, lỗi được đánh dấu tại ô")

    bring = verbs.add_parser("import", help="nạp tệp hoặc thư mục; chỉ tập dượt nếu không có --commit")
    bring.add_argument("paths", nargs="+", metavar="TỆP")
    bring.add_argument("--profile", metavar="MÃ", help="mã mẫu biểu, khi không tự nhận ra được")
    bring.add_argument("--commit", action="store_true", help="ghi thật")
    bring.add_argument("--marked", metavar="THƯ_MỤC", help="trả lại mỗi tệp có lỗi, lỗi được đánh dấu tại ô")

    _add_figures(verbs.add_parser("figures", help="hỏi một số liệu"))
    trace = verbs.add_parser("trace", help="số này từ đâu?")
    trace.add_argument("id", metavar="MÃ", help="mã số liệu mà `figures` hoặc báo cáo cho")

    _add_authority(verbs.add_parser("authority", help="ai có thẩm quyền quyết định, theo điều nào, chắc chắn đến đâu"))
    closing = verbs.add_parser("closing", help="vốn được giải ngân đến khi nào, sau đó thế nào")
    closing.add_argument("--source", required=True, metavar="LOẠI:CẤP")
    closing.add_argument("--year", required=True, type=whole_number, metavar="NĂM", help="năm ngân sách của vốn")
    closing.add_argument("--added-on", type=a_day, metavar="NGÀY", help="ngày được giao, bổ sung")
    closing.add_argument("--on", type=a_day, metavar="NGÀY", help="còn hạn vào ngày này không")

    _add_expiring(verbs.add_parser("expiring", help="vốn còn lại theo nguồn, năm: hết hạn ngày nào, theo điều nào"))

    _add_map(verbs.add_parser("map", help="nhớ một tên trong biểu là gì; --undo để rút lại"))
    _add_body(verbs.add_parser("body", help="ghi ban quản lý dự án, chủ đầu tư không có trong danh mục"))
    _add_entrusting(verbs)
    backup = verbs.add_parser("backup", help="sao lưu toàn bộ vào một tệp, trang vẫn chạy")
    backup.add_argument("--out", metavar="THƯ_MỤC", help="nơi ghi (mặc định: backups trong VUNGCAO_HOME)")
    backup.add_argument("--keep", type=int, metavar="SỐ_BẢN", help="chỉ giữ chừng này bản mới nhất trong thư mục")
    restore = verbs.add_parser("restore", help="phục hồi một bản sao lưu vào cơ sở dữ liệu còn trống")
    restore.add_argument("file", metavar="TỆP")
    codes = verbs.add_parser("codes", help="danh mục mã Kho bạc: nạp một tệp, hoặc xem mã đang dùng")
    codes.add_argument("file", nargs="?", metavar="TỆP")
    codes.add_argument("--commit", action="store_true", help="ghi thật")
    codes.add_argument("--scheme", metavar="BỘ_MÃ", help="chỉ một bộ mã: CTMT, QHNS, CHUONG, KHOAN, NGUON, DU_AN")
    codes.add_argument("--on", type=a_day, metavar="NGÀY", help="mã có hiệu lực ngày này (mặc định: hôm nay)")
    outline = verbs.add_parser("boundaries", help="nạp tệp ranh giới GeoJSON của tỉnh, để vẽ bản đồ")
    outline.add_argument("file", metavar="TỆP")
    outline.add_argument("--on", type=a_day, metavar="NGÀY", help="mã trong tệp là mã của ngày này (hôm nay)")
    _add_dossier(verbs.add_parser("dossier", help="hồ sơ điều chỉnh vốn: từ đề nghị của đơn vị đến quyết định đã ký"))
    reconcile = verbs.add_parser("reconcile", help="đối chiếu Kho bạc với báo cáo của đơn vị, nêu nguyên nhân lệch")
    reconcile.add_argument("--on", type=a_day, metavar="NGÀY", help="ngày (mặc định: ngày chốt mới nhất của Kho bạc)")
    reconcile.add_argument("--programme", metavar="MÃ", help="mã chương trình")
    reconcile.add_argument("--body", metavar="MÃ", help="chỉ một đơn vị, ví dụ UBND-04.043")

    causes = verbs.add_parser("causes", help="vì sao vốn chưa giải ngân, theo biểu mới nhất của từng đơn vị")
    causes.add_argument("--on", type=a_day, metavar="NGÀY", help="đến ngày (mặc định: hôm nay)")
    causes.add_argument("--programme", metavar="MÃ", help="mã chương trình")

    brief = verbs.add_parser("briefing", help="trang lãnh đạo: một mặt A4, tệp Word")
    brief.add_argument("--on", type=a_day, metavar="NGÀY", help="tính đến ngày (mặc định: ngày mới nhất có báo cáo)")
    brief.add_argument("--programme", metavar="MÃ", help="mã chương trình (mặc định: chương trình báo cáo gần nhất)")
    brief.add_argument("--out", default=".", metavar="THƯ_MỤC", help="nơi ghi tệp (mặc định: thư mục này)")

    report = verbs.add_parser("report", help="lập báo cáo Word và phụ lục Excel, đóng băng số liệu")
    report.add_argument("kind", nargs="?", default="annual", metavar="LOẠI", help="loại báo cáo: annual, monthly")
    report.add_argument("--period", required=True, metavar="KỲ", help="2021, 2021-Q3, 2021-H1, 2021-11")
    report.add_argument(
        "--on", type=a_day, metavar="NGÀY", help="ngày chốt số liệu (mặc định: ngày mới nhất có báo cáo trong kỳ)"
    )
    report.add_argument("--programme", default="135", metavar="MÃ", help="mã chương trình")
    report.add_argument("--out", default=".", metavar="THƯ_MỤC", help="nơi ghi tệp (mặc định: thư mục này)")
    report.add_argument("--pdf", action="store_true", help="kèm PDF, nếu máy có LibreOffice")
    report.add_argument("--again", type=whole_number, metavar="SỐ", help="in lại báo cáo đã đóng băng có số này")
    _add_remind(verbs.add_parser("remind", help="công văn đôn đốc đơn vị chưa báo cáo hoặc giải ngân chậm"))
    _add_template(verbs.add_parser("template", help="mẫu Word của từng loại văn bản: xem, lấy ra sửa, đưa vào dùng"))

    check = verbs.add_parser("check-facts", help="soát mọi sự thật của các phòng dữ liệu")
    check.add_argument("--expected", metavar="TỆP", help="tệp YAML các phát hiện đã biết")
    audit = verbs.add_parser("verify-audit", help="soát chuỗi nhật ký, so với các đầu chuỗi giữ ở nơi khác")
    audit.add_argument("--head", action="append", default=[], metavar="SỐ:MÃ", help="đầu chuỗi in ở chân báo cáo")
    audit.add_argument("--heads", action="append", default=[], metavar="TỆP", help="tệp đầu chuỗi, hoặc báo cáo Word")
    audit.add_argument("--export", metavar="TỆP", help="ghi đầu chuỗi hiện nay vào cuối tệp này")
    verbs.add_parser("seal", help="niêm số liệu của khối vào tệp Parquet, để số liệu trả lời nhanh")
    book = verbs.add_parser("export-book", help="xuất sổ cái dạng beancount")
    book.add_argument("--out", metavar="TỆP", help="tệp; mặc định in ra màn hình")
    serve = verbs.add_parser("serve", help="mở trang web trên máy này")
    serve.add_argument("--port", type=whole_number, default=8000, metavar="CỔNG", help="mặc định 8000")
    worker = verbs.add_parser("worker", help="đọc các tệp nộp trên trang web, nối chuỗi nhật ký, niêm khối số liệu")
    worker.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi thôi")
    worker.add_argument("--beside", type=int, default=0, metavar="PID", help="dừng khi tiến trình mẹ này dừng")
    for name, verb in verbs.choices.items():
        if name not in ("setup", "demo", "serve", "worker"):
            verb.add_argument("--json", action="store_true", help="kết quả dạng JSON")
    return top


def _add_remind(remind: argparse.ArgumentParser) -> None:
    remind.add_argument("--programme", required=True, metavar="MÃ", help="mã chương trình")
    remind.add_argument(
        "--on", type=a_day, metavar="NGÀY", help="số liệu đến ngày (mặc định: ngày mới nhất có báo cáo)"
    )
    remind.add_argument(
        "--below", type=a_rate, metavar="TỶ_LỆ", help="chậm là dưới tỷ lệ này, %% (mặc định: bình quân cả tỉnh)"
    )
    remind.add_argument("--body", action="append", default=[], metavar="MÃ", help="chỉ đơn vị này; ghi được nhiều lần")
    remind.add_argument("--reply-by", type=a_day, metavar="NGÀY", help="hạn trả lời (không ghi: để trống cho người ký)")
    remind.add_argument("--committee", action="store_true", help="UBND tỉnh ký thay vì cơ quan công tác dân tộc")
    remind.add_argument("--chief", action="store_true", help="cấp trưởng ký (mặc định: cấp phó ký thay)")
    remind.add_argument("--look", action="store_true", help="chỉ xem gửi cho ai, không lập công văn")
    remind.add_argument("--out", default=".", metavar="THƯ_MỤC", help="nơi ghi tệp (mặc định: thư mục này)")
    remind.add_argument("--pdf", action="store_true", help="kèm PDF, nếu máy có LibreOffice")


def _add_template(template: argparse.ArgumentParser) -> None:
    template.add_argument(
        "kind", nargs="?", metavar="LOẠI", help="bao_cao, cong_van, to_trinh, quyet_dinh, nghi_quyet, thong_bao"
    )
    template.add_argument("--give", metavar="THƯ_MỤC", help="ghi mẫu đang dùng ra thư mục này để sửa bằng Word")
    template.add_argument("--use", metavar="TỆP", help="kiểm mẫu đã sửa và đưa vào dùng cho văn bản mới")
    template.add_argument("--check", metavar="TỆP", help="chỉ kiểm, không đưa vào dùng")
    template.add_argument("--without", action="append", default=[], metavar="CHỖ_ĐIỀN", help="cố ý bỏ chỗ điền này")
    template.add_argument("--shipped", action="store_true", help="trở lại mẫu có sẵn; mẫu của cơ quan vẫn được giữ")


def a_rate(said: str) -> Decimal:
    """A rate in percent: ``60``, ``60,2`` or ``60.2``."""
    try:
        rate = Decimal(said.rstrip("%").replace(",", "."))
    except InvalidOperation:
        rate = Decimal("NaN")
    if not rate.is_finite() or not 0 < rate <= 100:
        raise argparse.ArgumentTypeError(f"tỷ lệ {said!r} không đọc được: viết 60 hoặc 60,2 (lớn hơn 0, đến 100)")
    return rate


def _add_authority(authority: argparse.ArgumentParser) -> None:
    authority.add_argument("--on", required=True, type=a_day, metavar="NGÀY", help="ngày quyết định")
    authority.add_argument("--year", required=True, type=whole_number, metavar="NĂM", help="năm ngân sách của vốn")
    authority.add_argument("--use-year", type=whole_number, metavar="NĂM", help="năm sử dụng, khi vốn đã chuyển nguồn")
    authority.add_argument("--source", required=True, metavar="LOẠI:CẤP")
    authority.add_argument("--scope", required=True, metavar="PHẠM_VI", help="ví dụ PROJECTS_SAME_PROGRAMME")
    authority.add_argument("--plan", choices=["annual", "medium"], help="kế hoạch hằng năm hay trung hạn")
    for flag in ("field-changes", "across-units", "between-sessions", "pilot-district", "devolved"):
        authority.add_argument(f"--{flag}", action="store_true", help=_FLAGS[flag])


def _add_expiring(expiring: argparse.ArgumentParser) -> None:
    expiring.add_argument("--on", type=a_day, metavar="NGÀY", help="tính đến ngày (mặc định: hôm nay)")
    expiring.add_argument("--programme", metavar="MÃ", help="mã chương trình")
    expiring.add_argument("--place", metavar="MÃ", help="mã địa bàn")
    expiring.add_argument("--body", metavar="MÃ", help="mã đơn vị")
    expiring.add_argument("--year", type=whole_number, metavar="NĂM", help="năm sử dụng vốn")
    expiring.add_argument("--known-on", metavar="NGÀY|SỐ", help="như đã biết cuối ngày ấy, hoặc ở lần ghi số ấy")


def _add_map(mapping: argparse.ArgumentParser) -> None:
    mapping.add_argument("said", nargs="?", metavar="TÊN", help="tên như viết trong biểu")
    mapping.add_argument("code", nargs="?", metavar="MÃ", help="mã địa bàn, đơn vị, dự án, nguồn vốn hoặc lĩnh vực chi")
    mapping.add_argument("--kind", choices=["place", "body", "component", "source", "field"])
    mapping.add_argument("--reporter", metavar="ĐƠN_VỊ", help="chỉ khi đơn vị này viết (mã hoặc tên)")
    mapping.add_argument("--since", type=a_day, metavar="NGÀY", help="từ ngày")
    mapping.add_argument("--until", type=a_day, metavar="NGÀY", help="đến hết ngày")
    mapping.add_argument("--undo", action="store_true", help="rút lại cách hiểu; số đã ghi không đổi")
    mapping.add_argument("--list", action="store_true", help="mọi cách hiểu đang nhớ")


def _add_entrusting(verbs: Any) -> None:
    rights = verbs.add_parser("rights", help="ai được làm gì: cả bảng, hoặc của một tài khoản")
    rights.add_argument("account", nargs="?", metavar="TÀI_KHOẢN")
    rights.add_argument("--on", type=a_day, metavar="NGÀY", help="vào ngày (mặc định: hôm nay)")
    key = verbs.add_parser("key", help="khóa để chương trình khác đọc số liệu qua API")
    key.add_argument("account", nargs="?", metavar="TÀI_KHOẢN", help="của cán bộ nào; không ghi thì liệt kê")
    key.add_argument("--name", metavar="VIỆC", help="dùng cho việc gì")
    key.add_argument("--until", type=a_day, metavar="NGÀY", help="đến hết ngày (mặc định: một năm)")
    key.add_argument("--take-back", type=int, metavar="SỐ", help="lấy lại khóa số này")
    delegate = verbs.add_parser("delegate", help="ủy quyền, giao phụ trách có thời hạn")
    delegate.add_argument("account", nargs="?", metavar="TÀI_KHOẢN", help="người giữ vị trí; không ghi thì liệt kê")
    delegate.add_argument("--to", metavar="TÀI_KHOẢN", help="người làm thay")
    delegate.add_argument("--since", type=a_day, metavar="NGÀY", help="từ ngày")
    delegate.add_argument("--until", type=a_day, metavar="NGÀY", help="đến hết ngày")
    delegate.add_argument("--paper", metavar="VĂN_BẢN", help="số, ngày của văn bản")
    delegate.add_argument("--acting", action="store_true", help="giao quyền, giao phụ trách (mặc định: ủy quyền)")
    delegate.add_argument("--take-back", action="store_true", help="lấy lại sau ngày --until (mặc định: hôm nay)")


def a_sum(said: str) -> int:
    """Whole đồng above 0: ``1500000000`` or ``1.500.000.000``."""
    digits = said.replace(".", "")
    if not (digits.isascii() and digits.isdigit() and int(digits)):
        raise argparse.ArgumentTypeError(f"số tiền {said!r} không đọc được: viết số đồng, ví dụ 1.500.000.000")
    return int(digits)


_DOSSIER: dict[str, tuple[str, str]] = {  # step → what it does, the options that it must have
    "open": ("lập hồ sơ: TÊN là tên hồ sơ", "for"),
    "down": ("thêm dòng A. Giảm", "component body source year dong reason"),
    "up": ("thêm dòng B. Tăng", "component body source year dong reason"),
    "take-back": ("rút một dòng", "line reason"),
    "look": ("xem: dòng, ai quyết định theo điều nào, sai gì, trước và sau, ý kiến", ""),
    "hold": ("giữ chỗ vốn của khối A. Giảm đến một ngày", "until"),
    "release": ("trả vốn giữ chỗ đã hết hạn (không cần TÊN)", ""),
    "ask": ("xin ý kiến một cơ quan", "body"),
    "answer": ("ghi ý kiến trả lời, tiếp thu hay không", "asked verdict"),
    "papers": ("in tờ trình, dự thảo, phụ lục", ""),
    "submit": ("trình hồ sơ", ""),
    "return": ("trả lại để sửa", "reason"),
    "withdraw": ("rút hồ sơ, trả vốn giữ chỗ", "reason"),
    "record": ("ghi quyết định đã ký", "number dated decided-by"),
}


def _add_dossier(dossier: argparse.ArgumentParser) -> None:
    listed = "; ".join(f"{step}: {said}" for step, (said, _) in _DOSSIER.items())
    dossier.add_argument("step", nargs="?", choices=[*_DOSSIER], metavar="BƯỚC", help=f"không ghi: liệt kê; {listed}")
    dossier.add_argument("name", nargs="?", metavar="MÃ|TÊN", help="mã hồ sơ, ví dụ DC-2024-01")
    dossier.set_defaults(needed={step: wanted.split() for step, (_, wanted) in _DOSSIER.items()})
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
    dossier.add_argument("--verdict", choices=["agrees", "comments", "disagrees"], help="nhất trí, có ý kiến, không")
    dossier.add_argument("--taken", choices=["yes", "partly", "no"], default="", help="tiếp thu hay không")
    dossier.add_argument("--plan", choices=["annual", "medium"], default="annual", help="kế hoạch năm hay trung hạn")
    for flag in ("field-changes", "between-sessions", "pilot-district", "devolved", "example", "pdf"):
        dossier.add_argument(f"--{flag}", action="store_true", help=_FLAGS[flag])
    dossier.add_argument("--out", default=".", metavar="THƯ_MỤC", help="nơi ghi văn bản (mặc định: thư mục này)")


_FLAGS = {
    "field-changes": "lĩnh vực chi thay đổi",
    "across-units": "giữa các đơn vị dự toán cấp I",
    "between-sessions": "giữa hai kỳ họp HĐND",
    "pilot-district": "huyện thí điểm",
    "devolved": "HĐND tỉnh đã phân cấp bằng nghị quyết",
    "example": "số ví dụ: mọi văn bản in “VÍ DỤ”",
    "pdf": "kèm PDF, nếu máy có LibreOffice",
}


def _add_body(body: argparse.ArgumentParser) -> None:
    body.add_argument("name", nargs="?", metavar="TÊN", help="tên đơn vị; không ghi tên thì liệt kê")
    body.add_argument("--under", metavar="ĐƠN_VỊ", help="cấp trên giao vốn (mã hoặc tên), ví dụ UBND-04.043")
    body.add_argument("--since", type=a_day, metavar="NGÀY", help="từ ngày (không rõ thì bỏ trống)")
    body.add_argument("--until", type=a_day, metavar="NGÀY", help="đến hết ngày")
    body.add_argument("--also", action="append", default=[], metavar="TÊN", help="tên gọi khác; lặp lại được")
    body.add_argument("--cites", default="", metavar="VĂN_BẢN", help="quyết định thành lập")


def _add_figures(figures: argparse.ArgumentParser) -> None:
    figures.add_argument("name", nargs="?", metavar="SỐ_LIỆU", help="disbursement, given, remainder… (--list: tất cả)")
    figures.add_argument("--xlsx", metavar="TỆP", help="ghi mọi dòng ra một bảng tính, kèm mã của từng số")
    figures.add_argument("--list", action="store_true", help="các số liệu có thể hỏi")
    for option, said in {
        "programme": "mã chương trình",
        "component": "mã dự án, tiểu dự án",
        "place": "mã địa bàn",
        "body": "mã đơn vị",
        "source": "nguồn vốn, LOẠI hoặc LOẠI:CẤP",
        "field": "lĩnh vực chi",
        "period": "kỳ: 2021, 2021-Q3, 2021-H1, 2021-11",
        "denominator": "mẫu số: ttg, council, assigned, adjusted, with_carry_over, five_year, implied",
        "group": "nhóm (dân tộc, giới…) của số liệu không phải tiền",
    }.items():
        figures.add_argument(f"--{option}", metavar="MÃ", help=said)
    figures.add_argument("--year", type=whole_number, metavar="NĂM", help="năm sử dụng vốn")
    figures.add_argument("--on", type=a_day, metavar="NGÀY", help="tính đến ngày (mặc định: hôm nay)")
    figures.add_argument("--known-on", metavar="NGÀY|SỐ", help="như đã biết cuối ngày ấy, hoặc ở lần ghi số ấy")
    figures.add_argument("--state", default="received", metavar="BƯỚC", help="đã đến bước này (mặc định: received)")
    figures.add_argument("--basis", default="year", choices=["year", "phase", "month"], help="kỳ lũy kế")
    figures.add_argument(
        "--by", action="append", default=[], metavar="CHIỀU", help="chia theo, kể cả month; lặp lại được"
    )
    figures.add_argument(
        "--compare",
        action="append",
        default=[],
        metavar="VỚI",
        help="đặt cạnh: last_year, last_period, average, national; lặp lại được",
    )
    figures.add_argument(
        "--rank", nargs="?", const="rate", metavar="ĐẠI_LƯỢNG", help="xếp hạng các dòng (mặc định: theo tỷ lệ, rate)"
    )
    ends = figures.add_mutually_exclusive_group()
    ends.add_argument("--lowest", type=whole_number, metavar="SỐ", help="chỉ bấy nhiêu dòng xếp hạng thấp nhất")
    ends.add_argument("--highest", type=whole_number, metavar="SỐ", help="chỉ bấy nhiêu dòng xếp hạng cao nhất")
    figures.add_argument(
        "--boundaries", type=boundaries, default="then", metavar="then|today|NGÀY", help="theo địa giới của ngày nào"
    )
