"""Bodies come with the places and go with them; a renaming keeps the identity."""

from __future__ import annotations

from datetime import date

from vungcao.bodies import checks, loading
from vungcao.bodies.models import Body, BodyKind, BodyVersion
from vungcao.bodies.queries import body, naming, tree
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.models import Act
from vungcao.evidence.queries import last_number

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def test_ten_district_committees_and_161_of_communes_end_with_their_places(cao_bang):
    kinds = list(tree(BEFORE).kinds.values())
    assert (kinds.count(BodyKind.DISTRICT), kinds.count(BodyKind.COMMUNE)) == (10, 161)
    kinds = list(tree(AFTER).kinds.values())
    assert (kinds.count(BodyKind.DISTRICT), kinds.count(BodyKind.COMMUNE)) == (0, 56)


def test_a_commune_answers_to_its_district_then_to_the_province(cao_bang):
    before, after = tree(BEFORE), tree(AFTER)
    up = [before.names[node] for node in before.up(before.ids["UBND-01330"])]
    assert up == ["UBND xã Cô Ba", "UBND huyện Bảo Lạc", "Ủy ban nhân dân tỉnh Cao Bằng", "Không chia theo đơn vị"]
    new = after.ids["UBND-01321@2025-07-01"]
    assert [after.keys[node] for node in after.up(new)] == ["UBND-01321@2025-07-01", "UBND-04", "*"]
    assert after.names[new] == "UBND xã Bảo Lạc"


def test_all_hang_from_the_reserved_member(cao_bang):
    grown = tree(BEFORE)
    assert [node for node, parent in grown.parents.items() if parent is None] == [grown.root]
    assert grown.keys[grown.root] == "*"
    assert {"TTG", "HDND-04", "KBNN-04", "PRESS"} <= {grown.keys[node] for node in grown.children[grown.root]}


def test_the_board_is_renamed_and_stays_itself(cao_bang):
    board = body("BDT-04")
    assert tree(date(2025, 2, 28)).names[board.pk] == "Ban Dân tộc tỉnh Cao Bằng"
    assert tree(date(2025, 3, 1)).names[board.pk] == "Sở Dân tộc và Tôn giáo tỉnh Cao Bằng"
    assert set(BodyVersion.objects.filter(body=board).values_list("confidence", flat=True)) == {"recalled"}


def test_an_ended_body_keeps_its_name_and_tells_its_last_day(cao_bang):
    assert naming(body("UBND-04.043").pk) == ("UBND huyện Bảo Lạc", date(2025, 6, 30))
    assert naming(body("BDT-04").pk, date(2021, 1, 1))[0] == "Ban Dân tộc tỉnh Cao Bằng"
    assert naming(body("UBND-04").pk) == ("Ủy ban nhân dân tỉnh Cao Bằng", None)


def test_a_second_load_writes_nothing(cao_bang):
    acts = Act.objects.count()
    assert not loading.load(by=SYSTEM).changed
    assert Act.objects.count() == acts


def test_what_was_known_then_can_be_asked_later(cao_bang):
    then, school = last_number(), body("SGDDT-04")
    with acting("body.ended", by=SYSTEM) as act:
        BodyVersion.objects.filter(body=school).end(act)
    assert school.pk not in tree(BEFORE)
    assert school.pk in tree(BEFORE, then)


def test_standing_truths_hold_and_their_breach_is_found(cao_bang):
    assert list(checks.findings()) == []
    with acting("body.doubled", by=SYSTEM) as act:
        orphan = Body.objects.create(act=act, key="vi-du")
        for name in ("Ví dụ một", "Ví dụ hai"):
            BodyVersion.objects.create(
                act=act, body=orphan, name=name, kind=BodyKind.DEPARTMENT, parent=body("UBND-04.043")
            )
        BodyVersion.objects.create(
            act=act,
            body=Body.objects.create(act=act, key="vi-du-2"),
            name="Ví dụ ba",
            kind=BodyKind.DEPARTMENT,
            parent=body("UBND-04.043"),
            valid_from=AFTER,
        )
    assert {(one.code, one.key) for one in checks.findings()} == {
        ("version.overlap", "vi-du"),
        ("version.parent_absent", "vi-du-2"),
    }
