"""Loading is repeatable, replaces what changed in two times, and leaves an officer's own rows alone."""

from __future__ import annotations

import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from tests.at_once import Between, only_on_postgresql
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.models import Act, AuditRow
from vungcao.evidence.queries import last_number
from vungcao.evidence.reference_rows import Loading
from vungcao.programme import loading
from vungcao.programme.models import ComponentVersion
from vungcao.programme.queries import component, tree
from vungcao.territory.models import Place

ON = date(2023, 6, 30)


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """The shipped files with one name changed."""
    folder = tmp_path / "reference"
    shutil.copytree(loading.REFERENCE, folder)
    file = folder / "programme_1719.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('name: "Hỗ trợ đất ở"', 'name: "Hỗ trợ đất ở (ví dụ)"'))
    return folder


def test_it_writes_once_and_then_nothing(programmes):
    acts, rows = Act.objects.count(), ComponentVersion.objects.count()
    assert programmes.changed
    assert not loading.load(by=SYSTEM).changed
    assert (Act.objects.count(), ComponentVersion.objects.count()) == (acts, rows)


def test_what_was_written_is_in_the_audit(programmes):
    row = AuditRow.objects.get(verb="programme.loaded")
    assert row.after["written"]["Component"] == 78


def test_a_new_release_ends_the_old_row_and_both_are_known_in_their_time(programmes, edited):
    node, before = component("1719.DA1.ND1").pk, last_number()
    done = loading.load(by=SYSTEM, folder=edited)
    assert (done.written, done.ended) == ({"ComponentVersion": 1}, {"ComponentVersion": 1})
    assert tree(ON).names[node] == "Hỗ trợ đất ở (ví dụ)"
    assert tree(ON, before).names[node] == "Hỗ trợ đất ở"
    assert not loading.load(by=SYSTEM, folder=edited).changed


def test_a_row_that_an_officer_corrected_is_his(programmes, edited):
    node = component("1719.DA1.ND1").pk
    old = ComponentVersion.objects.get(component=node)
    with acting("programme.corrected", by=SYSTEM) as act:
        ComponentVersion.objects.filter(pk=old.pk).end(act)
        old.pk, old._state.adding, old.act, old.name = None, True, act, "Hỗ trợ đất ở (cán bộ sửa, ví dụ)"
        old.save()
    assert not loading.load(by=SYSTEM, folder=edited).changed
    assert tree(ON).names[node] == "Hỗ trợ đất ở (cán bộ sửa, ví dụ)"


def test_a_tree_asked_for_inside_a_write_is_not_remembered_past_its_undoing(programmes):
    node = component("1719.DA1.ND1").pk
    with pytest.raises(RuntimeError), acting("programme.corrected", by=SYSTEM) as act:
        ComponentVersion.objects.filter(component=node).end(act)
        assert node not in tree(ON)
        raise RuntimeError
    assert node in tree(ON)


@pytest.mark.django_db(transaction=True)
def test_of_two_loads_at_once_the_second_changes_nothing(monkeypatch):
    only_on_postgresql()
    with acting("territory.loaded", by=SYSTEM) as act:
        Place.objects.bulk_create([Place(act=act, key=key) for key in ("VN", "04")])
    between = Between()
    between.stops(monkeypatch, Loading, "write", before=True)
    first, second = between.run(partial(loading.load, by=SYSTEM), partial(loading.load, by=SYSTEM))
    assert (bool(first), bool(second)) == (True, False), (first, second)
    assert Act.objects.filter(verb="programme.loaded").count() == 1
