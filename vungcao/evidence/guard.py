"""Triggers that keep raw SQL from rewriting history, on SQLite and on PostgreSQL.

Made again after every migration (SQLite drops them silently when it rebuilds a table) and asserted by
``check-facts``. ``lifted()`` is the one named bypass, for tests that empty the database. Whoever owns the server can
take triggers away; then ``missing()`` names them, and the chain finds what was done meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, models

from vungcao.evidence.keeping import KeptQuerySet

_FUNCTIONS = """
CREATE OR REPLACE FUNCTION vungcao_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'HISTORY_IS_KEPT %', TG_TABLE_NAME; END $$;
CREATE OR REPLACE FUNCTION vungcao_end_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_by_id IS NULL AND NEW.ended_by_id IS NOT NULL
     AND to_jsonb(NEW) - 'ended_by_id' = to_jsonb(OLD) - 'ended_by_id' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'HISTORY_IS_KEPT %', TG_TABLE_NAME;
END $$;
"""


def kept_models() -> list[type[models.Model]]:
    """Every model whose manager refuses rewriting, in the order of their tables."""
    found = [model for model in apps.get_models() if isinstance(model._default_manager.all(), KeptQuerySet)]
    return sorted(found, key=lambda model: model._meta.db_table)


def _has_end(model: type[models.Model]) -> bool:
    return any(field.name == "ended_by" for field in model._meta.concrete_fields)


def _statements(model: type[models.Model]) -> dict[str, str]:
    """Trigger name → its DDL for the connected database."""
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        update = "vungcao_end_once" if _has_end(model) else "vungcao_refuse"
        return {
            f"guard_{table}_update": f'CREATE TRIGGER "guard_{table}_update" BEFORE UPDATE ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION {update}()",
            f"guard_{table}_delete": f'CREATE TRIGGER "guard_{table}_delete" BEFORE DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION vungcao_refuse()",
            f"guard_{table}_truncate": f'CREATE TRIGGER "guard_{table}_truncate" BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION vungcao_refuse()",
        }
    refuse = f"BEGIN SELECT RAISE(ABORT, 'HISTORY_IS_KEPT {table}'); END"
    when = ""
    if _has_end(model):
        same = " AND ".join(
            f'OLD."{field.column}" IS NEW."{field.column}"'
            for field in model._meta.concrete_fields
            if field.name != "ended_by"
        )
        when = f"WHEN NOT (OLD.ended_by_id IS NULL AND NEW.ended_by_id IS NOT NULL AND {same})"
    return {
        f"guard_{table}_update": f'CREATE TRIGGER "guard_{table}_update" BEFORE UPDATE ON "{table}" {when} {refuse}',
        f"guard_{table}_delete": f'CREATE TRIGGER "guard_{table}_delete" BEFORE DELETE ON "{table}" {refuse}',
        f"guard_{table}_replace": f'CREATE TRIGGER "guard_{table}_replace" BEFORE INSERT ON "{table}" '
        f"WHEN {_displaces(model)} {refuse}",
    }


def _displaces(model: type[models.Model]) -> str:
    """SQL: would the new row meet an old one? ``INSERT OR REPLACE`` removes that one without a delete trigger."""
    meta = model._meta
    columns = {field.name: field.column for field in meta.concrete_fields}
    keys = [[field.column] for field in meta.concrete_fields if field.unique]
    keys += [
        [columns[name] for name in constraint.fields]
        for constraint in meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields and constraint.condition is None
    ]
    meets = [" AND ".join(f'"{column}" = NEW."{column}"' for column in key) for key in keys]
    return " OR ".join(f'EXISTS (SELECT 1 FROM "{meta.db_table}" WHERE {same})' for same in meets)


def _standing() -> set[str]:
    """Names of the guard's triggers that are in force and say what we had them say."""
    with connection.cursor() as cursor:
        wanted = {name: ddl for model in kept_models() for name, ddl in _statements(model).items()}
        if connection.vendor != "postgresql":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%'")
            return {name for name, ddl in cursor.fetchall() if wanted.get(name) == ddl}
        cursor.execute(
            "SELECT tgname, prosrc, pg_get_triggerdef(pg_trigger.oid, true) FROM pg_trigger "
            "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE tgname LIKE 'guard_%' AND tgenabled IN ('O', 'A')"
        )
        return {
            name
            for name, body, ddl in cursor.fetchall()
            if body in _FUNCTIONS and "HISTORY_IS_KEPT" in body and _same(ddl, wanted.get(name, ""))
        }


def _same(one: str, other: str) -> bool:
    """Does PostgreSQL hold the trigger as we wrote it? It leaves out quotes that a name does not need."""
    return one.replace('"', "") == other.replace('"', "")


def _existing_tables() -> set[str]:
    return set(connection.introspection.table_names())


def _drop(name: str, table: str) -> str:
    return f'DROP TRIGGER IF EXISTS "{name}"' + (f' ON "{table}"' if connection.vendor == "postgresql" else "")


def lower() -> None:
    """Put every trigger in place; one that stands as it should is left as it is."""
    tables = _existing_tables()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTIONS)
        standing = _standing()
        for model in kept_models():
            table = model._meta.db_table
            if table not in tables:
                continue
            for name, ddl in _statements(model).items():
                if name not in standing:
                    cursor.execute(_drop(name, table))
                    cursor.execute(ddl)


def lift() -> None:
    """Remove every trigger. Only ``lifted()`` calls this."""
    tables = _existing_tables()
    with connection.cursor() as cursor:
        for model in kept_models():
            if model._meta.db_table in tables:
                for name in _statements(model):
                    cursor.execute(_drop(name, model._meta.db_table))


@contextmanager
def lifted() -> Iterator[None]:
    """The one named bypass: empties of a test database happen inside."""
    lift()
    try:
        yield
    finally:
        lower()


def missing() -> list[str]:
    """Names of triggers that should stand and do not; a finding each."""
    tables = _existing_tables()
    wanted = {name for model in kept_models() if model._meta.db_table in tables for name in _statements(model)}
    return sorted(wanted - _standing())
