"""The example province is what its builder makes; its splits add up to what was published; it names nobody."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml
from python_calamine import CalamineWorkbook

from examples import cao_bang_poverty
from examples.build_cao_bang import HERE, build
from examples.cao_bang_amounts import NOT_ASSIGNED_2024, PUBLISHED_135, PUBLISHED_1719_2024
from vungcao.intake.reading import Reading, read_workbook
from vungcao.intake.reading.document import Row, Table

BOOKS = sorted(file for file in HERE.rglob("*") if file.suffix in {".xlsx", ".xls", ".ods"})
TREASURY = [file for file in BOOKS if file.parent.name == "kho-bac"]
REPORTS_135 = [file for file in BOOKS if file.parent.name == "135-2021"]
REPORTS_MAY = [file for file in BOOKS if file.parent.name == "giai-ngan-2024-05-31"]
BY_COUNCIL = HERE / "1719-2024" / "NQ phan bo von 1719 nam 2024 (HDND tinh).xlsx"
BY_UNIT = HERE / "1719-2024" / "QD giao von 1719 nam 2024 theo don vi (UBND tinh).xlsx"
BY_PRIME_MINISTER = HERE / "1719-2024" / "QD giao von CTMTQG 1719 nam 2024 (TTg).xlsx"
COUNTS = [file for file in BOOKS if file.parent.name == "ho-ngheo"]
WRONG_SUM = "BC giai ngan 1719 H. Nguyen Binh 31.5.2024.xlsx"


def cells(file: Path) -> dict[str, list[list[object]]]:
    with CalamineWorkbook.from_path(file) as book:
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@cache
def read(file: Path) -> Reading:
    return read_workbook(file)


def table(file: Path) -> Table:
    """The one table of the sheet that is not hidden."""
    (sheet,) = [sheet for sheet in read(file).sheets if not sheet.hidden]
    (only,) = sheet.tables
    return only


def total(of: Table) -> Row:
    (only,) = [row for row in of.rows if row.label == "TỔNG CỘNG"]
    return only


def figure(row: Row, col: str) -> Decimal:
    """What the cell holds; a dash or an x adds nothing, and nothing else may stand in a figure's place."""
    value = row.values[col]
    assert value.number is not None or value.kind == "not_applicable", (row.label, col, value)
    return value.number or Decimal(0)


def test_the_workbooks_are_what_the_builder_makes(tmp_path):
    made = build(tmp_path, convert=False)
    committed = {file.relative_to(HERE) for file in BOOKS if file.suffix == ".xlsx"}
    assert {file.relative_to(tmp_path) for file in made} == committed
    for name in committed:
        assert cells(tmp_path / name) == cells(HERE / name), f"python -m examples.build_cao_bang: {name}"


@pytest.mark.office
def test_the_older_and_the_open_format_are_what_the_builder_makes(tmp_path):
    converted = [file for file in build(tmp_path) if file.suffix != ".xlsx"]
    assert sorted(file.suffix for file in converted) == [".ods", ".xls"]
    for file in converted:
        assert cells(file) == cells(HERE / file.relative_to(tmp_path))


@pytest.mark.parametrize("file", BOOKS, ids=lambda file: file.stem)
def test_each_sheet_says_it_is_an_example_and_is_signed_by_nobody(file):
    for name, rows in cells(file).items():
        said = [cell for row in rows for cell in row if isinstance(cell, str) and cell]
        assert [text for text in said if text.startswith("VÍ DỤ: ")], name
        assert said[-4:] == ["NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ", "(ví dụ)", "(ví dụ)"], name
        numbered = [text for text in said if re.search(r"[Ss]ố:? \d+/(BC|QĐ|NQ)-", text) and "thay thế" not in text]
        assert all("(ví dụ)" in text for text in numbered), numbered


def test_ten_districts_add_up_to_what_was_published_for_135():
    last = [file for file in REPORTS_135 if "Hoa An" not in file.name or "CHOT" in file.name]
    assert (len(REPORTS_135), len(last)) == (11, 10)
    assert sum(figure(total(table(file)), "C") for file in last) == PUBLISHED_135 == Decimal("15.213") * 1000


def test_the_first_edition_said_less_than_the_one_that_replaces_it():
    first, second = sorted(
        (file for file in REPORTS_135 if "Hoa An" in file.name), key=lambda file: "CHOT" in file.name
    )
    assert figure(total(table(first)), "C") < figure(total(table(second)), "C")
    said = [said.text for sheet in read(second).sheets for said in sheet.said]
    assert "(Bản sửa lần 2, thay thế Báo cáo số 51/BC-UBND ngày 17/11/2021)" in said
    assert any("51/BC-UBND" in said.text for sheet in read(first).sheets for said in sheet.said)


def test_the_hidden_sheet_is_read_as_hidden():
    (hidden,) = [sheet for file in REPORTS_135 for sheet in read(file).sheets if sheet.hidden]
    assert hidden.name == "Sheet1"
    assert figure(total(hidden.tables[0]), "C") == 1965


def test_the_council_passes_on_all_that_the_prime_minister_gave():
    given, passed_on = total(table(BY_PRIME_MINISTER)), total(table(BY_COUNCIL))
    assert figure(given, "C") == PUBLISHED_1719_2024
    assert all(figure(given, col) == figure(passed_on, col) for col in "CDEFG")
    projects = [row for row in table(BY_COUNCIL).rows if row.label.startswith("Dự án")]
    assert len(projects) == 10
    for project in projects:
        below = [row for row in table(BY_COUNCIL).rows if row.parent == project.row]
        assert all(not below or sum(figure(row, col) for row in below) == figure(project, col) for col in "CDEFG")


def test_units_get_what_the_council_gave_but_for_the_named_remainder():
    council, by_unit = table(BY_COUNCIL), table(BY_UNIT)
    kinds = {column.col: column.path for column in by_unit.columns if column.path[-1] in ("ĐT", "SN")}
    assert len(kinds) == 20
    units = [row for row in by_unit.rows if row.parent is not None]
    assert len(units) == 13
    for col, (project, kind) in kinds.items():
        (given,) = [row for row in council.rows if row.label.startswith(f"{project}:")]
        kept = NOT_ASSIGNED_2024.get(f"DA{project.split()[-1]}", (0, 0))[kind == "SN"]
        assigned = sum(figure(row, col) for row in units)
        assert assigned == figure(total(by_unit), col) == figure(given, "F" if kind == "SN" else "D") - kept
    for row in by_unit.rows:
        assert figure(row, "C") == sum(figure(row, col) for col in kinds)
    assert figure(total(council), "C") - figure(total(by_unit), "C") == 40_000


@pytest.mark.parametrize("file", REPORTS_MAY, ids=lambda file: file.stem)
def test_a_report_plans_what_the_decision_gave_its_unit(file):
    report, decision = table(file), table(BY_UNIT)
    letterhead = next(said.text for said in read(file).sheets[0].said if said.cell == "A2")
    (unit,) = [row for row in decision.rows if letterhead.casefold() in row.label.casefold()]
    kinds = {column.path: column.col for column in decision.columns}
    for row in (row for row in report.rows if row.label.startswith("Dự án")):
        project = row.label.split(":")[0]
        assert figure(row, "D") == figure(unit, kinds[project, "ĐT"])
        assert figure(row, "E") == figure(unit, kinds[project, "SN"])
    assert figure(total(report), "C") == figure(unit, "C")


def test_two_districts_and_two_departments_are_silent():
    assert len(REPORTS_MAY) == 9
    assert len([row for row in table(BY_UNIT).rows if row.parent is not None]) - len(REPORTS_MAY) == 4


def test_nothing_reported_in_april_falls_until_may():
    (april,) = HERE.glob("1719-2024/giai-ngan-2024-04-30/*Ha Quang*")
    (may,) = HERE.glob("1719-2024/giai-ngan-2024-05-31/*Ha Quang*")
    pairs = list(zip(table(april).rows, table(may).rows, strict=True))
    assert all(before.label == after.label for before, after in pairs)
    assert all(figure(before, col) <= figure(after, col) for before, after in pairs for col in "FGH")
    assert figure(total(table(april)), "F") < figure(total(table(may)), "F")


def test_one_project_is_spent_beyond_its_plan_and_no_other():
    over = [
        (file.name, row.label.split(":")[0])
        for file in REPORTS_MAY
        for row in table(file).rows
        if row.label.startswith("Dự án")
        and (figure(row, "G") > figure(row, "D") or figure(row, "H") > figure(row, "E"))
    ]
    assert over == [("BC giai ngan 1719 H. Quang Hoa 31.5.2024.xlsx", "Dự án 6")]


@pytest.mark.parametrize("file", TREASURY, ids=lambda file: file.stem)
def test_every_code_is_invented_and_looks_it(file):
    """A code is what stands in a column headed "Mã", "Chương", "Khoản": capitals VD, then digits."""
    for row in table(file).rows:
        for column in table(file).columns:
            if column.path[-1].startswith(("Mã", "Chương", "Khoản", "Loại-khoản")) and row.values[column.col].said:
                said = row.values[column.col].said
                assert re.fullmatch(r"VD\d+(-\d+)?", said) or (column.path == ("Loại-khoản",) and said == "280"), said


@pytest.mark.parametrize("file", TREASURY, ids=lambda file: file.stem)
def test_every_claim_of_the_treasury_holds(file):
    checks = table(file).checks
    assert bool(checks) == ("Danh muc" not in file.name)
    assert [check.cell for check in checks if check.verdict == "fails"] == []


@pytest.mark.parametrize("file", [file for file in BOOKS if file not in TREASURY], ids=lambda file: file.stem)
def test_every_claim_holds_but_the_one_wrong_sum(file):
    checks = [check for sheet in read(file).sheets for one in sheet.tables for check in one.checks]
    assert checks
    broken = {(check.cell, check.difference) for check in checks if check.verdict == "fails"}
    assert broken == ({("F11", Decimal(100))} if file.name == WRONG_SUM else set())
    assert file in COUNTS or table(file).unit.dong == 1_000_000


def test_poverty_adds_up_to_what_was_published():
    whole, districts = cao_bang_poverty.WHOLE_2024, cao_bang_poverty.by_district(cao_bang_poverty.WHOLE_2024)
    assert whole.to_near + whole.beyond == cao_bang_poverty.PUBLISHED_ESCAPED_2024 == 5150
    rates = [cao_bang_poverty.rate(part, whole.households) for part in (whole.start, whole.end)]
    assert tuple(rates) == cao_bang_poverty.PUBLISHED_RATES_2024 == (Decimal("24.71"), Decimal("20.71"))
    for column in range(len(whole)):
        assert sum(moves[column] for moves in districts.values()) == whole[column]
    communes = cao_bang_poverty.of_communes().values()
    assert sum(moves.end for moves in communes) == districts[cao_bang_poverty.SURVEYED].end


def test_two_districts_end_2023_otherwise_than_they_begin_2024():
    before, after = cao_bang_poverty.of_2023(), cao_bang_poverty.by_district(cao_bang_poverty.WHOLE_2024)
    gaps = {name: before[name].end - after[name].start for name in after}
    assert {name: gap for name, gap in gaps.items() if gap} == cao_bang_poverty.BROKEN_2023
    assert sum(gaps.values()) == 0


def test_published_figures_stand_with_their_source_and_their_rate():
    with (HERE / "cong-bo" / "so-lieu-cong-bo.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sources = {one["id"] for one in yaml.safe_load((HERE / "cong-bo" / "nguon.yaml").read_text(encoding="utf-8"))}
    assert {row["said_in"].split(" · ")[0] for row in rows} - sources == {"baodantoc.vn, tháng 01/2025"}
    assert [row["ref"] for row in rows] == [f"CB{at:02}" for at in range(1, 10)]
    for row in rows:
        assert row["said_in"] and row["as_of"] and row["rate_said"] and row["place"] == "04"
        assert row["qualifier"] in {"", "hon", "gan", "tren"}
        assert bool(row["unit"]) == bool(row["disbursed"])
        if row["plan"]:
            rate = Decimal(row["disbursed"]) / Decimal(row["plan"]) * 100
            assert abs(rate - Decimal(row["rate_said"])) < Decimal("0.3"), row["ref"]
