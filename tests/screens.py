"""The ten screens of the guide: whose they are, how one gets there, what they must say."""

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


def _dossier(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/ho-so-dieu-chinh/")
    page.locator("main tbody a").first.click()


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
)
