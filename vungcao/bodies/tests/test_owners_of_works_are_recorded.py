"""A project management unit that no list has is recorded under its superior, once, and found by its name."""

from __future__ import annotations

from datetime import date

import pytest

from tests.at_once import at_once, only_on_postgresql
from tests.cast import Cast, make
from vungcao.bodies import checks
from vungcao.bodies.matching import match
from vungcao.bodies.models import Body, BodyKind, BodyVersion
from vungcao.bodies.opening import NotABody, open_owner
from vungcao.bodies.queries import body, tree
from vungcao.evidence.actions import SYSTEM

pytestmark = pytest.mark.django_db
NAME, MAY = "Ban Quản lý dự án Đầu tư xây dựng ví dụ", date(2024, 5, 31)


@pytest.fixture
def cast(db) -> Cast:
    return make()


def recorded(under: str = "UBND-h1", name: str = NAME, **about) -> Body:
    return open_owner(name, under=body(under), by=SYSTEM, **about)


def test_it_is_found_by_its_name_and_other_names_and_sits_where_its_superior_does(cast):
    made = recorded(also=["Ban QLDA ví dụ"], cites="12/QĐ-UBND (ví dụ)")
    assert match(NAME, on=MAY).body_id == match("ban qlda VÍ DỤ", on=MAY).body_id == made.pk
    here = tree(MAY)
    assert here.kinds[made.pk] == BodyKind.OWNER and here.places[made.pk] == cast.places["h1"]
    assert here.covers(cast.bodies["UBND-h1"], made.pk)
    assert not [one for one in checks.findings() if one.key == made.key]


def test_the_same_again_changes_nothing(cast):
    assert recorded() == recorded(name=f"  {NAME.upper()} ")
    assert BodyVersion.objects.filter(kind=BodyKind.OWNER).count() == 1


def test_the_same_name_under_another_superior_is_another_body(cast):
    assert recorded() != recorded(under="UBND-h2", name=f"{NAME} hai")
    assert Body.objects.filter(key__startswith="CDT-").count() == 2


def test_it_stands_for_its_days_only(cast):
    recorded(since=date(2024, 1, 1), until=date(2025, 1, 1))
    assert match(NAME, on=date(2024, 12, 31)).body_id is not None
    assert "kết thúc" in match(NAME, on=date(2025, 1, 1)).sentence


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"name": "  "}, "Ghi tên đơn vị"),
        ({"name": "Đơn vị ví dụ STC"}, "đã có trong danh mục"),
        ({"under": "KB"}, "không có chủ đầu tư trực thuộc"),
        ({"since": date(2025, 7, 1)}, "không có vào ngày 01/07/2025"),
        ({"since": MAY, "until": MAY}, "đứng trước ngày đầu"),
    ],
    ids=["no name", "on the list", "the Treasury has none", "superior ended", "days turned round"],
)
def test_what_is_no_new_owner_is_refused_with_a_sentence(cast, about, words):
    with pytest.raises(NotABody, match=words):
        recorded(**about)
    assert not Body.objects.filter(key__startswith="CDT-").exists()


def test_it_ends_with_the_body_it_stands_under_and_may_begin_anew_under_another(cast):
    recorded()
    assert "kết thúc" in match(NAME, on=date(2025, 7, 1)).sentence
    heir = recorded(under="UBND", since=date(2025, 7, 1))
    assert match(NAME, on=date(2025, 7, 1)).body_id == heir.pk != match(NAME, on=MAY).body_id


def test_who_recorded_it_while_the_lists_were_read_is_no_reason_to_refuse(cast, monkeypatch):
    """Another's commit falls between the look at its key and the look into the lists, which know the name by then."""
    others = []

    def match_late(said, *, on):
        monkeypatch.undo()
        others.append(recorded())
        return match(said, on=on)

    monkeypatch.setattr("vungcao.bodies.opening.matching.match", match_late)
    assert [recorded()] == others
    assert BodyVersion.objects.filter(kind=BodyKind.OWNER).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_record_it_at_once_record_one():
    only_on_postgresql()
    make()
    under = body("UBND-h1")
    ended = at_once(*[lambda: open_owner(NAME, under=under, by=SYSTEM).pk] * 4)
    assert len(set(ended)) == 1, ended
    assert BodyVersion.objects.filter(kind=BodyKind.OWNER).count() == 1
