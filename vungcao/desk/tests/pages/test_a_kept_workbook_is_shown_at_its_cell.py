"""The kept workbook: its sheet as said, the asked cell marked, the file byte for byte, and only within reach."""

from __future__ import annotations

import pytest

from vungcao.desk import sheets
from vungcao.desk.tests.pages.reading_pages import said, tree
from vungcao.intake.reading.document import CannotRead

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_asked_cell_is_marked_once(desk, example):
    page = tree(desk.get(f"/tep/{example.workbook.sha256}/BM01/?o=C6"))
    assert [said(cell) for cell in page.xpath("//td[contains(@class, 'asked')]")] == ["9.150,5 (ô được hỏi C6)"]
    assert page.xpath("//td[@id='o']") and page.xpath("//a[@href='#o']")
    assert [said(tab) for tab in page.xpath("//ul[@class='tabs']//a")] == ["BM01", "Rộng & dài", "cũ"]


def test_merged_cells_are_drawn_as_merged_and_text_stays_text(desk, example):
    page = tree(desk.get(f"/tep/{example.workbook.sha256}/BM01/"))
    title = page.xpath("//tbody/tr[1]/td")
    assert [said(cell) for cell in title] == ["BÁO CÁO GIẢI NGÂN (VÍ DỤ)"] and title[0].get("colspan") == "3"
    assert "<b>Dự án 2</b>" in said(page.xpath("//table")[0]) and not page.xpath("//td/b")


def test_a_large_sheet_is_shown_around_its_cell(desk, example):
    page = tree(desk.get(f"/tep/{example.workbook.sha256}/Rộng & dài/?o=BA400"))
    assert said(page.xpath("//td[@id='o']")[0]).startswith("r400c53")
    assert len(page.xpath("//tbody/tr")) == sheets.MOST_ROWS
    assert len(page.xpath("//tbody/tr[1]/td")) == sheets.MOST_COLUMNS
    assert "Chỉ hiện 200 dòng" in said(page.xpath("//main")[0])


def test_a_hidden_sheet_says_so(desk, example):
    assert "bị ẩn trong tệp gốc" in said(tree(desk.get(f"/tep/{example.workbook.sha256}/cũ/")).xpath("//main")[0])


def test_a_file_that_no_longer_opens_says_so_and_can_still_be_fetched(desk, example, monkeypatch):
    def broken(path):
        raise CannotRead("broken", "Tệp bị hỏng (ví dụ).")

    monkeypatch.setattr(sheets, "grids", broken)
    page = tree(desk.get(f"/tep/{example.workbook.sha256}/BM01/?o=C6"))
    assert said(page.xpath("//*[contains(@class, 'notice')]")[0]) == "Tệp bị hỏng (ví dụ)."
    assert f"/tep/{example.workbook.sha256}/" in page.xpath("//main//a/@href")


@pytest.mark.parametrize("asked", ["", "không phải ô", "A0", "ZZZ9999999999", "<script>"])
def test_an_address_that_is_none_marks_nothing(desk, example, asked):
    page = tree(desk.get(f"/tep/{example.workbook.sha256}/BM01/", {"o": asked}))
    assert not page.xpath("//td[@id='o']") and "Giải ngân" in said(page.xpath("//table")[0])


def test_the_file_comes_back_byte_for_byte(desk, example):
    response = desk.get(f"/tep/{example.workbook.sha256}/")
    assert b"".join(response.streaming_content) == sheets.kept_path(example.workbook).read_bytes()
    assert "attachment" in response["Content-Disposition"] and response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/tep/{sha}/Khong co/", "/tep/{zeros}/BM01/", "/tep/..%2F..%2Fetc%2Fpasswd/", "/tep/{upper}/"]
)
def test_what_is_not_kept_is_not_found(desk, example, path):
    sha = example.workbook.sha256
    assert desk.get(path.format(sha=sha, zeros="0" * 64, upper=sha.upper())).status_code == 404


def test_an_official_of_another_district_finds_no_file_and_no_batch(client, example):
    client.force_login(example.elsewhere)
    for url in (
        f"/tep/{example.workbook.sha256}/",
        f"/tep/{example.workbook.sha256}/BM01/",
        f"/lan-gui/{example.batch.pk}/",
    ):
        assert client.get(url).status_code == 404, url


def test_a_batch_shows_its_steps_and_lines_with_their_cells(desk, example):
    page = tree(desk.get(f"/lan-gui/{example.batch.pk}/"))
    steps = [said(cell) for cell in page.xpath("//*[@aria-labelledby='steps']//tbody//th")]
    assert steps == ["Thủ trưởng đơn vị đã ký", "Đã gửi", "Đã tiếp nhận"]
    cells = [said(cell) for cell in page.xpath("//*[@role='region'][@aria-labelledby='lines']//tbody/tr[1]/*")]
    where = ["Dự án 1", "Chương trình 135", "Mọi nguồn vốn", "Huyện Ví Dụ Thượng"]
    assert cells == [*where, "15/11/2021", "9.150.500.000", "BM01, C6"]
