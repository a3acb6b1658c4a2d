"""On PostgreSQL two officials say at once what one name means: one meaning stands, and both words are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.at_once import at_once, only_on_postgresql
from tests.cast import Cast, make
from vungcao.evidence.actions import Snapshot
from vungcao.intake import mapping
from vungcao.intake.models import MappingKind, NameMapping
from vungcao.territory.models import Place

DAY = date(2024, 6, 1)


@pytest.fixture
def crowd(transactional_db: None) -> Cast:
    """The cast for writers of their own; one connection a thread."""
    only_on_postgresql()
    return make()


def saying(key: str, who: str) -> Callable[[], object]:
    target = Place.objects.get(key=key)
    return lambda: mapping.remember("Xã M.", target, kind=MappingKind.PLACE, by=Snapshot(who))


def test_two_meanings_at_once_leave_one_standing(crowd: Cast) -> None:
    ended = at_once(saying("x1", "Lan (ví dụ)"), saying("x2", "Mai (ví dụ)"), saying("x3", "Tư (ví dụ)"))
    assert all(isinstance(one, mapping.Remembered) for one in ended), ended
    assert NameMapping.objects.count() == 3
    assert NameMapping.objects.on(DAY).count() == 1
    last = NameMapping.objects.on(DAY).get()
    assert last.act.numbered.no == max(
        one.act.numbered.no for one in NameMapping.objects.select_related("act__numbered")
    )


def test_the_same_meaning_at_once_is_written_once(crowd: Cast) -> None:
    ended = at_once(*[saying("x1", f"Cán bộ {at} (ví dụ)") for at in range(4)])
    assert sorted(one.is_new for one in ended) == [False, False, False, True]
    assert NameMapping.objects.count() == 1


def test_one_takes_back_while_another_says_anew(crowd: Cast) -> None:
    saying("x1", "Lan (ví dụ)")()
    ended = at_once(lambda: mapping.take_back("Xã M.", by=Snapshot("Mai (ví dụ)")), saying("x2", "Tư (ví dụ)"))
    assert not any(isinstance(one, AssertionError) for one in ended)
    assert NameMapping.objects.on(DAY).count() <= 1
