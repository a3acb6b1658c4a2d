"""The plan of the house is kept: keys point down, columns are classified, words are bound."""

from __future__ import annotations

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.db import models

from tests.house import ROOT, contract, floors, models_of_our_rooms, open_rooms

# The one accessor across rooms: every request of a signed-in user asks for the official behind it.
ASKED_FROM_BELOW = {"Official.user"}
CLASSES = {"open", "personal", "sensitive"}


def test_every_room_stands_on_a_floor_and_is_installed():
    assert open_rooms() <= floors().keys()
    assert {f"vungcao.{room}" for room in open_rooms() - {"kernel"}} == set(settings.ROOMS)


def test_the_floors_are_read_in_order():
    """The map the other tests lean on: kernel lowest, law above evidence, siblings level."""
    floor = floors()
    assert floor["kernel"] == 1
    assert floor["desk"] == max(floor.values())
    assert (
        floor["evidence"] < floor["law"] < floor["territory"] < floor["bodies"] < floor["programme"] < floor["ledger"]
    )
    assert floor["cube"] == floor["intake"]


def test_every_key_points_down():
    floor = floors()
    up = [
        f"{model.__name__}.{field.name} → {there}"
        for model in models_of_our_rooms()
        for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)
        if field.is_relation and field.related_model
        for here, there in [(model._meta.app_label, field.related_model._meta.app_label)]
        if here != there and floor[here] <= floor.get(there, 0)
    ]
    assert not up, up


def test_no_lower_room_is_offered_a_way_up():
    """A key to another room says related_name="+": a reverse accessor would be an arrow up that imports do not show."""
    offered = [
        f"{model.__name__}.{field.name} gives {field.related_model.__name__} an accessor"
        for model in models_of_our_rooms()
        for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)
        if field.is_relation
        and field.related_model._meta.app_label in open_rooms() - {model._meta.app_label}
        and not field.remote_field.hidden
        and f"{model.__name__}.{field.name}" not in ASKED_FROM_BELOW
    ]
    assert not offered, offered


def test_the_reader_is_kept_from_every_room_but_kernel():
    """The contract lists the rooms by name; a new room must be added there."""
    forbidden = {name.removeprefix("vungcao.") for name in contract("reading")["forbidden_modules"].split()}
    assert forbidden == open_rooms() - {"kernel", "intake"}


def test_every_column_is_classified():
    problems = []
    for room in sorted(open_rooms()):
        file = ROOT / "vungcao" / room / "columns.yaml"
        # BaseLoader keeps every word a word: to YAML a column called `no` is false.
        said = (yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) if file.exists() else None) or {}
        ours = {model.__name__: model for model in models_of_our_rooms() if model._meta.app_label == room}
        problems += [f"{room}: columns.yaml names {name}, which is no model" for name in said.keys() - ours.keys()]
        for name, model in ours.items():
            problems += [f"{room}: {name}.{problem}" for problem in unclassified(model, said.get(name) or {})]
    assert not problems, "\n".join(sorted(problems))


def unclassified(model: type[models.Model], said: dict[str, str]) -> list[str]:
    """What is wrong with one model's entry; an automatic key may go unsaid."""
    fields = {field.name: field for field in model._meta.local_concrete_fields}
    must = {name for name, field in fields.items() if not isinstance(field, models.AutoField)}
    return [
        *(f"{name} has no class" for name in must - said.keys()),
        *(f"{name} is no column any more" for name in said.keys() - fields.keys()),
        *(f"{name}: {said[name]!r} is none of {sorted(CLASSES)}" for name in said if said[name] not in CLASSES),
    ]


def test_a_forgotten_and_a_stale_column_are_both_named():
    user = next(model for model in models_of_our_rooms() if model._meta.label == settings.AUTH_USER_MODEL)
    said = {field.name: "open" for field in user._meta.local_concrete_fields}
    assert unclassified(user, said) == []
    del said["password"]
    said |= {"shoe_size": "open", "last_login": "secret"}
    assert [problem.split()[0] for problem in unclassified(user, said)] == ["password", "shoe_size", "last_login:"]


def test_the_glossary_binds_every_model():
    words = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    absent = sorted(model.__name__ for model in models_of_our_rooms() if f"`{model.__name__}`" not in words)
    assert not absent, f"docs/glossary.md lacks a row for {absent}"


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
