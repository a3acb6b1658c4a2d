"""The line is lost in the middle of a file, in a real browser: the page says so, and goes on from where it stopped."""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from vungcao.desk.tests.pages.cast import Cast
from vungcao.desk.tests.pages.test_pages_in_a_browser import judged, opened, signed_in
from vungcao.intake.models import FileCheck, ResumableUpload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PIECE = 1 << 20  # as uploading.js cuts
LOST = "Mất kết nối. Phần đã gửi vẫn giữ; có mạng lại sẽ gửi tiếp từ chỗ dừng."


class Line:
    """Between a page and the site: ``is_broken`` from the piece at ``breaks_at`` on; where each piece began."""

    def __init__(self, page: Page, breaks_at: int) -> None:
        self.breaks_at, self.is_broken = breaks_at, True
        self.came: list[int] = []
        self.lost: list[int] = []
        page.route(re.compile(r"/nop-bang-tinh/gui/[0-9a-f-]+/$"), self._carry)

    def _carry(self, route: Route) -> None:
        at = int(route.request.headers["upload-offset"])
        if self.is_broken and at >= self.breaks_at:
            self.lost.append(at)
            route.abort("internetdisconnected")
        else:
            self.came.append(at)
            route.continue_()


@pytest.fixture
def long_file(example: Cast, tmp_path: Path) -> Path:
    """A workbook of the cast with three pieces' weight more in it."""
    path = tmp_path / "vi du dai.xlsx"
    shutil.copy(example.check.paths()[0], path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as book:
        book.writestr("xl/media/nang.bin", random.Random(13).randbytes(3 * PIECE))
    return path


def choose(page: Page, live_server, path: Path) -> None:
    page.goto(f"{live_server.url}/nop-bang-tinh/")
    page.get_by_label("Tệp Excel, ODS hoặc CSV").set_input_files(path)
    page.get_by_role("button", name="Kiểm tệp").click()


def handed_in(page: Page, path: Path) -> None:
    """The check of the whole file is there, and nothing is left on its way."""
    page.wait_for_url(re.compile(r"/nop-bang-tinh/[0-9a-f-]{36}/$"))
    (told,) = FileCheck.objects.get(pk=page.url.rstrip("/").rpartition("/")[2]).files
    content = path.read_bytes()
    assert told == {"name": path.name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    assert not ResumableUpload.objects.exists()


@pytest.mark.parametrize("width", [1280, 360])
def test_when_the_line_is_lost_the_page_says_so_and_goes_on_where_it_stopped(
    browser: Browser, live_server, example, long_file, width
):
    context, page, complaints = opened(browser, live_server, viewport={"width": width, "height": 800})
    signed_in(context, live_server, example)
    line = Line(page, breaks_at=2 * PIECE)
    choose(page, live_server, long_file)
    said = page.locator("form.hand-in [role=status]")
    expect(said).to_have_text(LOST)
    assert line.came == [0, PIECE] and ResumableUpload.objects.get().received == 2 * PIECE
    expect(page.get_by_role("button", name="Kiểm tệp")).to_be_disabled()
    expect(page.locator("form.hand-in progress")).to_be_visible()
    assert not judged(page, "/nop-bang-tinh/", None)
    line.is_broken = False
    handed_in(page, long_file)
    assert line.came == [0, PIECE, 2 * PIECE, 3 * PIECE] and set(line.lost) == {2 * PIECE}
    context.close()
    assert not complaints


def test_a_page_closed_in_the_middle_goes_on_when_the_file_is_chosen_again(browser, live_server, example, long_file):
    context, page, _ = opened(browser, live_server, viewport={"width": 360, "height": 800})
    signed_in(context, live_server, example)
    Line(page, breaks_at=PIECE)
    choose(page, live_server, long_file)
    expect(page.locator("form.hand-in [role=status]")).to_have_text(LOST)
    page.close()
    again = context.new_page()
    line = Line(again, breaks_at=1 << 40)
    choose(again, live_server, long_file)
    handed_in(again, long_file)
    assert line.came == [PIECE, 2 * PIECE, 3 * PIECE]
    context.close()
