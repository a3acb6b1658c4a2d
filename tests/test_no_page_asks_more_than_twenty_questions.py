"""On the example province: no page that an officer opens asks the database more than twenty questions, neither as the
first of a process nor as the first after an act, when every answer kept is made anew."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.example_dossiers import make_dossiers
from tests.example_province import ExampleProvince
from tests.restating import restate
from tests.test_every_number_has_its_thread import leader
from vungcao.cube.sealed import answering, sealing
from vungcao.desk.navigation import AREAS
from vungcao.desk.tests.pages.test_a_cold_process_asks_little import MOST, forget_everything
from vungcao.desk.warming import warm
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.queries import last_number
from vungcao.ledger.models import Account, Statement, Voucher
from vungcao.programme.models import PlanKind
from vungcao.programme.queries import component, funding_source
from vungcao.programme.recording import LineDraft, record_plan
from vungcao.territory.models import Place

FIGURES = ("desk:overview", "desk:matrix", "desk:course", "desk:briefing", "desk:chain", "desk:treasury", "desk:home")
AFTER_ONE_ACT = (  # each is the first after an act; the leader's page and the Treasury's, one after the other as well
    *((name,) for name in ("desk:overview", "desk:matrix", "desk:course", "desk:chain", "desk:home")),
    ("desk:briefing", "desk:treasury"),
    ("desk:treasury", "desk:briefing"),
)
ANOTHERS = {reverse("desk:door")}  # the log of the door is an administrator's
ASKED = "?programme=1719&on=31/05/2024"


class NoPageAsksMuch(ExampleProvince):
    """A leader of the Board, who sees the whole province, opens it all."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.enterContext(override_settings(HOME=Path(folder.name)))
        self.addCleanup(answering._held.clear)
        answering._held.clear()
        sealing.seal()
        self.client.force_login(leader().user)
        self.client.get(reverse("account"))  # when the session was first seen is noted once
        self.enterContext(patch("vungcao.users.middleware.LOOK_EVERY", 12 * 3600))  # as in a run of under five minutes

    def asked(self, address: str) -> tuple[int, Counter[str]]:
        """Status of a page and its questions, as they look without their values."""
        with CaptureQueriesContext(connection) as queries:
            response = self.client.get(address, follow=True)
            if response.streaming:
                b"".join(response)  # type: ignore[call-overload]
        said = (re.sub(r"\d+|'[^']*'", "?", query["sql"])[:160] for query in queries)
        return response.status_code, Counter(said)

    def of(self, addresses: list[str], *, cold: bool) -> dict[str, object]:
        """Addresses that ask too much, with what they ask most."""
        found: dict[str, object] = {}
        for address in addresses:
            if cold:
                forget_everything()
                answering._held.clear()
                warm()
            else:
                with acting("test.something", by=SYSTEM):
                    pass
            status, questions = self.asked(address)
            self.assertEqual(status, 403 if address in ANOTHERS else 200, address)
            if questions.total() > MOST:
                found[address] = questions.total(), questions.most_common(5)
        return found

    def records(self) -> list[str]:
        """A record of each kind that the books of the example hold much of."""
        account, voucher = Account.objects.latest("pk"), Voucher.objects.latest("pk")
        statement = Statement.objects.latest("pk")
        batch = statement.batch
        addresses = [
            reverse("desk:account", args=[account.pk]),
            reverse("desk:voucher", args=[voucher.pk]),
            reverse("desk:statement", args=[statement.pk]),
            reverse("desk:batch", args=[batch.pk]),
            reverse("desk:place", args=[Place.objects.get(key="04").key]),
            reverse("desk:search") + "?q=bao lac",
            *(f"/{asked}" for asked in (ASKED, f"{ASKED}&component=1719.DA1", f"{ASKED}&place=04.043")),
            f"{reverse('desk:briefing')}{ASKED}",
            f"{reverse('desk:matrix')}{ASKED}",
            *(f"{reverse(name)}?known={last_number() // 2}" for name in FIGURES[:4]),
            *(f"{reverse(name)}?state=sent" for name in FIGURES[:4]),
            *(
                f"{reverse('desk:course')}{asked}"
                for asked in (ASKED, f"{ASKED}&place=04.043", f"{ASKED}&boundaries=today")
            ),
        ]
        page = self.client.get(f"/{ASKED}").content.decode()
        traces = re.findall(r'href="(/tu-dau/[^"]*)"', page)
        self.assertGreater(len(traces), 20)
        return [*addresses, *(traces[at].replace("&amp;", "&") for at in (0, 9, -1))]

    def test_the_first_page_of_figures_of_a_process(self) -> None:
        self.assertEqual(self.of([reverse(name) for name in FIGURES], cold=True), {})

    def test_the_first_page_of_figures_of_a_process_as_of_an_act_nobody_asked_about(self) -> None:
        """The act before the last, as of which nothing is sealed; the first that brought figures, and one before it."""
        like = Statement.objects.filter(reporter__key="UBND-04.043").earliest("as_of")
        brought = last_number() - 1
        for days in (1, 2, 3):
            restate(like, as_of=like.as_of + timedelta(days=days))
        before = f"known={last_number() - 1}"
        pages = [reverse(name) for name in FIGURES if name != "desk:home"]  # which asks of no other act
        addresses = [
            *(f"{page}?{before}{way}" for page in pages for way in ("", "&state=sent", "&boundaries=today")),
            *(f"{page}{ASKED}&{before}" for page in pages),
            *(f"{page}?known={known}" for page in pages[2:4] for known in (brought, brought - 1)),
            f"{reverse('desk:matrix-sheet')}{ASKED}&{before}&down=body&across=component",
        ]
        traces = re.findall(r'href="(/tu-dau/[^"]*)"', self.client.get(f"/{ASKED}&{before}").content.decode())
        self.assertGreater(len(traces), 20)
        addresses += [traces[at].replace("&amp;", "&") for at in (0, -1)]
        self.assertEqual(self.of(addresses, cold=True), {})

    def test_the_first_pages_of_figures_after_an_act_that_records_a_statement(self) -> None:
        """The latest of all; one of years ago, after which every day's cover is another; one that corrects another."""
        latest = Statement.objects.filter(reporter__key="UBND-01321@2025-07-01").latest("as_of", "pk")
        early, wrong = (Statement.objects.filter(reporter__key="UBND-04.043").order_by("as_of")[at] for at in (0, 1))
        newest = Statement.objects.latest("as_of").as_of
        self.assertLess(early.as_of.year, newest.year - 3)
        for name in FIGURES:
            self.asked(reverse(name))  # a process that has answered before
        found: dict[object, object] = {}
        for at, names in enumerate(AFTER_ONE_ACT, start=1):
            for kind, like, about in (
                ("latest", latest, {"as_of": newest + timedelta(days=at)}),
                ("early", early, {"as_of": early.as_of + timedelta(days=at)}),
                ("corrected", wrong, {"more": at}),
            ):
                self.assertNotEqual(restate(like, **about).pk, like.pk)
                for name in names:
                    status, questions = self.asked(reverse(name))
                    self.assertEqual(status, 200, name)
                    if questions.total() > MOST:
                        found[kind, name] = questions.total(), questions.most_common(5)
                if names != ("desk:home",):
                    self.assertEqual(answering._held[""].points[-1], last_number())
        self.assertEqual(found, {})

    def test_every_page_of_the_ways_after_an_act(self) -> None:
        addresses = [reverse(page.name) for area in AREAS for page in area.pages]
        self.assertGreater(len(addresses), 20)
        self.of(addresses, cold=False)  # a process that has answered before
        self.assertEqual(self.of(addresses, cold=False), {})

    def test_every_kind_of_record_and_question_after_an_act(self) -> None:
        addresses = self.records()
        self.of(addresses, cold=False)
        self.assertEqual(self.of(addresses, cold=False), {})

    def test_dossiers_and_their_papers_after_an_act(self) -> None:
        made = make_dossiers()
        addresses = [reverse("desk:dossiers"), f"{reverse('desk:dossiers')}?loai=adjustment"]
        for one in made:
            addresses += [
                reverse("desk:dossier", args=[one.code]),
                reverse("desk:dossier-paper", args=[one.code, "to-trinh-ban"]),
                reverse("desk:dossier-paper", args=[one.code, "phu-luc"]),
            ]
        self.assertGreater(max(one.lines.count() for one in made), 20)
        self.of(addresses, cold=False)
        self.assertEqual(self.of(addresses, cold=False), {})

    def counts(self, addresses: list[str]) -> list[int]:
        """How many questions each asks of a process that has answered it before, after an act."""
        self.of(addresses, cold=False)
        found = []
        for address in addresses:
            with acting("test.something", by=SYSTEM):
                pass
            found.append(self.asked(address)[1].total())
        return found

    def test_a_series_of_programmes_asks_no_more_with_more_plans(self) -> None:
        series = reverse("desk:plan-series")
        addresses = [series, f"{series}?ma=1719", f"{series}?ma=1719&place=04"]
        few = self.counts(addresses)
        for year in range(2019, 2029):
            record_plans(year)
        self.assertEqual(self.counts(addresses), few)
        self.assertLessEqual(max(few), MOST)

    def test_the_matrix_as_a_workbook_asks_no_more_with_more_rows_open(self) -> None:
        sheet = f"{reverse('desk:matrix-sheet')}{ASKED}"
        closed = self.counts([sheet])
        opened = sheet + "".join(f"&mo=1719.DA{number}" for number in range(1, 11))
        self.assertEqual(self.counts([opened]), closed)
        small, large = (len(b"".join(self.client.get(one))) for one in (sheet, opened))
        self.assertGreater(large, small)
        others = [reverse("desk:matrix-sheet"), f"{sheet}&down=body&across=component", f"{sheet}&down=place&place=04"]
        self.assertLessEqual(max(*closed, *self.counts(others)), MOST)


def record_plans(year: int) -> None:
    """An annual plan of the province for a year, three lines (ví dụ)."""
    programme, source = component("1719"), funding_source("dau_tu:NSTW")
    assert programme is not None and source is not None
    nodes = [node for code in ("1719.DA1", "1719.DA4", "1719.DA6") if (node := component(code))]
    record_plan(
        programme=programme, kind=PlanKind.ANNUAL, place=Place.objects.get(key="04"), first_year=year, last_year=year,
        number=f"{year}/QĐ-VD", dated=date(year, 1, 2), is_example=True, by=SYSTEM,
        lines=[LineDraft(node, source, f"{year}", 1_000_000 * year) for node in nodes],
    )  # fmt: skip
