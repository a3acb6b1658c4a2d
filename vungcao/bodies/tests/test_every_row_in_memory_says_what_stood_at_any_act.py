"""Rows of reference held in memory stand at every act as the tables say that they stood, without being asked again."""

from __future__ import annotations

from django.db import transaction

from vungcao.bodies.models import Body, BodyKind, BodyVersion
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.every_row import EveryRow
from vungcao.evidence.moment import one_moment
from vungcao.evidence.queries import last_number
from vungcao.territory.models import PlaceCode, PlaceVersion, Succession

KEY = "UBND-04.043"


def named_anew(name: str) -> None:
    """The version of a body is ended and another stands for it (ví dụ)."""
    row = BodyVersion.objects.standing().filter(body__key=KEY).latest("pk")
    with acting("test.named_anew", by=SYSTEM) as act:
        BodyVersion.objects.filter(pk=row.pk).end(act)
        BodyVersion.objects.create(
            act=act, body=row.body, name=name, kind=row.kind, place=row.place, parent=row.parent,
            valid_from=row.valid_from, valid_to=row.valid_to,
        )  # fmt: skip


def as_the_table_says(kept: EveryRow, model: type) -> list[int]:
    """Compared at every act and now; how many stood at each."""
    sizes = []
    for known in (*range(last_number() + 2), None):
        found = [row.pk for row in kept.standing(known)]
        assert found == list(model.objects.standing(known).order_by("pk").values_list("pk", flat=True)), known
        sizes.append(len(found))
    return sizes


def test_at_every_act_and_now(cao_bang):
    named_anew("Ủy ban nhân dân ví dụ một")
    named_anew("Ủy ban nhân dân ví dụ hai")
    sizes = as_the_table_says(EveryRow(BodyVersion, "body"), BodyVersion)
    assert sizes[0] == 0 < sizes[-1] and BodyVersion.objects.exclude(ended_by=None).count() >= 2
    for model in (PlaceVersion, PlaceCode):
        assert as_the_table_says(EveryRow(model), model)[-1] > 100
    assert as_the_table_says(EveryRow(Succession, "event"), Succession)[-1] > 0


def test_an_older_act_is_told_without_asking_the_table(cao_bang, django_assert_num_queries):
    before = last_number()
    named_anew("Ủy ban nhân dân ví dụ")
    kept: EveryRow[BodyVersion] = EveryRow(BodyVersion, "body")
    kept.standing(None)
    with one_moment():
        last_number()
        with django_assert_num_queries(0):
            names = {
                known: [row.name for row in kept.standing(known) if row.body.key == KEY] for known in (before, None)
            }
    assert names[None] == ["Ủy ban nhân dân ví dụ"] != names[before] and len(names[before]) == 1


def test_inside_an_act_its_own_rows_stand_now_and_at_no_number(cao_bang):
    kept: EveryRow[BodyVersion] = EveryRow(BodyVersion, "body")
    known = last_number()
    before = len(kept.standing(known))
    with acting("test.bodies", by=SYSTEM) as act:
        body = Body.objects.create(act=act, key="vd-1")
        BodyVersion.objects.create(act=act, body=body, name="Đơn vị ví dụ", kind=BodyKind.DEPARTMENT)
        assert len(kept.standing(None)) == before + 1 and len(kept.standing(known)) == before
    assert len(kept.standing(last_number())) == before + 1 and len(kept.standing(known)) == before


def test_what_an_undone_act_wrote_and_ended_is_forgotten_though_its_number_is_given_again(cao_bang):
    kept: EveryRow[BodyVersion] = EveryRow(BodyVersion, "body")
    first = [row.pk for row in kept.standing(None)]
    with transaction.atomic():
        named_anew("Ủy ban nhân dân bị bỏ")
        undone = last_number()
        assert [row.pk for row in kept.standing(undone)] != first
        transaction.set_rollback(True)
    assert [row.pk for row in kept.standing(None)] == first
    named_anew("Ủy ban nhân dân ví dụ")
    assert last_number() == undone
    names = [row.name for row in kept.standing(undone) if row.body.key == KEY]
    assert names == ["Ủy ban nhân dân ví dụ"]
    as_the_table_says(kept, BodyVersion)
