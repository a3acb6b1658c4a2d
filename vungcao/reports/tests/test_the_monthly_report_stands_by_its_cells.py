"""The monthly report: every number asks again and leads to a cell; what is missing is named; what changes is listed."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from vungcao.bodies.reach import Reach
from vungcao.cube.tracing import trace
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.kernel.refusal import Cell, Refusal
from vungcao.ledger import actions as ledger
from vungcao.ledger.actions import UnspentLine
from vungcao.ledger.models import Cause, VoucherKind
from vungcao.monitoring.actions import Said, record_observations
from vungcao.monitoring.models import Indicator
from vungcao.reports.actions import changes, freeze, print_out, value_of
from vungcao.reports.figuring import recomputed
from vungcao.reports.models import FrozenReport

ALL = Reach.all_for_operator()
JUNE, MAY, LAST_JUNE = date(2024, 6, 20), date(2024, 5, 31), date(2023, 6, 20)
MILLION = 1_000_000
UNITS = {"UBND-h1": "x1", "UBND-h2": "h2", "UBND-x2": "x2"}


def said(cast, body: str, first: int, on: date, second: int = 5, corrects: bool = False) -> None:
    """A body's statement of two sub-projects, in triệu đồng."""
    whole = cast.region("CT", UNITS[body], body, source="*:*", origin="*", year=f"{on.year}")
    parts = [
        (cast.region(code, UNITS[body], body, source="dau_tu:*", origin="*", year=f"{on.year}"), dong * MILLION)
        for code, dong in (("CT.DA1.TDA1", first), ("CT.DA2", second))
    ]
    cast.state(parts, coverage=whole, as_of=on, reporter=body, corrects=corrects)


@pytest.fixture
def books(cast):
    """Three bodies hold money of both years; h1 and h2 speak each time, x2 in June 2024 only."""
    for year in ("2023", "2024"):
        for body, dong in zip(UNITS, (100, 200, 50), strict=True):
            for code, source in (("CT.DA1", "dau_tu:NSTW"), ("CT.DA2", "su_nghiep:NSTW")):
                held = cast.region(code, UNITS[body], body, source, year)
                moves = [(None, held, dong * MILLION)]
                cast.post(VoucherKind.ASSIGNMENT, moves, by="TTG", dated=date(int(year), 1, 15), number=f"{year}/QĐ")
    for body, figures in (("UBND-h1", (20, 30, 44)), ("UBND-h2", (25, 60, 90))):
        for first, on in zip(figures, (LAST_JUNE, MAY, JUNE), strict=True):
            said(cast, body, first, on)
    said(cast, "UBND-x2", 21, JUNE)
    return cast


def report(period: str = "2024-06") -> FrozenReport:
    return freeze(kind="monthly", period=period, programme="CT", reach=ALL, by=SYSTEM)


def words(paper: FrozenReport) -> str:
    """All the prose of a paper."""

    def of(section):
        yield from ("".join(run["text"] for run in one["runs"]) for one in section.get("paragraphs", ()))
        for child in section.get("children", ()):
            yield from of(child)

    opening = ("".join(run["text"] for run in one["runs"]) for one in paper.paper.get("opening", ()))
    return "\n".join([*opening, *(text for one in paper.paper["sections"] for text in of(one))])


def document(path: Path) -> bytes:
    with zipfile.ZipFile(path) as file:
        return file.read("word/document.xml")


def leads_to_a_paper(id: str, depth: int = 2) -> bool:
    """Does a figure's thread, or that of a figure it names, end in a cell or (of a decision) in its file?"""
    lines = trace(id, ALL).rows
    if any(line.cell or (line.kind == "voucher" and line.file) for line in lines):
        return True
    return depth > 0 and any(leads_to_a_paper(line.figure, depth - 1) for line in lines if line.figure)


def test_every_number_asks_again_and_leads_to_its_paper(books):
    figures = list(report().figures.all())
    assert len(figures) > 60
    assert {row.measure for row in figures} >= {
        "disbursed_dong", "given_dong", "flow_dong", "rate", "rank", "remainder_dong", "average_rate",
        "last_period_rate", "last_period_points", "last_year_disbursed_dong", "last_year_percent",
    }  # fmt: skip
    for row in figures:
        assert recomputed(row.figure, ALL) == value_of(row), row.figure
    for id in {row.figure.partition("#")[0] for row in figures}:
        assert leads_to_a_paper(id), id


def test_the_sheet_of_sources_names_every_number_and_cites_what_the_thread_counts(books):
    made = report()
    assert {line["figure"] for line in made.sources} == {row.figure for row in made.figures.all()}
    for row in made.figures.filter(measure__in=("disbursed_dong", "flow_dong")):
        counted = {line.cell for line in trace(row.figure.partition("#")[0], ALL).rows if line.counted}
        assert {line["cell"] for line in made.sources if line["figure"] == row.figure} == counted, row.figure


def table(paper: FrozenReport, which: int) -> dict[str, list[dict]]:
    """Rows of an annex by their label."""
    return {row["cells"][1]["value"]: row["cells"] for row in paper.paper["annexes"][which]["table"]["rows"]
            if len(row["cells"]) > 1}  # fmt: skip


def test_the_forms_tell_adjustments_advances_and_causes_and_leave_empty_what_nobody_said(books):
    held = {body: books.region("CT.DA1", UNITS[body], body, "dau_tu:NSTW", "2024") for body in UNITS}
    moves = [(held["UBND-h2"], held["UBND-h1"], 10 * MILLION)]
    books.post(VoucherKind.ADJUSTMENT, moves, dated=date(2024, 6, 10), number="7/QĐ")
    region = books.region("CT.DA1", "h1", "UBND-h1", source="dau_tu:*", origin="*")
    whole = books.region("CT", "h1", "UBND-h1", source="*:*", origin="*")
    draft = books.draft([(region, 46 * MILLION)], coverage=whole, as_of=JUNE, reporter="UBND-h1", corrects=True)
    lines = [replace(line, open_advance_dong=6 * MILLION) for line in draft.lines]
    ledger.record_statement(replace(draft, lines=lines), batch=books.batch("UBND-h1"), by=SYSTEM)
    where = Cell("nguyên nhân ví dụ.xlsx", "NN", "D10")
    told = [UnspentLine(held["UBND-h1"], dong, cause, where) for dong, cause in ((1, Cause.FILE), (2, Cause.SITE))]
    about = {"reporter": books.bodies["UBND-h1"], "as_of": MAY, "batch": books.batch("UBND-h1")}
    ledger.record_unspent(lines=told, by=SYSTEM, **about)
    made = report()
    projects, units = table(made, 0), table(made, 1)

    def of(cells: list[dict], *columns: int) -> list[object]:
        return [cells[column - 1].get("value") for column in columns]

    one, other = (units[f"Đơn vị ví dụ UBND-{key}"] for key in ("h1", "h2"))
    up_down = (7, 8, 9, 10)
    assert of(one, *up_down, 16, 25) == [10 * MILLION, None, None, None, 6 * MILLION, "Mặt bằng; Hồ sơ, thủ tục"]
    assert of(other, *up_down, 16) == [None, None, 10 * MILLION, None, None]
    (total,) = [cells for label, cells in units.items() if label == "Tổng số"]
    assert of(total, *up_down, 16) == [10 * MILLION, None, 10 * MILLION, None, 6 * MILLION]
    first, *_ = [cells for label, cells in projects.items() if label and "DA1" in label]
    assert of(first, *up_down, 16)[:3] == [10 * MILLION, None, 10 * MILLION]
    notes = " ".join(made.paper["annexes"][1]["notes"])
    assert "02 dòng có giải ngân mà không ghi" in notes
    assert "Nguyên nhân theo Biểu 04 mới nhất của 01 đơn vị, đến ngày 31/05/2024" in notes
    for measure in ("increased_dong", "decreased_dong", "open_advance_dong"):
        for printed in made.figures.filter(measure=measure):
            assert recomputed(printed.figure, ALL) == value_of(printed)
            assert leads_to_a_paper(printed.figure.partition("#")[0])


def test_the_prose_compares_and_ranks(books):
    text = words(report())
    assert "So với kỳ trước (đến ngày 31/05/2024), khi giải ngân 100 triệu đồng" in text
    assert "So với cùng kỳ năm trước (đến ngày 20/06/2023), khi giải ngân 55 triệu đồng" in text
    assert "So với bình quân cả nước: chưa có số liệu được ghi vào hệ thống." in text
    assert "So với bình quân chung của tỉnh 24,3%" in text
    assert "Riêng tháng 6 năm 2024 giải ngân 44 triệu đồng" in text
    assert "chưa gồm 26 triệu đồng của Đơn vị ví dụ UBND-x2, tháng trước không báo cáo" in text


def test_an_entered_average_of_the_country_is_printed_with_its_day(books):
    with acting("test.indicator", by=SYSTEM) as act:
        Indicator.objects.create(
            act=act, code="national_disbursement", name="Bình quân cả nước", unit="%", is_rate=True
        )
    row = Said(
        "national_disbursement", books.places["VN"], "2024", MAY, Decimal("26.5"), Decimal(100), group="CT", cell="M2"
    )
    record_observations(batch=books.batch("BDT"), rows=[row], by=SYSTEM)
    made = report()
    assert "So với bình quân cả nước đến ngày 31/05/2024 là 26,5%: tỷ lệ của tỉnh thấp hơn 2,2 điểm %." in words(made)
    for measure in ("national_rate", "national_points"):
        printed = made.figures.get(measure=measure)
        assert recomputed(printed.figure, ALL) == value_of(printed)
        assert any(
            line.beside == "national" and line.cell for line in trace(printed.figure.partition("#")[0], ALL).rows
        )


def test_who_owes_figures_is_named_and_what_to_do(books):
    said(books, "UBND-h1", 50, date(2024, 7, 31))
    text = words(report("2024-07"))
    assert "Chưa có báo cáo của 02 đơn vị: Đơn vị ví dụ UBND-x2 và Đơn vị ví dụ UBND-h2" in text.replace(
        "UBND-h2 và Đơn vị ví dụ UBND-x2", "UBND-x2 và Đơn vị ví dụ UBND-h2"
    )
    assert "Đề nghị các đơn vị nêu trên gửi báo cáo" in text


def test_without_a_plan_there_is_no_rate_and_it_says_what_is_wanted(cast):
    said(cast, "UBND-h1", 20, JUNE)
    text = words(report())
    assert "chưa tính được tỷ lệ vì chưa có quyết định giao vốn nào" in text
    assert "đề nghị nạp quyết định giao vốn" in text


@pytest.mark.parametrize(
    ("period", "sentence"),
    [("2024", "Báo cáo tháng cần kỳ là một tháng"), ("2024-08", "nạp báo cáo của các đơn vị, hoặc nêu ngày chốt")],
)
def test_a_period_that_it_can_not_be_made_for_is_refused(books, period, sentence):
    with pytest.raises(Refusal, match=sentence):
        report(period)


def test_the_same_again_is_the_report_that_stands(books):
    assert report() == report()


def test_after_fifty_changes_it_prints_the_same_and_the_new_edition_lists_each(books, tmp_path):
    first = report()
    before = document(print_out(first, tmp_path / "a")[0])
    for number in range(50):
        body = ("UBND-h1", "UBND-h2")[number % 2]
        said(books, body, 45 + number, JUNE, corrects=True)
    assert document(print_out(first, tmp_path / "b")[0]) == before
    second = report()
    assert (second.edition, second.supersedes) == (2, first)
    told = changes(second)
    old, new = (
        {re.sub(r"known=\d+", "", row.figure): row.printed for row in one.figures.order_by("order")}
        for one in (first, second)
    )
    assert len(told) == sum(old.get(one) != new.get(one) for one in old.keys() | new.keys()) > 20
    assert "Đơn vị ví dụ UBND-h1: giải ngân lũy kế: 49 triệu đồng → 98 triệu đồng" in told
    assert "Đơn vị ví dụ UBND-h2: giải ngân lũy kế: 95 triệu đồng → 99 triệu đồng" in told
    assert not any("UBND-x2: giải ngân lũy kế" in one for one in told)
    assert "thay thế Báo cáo số" in words(second)
    listed = second.paper["annexes"][-1]
    assert listed["title"] == "SỐ LIỆU THAY ĐỔI SO VỚI BẢN 1"
    assert len(listed["table"]["rows"]) == len(told)
