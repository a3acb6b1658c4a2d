"""A refusal on an English page is an English sentence; commands and Vietnamese pages keep their own."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from tests.cast import Cast, make
from vungcao.bodies.opening import open_owner
from vungcao.bodies.queries import body
from vungcao.bodies.reach import Reach
from vungcao.cube.figures import FigureQuery, answer
from vungcao.evidence.actions import SYSTEM
from vungcao.intake.mapping import meant
from vungcao.kernel.refusal import Refusal

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 31)


@pytest.fixture
def cast(db) -> Cast:
    return make()


def asking(**about):
    return lambda: answer(FigureQuery("disbursement", DAY, **about), Reach.all_for_operator())


REFUSED = {
    "component": (asking(component="CT.X"), "Không có cấu phần", "no programme component"),
    "place": (asking(place="x99"), "Không có địa bàn", "no place with the code 'x99' on 31/05/2024"),
    "act": (asking(known=10**6), "Chưa có lần ghi", "no act number 1000000 yet"),
    "name": (lambda: meant("không có", DAY, "body"), "nào mang mã hoặc tên", "bears the code or name “không có”"),
    "owner": (lambda: open_owner("", under=body("UBND"), by=SYSTEM), "Ghi tên đơn vị", "Name the unit"),
}


@pytest.mark.parametrize("which", REFUSED)
def test_a_refusal_speaks_the_language_of_the_page(cast, which):
    ask, vietnamese, english = REFUSED[which]
    for language, words in (("vi", vietnamese), ("en", english)):
        with override(language), pytest.raises(Refusal) as refused:
            ask()
        assert words in str(refused.value)
