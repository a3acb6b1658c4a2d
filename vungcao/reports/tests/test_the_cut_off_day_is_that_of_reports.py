"""Where nobody names a cut-off day, it is the latest day reported on; what the press said is not a report."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import make
from vungcao.bodies.models import Body, BodyKind, BodyVersion
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.reports.figuring import last_spoken

pytestmark = pytest.mark.django_db
JUNE, DECEMBER = date(2024, 6, 30), date(2024, 12, 31)
YEAR = ("CT", date(2024, 1, 1), DECEMBER)


def test_the_press_makes_a_cut_off_day_only_where_nobody_reported():
    cast = make()
    with acting("test.cast", by=SYSTEM) as act:
        press = Body.objects.create(act=act, key="BAO")
        BodyVersion.objects.create(act=act, body=press, name="Báo ví dụ", kind=BodyKind.PRESS, valid_from=None)
    whole = cast.region(source="*:*", origin="*")
    assert last_spoken(*YEAR) is None
    cast.bodies["BAO"] = press.pk
    cast.state([(whole, 70)], coverage=whole, as_of=DECEMBER, reporter="BAO")
    assert last_spoken(*YEAR) == DECEMBER
    one = cast.region(place="h1", source="*:*", origin="*")
    cast.state([(one, 30)], coverage=one, as_of=JUNE)
    assert last_spoken(*YEAR) == JUNE
