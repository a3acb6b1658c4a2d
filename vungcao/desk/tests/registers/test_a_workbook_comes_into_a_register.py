"""A clerk's workbook: tried first, problems at cells; written whole or not at all; the same again changes nothing."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from vungcao.desk.registers import importing_pages
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.desk.tests.registers.conftest import lay
from vungcao.evidence.models import Act, Source
from vungcao.office.models import Document, Incoming, Outgoing

pytestmark = pytest.mark.django_db
OUT, IN = "/so/van-ban-di/", "/so/van-ban-den/"
HEADS = ["TT", "Số", "Ký hiệu", "Ngày văn bản", "Loại", "Trích yếu", "Tình trạng số", "Ghi chú"]
LINES = [
    ["1", "5", "CV-VD", date(2025, 3, 3), "Công văn", "V/v một (ví dụ)", "", ""],
    ["2", "5", "CV-VD", date(2025, 3, 4), "Công văn", "V/v hai (ví dụ)", "", ""],
    ["3", "5a", "CV-VD", date(2025, 3, 4), "Công văn", "V/v chèn (ví dụ)", "", "ký sót (ví dụ)"],
    ["4", "8", "CV-VD", "05/03/2025", "Công văn", "V/v hủy (ví dụ)", "Đã hủy", "soạn lại (ví dụ)"],
]


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    """Files of one test stay its own."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()


@pytest.fixture
def book(tmp_path):
    def make(lines: list[list[Any]] = LINES, heads: list[str] = HEADS, name: str = "so di.xlsx") -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path)) as opened:
            sheet = opened.add_worksheet("Sổ")
            sheet.write("A1", "SỔ VĂN BẢN ĐI (VÍ DỤ)")
            lay(opened, sheet, heads, lines, at=3)
        return path

    return make


def tried(desk, path: Path, at: str = OUT):
    """Hand it in and follow to the rehearsal."""
    sent = desk.post(f"{at}nhap/", {"file": SimpleUploadedFile(path.name, path.read_bytes())})
    return sent if sent.status_code != 302 else desk.get(sent["Location"])


def committed(desk, response):
    page = tree(response)
    (form,) = page.xpath("//form[@class='acts']")
    return desk.post(
        response.request["PATH_INFO"], {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    )


def test_a_workbook_is_tried_then_written_with_its_cells(cast, book):
    desk = cast.at("tinh")
    acts, sources = Act.objects.count(), Source.objects.count()
    response = tried(desk, book())
    page = tree(response)
    assert [said(one) for one in page.xpath("//dl[@class='headline']//*[@class='value']")] == ["4", "0", "0", "0"]
    assert rows(page, "flagged") == [
        ["5", "trùng số"], ["5", "trùng số"], ["5a", "số chèn"], ["8", "thiếu số 6–7; số đã hủy"],
    ]  # fmt: skip
    assert (Act.objects.count(), Source.objects.count()) == (acts, sources) and not Document.objects.exists()
    assert [committed(desk, response)["Location"] for _click in range(2)] == [OUT, OUT]  # kept no more the second time
    told = said(tree(desk.get(OUT)))
    assert "Đã ghi 4 dòng mới" in told and "Mẫu này đã được ghi ở lần gửi trước" in told
    line = Outgoing.objects.get(suffix="a")
    assert (line.sheet, line.cell, line.source.name, line.source.is_example) == ("Sổ", "B7", "so di.xlsx", True)
    assert Act.objects.count() == acts + 1 and line.act.verb == "document.out_imported"
    assert not list((Path(settings.HOME) / "inbox" / "so").rglob("*.xlsx"))


def test_a_workbook_sent_twice_at_the_same_moment_is_tried_twice(cast, book, monkeypatch):
    desk, twin, path, others = cast.at("tinh"), cast.at("tinh"), book(), []
    gone = shutil.rmtree

    def gone_late(*about, **more):
        gone(*about, **more)
        monkeypatch.undo()
        others.append(tried(twin, path))

    monkeypatch.setattr(importing_pages.shutil, "rmtree", gone_late)
    ours = tried(desk, path)
    assert [one.status_code for one in (ours, *others)] == [200, 200]
    assert committed(desk, ours)["Location"] == OUT and Document.objects.count() == len(LINES)
    assert not list((Path(settings.HOME) / "inbox" / "so").glob("*/*"))


def test_the_same_again_changes_nothing(cast, book):
    desk = cast.at("tinh")
    committed(desk, tried(desk, book()))
    acts = Act.objects.count()
    page = tree(tried(desk, book(name="ten khac.xlsx")))
    assert [said(one) for one in page.xpath("//dl[@class='headline']//*[@class='value']")] == ["0", "0", "4", "0"]
    assert not page.xpath("//form[@class='acts']") and Act.objects.count() == acts


def test_a_changed_line_corrects_and_columns_it_lacks_stay(cast, book):
    desk = cast.at("tinh")
    committed(desk, tried(desk, book()))
    line = Outgoing.objects.get(suffix="a")
    url = f"{OUT}{line.document_id}/sua/"
    from vungcao.desk.tests.registers.test_forms_are_carried_out_once import drawn

    desk.post(url, drawn(tree(desk.get(url))) | {"task": "Nhiệm vụ (ví dụ)"})
    changed = [*LINES[:2], [*LINES[2][:5], "V/v chèn, sửa (ví dụ)", *LINES[2][6:]], LINES[3]]
    response = tried(desk, book(changed))
    assert rows(tree(response), "corrected") == [
        ["5a", "B7", "Trích yếu: V/v chèn (ví dụ) V/v chèn, sửa (ví dụ)"]
    ]  # fmt: skip
    committed(desk, response)
    fixed = Outgoing.objects.standing().get(suffix="a")
    assert (fixed.task, fixed.summary, fixed.document_id) == (
        "Nhiệm vụ (ví dụ)",
        "V/v chèn, sửa (ví dụ)",
        line.document_id,
    )
    assert Document.objects.count() == 4


@pytest.mark.parametrize(
    ("place", "value", "cell", "sentence"),
    [
        (1, "số mười", "B6", "Số “số mười” không đọc được"),
        (3, "31/02/2025", "D6", "không phải là ngày có thật"),
        (5, "", "F6", "để trống"),
        (6, "Mất", "G6", "không có trong danh mục"),
        (1, "5b", "H6", "phải ghi lý do"),
    ],
)
def test_each_problem_is_told_at_its_cell_and_nothing_is_written(cast, book, place, value, cell, sentence):
    lines = [list(line) for line in LINES]
    lines[1][place] = value
    desk = cast.at("tinh")
    page = tree(tried(desk, book(lines)))
    (problem,) = page.xpath("//ul[@class='problems']/li")
    assert f"Sổ, {cell}:" in said(problem) and sentence in said(problem)
    assert not page.xpath("//form[@class='acts']") and not Document.objects.exists()


def test_what_was_seen_is_what_is_written(cast, book):
    """Between rehearsal and commit somebody records one of the lines: it is told anew, not written blindly."""
    desk = cast.at("tinh")
    response = tried(desk, book())
    cast.sent("8", symbol="CV-VD", dated=date(2025, 3, 5), summary="Khác (ví dụ)")
    refused = committed(desk, response)
    page = tree(refused)
    assert refused.status_code == 409 and "Chưa ghi gì" in said(page) and Document.objects.count() == 1
    assert [said(one) for one in page.xpath("//dl[@class='headline']//*[@class='value']")] == ["3", "1", "0", "0"]


def test_a_workbook_with_a_secret_line_leaves_nothing(cast, book):
    lines = [*LINES, ["5", "9", "CV-VD", date(2025, 3, 5), "Công văn", "Đánh bắt trộm (ví dụ)", "", "Tối mật"]]
    desk = cast.at("tinh")
    response = tried(desk, book(lines))
    assert (response.status_code, response["Location"]) == (302, f"{OUT}nhap/")
    assert "dấu MẬT" in said(tree(desk.get(f"{OUT}nhap/"))) and not Document.objects.exists()
    assert not [path for path in (Path(settings.HOME) / "inbox" / "so").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("so.docx", b"x", "không phải bảng tính"),
        ("so.xlsx", b"khong phai zip", "so.xlsx"),
        ("../../so.csv", b"A;B\n1;2\n", "không có trang nào đủ các cột"),
    ],
)
def test_what_is_no_register_is_refused_with_a_sentence(cast, name, content, sentence):
    desk = cast.at("tinh")
    sent = desk.post(f"{OUT}nhap/", {"file": SimpleUploadedFile(name, content)})
    while sent.status_code == 302:
        sent = desk.get(sent["Location"])
    assert sentence in said(tree(sent))
    assert not [path for path in (Path(settings.HOME) / "inbox" / "so").rglob("*") if path.is_file()]


def test_only_who_handed_a_workbook_in_follows_it(cast, book):
    path = book()
    sent = cast.at("tinh").post(f"{OUT}nhap/", {"file": SimpleUploadedFile(path.name, path.read_bytes())})
    assert cast.at("doi").get(sent["Location"]).status_code == 404
    assert cast.at("tinh").get(f"{OUT}nhap/{'0' * 64}/").status_code == 404
    assert cast.at("tinh").get(f"{OUT}nhap/..%2f..%2fx/").status_code == 404


@pytest.mark.parametrize("whose", ["²", "9" * 5000, "-1", "x"])
def test_a_register_that_is_no_number_is_nobodys(cast, book, whose):
    desk, path = cast.at("tinh"), book()
    sent = desk.post(f"{OUT}nhap/", {"file": SimpleUploadedFile(path.name, path.read_bytes()), "body": whose})
    assert sent.status_code == 302 and desk.get(sent["Location"]).status_code == 404
    assert not Document.objects.exists()


def test_documents_in_come_in_as_well(cast, book):
    heads = ["Số đến", "Ngày đến", "Cơ quan gửi", "Số, ký hiệu", "Ngày văn bản", "Trích yếu", "Bút phê", "Hạn"]
    lines = [
        ["3", date(2025, 3, 3), "UBND xã Ví Dụ", "9/UBND-VD", date(2025, 3, 1), "Xin (ví dụ)", "Phòng A", "20/03/2025"]
    ]
    desk = cast.at("tinh")
    committed(desk, tried(desk, book(lines, heads), IN))
    line = Incoming.objects.get()
    assert (line.their_number, line.due, line.instruction) == ("9/UBND-VD", date(2025, 3, 20), "Phòng A")
