"""The reports' pages: what was frozen, each number with its thread, the same files again."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.test import Client

from tests.example_province import ALL, ExampleProvince
from vungcao.bodies import actions as bodies
from vungcao.bodies.models import Role
from vungcao.bodies.queries import body
from vungcao.evidence.actions import SYSTEM
from vungcao.reports.actions import freeze
from vungcao.territory.queries import place

PASSWORD = "mat-khau-vi-du-2026"


class FrozenReportPages(ExampleProvince):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        day = date(2026, 11, 1)
        for name, seat, area in (("ban", "BDT-04", "04"), ("xa", "UBND-01321@2025-07-01", "01321@2025-07-01")):
            official = bodies.create_official(
                username=name, name=f"Cán bộ ví dụ {name}", password=PASSWORD, body=body(seat), post="Chuyên viên",
                role=Role.SPECIALIST, reach=place(area, day), by=SYSTEM, demo=True,
            )  # fmt: skip
            setattr(cls, name, official.user)
        cls.report = freeze(kind="annual", period="2021", programme="135", reach=ALL, by=SYSTEM, on=date(2021, 11, 15))

    def _browser(self, who: object) -> Client:
        client = Client()
        client.force_login(who)
        return client

    def test_the_list_and_the_report_show_every_number_with_its_way_back(self) -> None:
        desk = self._browser(self.ban)
        listed = desk.get("/bao-cao/").content.decode()
        assert self.report.title in listed
        shown = desk.get(f"/bao-cao/{self.report.pk}/").content.decode()
        assert shown.count("từ đâu?") == self.report.figures.count()
        assert "15,213 tỷ đồng" in shown

    def test_the_files_are_the_same_each_time(self) -> None:
        desk = self._browser(self.ban)
        papers = [self._document(desk.get(f"/bao-cao/{self.report.pk}/docx/")) for _ in range(2)]
        assert papers[0] == papers[1]
        assert "15,213 tỷ đồng" in papers[0].decode()
        assert desk.get(f"/bao-cao/{self.report.pk}/exe/").status_code == 404

    def test_an_official_of_one_commune_reaches_no_report_of_the_province(self) -> None:
        commune = self._browser(self.xa)
        assert self.report.title not in commune.get("/bao-cao/").content.decode()
        for address in ("", "docx/", "xlsx/"):
            assert commune.get(f"/bao-cao/{self.report.pk}/{address}").status_code == 404

    def _document(self, response: object) -> bytes:
        with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as file:
            return file.read("word/document.xml")


@pytest.mark.django_db
def test_without_reports_the_page_says_how_to_make_one(client, cast):
    client.force_login(cast.specialist)
    assert "vungcao report annual" in client.get("/bao-cao/").content.decode()
