"""While folders come in, others read: nothing is lost or doubled, and what was known at an act number stays so."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from vungcao.intake.tests.bases import PostgresBase, only_beside_postgresql

PAPERS = sorted((Path(settings.BASE_DIR) / "examples" / "cao-bang" / "135-2021").glob("* H. [BHN]*.xlsx"))
QUESTION = ("figures", "disbursement", "--programme", "135", "--on", "2021-11-15", "--json")


@dataclass(frozen=True)
class Reading:
    """What a reader saw: up to which act, and how much had been disbursed."""

    known: int
    dong: int


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresBase]:
    only_beside_postgresql()
    folder = tmp_path_factory.mktemp("readers") / "readers_empty"
    folder.mkdir()
    base = PostgresBase(folder).create()
    done = base.run("setup")
    assert done.returncode == 0, done.stderr
    yield base
    base.drop()


def ask(base: PostgresBase, *more: str) -> Reading:
    done = base.run(*QUESTION, *more)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return Reading(found["known_on"], sum(row["measures"]["disbursed_dong"] or 0 for row in found["rows"]))


@pytest.mark.django_db
def test_two_folders_at_once_and_readers_all_the_while(empty: PostgresBase, tmp_path: Path) -> None:
    base = empty.copy(tmp_path / "readers_at_work")
    halves = []
    for name, papers in (("first", PAPERS[::2]), ("second", PAPERS[1::2])):
        folder = tmp_path / name
        folder.mkdir()
        for path in papers:
            shutil.copy(path, folder)
        halves.append(base.start("import", str(folder), "--commit"))
    seen = [ask(base)]
    while any(process.poll() is None for process in halves):
        seen.append(ask(base))
    assert [process.wait(timeout=300) for process in halves] == [0, 0]
    last = ask(base)
    at_once = {(one.known, one.dong) for one in [*seen, last]}
    assert len({known for known, _ in at_once}) == len(at_once), "one act number, one figure"
    assert [one.known for one in seen] == sorted(one.known for one in seen)
    for one in {*seen, last}:
        assert ask(base, "--known-on", str(one.known)) == one, "what was known then is known now"
    whole = alone(empty, tmp_path)
    assert last.dong == whole.dong and last.known == whole.known + 1, "the same đồng, in two acts instead of one"
    assert base.run("verify-audit").returncode == 0
    base.drop()


def alone(empty: PostgresBase, tmp_path: Path) -> Reading:
    """The same papers in one import with nobody beside it."""
    base = empty.copy(tmp_path / "readers_alone")
    folder = tmp_path / "all"
    folder.mkdir()
    for path in PAPERS:
        shutil.copy(path, folder)
    assert base.run("import", str(folder), "--commit").returncode == 0
    found = ask(base)
    base.drop()
    return found
