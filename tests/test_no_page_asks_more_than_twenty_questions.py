"""On the example province: no page that an officer opens asks the database more than twenty questions, neither as the
first of a process nor as the first after an act, when every answer kept is made anew."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from pathlib import Path

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.example_province import ExampleProvince
from tests.test_every_number_has_its_thread import leader
from vungcao.cube.sealed import answering, sealing
from vungcao.desk.navigation import AREAS
from vungcao.desk.tests.pages.test_a_cold_process_asks_little import MOST, forget_everything
from vungcao.desk.warming import warm
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.ledger.models import Account, Statement, Voucher
from vungcao.territory.models import Place

FIGURES = ("desk:overview", "desk:matrix", "desk:course", "desk:briefing", "desk:chain", "desk:treasury", "desk:home")
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

    def test_every_page_of_the_ways_after_an_act(self) -> None:
        addresses = [reverse(page.name) for area in AREAS for page in area.pages]
        self.assertGreater(len(addresses), 20)
        self.of(addresses, cold=False)  # a process that has answered before
        self.assertEqual(self.of(addresses, cold=False), {})

    def test_every_kind_of_record_and_question_after_an_act(self) -> None:
        addresses = self.records()
        self.of(addresses, cold=False)
        self.assertEqual(self.of(addresses, cold=False), {})
