"""The screens of the guide: whose they are, how one gets there, what they must say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.site import ROOT, Site

WORKBOOK = ROOT / "examples/cao-bang/1719-2025/BC giai ngan 1719 theo don vi 30.9.2025 (huyen cu).xlsx"
COMMUNE = "01321@2025-07-01"  # Bảo Lạc, made of five on that day
AUTHORITY = "on=20/11/2023&year=2023&kind=su_nghiep&level=NSTW&scope=PROJECTS_SAME_PROGRAMME"


@dataclass(frozen=True)
class Screen:
    """``what`` the heading, ``as_of`` and ``over`` what must be read on it (patterns), ``act`` its one main act.

    ``guide`` is the page of the guide that shows it; ``way`` opens it, or ``path`` does.
    """

    key: str
    guide: str
    who: str
    what: str
    as_of: str
    over: str
    act: str = ""
    path: str = ""
    way: Callable[[Page, Site], None] | None = None

    def open(self, page: Page, site: Site) -> None:
        if self.way is not None:
            self.way(page, site)
        else:
            page.goto(site.url + self.path)


def _trace(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/?programme=135&on=15/11/2021")
    page.goto(site.url + str(page.locator("tbody a.whence").nth(1).get_attribute("href")))


def _cell(page: Page, site: Site) -> None:
    _trace(page, site)
    page.goto(site.url + str(page.locator("a[href^='/tep/'][href*='?o=']").first.get_attribute("href")))


def _file_check(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/nop-bang-tinh/")
    done = page.locator("main a", has_text=WORKBOOK.name)
    if done.count() == 0:
        page.locator("input[type=file]").first.set_input_files(WORKBOOK)
        page.locator("button.main-act").click()
        page.wait_for_selector("dl.facts")
    else:
        done.first.click()
    page.wait_for_selector("form[action$='/doc-lai/']", timeout=60_000)


def _first(path: str, link: str) -> Callable[[Page, Site], None]:
    """The first record that a page names."""

    def way(page: Page, site: Site) -> None:
        page.goto(site.url + path)
        page.goto(site.url + str(page.locator(link).first.get_attribute("href")))

    return way


def _several_places(page: Page, site: Site) -> None:
    """The form of a paper that merges and splits, from the page of a place."""
    page.goto(f"{site.url}/so/dia-ban/?q=C%E1%BB%91c+P%C3%A0ng&on=27/11/2026")
    page.goto(site.url + str(page.locator("main tbody a").first.get_attribute("href")))
    page.get_by_role("link", name="Nhập và chia nhiều nơi").click()
    page.wait_for_url("**/nhap-chia/")


SCREENS = (
    Screen(
        "viec",
        "viec-cua-toi.md",
        "chuyenvien",
        "Việc của tôi",
        r"Hôm nay \d\d/\d\d/\d{4}",
        "Vị trí công tác, địa bàn",
        path="/viec/",
    ),
    Screen(
        "tong-quan",
        "tong-quan.md",
        "chuyenvien",
        "Giải ngân Chương trình 1719",
        r"Tính đến ngày \d\d/\d\d/\d{4}",
        r"so với kế hoạch .+\(\S+",
        "Xem",
        "/?programme=1719&on=31/12/2024",
    ),
    Screen("tu-dau", "tong-quan.md", "chuyenvien", r"Từ đâu\?", r"đến ngày 15/11/2021", "Đơn vị tính: ", way=_trace),
    Screen(
        "o-bang-tinh",
        "tong-quan.md",
        "chuyenvien",
        r".+\.(xlsx|xls|ods)",
        r"\d\d/\d\d/\d{4}",
        r"Số [0-9.,]+ lấy từ|[A-Z]\d+",
        way=_cell,
    ),
    Screen(
        "lanh-dao",
        "trang-lanh-dao.md",
        "lanhdao",
        "Trang lãnh đạo: giải ngân Chương trình 1719",
        r"Tính đến ngày \d\d/\d\d/\d{4}",
        "so với kế hoạch",
        "Xem",
        "/lanh-dao/?programme=1719&on=31/12/2024",
    ),
    Screen(
        "kho-bac",
        "doi-chieu-kho-bac.md",
        "chuyenvien",
        "Đối chiếu Kho bạc",
        r"Đến ngày \d\d/\d\d/\d{4}",
        "Đơn vị tính: ",
        "Xem",
        "/doi-chieu-kho-bac/",
    ),
    Screen("kiem-tep", "nop-bang-tinh.md", "chuyenvien", "Kiểm tệp", r"Nộp lúc", "Tệp", way=_file_check),
    Screen(
        "so-van-ban-den",
        "so.md",
        "chuyenvien",
        "Sổ văn bản đến",
        r"đến \d\d/\d\d/\d{4}",
        r"\d+ dòng",
        "Ghi văn bản đến",
        "/so/van-ban-den/",
    ),
    Screen(
        "quy-dinh",
        "ai-quyet-dinh.md",
        "lanhdao",
        "Ai được quyết định",
        r"20/11/2023",
        "2023",
        "Hỏi",
        f"/quy-dinh/?{AUTHORITY}",
    ),
    Screen(
        "dia-ban",
        "viec-cua-toi.md",
        "xabaolac",
        ".+",
        r"Từ ngày|Hôm nay",
        "Tên và nơi trực thuộc",
        path="/dia-ban/01321@2025-07-01/",
    ),
    Screen(
        "ma-tran",
        "ma-tran.md",
        "chuyenvien",
        "Ma trận vốn: Chương trình 1719",
        r"Tính đến ngày \d\d/\d\d/\d{4}",
        r"so với kế hoạch .+\(\S+",
        "Xem",
        "/ma-tran/?programme=1719&on=31/12/2024",
    ),
    Screen(
        "dien-bien",
        "dien-bien.md",
        "chuyenvien",
        "Diễn biến theo tháng: Chương trình 1719",
        r"Tính đến ngày \d\d/\d\d/\d{4}",
        r"so với kế hoạch .+\(\S+",
        "Xem",
        "/dien-bien/?programme=1719&on=31/12/2024",
    ),
    Screen(
        "noi-tiep",
        "ke-hoach.md",
        "chuyenvien",
        "Chuỗi qua các chương trình",
        r"\d\d/\d\d/\d{4}",
        "Chỗ gãy",
        "Xem",
        "/ke-hoach/noi-tiep/",
    ),
    Screen(
        "ho-so",
        "ho-so-dieu-chinh.md",
        "chuyenvien",
        r"\w+-\d{4}-\d\d · .+",
        r"xét theo ngày \d\d/\d\d/\d{4}",
        "Đơn vị tính: ",
        way=_first("/ho-so-dieu-chinh/", "main tbody a"),
    ),
    Screen(
        "chuoi-giao-von",
        "chuoi-giao-von.md",
        "chuyenvien",
        "Chuỗi giao vốn",
        "31/12/2024|Đến ngày",
        "Đơn vị tính: ",
        "Xem",
        "/chuoi-giao-von/?programme=1719&on=31/12/2024",
    ),
    Screen(
        "don-doc",
        "don-doc.md",
        "chuyenvien",
        "Đôn đốc",
        r"đến ngày 31/05/2024",
        "bình quân cả tỉnh",
        "Lập công văn cho các đơn vị trên",
        "/don-doc/?programme=1719&on=31/05/2024",
    ),
    Screen(
        "chung-tu",
        "tai-khoan-chung-tu.md",
        "chuyenvien",
        r"\S.* \d+/\S+",
        r"ngày \d\d/\d\d/\d{4}",
        "Đơn vị tính: ",
        way=_first("/tu-dau/?id=given%3Aon%3D2024-12-31%2Cprogramme%3D1719", "a[href^='/chung-tu/']"),
    ),
    Screen(
        "nhat-ky",
        "quyen-va-uy-quyen.md",
        "lanhdao",
        "Nhật ký ghi sổ",
        r"\d\d/\d\d/\d{4}",
        "Mỗi lần ghi một số",
        "Lọc",
        "/nhat-ky/",
    ),
    Screen(
        "can-bo",
        "quyen-va-uy-quyen.md",
        "quantri",
        ".+ ví dụ",
        r"Hôm nay \d\d/\d\d/\d{4}",
        "Ủy quyền, giao phụ trách",
        "Giao vị trí công tác",
        way=_first("/so/can-bo/", "main tbody a"),
    ),
    Screen(
        "nhap-chia",
        "so.md",
        "quantri",
        "Nhập và chia nhiều nơi: .+",
        r"Hôm nay \d\d/\d\d/\d{4}",
        "Nơi cũ về đâu",
        "Ghi",
        way=_several_places,
    ),
    Screen(
        "cua-vao", "dang-nhap.md", "quantri", "Nhật ký cửa vào", r"\d\d/\d\d/\d{4}", r"\d+ sự kiện", "Lọc", "/cua-vao/"
    ),
)
