"""Killed at any moment (SIGKILL), an import has written nothing or everything; the same again completes it."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from vungcao.intake.tests.bases import Base, PostgresBase, SqliteBase, only_beside_postgresql, states

EXAMPLE = Path(settings.BASE_DIR) / "examples" / "cao-bang" / "135-2021"
PAPERS = sorted(EXAMPLE.glob("* H. [BHN]*.xlsx"))
SEED = 20_211_115


@dataclass
class Prepared:
    """A base after set-up, what it counts before and after a whole import of ``papers``, and how long that takes."""

    papers: Path
    empty: Base
    before: dict[str, int]
    after: dict[str, int]
    seconds: float


def prepare(empty: Base, folder: Path) -> Prepared:
    done = empty.run("setup")
    assert done.returncode == 0, done.stderr
    papers = folder / "papers"
    papers.mkdir()
    for path in PAPERS:
        shutil.copy(path, papers)
    full = empty.copy(folder / "whole")
    start = time.monotonic()
    done = full.run("import", str(papers), "--commit", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(states(done)) == {"received"}
    return Prepared(papers, empty, empty.counts(), full.counts(), time.monotonic() - start)


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("sqlite")
    (folder / "empty").mkdir()
    return prepare(SqliteBase(folder / "empty"), folder)


@pytest.fixture(scope="module")
def on_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    only_beside_postgresql()
    folder = tmp_path_factory.mktemp("postgres")
    (folder / "empty").mkdir()
    base = PostgresBase(folder / "empty").create()
    yield prepare(base, folder)
    base.drop()
    PostgresBase(folder / "whole").drop()


def kill_at_ten_points(prepared: Prepared, folder: Path) -> None:
    """Five moments spread over the run, five while files are being taken in one after another."""
    rolls = random.Random(SEED)
    moments = [prepared.seconds * (at + rolls.random()) / 5 for at in range(5)]
    taken = sorted(rolls.sample(range(1, len(PAPERS) + 1), 5))
    found = []
    for number in range(10):
        base = prepared.empty.copy(folder / f"killed{number}")
        process = base.start("import", str(prepared.papers), "--commit")
        if number < 5:
            time.sleep(moments[number])
        else:
            while base.kept() < taken[number - 5] and process.poll() is None:
                time.sleep(0.002)
            time.sleep(rolls.random() * 0.05)
        was_running = process.poll() is None
        process.kill()
        process.wait()
        base.at_rest()
        counts = base.counts()
        assert counts in (prepared.before, prepared.after), f"half-written: killed as number {number}"
        found.append((counts == prepared.after, was_running and base.kept() > 0))
    the_same_again_completes(base, prepared)
    assert sum(in_the_middle for _, in_the_middle in found) >= 3, found
    assert not all(everything for everything, _ in found)


def the_same_again_completes(base: Base, prepared: Prepared) -> None:
    done = base.run("import", str(prepared.papers), "--commit", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert base.counts() == prepared.after
    assert base.kept() == len(PAPERS)
    assert base.run("verify-audit").returncode == 0


@pytest.mark.slow
def test_killed_at_ten_points_on_sqlite(on_sqlite: Prepared, tmp_path: Path) -> None:
    kill_at_ten_points(on_sqlite, tmp_path)


@pytest.mark.django_db
@pytest.mark.slow
def test_killed_at_ten_points_on_postgres(on_postgres: Prepared, tmp_path: Path) -> None:
    kill_at_ten_points(on_postgres, tmp_path)


@pytest.mark.django_db
def test_two_imports_of_one_folder_at_once_double_nothing(on_postgres: Prepared, tmp_path: Path) -> None:
    base = on_postgres.empty.copy(tmp_path / "two_at_once")
    both = [base.start("import", str(on_postgres.papers), "--commit") for _ in range(2)]
    assert [process.wait(timeout=300) for process in both] == [0, 0]
    assert base.counts() == on_postgres.after
    assert base.run("verify-audit").returncode == 0
