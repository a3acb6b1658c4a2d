"""Databases of their own, prepared once and copied, for imports in processes of their own."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings

COMMAND = [sys.executable, "-m", "vungcao.desk.command"]
# The chain is appended, and facts are sealed, after the commit.
TABLES_THAT_FOLLOW = {"evidence_link", "cube_seal", "sqlite_sequence"}


class Base:
    """A VUNGCAO_HOME with a database after set-up; ``copy`` makes another that knows nothing of this one."""

    def __init__(self, home: Path) -> None:
        self.home = home

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "VUNGCAO_HOME": str(self.home), "COLUMNS": "200"}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the program to its end."""
        return subprocess.run(
            [*COMMAND, *words], cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True
        )

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a command of the program and go on."""
        return subprocess.Popen(
            [*COMMAND, *words],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kept(self) -> int:
        """Files kept so far, half-written ones not counted."""
        return sum(1 for path in (self.home / "files").glob("*") if ".part" not in path.name)

    def counts(self) -> dict[str, int]:
        """Rows of every table, the chain apart."""
        rows = self.query("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = {name for (name,) in rows} - TABLES_THAT_FOLLOW
        return {name: self.query(f'SELECT count(*) FROM "{name}"')[0][0] for name in sorted(names)}

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.home / "vungcao.sqlite3")
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def copy(self, home: Path) -> Base:
        shutil.copytree(self.home, home)
        return type(self)(home)

    def at_rest(self) -> None:
        """Wait until the database has noticed that its clients are gone."""


class SqliteBase(Base):
    """The default: one file in the home."""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "VUNGCAO_DATABASE_URL": f"sqlite:///{self.home / 'vungcao.sqlite3'}"}


def only_beside_postgresql() -> None:
    """Skip where no server was named: these databases are made beside those of the tests."""
    if not os.environ.get("VUNGCAO_DATABASE_URL", "").startswith("postgres"):
        pytest.skip("no PostgreSQL here: scripts/with_postgres.py")  # the half on PostgreSQL runs it


class PostgresBase(Base):
    """A database on the server of VUNGCAO_DATABASE_URL, named after its home; copies are made from it as a template."""

    @property
    def name(self) -> str:
        return f"door_{self.home.name}"

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "VUNGCAO_DATABASE_URL": _named(self.name)}

    def create(self, template: str = "template0") -> PostgresBase:
        self._on_server(f'CREATE DATABASE "{self.name}" TEMPLATE "{template}"')
        return self

    def copy(self, home: Path) -> PostgresBase:
        self.at_rest()
        shutil.copytree(self.home, home)
        return PostgresBase(home).create(self.name)

    def at_rest(self) -> None:
        for _ in range(300):
            if not self._on_server(f"SELECT 1 FROM pg_stat_activity WHERE datname = '{self.name}'"):
                return
            time.sleep(0.1)
        raise AssertionError(f"{self.name} is still in use")

    def drop(self) -> None:
        self._on_server(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def counts(self) -> dict[str, int]:
        rows = self.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = {name for (name,) in rows} - TABLES_THAT_FOLLOW
        return {name: self.query(f'SELECT count(*) FROM "{name}"')[0][0] for name in sorted(names)}

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        return _ask(_named(self.name), sql)

    def _on_server(self, sql: str) -> list[tuple[Any, ...]]:
        return _ask(_named("postgres"), sql)


def _named(database: str) -> str:
    return urlunsplit(urlsplit(os.environ["VUNGCAO_DATABASE_URL"])._replace(path=f"/{database}"))


def _ask(url: str, sql: str) -> list[tuple[Any, ...]]:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def states(done: subprocess.CompletedProcess[str]) -> Sequence[str]:
    """States of the outcomes that ``import --json`` printed."""
    return [one["state"] for one in json.loads(done.stdout)["outcomes"]]
