"""A folder of workbooks in, a traced figure and a Word report out."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.test import TestCase

from tests.example_province import ALL, EXAMPLE, ExampleProvince, bring, load_reference
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.reconciling import Difference, findings
from vungcao.cube.tracing import trace
from vungcao.desk.commands.checking import all_findings, expected
from vungcao.evidence import chain, heads
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.queries import last_number
from vungcao.ledger.book import book
from vungcao.reports.actions import changes, freeze, print_out, value_of
from vungcao.reports.figuring import recomputed
from vungcao.reports.models import FrozenReport
from vungcao.reports.queries import printed_heads

DAY_135 = date(2021, 11, 15)
DAY_1719 = date(2024, 6, 10)
HOA_AN = "135-2021/BC giai ngan CT135 H. Hoa An 15.11.2021"


class TheFirstThread(ExampleProvince):
    """One load of the example for all promises; sections below: figure, threads, report, books."""

    report: FrozenReport

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.report = cls._freeze()

    def test_it_is_15_213_billion_and_72_9_per_cent_of_a_named_plan(self) -> None:
        (row,) = answer(FigureQuery("disbursement", DAY_135, programme="135"), ALL).rows
        assert row.measures["disbursed_dong"] == 15_213_000_000
        assert row.measures["rate"] == Decimal("72.9")
        assert row.denominator is not None
        assert row.denominator.what == "implied"
        assert (row.denominator.low_dong, row.denominator.high_dong) == (20_854_000_000, 20_883_000_000)

    def test_its_id_leads_to_cells_of_ten_workbooks(self) -> None:
        (row,) = answer(FigureQuery("disbursement", DAY_135, programme="135"), ALL).rows
        counted = [line for line in trace(row.id, ALL).rows if line.counted]
        assert len({line.file for line in counted}) == 10
        assert all(line.cell and line.file_sha for line in counted)
        assert sum(line.dong for line in counted) == 15_213_000_000

    def test_the_published_figure_agrees_and_only_asserts(self) -> None:
        (row,) = answer(FigureQuery("disbursement", DAY_135, programme="135"), ALL).rows
        press = [line for line in trace(row.id, ALL).rows if "so-lieu-cong-bo" in line.file]
        assert [line.dong for line in press] == [15_213_000_000]
        assert not press[0].counted

    def test_an_implied_plan_never_enters_real_totals(self) -> None:
        found = answer(FigureQuery("given", DAY_135, programme="135", denominator="adjusted"), ALL)
        assert [row.measures["given_dong"] for row in found.rows] == [None]

    def test_rows_of_every_cut_trace_to_their_cells(self) -> None:
        asked = [
            FigureQuery(name, on, programme=programme, by=by)
            for name in ("disbursement", "given")
            for on, programme in ((DAY_135, "135"), (DAY_1719, "1719"))
            for by in ((), ("component",), ("place",), ("body",), ("source",), ("component", "source"))
        ]
        for query in asked:
            for row in answer(query, ALL).rows:
                measure = "disbursed_dong" if query.name == "disbursement" else "given_dong"
                found = trace(row.id, ALL)
                counted = [line for line in found.rows if line.counted]
                value = row.measures[measure]
                if value is not None:
                    assert found.total_dong == value, row.id
                    assert counted, row.id
                for line in counted:
                    assert line.kind == "plan" or (line.file and line.cell), (row.id, line)

    def test_what_is_not_split_is_shown_and_completes_the_sum(self) -> None:
        whole = answer(FigureQuery("disbursement", DAY_1719, programme="1719"), ALL).rows[0].measures["disbursed_dong"]
        for dim in ("component", "place", "body", "source"):
            found = answer(FigureQuery("disbursement", DAY_1719, programme="1719", by=(dim,)), ALL)
            rows = sum(int(row.measures["disbursed_dong"] or 0) for row in found.rows)
            beside = sum(gap["dong"] for gap in found.not_split if gap["measure"] == "disbursed_dong")
            assert rows + beside == whole, dim

    def test_the_three_readings_have_the_same_total(self) -> None:
        (then,) = answer(FigureQuery("disbursement", DAY_1719, programme="1719", by=("province",)), ALL).rows
        whole = then.measures["disbursed_dong"]
        for boundaries in ("then", "today", date(2025, 6, 30), date(2025, 7, 1)):
            query = FigureQuery("disbursement", DAY_1719, programme="1719", boundaries=boundaries)
            for more in ({"by": ("province",)}, {"place": "04"}):
                found = answer(replace(query, **more), ALL)
                (row,) = found.rows
                assert row.measures == then.measures, (boundaries, more)
                assert found.not_apportioned == []
            below = answer(replace(query, by=("place",)), ALL)
            gaps = [gap for gap in below.not_apportioned if gap["measure"] == "disbursed_dong"]
            beside = sum(gap["dong"] for gap in (*below.not_split, *gaps) if gap["measure"] == "disbursed_dong")
            assert sum(int(row.measures["disbursed_dong"] or 0) for row in below.rows) + beside == whole
            if boundaries in ("then", date(2025, 6, 30)):
                assert not gaps
            else:  # below the province the districts' own figures have no unit until they are handed over
                assert {gap["place"] for gap in gaps} >= {"04.043", "04.045"}

    def test_bodies_that_hold_money_and_are_silent_are_named(self) -> None:
        found = answer(FigureQuery("disbursement", DAY_1719, programme="1719"), ALL)
        assert {gap["body"] for gap in found.not_reported} == {"SGDDT-04", "SYT-04", "UBND-04.040", "UBND-04.048"}

    def test_the_rate_stands_at_the_project_and_not_below(self) -> None:
        below = answer(FigureQuery("disbursement", DAY_1719, component="1719.DA5", by=("component",)), ALL)
        assert {row.dims["component"] for row in below.rows} >= {"1719.DA5.TDA1", "1719.DA5.TDA3"}
        assert all(row.measures["rate"] is None for row in below.rows)
        assert any(gap["measure"] == "given_dong" and gap["node"] == "1719.DA5" for gap in below.not_split)
        (at_project,) = answer(FigureQuery("disbursement", DAY_1719, component="1719.DA5"), ALL).rows
        assert at_project.measures["rate"] is not None

    @staticmethod
    def _freeze() -> FrozenReport:
        return freeze(kind="annual", period="2021", programme="135", reach=ALL, by=SYSTEM, on=DAY_135)

    def test_every_number_recomputes_and_leads_to_a_source(self) -> None:
        report = self.report
        figures = list(report.figures.all())
        assert len(figures) > 40
        for row in figures:
            assert recomputed(row.figure, ALL) == value_of(row), row.figure
            assert trace(row.figure.partition("#")[0], ALL).rows, row.figure
        behind = {line["figure"] for line in report.sources}
        assert behind == {row.figure for row in figures}

    def test_the_same_again_is_the_same_report(self) -> None:
        assert self._freeze() == self.report

    def test_two_who_freeze_the_same_at_once_get_one_report(self) -> None:
        about = {"kind": "annual", "period": "2021-11", "programme": "135", "reach": ALL, "by": SYSTEM}
        first: list[FrozenReport] = []
        release = chain.release_head

        def slower(*args: object, **kwargs: object) -> object:
            if not first:  # while ours is composed, another's is frozen
                first.append(FrozenReport(pk=0))
                first[0] = freeze(**about)
            return release(*args, **kwargs)

        with patch.object(chain, "release_head", slower):
            mine = freeze(**about)
        assert mine == first[0] and mine.edition == 1
        assert FrozenReport.objects.filter(period="2021-11").count() == 1

    def test_it_prints_identically_after_later_changes_and_a_new_edition_says_what_changed(self) -> None:
        with TemporaryDirectory() as folder:
            report = self.report
            first = self._document(print_out(report, Path(folder) / "a")[0])
            self._correct_bao_lac()
            assert self._document(print_out(report, Path(folder) / "b")[0]) == first
            newer = self._freeze()
            assert newer.supersedes == report
            assert any("2.468" in said or "15,213" in said for said in changes(newer))
            assert "thay thế Báo cáo số" in self._document(print_out(newer, Path(folder) / "c")[0]).decode()

    def test_its_word_file_keeps_the_head_of_the_chain(self) -> None:
        with TemporaryDirectory() as folder:
            printed = heads.in_file(print_out(self.report, Path(folder))[0])
        assert {(head.no, self.report.head_digest.startswith(head.digest)) for head in printed} == {
            (self.report.head_no, True)
        }
        chain.extend()
        assert list(chain.verify([*printed, *printed_heads()], released=printed_heads())) == []
        (finding,) = chain.verify([replace(printed[0], digest="0" * 32)])
        assert "không khớp với sổ hiện nay" in finding.sentence

    def test_it_says_example_and_names_nobody(self) -> None:
        with TemporaryDirectory() as folder:
            docx, xlsx = print_out(self.report, Path(folder))
            with zipfile.ZipFile(docx) as file:
                whole = b"".join(file.read(name) for name in file.namelist() if name.endswith(".xml")).decode()
            assert "VÍ DỤ" in whole
            assert "15,213 tỷ đồng" in whole
            assert xlsx.stat().st_size > 5_000

    def _document(self, path: Path) -> bytes:
        with zipfile.ZipFile(path) as file:
            return file.read("word/document.xml")

    def _correct_bao_lac(self) -> None:
        from openpyxl import load_workbook

        from vungcao.intake.importing import run

        with TemporaryDirectory() as folder:
            book_ = load_workbook(EXAMPLE / "135-2021" / "BC giai ngan CT135 H. Bao Lac 15.11.2021.xlsx")
            sheet = book_["BM01"]
            title = next(
                cell for row in sheet.iter_rows(max_row=9) for cell in row if "lũy kế từ ngày" in str(cell.value or "")
            )
            title.value = f"{title.value} (Bản sửa lần 2, thay thế báo cáo trước)"
            total = next(
                row for row in sheet.iter_rows(min_row=9) if any(str(cell.value) == "TỔNG CỘNG" for cell in row)
            )
            total[2].value = float(total[2].value) + 10
            path = Path(folder) / "BC Bao Lac sua lan 2.xlsx"
            book_.save(path)
            outcome = run([path], by=SYSTEM, commit=True).outcomes[0]
        assert outcome.state == "received", outcome

    def test_an_independent_judge_accepts_the_book(self) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "so.beancount"
            path.write_text("\n".join(book()) + "\n", "utf-8")
            judge = Path(sys.executable).with_name("bean-check")
            judged = subprocess.run([judge, path], capture_output=True, text=True, check=False)
        assert (judged.returncode, judged.stdout, judged.stderr) == (0, "", "")

    def test_facts_hold_but_for_what_the_list_expects(self) -> None:
        """Without the yearly round Quảng Hòa's overspending shows in its report of May already."""
        alone = ("line.more_than_given", "BC giai ngan 1719 H. Quang Hoa 31.5.2024.xlsx|H15|2024-05-31")
        known = expected(EXAMPLE / "expected-findings.yaml")
        found = {(one.code, one.key): one.sentence for one in all_findings()}
        assert found.keys() - known.keys() == {alone}, [found[key] for key in found.keys() - known.keys()]

    def test_the_chain_is_whole(self) -> None:
        chain.extend()
        assert list(chain.verify()) == []

    def test_old_districts_after_the_merger_are_refused_with_their_cells(self) -> None:
        (draft,) = [one for one in self.run_of_all.outcomes if "huyen cu" in one.file]
        assert draft.state == "draft"
        assert {problem.where.cell for problem in draft.problems} >= {"B11", "B20"}
        assert all("01/07/2025" in problem.sentence for problem in draft.problems if problem.code == "place.unknown")


class WhatWasKnownBefore(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_reference()

    def _spent(self, **more: object) -> object:
        query = replace(FigureQuery("disbursement", DAY_135, programme="135"), **more)
        (row,) = answer(query, ALL).rows
        return row.measures["disbursed_dong"]

    def test_a_corrected_statement_changes_today_and_not_what_was_known(self) -> None:
        bring(f"{HOA_AN}.xlsx")
        before, first = last_number(), self._spent()
        bring(f"{HOA_AN} (sua lan 2) - CHOT.xlsx")
        assert first == 1_246_800_000
        assert self._spent() == 1_357_900_000
        assert self._spent(known=before) == first

    def test_the_first_edition_again_changes_nothing(self) -> None:
        bring(f"{HOA_AN}.xlsx")
        bring(f"{HOA_AN} (sua lan 2) - CHOT.xlsx")
        number = last_number()
        again = bring(f"{HOA_AN}.xlsx")
        assert [one.state for one in again.outcomes] == ["held"]
        assert last_number() == number
        assert self._spent() == 1_357_900_000

    def test_a_published_figure_is_compared_only_where_the_reports_leave_nothing_out(self) -> None:
        bring("cong-bo")
        whole = sorted(path.name for path in (EXAMPLE / "135-2021").iterdir() if "sua lan 2" not in path.name)
        bring(*[f"135-2021/{name}" for name in whole[:-1]])
        assert not self._differs()
        bring(f"135-2021/{whole[-1]}")
        (found,) = self._differs()  # Hòa An's first edition lacks 111,1 triệu đồng
        assert "lệch 111,1 triệu đồng" in found.sentence
        assert trace(found.figures[1][2], ALL).total_dong == 15_101_900_000
        bring(f"{HOA_AN} (sua lan 2) - CHOT.xlsx")
        assert not self._differs()

    def _differs(self) -> list[Difference]:
        return [one for one in findings(DAY_135, ALL, programme="135") if one.code == "statement.differs"]
