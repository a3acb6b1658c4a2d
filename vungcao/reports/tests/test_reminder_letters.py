"""Reminders: who owes a figure or is slow gets his own figures, each traced, and a text that fits a phone."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock
from zipfile import ZipFile

from django.test import Client
from docx import Document

from tests.example_province import ALL, ExampleProvince
from vungcao.bodies import actions as bodies
from vungcao.bodies.models import Role
from vungcao.bodies.queries import body
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.current import under_way
from vungcao.reports import templates
from vungcao.reports.actions import NoSuchReport, freeze, print_out
from vungcao.reports.figuring import recomputed
from vungcao.reports.models import FrozenReport, PaperTemplate
from vungcao.reports.paper import TemplateIsBroken, shipped_frame
from vungcao.reports.paper.kinds import LETTER, REPORT
from vungcao.reports.reminders import actions
from vungcao.reports.reminders.actions import look, remind
from vungcao.reports.reminders.letter import Sender, compose
from vungcao.reports.reminders.phone import LONGEST, both
from vungcao.territory.queries import place

ON = date(2024, 5, 31)
SILENT = "UBND-04.048"  # Hạ Lang holds money and has sent nothing
SLOW = "UBND-04.047"  # Trùng Khánh, below the province's average


def document(report: FrozenReport) -> bytes:
    with TemporaryDirectory() as folder, ZipFile(print_out(report, Path(folder))[0]) as file:
        return file.read("word/document.xml")


def runs(paper: dict[str, Any]) -> list[dict[str, Any]]:
    return [run for part in ("opening", "closing") for one in paper.get(part, []) for run in one["runs"]]


class ReminderLetters(ExampleProvince):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        day = date(2026, 11, 1)
        for name, seat, area, role in (
            ("ban", "BDT-04", "04", Role.SPECIALIST),
            ("doc", "BDT-04", "04", Role.READER),
            ("xa", "UBND-01321@2025-07-01", "01321@2025-07-01", Role.SPECIALIST),
        ):
            official = bodies.create_official(
                username=name, name=f"Cán bộ ví dụ {name}", demo=True, password="mat-khau-vi-du-2026", body=body(seat),
                post="Chuyên viên", role=role, reach=place(area, day), by=SYSTEM,
            )  # fmt: skip
            setattr(cls, name, official.user)

    def letters(self, **more: Any) -> dict[str, FrozenReport]:
        made = remind(programme="1719", on=ON, reach=ALL, by=SYSTEM, **more)
        return {one.about: one for one in made.letters}

    def test_who_owes_and_who_is_slow_are_two_things(self) -> None:
        _, found = look(programme="1719", on=ON, reach=ALL)
        why = {one.body: one.why for one in found.bodies}
        assert why[SILENT] == "not_reported" and why[SLOW] == "slow"
        assert not [one for one in why if one.startswith(("BDT-", "UBND-04@", "HDND"))]
        for one in found.bodies:
            rate = one.row.measures["rate"]
            assert one.why == "not_reported" or (rate is not None and Decimal(rate) < found.line.rate)
            if one.body == SILENT:
                assert one.row.measures["disbursed_dong"] is None  # missing is not 0, and not slow

    def test_the_line_is_the_officers_where_he_gives_one(self) -> None:
        _, found = look(programme="1719", on=ON, reach=ALL, below=Decimal("1"))
        assert {one.why for one in found.bodies} == {"not_reported"}
        assert found.line.words == "mức 1,0%"

    def test_every_number_is_traced_and_recomputes(self) -> None:
        for letter in self.letters().values():
            figures = list(letter.figures.order_by("order"))
            assert figures
            for one in figures:
                assert f"{recomputed(one.figure, ALL)}" == one.value, one.figure
                assert f"own:{letter.about}" in one.figure or one.measure == "rate", one.figure

    def test_no_amount_or_rate_is_printed_without_its_figure(self) -> None:
        for letter in self.letters().values():
            for run in runs(letter.paper):
                if re.search(r"\d\s*(%|đồng|triệu|tỷ)", run["text"]):
                    assert run.get("figure"), run["text"]
            ids = set(letter.figures.values_list("figure", flat=True))
            cells = [cell for part in letter.paper.get("sections", []) for table in part["tables"]
                     for row in table["rows"] for cell in row["cells"]]  # fmt: skip
            assert all(cell.get("figure") in ids for cell in cells if cell.get("kind") and "value" in cell)

    def test_a_letter_says_what_is_missing_and_asks_as_a_peer(self) -> None:
        made = self.letters(sender=Sender(reply_by=date(2024, 6, 10)))
        words = "\n".join(p.text for p in Document(BytesIO(self._docx(made[SILENT]))).paragraphs)
        assert "chưa nhận được báo cáo giải ngân của UBND huyện Hạ Lang" in words
        assert "không phát sinh" in words and "không được tính là bằng 0" in words and "trước ngày 10/06/2024" in words
        assert "Yêu cầu" not in words and "phê bình" not in words
        committee = self.letters(sender=Sender(by_committee=True, signer="chief"))[SILENT]
        assert committee.paper["signature"]["lines"] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
        assert committee.paper["number_sign"] == "/UBND-KHTH" and committee.edition == 2

    def _docx(self, letter: FrozenReport) -> bytes:
        with TemporaryDirectory() as folder:
            return print_out(letter, Path(folder))[0].read_bytes()

    def test_letters_are_composed_before_the_act_that_keeps_them(self) -> None:
        """While an act is under way everybody else waits to write."""
        composed = []

        def composing(*args: Any, **about: Any) -> Any:
            composed.append(under_way.get())
            return compose(*args, **about)

        with mock.patch.object(actions, "compose", composing):
            assert self.letters(bodies=[SILENT])
        assert composed and not any(composed)

    def test_a_letter_that_another_wrote_meanwhile_stands(self) -> None:
        release, made = actions.chain.release_head, []

        def overtaken(*args: Any, **about: Any) -> Any:
            if not made:  # between composing and keeping, somebody else writes the same letter
                made.append(None)
                made[0] = self.letters(bodies=[SILENT])[SILENT]
            return release(*args, **about)

        with mock.patch.object(actions.chain, "release_head", overtaken):
            found = self.letters(bodies=[SILENT])[SILENT]
        assert found == made[0] and found.edition == 1

    def test_the_text_for_the_phone_fits_with_and_without_marks(self) -> None:
        for letter in self.letters(sender=Sender(reply_by=date(2024, 6, 10))).values():
            accented, plain = both(letter.short_text)
            assert len(accented) == len(plain) <= LONGEST and plain.isascii() and not accented.isascii()
            for said in re.findall(r"\d[\d.,]* trđ|\d[\d,]*%", accented):
                assert letter.figures.filter(printed__contains=said).exists(), said

    def test_the_same_again_returns_the_letters_that_stand(self) -> None:
        first, again = self.letters(), self.letters()
        assert {one.pk for one in first.values()} == {one.pk for one in again.values()}
        alone = self.letters(bodies=[SLOW])
        assert list(alone) == [SLOW] and alone[SLOW].pk == first[SLOW].pk
        with self.assertRaisesMessage(NoSuchReport, "UBND-04.045"):
            self.letters(bodies=["UBND-04.045"])

    def test_a_frozen_paper_keeps_its_template_when_the_office_takes_another(self) -> None:
        report = freeze(kind="annual", period="2021", programme="135", reach=ALL, by=SYSTEM, on=date(2021, 11, 15))
        before = document(report)
        assert report.template.is_shipped and report.template.kind == REPORT.code
        with TemporaryDirectory() as folder:
            path = Path(folder) / "mẫu của Ban.docx"
            word = Document(BytesIO(shipped_frame("báo cáo")))
            word.tables[1].rows[0].cells[0].paragraphs[0].runs[0].text = "Nơi nhận (bản mới):"
            word.save(str(path))
            templates.put_in_use(REPORT, path, by=SYSTEM)
            assert templates.put_in_use(REPORT, path, by=SYSTEM) == templates.standing(REPORT)
        later = freeze(kind="annual", period="2021", programme="135", reach=ALL, by=SYSTEM, on=date(2021, 11, 12))
        assert "Nơi nhận (bản mới):" in document(later).decode() and document(report) == before
        templates.use_shipped(REPORT, by=SYSTEM)
        assert templates.standing(REPORT).is_shipped and PaperTemplate.objects.filter(is_shipped=False).count() == 1

    def test_a_template_that_would_lose_words_is_refused_unless_meant(self) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "cv.docx"
            word = Document(BytesIO(shipped_frame("công văn")))
            for part in (word.sections[0].footer, word.sections[0].first_page_footer):
                part.paragraphs[0].text = ""
            word.save(str(path))
            with self.assertRaisesMessage(TemplateIsBroken, "ghi_chu_chan"):
                templates.put_in_use(LETTER, path, by=SYSTEM)
            assert templates.standing(LETTER) is None
            assert templates.put_in_use(LETTER, path, by=SYSTEM, without=["ghi_chu_chan"]).name == "cv.docx"

    # the page ----------------------------------------------------------------------------------------------
    def _browser(self, who: object) -> Client:
        client = Client()
        client.force_login(who)
        return client

    def test_one_click_writes_the_letters_and_shows_both_texts(self) -> None:
        desk = self._browser(self.ban)
        shown = desk.get("/don-doc/?programme=1719&on=31/05/2024").content.decode()
        assert "UBND huyện Hạ Lang" in shown and "chưa báo cáo" in shown and "Lập công văn" in shown
        assert not FrozenReport.objects.exclude(about="").exists()
        sent = desk.post("/don-doc/", {"programme": "1719", "on": "31/05/2024", "below": "", "reply_by": "10/06/2024"})
        assert sent.status_code == 302
        after = desk.get(sent["Location"]).content.decode()
        letter = FrozenReport.objects.get(about=SILENT)
        assert letter.short_text in after and both(letter.short_text)[1] in after
        assert desk.get(f"/bao-cao/{letter.pk}/docx/").status_code == 200
        assert letter.title not in desk.get("/bao-cao/").content.decode()

    def test_a_reader_writes_nothing_and_a_commune_sees_nothing(self) -> None:
        asked = {"programme": "1719", "on": "31/05/2024"}
        reader = self._browser(self.doc)
        assert "Lập công văn" not in reader.get("/don-doc/", asked).content.decode()
        assert reader.post("/don-doc/", asked).status_code == 403
        assert self._browser(self.xa).get("/don-doc/", asked).status_code == 403
        assert not FrozenReport.objects.exclude(about="").exists()

    def test_a_wrong_day_is_said_at_its_field(self) -> None:
        shown = self._browser(self.ban).get("/don-doc/?programme=1719&on=31/31/2024").content.decode()
        assert "Lập công văn" not in shown and "aria-invalid" in shown
