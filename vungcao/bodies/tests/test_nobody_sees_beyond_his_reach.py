"""Deny by default: place × body. Three invented officials; the third must see nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth import get_user_model

from vungcao.bodies.actions import appoint, create_official, release
from vungcao.bodies.models import Official, Role
from vungcao.bodies.queries import batches_in_reach, body, posting_today
from vungcao.bodies.reach import Reach
from vungcao.bodies.rights import reach_for
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.models import AuditRow
from vungcao.kernel.refusal import Refusal
from vungcao.territory import queries as territory
from vungcao.territory.models import Place

ON = date(2021, 11, 15)
PASSWORD = "vi-du-mat-khau-2021"  # of invented accounts


@pytest.fixture
def officer(cao_bang) -> Callable[..., Official]:
    """An invented official with a post in the body of a key, reaching the place of a key."""

    def make(key: str, place: str, name: str = "vidu") -> Official:
        return create_official(
            username=name,
            name="Cán bộ Ví Dụ",
            password=PASSWORD,
            body=body(key),
            post="Chuyên viên (ví dụ)",
            role=Role.SPECIALIST,
            reach=Place.objects.get(key=place),
            by=SYSTEM,
        )

    return make


def reach_of(official: Official, on: date = ON) -> Reach:
    return reach_for(official, "figures.see", on)


def sees(reach: Reach, place: str, key: str, on: date = ON) -> bool:
    grown = territory.tree(on)
    return reach.sees(Place.objects.get(key=place).pk, body(key).pk, grown)


def test_the_board_sees_everything_of_its_province_then_and_now(officer):
    reach = reach_of(officer("BDT-04", "04"), ON)
    for place, key in [
        ("04", "*"),
        ("04.043", "UBND-04.043"),
        ("01330", "UBND-01330"),
        ("04", "KBNN-04"),
        ("04", "PRESS"),
    ]:
        assert sees(reach, place, key), (place, key)
    assert sees(reach, "01321@2025-07-01", "UBND-01321@2025-07-01", date(2025, 7, 1))
    assert not sees(reach, "VN", "*")


def test_a_district_sees_its_own_places_and_bodies_only(officer):
    reach = reach_of(officer("UBND-04.043", "04.043"), ON)
    assert sees(reach, "04.043", "UBND-04.043")
    assert sees(reach, "01330", "UBND-01330")
    assert sees(reach, "04.043", "*")
    assert not sees(reach, "04", "*")
    assert not sees(reach, "04.042", "UBND-04.042")
    assert not sees(reach, "04.043", "SGDDT-04")
    assert not sees(reach, "01330", "UBND-04.042")


def test_a_department_sees_its_own_money_and_no_undivided_figure(officer):
    reach = reach_of(officer("SGDDT-04", "04"), ON)
    assert sees(reach, "04.043", "SGDDT-04")
    assert not sees(reach, "04", "*")
    assert not sees(reach, "04", "SYT-04")


def test_who_has_no_post_sees_nothing(cao_bang, handed_in):
    batch = handed_in()
    with acting("test.official", by=SYSTEM) as act:
        user = get_user_model().objects.create_user(username="khong-chuc-vu")
        stranger = Official.objects.create(act=act, user=user, name="Người Ví Dụ")
    reach = reach_of(stranger)
    assert not reach
    assert not sees(reach, "04", "*")
    assert not batches_in_reach(reach).exists()
    assert posting_today(stranger) == (None, "")
    assert batch.pk


def test_batches_and_bodies_are_shown_within_reach(officer, handed_in):
    mine, other, health = handed_in("UBND-01330"), handed_in("UBND-04.042"), handed_in("SYT-04")
    district = officer("UBND-04.043", "04.043", "huyen")
    with acting("test.again", by=SYSTEM):
        appoint(
            official=district,
            body=body("SYT-04"),
            post="Ví dụ",
            role=Role.READER,
            reach=Place.objects.get(key="04.042"),
            by=SYSTEM,
        )
    shown = set(batches_in_reach(reach_of(district)).values_list("pk", flat=True))
    board = set(batches_in_reach(reach_of(officer("BDT-04", "04", "ban"))).values_list("pk", flat=True))
    assert {mine.pk, other.pk, health.pk} <= board
    assert health.pk in shown
    assert other.pk not in shown


def test_two_posts_are_not_multiplied(officer):
    """The place of one post with the body of the other stays out of sight."""
    person = officer("UBND-01330", "01330")
    appoint(
        official=person,
        body=body("SYT-04"),
        post="Ví dụ",
        role=Role.READER,
        reach=Place.objects.get(key="04.042"),
        by=SYSTEM,
    )
    reach = reach_of(person, ON)
    assert sees(reach, "01330", "UBND-01330")
    assert sees(reach, "04.042", "SYT-04")
    assert not sees(reach, "01330", "SYT-04")
    assert not sees(reach, "04.042", "UBND-01330")


def test_a_post_counts_on_its_days_and_in_a_body_that_stands(officer):
    person = officer("UBND-04.043", "04.043")
    assert reach_of(person, date(2025, 6, 30))
    assert not reach_of(person, date(2025, 7, 1))
    left = officer("BDT-04", "04", "ban")
    release(left.postings.get(), last_day=date(2022, 5, 31), by=SYSTEM)
    assert reach_of(left, date(2022, 5, 31))
    assert not reach_of(left, date(2022, 6, 1))


def test_the_operator_sees_all(cao_bang):
    assert sees(Reach.all_for_operator(), "VN", "TTG")
    assert body("SYT-04").pk in Reach.all_for_operator().all_bodies()


def test_an_official_signs_with_his_post_and_body(officer):
    person = officer("BDT-04", "04")
    who = person.snapshot
    assert (who.name, who.post, who.user_id) == ("Cán bộ Ví Dụ", "Chuyên viên (ví dụ)", person.user_id)
    assert who.body == "Sở Dân tộc và Tôn giáo tỉnh Cao Bằng"


def test_the_audit_of_an_appointment_names_no_person(officer):
    officer("BDT-04", "04")
    for row in AuditRow.objects.filter(verb__startswith="official."):
        assert "Ví Dụ" not in f"{row.before}{row.after}"


def test_a_weak_password_and_a_taken_name_are_refused(officer):
    officer("BDT-04", "04")
    with pytest.raises(Refusal, match="đã có người dùng"):
        officer("SYT-04", "04")
    with pytest.raises(Refusal):
        create_official(
            username="khac",
            name="Ví Dụ",
            password="123",
            body=body("SYT-04"),
            post="Ví dụ",
            role=Role.READER,
            reach=Place.objects.get(key="04"),
            by=SYSTEM,
        )
    assert not get_user_model().objects.filter(username="khac").exists()


def test_a_post_is_closed_once_and_not_before_it_began(officer):
    person = officer("BDT-04", "04")
    posting = person.postings.get()
    release(posting, last_day=date(2022, 5, 31), by=SYSTEM)
    with pytest.raises(Refusal, match="đã được kết thúc"):
        release(posting, last_day=date(2022, 6, 30), by=SYSTEM)
    later = appoint(
        official=person,
        body=body("BDT-04"),
        post="Ví dụ",
        role=Role.LEADER,
        reach=Place.objects.get(key="04"),
        on=date(2023, 1, 1),
        by=SYSTEM,
    )
    with pytest.raises(Refusal, match="trước ngày nhận"):
        release(later, last_day=date(2022, 12, 31), by=SYSTEM)
