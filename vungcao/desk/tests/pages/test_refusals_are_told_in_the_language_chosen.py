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
from vungcao.intake.sentences import in_language
from vungcao.kernel.refusal import Refusal
from vungcao.ledger.actions.one_code import record_code
from vungcao.ledger.codes import Scheme
from vungcao.territory import matching, queries
from vungcao.territory.actions import abolish_place
from vungcao.territory.keeping import correct_name
from vungcao.territory.models import PlaceVersion

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 31)


@pytest.fixture
def cast(db) -> Cast:
    return make()


def asking(**about):
    return lambda: answer(FigureQuery("disbursement", DAY, **about), Reach.all_for_operator())


def abolishing(day: date):
    return lambda: abolish_place(place=queries.place("x1", DAY), effective=day, cites="01/NQ-VD", by=SYSTEM)


def renaming(name: str):
    return lambda: correct_name(
        seen=PlaceVersion.objects.standing().get(place__key="x1").pk, name=name, reason="ví dụ", by=SYSTEM
    )


REFUSED = {
    "ended": (
        abolishing(date(2025, 8, 1)),
        "không có Xã Một: Xã Một đã nhập vào Xã Mười Hai từ 01/07/2025 theo",
        "On 01/08/2025 there is no Xã Một: Xã Một was merged into Xã Mười Hai from 01/07/2025 by",
    ),
    "same": (renaming("Một"), "Không có gì khác để ghi", "There is nothing else to record"),
    "code": (
        lambda: record_code(Scheme.PROJECT, "a b!", 1, since=DAY, cites="01/NQ-VD", by=SYSTEM),
        "Mã dự án “a b!” không đúng dạng",
        "Project code “a b!” is not of the right form",
    ),
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


def test_what_became_of_a_place_is_kept_in_vietnamese_and_read_in_english(cast):
    with override("en"):
        kept = matching.match("Xã Một", on=date(2025, 8, 1)).sentence
        assert kept.startswith("Xã Một đã nhập vào Xã Mười Hai từ 01/07/2025 theo ")
        assert in_language(kept).startswith("Xã Một was merged into Xã Mười Hai from 01/07/2025 by ")
