"""Words of the program ``vungcao``: every verb, its arguments, and what each reads. Names are a contract."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, Final

from vungcao import __version__
from vungcao.desk.account_words import add_account
from vungcao.desk.dossier_words import FLAGS, add_dossier, add_extension
from vungcao.desk.plan_words import add_plan
from vungcao.desk.speaking import Parser, in_the_language, whole_number, word_verbs, worded
from vungcao.desk.typed import a_day, a_rate, boundaries

LANGUAGES: Final = ("vi", "en")


def parser() -> argparse.ArgumentParser:
    """The words of every command."""
    in_the_language()
    described = worded("Vùng Cao: công tác dân tộc cấp tỉnh, từ bảng tính đến báo cáo.")
    top = Parser(prog="vungcao", description=described)
    top.add_argument("--lang", choices=LANGUAGES, default="vi", help="ngôn ngữ câu chữ (mặc định: vi); JSON không đổi")
    top.add_argument("--version", action="version", version=f"vungcao {__version__}", help="in số phiên bản rồi thôi")
    verbs = top.add_subparsers(dest="verb", required=True, metavar=worded("LỆNH"))

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
    _add_register(verbs.add_parser("register", help="các sổ: liệt kê; ghi địa bàn, chương trình, nguồn vốn"))
    _add_entrusting(verbs)
    backup = verbs.add_parser("backup", help="sao lưu toàn bộ vào một tệp, trang vẫn chạy")
    backup.add_argument("--out", metavar="THƯ_MỤC", help="nơi ghi (mặc định: backups trong VUNGCAO_HOME)")
    backup.add_argument("--keep", type=int, metavar="SỐ_BẢN", help="chỉ giữ chừng này bản mới nhất trong thư mục")
    restore = verbs.add_parser("restore", help="phục hồi một bản sao lưu vào cơ sở dữ liệu còn trống")
    restore.add_argument("file", metavar="TỆP")
    add_account(verbs.add_parser("account", help="tài khoản đăng nhập: lập, cấp mật khẩu lần đầu, mở khóa, nhật ký"))
    codes = verbs.add_parser("codes", help="danh mục mã Kho bạc: nạp một tệp, hoặc xem mã đang dùng")
    codes.add_argument("file", nargs="?", metavar="TỆP")
    codes.add_argument("--commit", action="store_true", help="ghi thật")
    codes.add_argument("--scheme", metavar="BỘ_MÃ", help="chỉ một bộ mã: CTMT, QHNS, CHUONG, KHOAN, NGUON, DU_AN")
    codes.add_argument("--on", type=a_day, metavar="NGÀY", help="mã có hiệu lực ngày này (mặc định: hôm nay)")
    outline = verbs.add_parser("boundaries", help="nạp tệp ranh giới GeoJSON của tỉnh, để vẽ bản đồ")
    outline.add_argument("file", metavar="TỆP")
    outline.add_argument("--on", type=a_day, metavar="NGÀY", help="mã trong tệp là mã của ngày này (hôm nay)")
    add_dossier(
        verbs.add_parser(
            "dossier",
            help="hồ sơ vốn (điều chỉnh, chuyển nguồn, hủy dự toán): từ đề nghị của đơn vị đến quyết định đã ký",
        )
    )
    add_extension(verbs.add_parser("extension", help="kéo dài thời hạn giải ngân: ghi đề nghị, ghi trả lời, liệt kê"))
    add_plan(verbs.add_parser("plan", help="kế hoạch vốn và chỉ tiêu: xem, so hai bản, nối chuỗi qua các chương trình"))
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
    word_verbs(verbs)
    return top


def language(said: Sequence[str]) -> str:
    """The language that stands before the verb: ``--lang en``; anything else is ``vi``, or refused by the parser."""
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    first.add_argument("--lang", nargs="?")
    first.add_argument("rest", nargs=argparse.REMAINDER)
    return "en" if first.parse_known_args([*said])[0].lang == "en" else "vi"


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


def _add_authority(authority: argparse.ArgumentParser) -> None:
    authority.add_argument("--on", required=True, type=a_day, metavar="NGÀY", help="ngày quyết định")
    authority.add_argument("--year", required=True, type=whole_number, metavar="NĂM", help="năm ngân sách của vốn")
    authority.add_argument("--use-year", type=whole_number, metavar="NĂM", help="năm sử dụng, khi vốn đã chuyển nguồn")
    authority.add_argument("--source", required=True, metavar="LOẠI:CẤP")
    authority.add_argument("--scope", required=True, metavar="PHẠM_VI", help="ví dụ PROJECTS_SAME_PROGRAMME")
    authority.add_argument("--plan", choices=["annual", "medium"], help="kế hoạch hằng năm hay trung hạn")
    for flag in ("field-changes", "across-units", "between-sessions", "pilot-district", "devolved"):
        authority.add_argument(f"--{flag}", action="store_true", help=FLAGS[flag])


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


def _add_register(register: argparse.ArgumentParser) -> None:
    register.add_argument("key", nargs="?", metavar="SỔ", help="dia-ban, cau-phan, nguon-von…; không ghi thì liệt kê")
    register.add_argument("form", nargs="?", metavar="VIỆC", help="xem, ghi-moi, doi-ten, nhap, chia, bo, ket-thuc…")
    register.add_argument("row", nargs="?", metavar="MÃ", help="mã hoặc số của dòng")
    register.add_argument("--set", action="append", default=[], metavar="Ô=GIÁ_TRỊ", help="điền một ô; lặp lại được")
    register.add_argument("--where", action="append", default=[], metavar="LỌC=GIÁ_TRỊ", help="lọc: q=…, kind=…, on=…")
    register.add_argument("--import", dest="workbook", metavar="TỆP", help="nhập các dòng của bảng tính; đọc thử trước")
    register.add_argument("--commit", action="store_true", help="với --import: ghi, không chỉ đọc thử")


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
