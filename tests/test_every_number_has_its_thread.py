"""Every number of the overview, the leader's page and the course over months leads back to cells that add up to it:
all are walked.
"""

from __future__ import annotations

import lxml.html
from django.utils import timezone

from tests import walking
from tests.example_province import ExampleProvince
from vungcao.bodies import actions as bodies
from vungcao.bodies.models import Official, Role
from vungcao.bodies.queries import body
from vungcao.bodies.rights import reach_for
from vungcao.evidence.actions import SYSTEM
from vungcao.territory.queries import place


def leader() -> Official:
    """A leader of the Board (ví dụ), who sees the whole province."""
    seat, area = body("BDT-04"), place("04", timezone.localdate())
    assert seat is not None and area is not None
    about = {"name": "Lãnh đạo ví dụ", "post": "Trưởng Ban", "role": Role.LEADER, "reach": area}
    bodies.create_official(username="lanhdao", demo=True, password="mat-khau-vi-du-2021", body=seat, by=SYSTEM, **about)
    return Official.objects.get(user__username="lanhdao")


class EveryNumberHasItsThread(ExampleProvince):
    """The whole province, one programme of it, a project, a district; in units as reported and in today's."""

    def walk(self, *addresses: str, at_least: int) -> None:
        official = leader()
        reach = reach_for(official, "figures.see", timezone.localdate())
        self.client.force_login(official.user)
        walked, wrong = 0, []
        for address in addresses:
            page = lxml.html.fromstring(self.client.get(address).content.decode())
            numbers, faults = walking.faults(page.xpath("//main")[0], reach)
            walked += numbers
            wrong += [f"{address}: {one}" for one in faults]
        self.assertEqual(wrong, [])
        self.assertGreaterEqual(walked, at_least)

    def test_of_the_overview(self) -> None:
        asked = "/?programme=1719&on=31/05/2024"
        self.walk("/", "/?programme=135&on=15/11/2021", asked, f"{asked}&component=1719.DA1", at_least=150)

    def test_of_the_leaders_page(self) -> None:
        self.walk("/lanh-dao/?programme=1719&on=31/05/2024", "/lanh-dao/?programme=135&on=15/11/2021", at_least=24)

    def test_of_the_course_over_months(self) -> None:
        asked = "/dien-bien/?programme=1719&on=31/12/2024"
        self.walk(asked, f"{asked}&place=04.043", "/dien-bien/?programme=135&on=15/11/2021", at_least=30)

    def test_of_the_overview_of_a_district_and_in_the_units_of_today(self) -> None:
        asked = "/?programme=1719&on=31/05/2024"
        self.walk(f"{asked}&place=04.043", f"{asked}&boundaries=today", at_least=60)
