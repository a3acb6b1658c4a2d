"""`vungcao remind`, `vungcao template`, `vungcao figures --xlsx`: exit codes, JSON, and words to act on."""

from __future__ import annotations

import json
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document
from python_calamine import CalamineWorkbook

from tests.example_province import ALL, ExampleProvince
from vungcao.desk.command import main
from vungcao.reports.figuring import recomputed
from vungcao.reports.models import FrozenReport

SILENT = "UBND-04.048"  # Hạ Lang holds money and has sent nothing


class LettersTemplatesAndLists(ExampleProvince):
    def _command(self, *words: str) -> tuple[int, str, str]:
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(words)
        return code, out.getvalue(), err.getvalue()

    def test_the_command_says_to_whom_then_writes_with_both_texts(self) -> None:
        asked = ("remind", "--programme", "1719", "--on", "31/05/2024", "--body", SILENT, "--json")
        code, said, _ = self._command(*asked, "--look")
        (row,) = json.loads(said)["letters"]
        assert code == 0 and row["why"] == "not_reported" and row["measures"]["disbursed_dong"] is None
        assert "letter" not in row and not FrozenReport.objects.exclude(about="").exists()
        with TemporaryDirectory() as folder:
            code, said, _ = self._command(*asked, "--out", folder)
            (row,) = json.loads(said)["letters"]
            assert code == 0 and [Path(one).exists() for one in row["files"]] == [True]
            assert row["short_text_plain"].isascii() and row["figures"][0]["figure"].endswith("given_dong")
        code, _, said = self._command("remind", "--programme", "NTM", "--on", "31/05/2024", "--body", "XX-1")
        assert code == 2 and "XX-1" in said
        with self.assertRaises(SystemExit):
            self._command("remind", "--programme", "1719", "--below", "120")

    def test_a_template_is_given_edited_checked_and_put_in_use_by_command(self) -> None:
        with TemporaryDirectory() as folder:
            assert self._command("template", "thong_bao", "--give", folder)[0] == 0
            path = Path(folder) / "mau-thong-bao.docx"
            code, _, said = self._command("template", "thong_bao", "--give", folder)
            assert code == 2 and "đã có" in said
            word = Document(str(path))
            word.add_paragraph("{{ nguoi_soan }}")
            word.save(str(path))
            code, _, said = self._command("template", "thong_bao", "--use", str(path))
            assert code == 2 and "{{ nguoi_soan }}" in said and "đoạn" in said
            word.paragraphs[-1].text = "Bản điện tử"
            word.save(str(path))
            assert self._command("template", "thong_bao", "--check", str(path))[0] == 0
            assert self._command("template", "thong_bao", "--use", str(path))[0] == 0
        listed = json.loads(self._command("template", "--json")[1])
        assert {one["kind"]: one["name"] for one in listed}["thong_bao"] == "mau-thong-bao.docx"
        assert self._command("template", "giay_moi", "--shipped")[0] == 2
        assert self._command("template", "thong_bao")[0] == 2

    def test_figures_are_written_to_a_workbook_with_their_ids(self) -> None:
        with TemporaryDirectory() as folder:
            path = f"{folder}/so.xlsx"
            asked = ("figures", "disbursement", "--programme", "1719", "--on", "31/05/2024", "--by", "body")
            code, said, _ = self._command(*asked, "--xlsx", path, "--json")
            head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        assert code == 0 and json.loads(said)["rows"] == len(rows) > 5
        silent = dict(zip(head, next(row for row in rows if row[0] == SILENT), strict=True))
        assert silent["Giải ngân (đồng)"] == "" and silent["Được giao (đồng)"] > 10**9
        assert recomputed(f"{silent['Mã số liệu']}#given_dong", ALL) == silent["Được giao (đồng)"]
