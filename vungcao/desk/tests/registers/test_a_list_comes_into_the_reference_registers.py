"""Places, components and sources from a workbook: each line is the form filled in; what ended is refused by name."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.utils import timezone

from vungcao.desk.command import main
from vungcao.desk.tests.pages.reading_pages import said, tree
from vungcao.desk.tests.registers.conftest import lay
from vungcao.desk.tests.registers.test_a_workbook_comes_into_a_register import committed, tried
from vungcao.evidence.models import Act, Source
from vungcao.intake.models import NameMapping
from vungcao.programme.models import Component, ComponentCode, ComponentVersion, SourceCode
from vungcao.territory import checks
from vungcao.territory.models import PlaceVersion

pytestmark = pytest.mark.django_db
PLACES, PARTS, SOURCES = "/so/dia-ban/", "/so/cau-phan/", "/so/nguon-von/"
PAPER = "12/NQ-VD (ví dụ)"
PLACE_HEADS = ["TT", "Tên", "Loại", "Thuộc", "Mã", "Từ ngày", "Theo văn bản"]
VILLAGES = [
    ["1", "Xóm Ví Dụ", "Xóm", "Xã Ví Dụ Mới", "", date(2026, 1, 1), PAPER],  # its commune stands below it
    ["2", "Xã Ví Dụ Mới", "Xã", "Tỉnh Cao Bằng", "99990", date(2026, 1, 1), PAPER],
    ["3", "Xóm Hai", "Xóm, tổ dân phố", "01321", "", "01/02/2026", "13/NQ-VD (ví dụ)"],
]


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 6, 1))


@pytest.fixture
def book(tmp_path):
    def make(lines, heads=PLACE_HEADS, name: str = "danh sach.xlsx") -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path)) as opened:
            lay(opened, opened.add_worksheet("Sổ"), heads, lines)
        return path

    return make


def counts(response) -> list[str]:
    """New, corrected, held, to be mended."""
    return [said(one) for one in tree(response).xpath("//dl[@class='headline']//*[@class='value']")]


def problems(response) -> list[str]:
    return [said(one) for one in tree(response).xpath("//ul[@class='problems']/li")]


def test_a_list_of_places_is_tried_then_written_under_one_act_with_its_file(cast, book):
    desk = cast.at("quantri")
    acts = Act.objects.count()
    response = tried(desk, book(VILLAGES), PLACES)
    assert counts(response) == ["3", "0", "0", "0"], problems(response)
    assert Act.objects.count() == acts and not PlaceVersion.objects.filter(name="Xóm Ví Dụ").exists()
    assert committed(desk, response)["Location"] == PLACES
    row = PlaceVersion.objects.get(name="Xóm Ví Dụ")
    assert PlaceVersion.objects.get(place=row.parent).full_name == "Xã Ví Dụ Mới"
    assert (row.act.verb, row.act.reason) == ("territory.imported", f"{PAPER}; 13/NQ-VD (ví dụ)")
    assert Source.objects.get(act=row.act).name == "danh sach.xlsx" and Act.objects.count() == acts + 1
    again = tried(desk, book(VILLAGES, name="lan hai.xlsx"), PLACES)
    assert counts(again) == ["0", "0", "3", "0"] and not tree(again).xpath("//form[@class='acts']")
    assert Act.objects.count() == acts + 1 and not list(checks.findings())


def test_what_the_register_gives_out_comes_back_without_a_change(cast, tmp_path):
    desk = cast.at("quantri")
    for at in (PLACES, PARTS, SOURCES):
        path = tmp_path / "xuat.xlsx"
        path.write_bytes(b"".join(desk.get(f"{at}xuat/").streaming_content))
        response = tried(desk, path, at)
        new, _, same, wrong = counts(response)
        assert (new, wrong) == ("0", "0") and int(same.replace(".", "")) > 20, (at, problems(response)[:5])


@pytest.mark.parametrize(
    ("line", "cell", "sentence"),
    [
        (["1", "Xóm Ví Dụ", "Xóm", "Xã Hồng Trị", "", "01/01/2026", PAPER], "D2", "Xã Hồng Trị đã nhập vào"),
        (["1", "Xã Hồng Trị", "Xã", "Tỉnh Cao Bằng", "", "01/01/2026", PAPER], "B2", "Xã Hồng Trị đã nhập vào"),
        (["1", "Hồng Trị", "Xã", "Huyện Bảo Lạc", "01342", "01/01/2024", PAPER], "B2", "ghi ngày cuối 30/06/2025"),
        (["1", "Xã Bảo Lạc", "Xã", "Tỉnh Cao Bằng", "99999", "", ""], "E2", "đã có, mang mã 01321"),
        (["1", "Xã Mới", "Xã", "Tỉnh Cao Bằng", "01321", "01/01/2026", PAPER], "E2", "là của Xã Bảo Lạc"),
        (["1", "Xã Mới", "Xã", "Tỉnh Cao Bằng", "99999", "", PAPER], "F2", "Có hiệu lực từ ngày"),
        (["1", "Xã Mới", "Xã", "Tỉnh Cao Bằng", "99999", "01/01/2026", ""], "G2", "Theo văn bản"),
        (["1", "Xã Mới", "Làng", "Tỉnh Cao Bằng", "99999", "01/01/2026", PAPER], "C2", "không có trong danh mục"),
    ],
)
def test_a_unit_that_ended_and_every_other_fault_is_told_at_its_cell_and_nothing_is_written(
    cast, book, line, cell, sentence
):
    acts = Act.objects.count()
    response = tried(cast.at("quantri"), book([line, VILLAGES[2]]), PLACES)
    (told,) = problems(response)
    assert f"Sổ, {cell}:" in told and sentence in told
    assert not tree(response).xpath("//form[@class='acts']") and Act.objects.count() == acts


def test_who_reaches_one_commune_brings_no_place_of_another(cast, book):
    for who in ("tinh", "xa", "quantri_xa"):
        assert cast.at(who).get(f"{PLACES}nhap/").status_code == 403


def test_projects_and_codes_come_by_a_list(cast, book):
    desk = cast.at("quantri")
    heads = ["Mã", "Tên", "Tên gọi khác", "Từ ngày", "Mã CTMT", "Theo văn bản"]
    lines = [["1719.DA5.ND9", "Nội dung ví dụ", "ND ví dụ; ND vd", "01/03/2024", "0499", PAPER],
             ["1719.DA5", "Dự án 5 tên khác", "", "", "", ""],
             ["135", ComponentVersion.objects.standing().get(component__code="135").name, "", "", "", ""]]  # fmt: skip
    told = problems(tried(desk, book(lines, heads), PARTS))
    assert len(told) == 2 and "B3" in told[0] and "Mã 1719.DA5 đã có, tên là" in told[0]
    assert "135 đã hết ngày 31/01/2022" in told[1]
    response = tried(desk, book(lines[:1], heads), PARTS)
    committed(desk, response)
    made = Component.objects.get(code="1719.DA5.ND9")
    assert ComponentVersion.objects.get(component=made).also == ["ND ví dụ", "ND vd"]
    assert ComponentCode.objects.get(identity=made).code == "0499"
    assert counts(tried(desk, book(lines[:1], heads), PARTS)) == ["0", "0", "1", "0"]


def test_codes_and_names_of_sources_come_by_a_list(cast, book):
    desk = cast.at("quantri")
    heads = ["Mã nguồn vốn", "Mã nguồn Kho bạc", "Từ ngày", "Tên viết trong biểu", "Theo văn bản"]
    lines = [["dau_tu:NSTW", "49", "01/01/2025", "vốn TW đầu tư (ví dụ)", PAPER],
             ["su_nghiep:NSTW", "", "", "vốn TW sự nghiệp (ví dụ)", ""]]  # fmt: skip
    committed(desk, tried(desk, book(lines, heads), SOURCES))
    assert SourceCode.objects.get(code="49").identity.code == "dau_tu:NSTW"
    assert NameMapping.objects.standing().count() == 2
    assert counts(tried(desk, book(lines, heads), SOURCES)) == ["0", "0", "2", "0"]
    wrong = [["khong:co", "50", "01/01/2025", "", PAPER], ["su_nghiep:NSTW", "49", "01/01/2025", "", PAPER],
             ["su_nghiep:NSTW", "51", "", "", PAPER],
             ["su_nghiep:NSTW", "", "", "vốn TW đầu tư (ví dụ)", ""]]  # fmt: skip
    told = problems(tried(desk, book(wrong, heads), SOURCES))
    cells = ("A2", "B3", "C4", "D5")
    sentences = ("Không có nguồn vốn “khong:co”", "đang là của dau_tu:NSTW", "Từ ngày", "đang là tên gọi của nơi khác")
    assert all(f", {cell}:" in one and words in one for one, cell, words in zip(told, cells, sentences, strict=True))


def test_a_list_comes_in_by_command(cast, book, capsys):
    path = f"{book(VILLAGES)}"
    assert main(["register", "dia-ban", "--import", path, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], told["committed"], told["problems"]) == (3, False, [])
    assert main(["register", "dia-ban", "--import", path, "--commit"]) == 0
    assert "đã ghi 3 dòng mới" in capsys.readouterr().out and PlaceVersion.objects.filter(name="Xóm Hai").exists()
    assert main(["register", "dia-ban", "--import", path, "--commit", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["same"] == 3
    ended = book([["1", "Xã Hồng Trị", "Xã", "Tỉnh Cao Bằng", "", "01/01/2026", PAPER]])
    assert main(["register", "dia-ban", "--import", f"{ended}", "--commit"]) == 1
    assert "ô B2: Xã Hồng Trị đã nhập vào" in capsys.readouterr().out
    for words, sentence in ((("van-ban-di", "--import", path), "nhập trên trang"),
                            (("dia-ban", "--import", "khong-co.xlsx"), "Không thấy tệp")):  # fmt: skip
        assert main(["register", *words]) == 2 and sentence in capsys.readouterr().err
