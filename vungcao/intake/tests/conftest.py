"""Cao Bằng as it is after set-up, loaded once for these tests; each test undoes what it does itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from pytest_django import DjangoDbBlocker

from vungcao.bodies import loading as bodies
from vungcao.evidence.actions import SYSTEM, Signer
from vungcao.intake.importing import Run, run
from vungcao.intake.tests.papers import Paper, write
from vungcao.ledger import loading as ledger
from vungcao.monitoring import loading as monitoring
from vungcao.programme import loading as programme
from vungcao.territory import loading as territory

Importing = Callable[..., Run]


def loading(by: Signer) -> None:
    """What set-up loads, in its order."""
    for room in (territory, bodies, programme, ledger, monitoring):
        room.load(by=by)


@pytest.fixture(scope="module")
def loaded_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        loading(SYSTEM)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def cao_bang(loaded_once: None, db: None, settings: Any, tmp_path: Path) -> Path:
    """The province loaded, and an empty folder of kept files; returns the folder to write workbooks into."""
    settings.HOME = tmp_path / "home"
    (tmp_path / "home").mkdir()
    return tmp_path / "gui"


@pytest.fixture
def bring(cao_bang: Path) -> Importing:
    """Write papers (or take paths) and import them in that order, each in a run of its own; returns the last run."""

    def importing(*things: Paper | Path, commit: bool = True, **options: Any) -> Run:
        result = Run(committed=False)
        for thing in things:
            path = thing if isinstance(thing, Path) else write(cao_bang / f"vi du {len(list_of(cao_bang))}.xlsx", thing)
            result = run([path], by=SYSTEM, commit=commit, **options)
        return result

    return importing


def list_of(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*")) if folder.exists() else []


@pytest.fixture
def counted(cao_bang: Path) -> Callable[[], dict[str, int]]:
    """Rows of every table, and files kept."""

    def count() -> dict[str, int]:
        rows = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
        return {**rows, "kept files": len(list_of(cao_bang.parent / "home"))}

    return count
