"""Nothing that was written is changed or removed: not by the ORM, not by raw SQL, on either database."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F

from tests.at_once import only_on_postgresql
from vungcao.evidence import checks, guard
from vungcao.evidence.actions import SYSTEM, acting, record
from vungcao.evidence.keeping import HistoryIsKept, Kept
from vungcao.evidence.models import Act, ActNumber, Source, SourceKind
from vungcao.ledger.models import ReporterOrder
from vungcao.programme.models import Component


@pytest.fixture
def dated(db: None) -> ReporterOrder:
    """One dated row, the plainest there is."""
    with acting("test.written", by=SYSTEM) as act:
        node = Component.objects.create(act=act, code="ví dụ")
        row: ReporterOrder = ReporterOrder.objects.create(act=act, component=node, body_kind="commune", rank=1)
    return row


def stopped(sql, text: str, *values: object) -> bool:
    """Is the statement refused by the database itself?"""
    try:
        with transaction.atomic():
            sql(text, *values)
    except DatabaseError as error:
        return "HISTORY_IS_KEPT" in str(error)
    return False


def test_every_model_under_an_act_is_kept():
    kept = set(guard.kept_models())
    without_an_act = {model.__name__ for model in kept if not issubclass(model, Kept)}
    assert without_an_act == {"Act", "ActNumber", "Link", "Seal"}  # a seal can be made again from the register
    assert len(kept) > 30


@pytest.mark.django_db
def test_the_orm_refuses_to_save_update_or_delete(write):
    paper = write("một")
    paper.name = "khác"
    for rewrite in (
        paper.save,
        paper.delete,
        lambda: Source.objects.update(name="khác"),
        lambda: Source.objects.filter(pk=paper.pk).delete(),
        lambda: Source.objects.bulk_update([paper], ["name"]),
        lambda: Source.objects.update_or_create(pk=paper.pk, defaults={"name": "khác"}),
        lambda: Source.objects.bulk_create(
            [paper], update_conflicts=True, update_fields=["name"], unique_fields=["id"]
        ),
        lambda: Source.objects.bulk_create([paper], ignore_conflicts=True),
        lambda: ActNumber.objects.update(no=F("no") + 1),
        lambda: Act.objects.get(pk=paper.act_id).save(),
        lambda: ActNumber.objects.get().delete(),
    ):
        with pytest.raises(HistoryIsKept, match="Không sửa, không xóa"):
            rewrite()
    assert list(Source.objects.values_list("name", flat=True)) == ["một"]


@pytest.mark.django_db
def test_the_orm_does_not_overwrite_by_a_given_key(write):
    paper = write("một")
    with pytest.raises(DatabaseError), transaction.atomic():
        Source(pk=paper.pk, act_id=paper.act_id, kind=SourceKind.PAPER, name="khác").save()
    with pytest.raises(DatabaseError, match="HISTORY_IS_KEPT"), transaction.atomic():
        Source._base_manager.filter(pk=paper.pk).update(name="khác")
    assert Source.objects.get().name == "một"


@pytest.mark.django_db
@pytest.mark.parametrize("model", guard.kept_models(), ids=lambda model: model._meta.label)
def test_raw_sql_is_stopped_on_every_kept_table(model, sql):
    """A trigger fires per row: each table is given one, with its keys unchecked, and loses it again at the end."""
    with transaction.atomic():
        _one_row(model, sql)
        _attack(model, sql)
        transaction.set_rollback(True)


def _attack(model: type[models.Model], sql) -> None:
    table, key = model._meta.db_table, model._meta.pk.column
    before = model._base_manager.count()
    assert before
    assert stopped(sql, f'UPDATE "{table}" SET "{key}" = "{key}" + 1')
    assert stopped(sql, f'DELETE FROM "{table}"')
    if connection.vendor == "postgresql":
        assert stopped(sql, f'TRUNCATE "{table}" CASCADE')
    else:
        columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        assert stopped(sql, f'INSERT OR REPLACE INTO "{table}" ({columns}) SELECT {columns} FROM "{table}"')
        assert stopped(sql, f'UPDATE OR REPLACE "{table}" SET "{key}" = "{key}" + 1')
    assert model._base_manager.count() == before


def _one_row(model: type[models.Model], sql) -> None:
    """Put a row into the table by SQL, with values that fit its columns; keys to other tables and checks of what
    belongs together are not looked at.
    """
    values = {field.column: _value(field) for field in model._meta.concrete_fields}
    table = model._meta.db_table
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join(["%s"] * len(values))
    insert = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
    if connection.vendor == "postgresql":
        for check in model._meta.constraints:
            if isinstance(check, models.CheckConstraint):
                sql(f'ALTER TABLE "{table}" DROP CONSTRAINT "{check.name}"')  # comes back with the rollback
        sql("SET LOCAL session_replication_role = replica")  # foreign keys sleep; triggers wake again below
        sql(insert, *values.values())
        sql("SET LOCAL session_replication_role = origin")
    else:
        sql("PRAGMA defer_foreign_keys = ON")
        sql("PRAGMA ignore_check_constraints = ON")
        sql(insert, *values.values())
        sql("PRAGMA ignore_check_constraints = OFF")


def _value(field: models.Field) -> object:
    kind = field.target_field if field.is_relation else field
    if field.null:
        return None
    if isinstance(kind, models.BooleanField):
        return False
    if isinstance(kind, models.IntegerField):
        return 7
    if isinstance(kind, models.DateTimeField):
        return "2026-01-01 00:00:00+00"
    if isinstance(kind, models.DateField):
        return "2026-01-01"
    if isinstance(kind, models.DecimalField):
        return 7
    if isinstance(kind, models.UUIDField):
        return "00000000-0000-4000-8000-000000000001" if connection.vendor == "postgresql" else "0" * 32
    return "[]" if isinstance(kind, models.JSONField) else "x"


def test_a_dated_row_may_be_ended_once_and_by_an_act_only(dated, sql):
    table, row = "ledger_reporterorder", f"WHERE id = {dated.pk}"
    with acting("test.ended", by=SYSTEM) as act:
        assert stopped(sql, f"UPDATE {table} SET ended_by_id = {act.pk}, rank = 2 {row}"), "an end changes nothing else"
        assert stopped(sql, f"UPDATE {table} SET rank = 2 {row}")
        assert ReporterOrder.objects.filter(pk=dated.pk).end(act) == 1
    with acting("test.ended_again", by=SYSTEM) as again:
        assert ReporterOrder.objects.filter(pk=dated.pk).end(again) == 0
        assert stopped(sql, f"UPDATE {table} SET ended_by_id = {again.pk} {row}")
        assert stopped(sql, f"UPDATE {table} SET ended_by_id = NULL {row}")
    assert ReporterOrder.objects.get().ended_by == act


def test_a_dated_row_stands_between_two_acts(dated):
    with acting("test.ended", by=SYSTEM) as act:
        ReporterOrder.objects.filter(pk=dated.pk).end(act)
        new = ReporterOrder.objects.create(act=act, component=dated.component, body_kind="commune", rank=2)
    written, ended = dated.act.numbered.no, act.numbered.no
    standing = {
        no: set(ReporterOrder.objects.standing(no).values_list("rank", flat=True))
        for no in (written - 1, written, ended, None)
    }
    assert standing == {written - 1: set(), written: {1}, ended: {2}, None: {2}}
    assert ReporterOrder.objects.known(written).get() == dated
    assert set(ReporterOrder.objects.known(None)) == {dated, new}


def test_a_row_holds_from_its_first_day_to_the_day_before_its_end(db):
    from datetime import date

    with acting("test.written", by=SYSTEM) as act:
        node = Component.objects.create(act=act, code="ví dụ")
        ReporterOrder.objects.create(
            act=act,
            component=node,
            body_kind="commune",
            rank=1,
            valid_from=date(2025, 7, 1),
            valid_to=date(2025, 8, 1),
        )
    days = [date(2025, 6, 30), date(2025, 7, 1), date(2025, 7, 31), date(2025, 8, 1)]
    assert [ReporterOrder.objects.on(day).exists() for day in days] == [False, True, True, False]
    assert not ReporterOrder.objects.on(days[1], known=act.numbered.no - 1).exists()


@pytest.mark.django_db(transaction=True)
def test_a_dropped_trigger_is_named_and_the_next_migrate_puts_it_back(sql):
    assert guard.missing() == []
    on = ' ON "ledger_entry"' if connection.vendor == "postgresql" else ""
    sql(f'DROP TRIGGER "guard_ledger_entry_delete"{on}')
    assert guard.missing() == ["guard_ledger_entry_delete"]
    (found,) = checks.findings()
    assert found.code == "guard.missing" and "guard_ledger_entry_delete" in found.sentence
    call_command("migrate", verbosity=0)
    assert guard.missing() == []


@pytest.mark.django_db(transaction=True)
def test_a_trigger_that_no_longer_refuses_is_named(sql):
    name = "guard_ledger_entry_delete"
    if connection.vendor == "postgresql":
        sql(f'ALTER TABLE ledger_entry DISABLE TRIGGER "{name}"')
    else:
        sql(f'DROP TRIGGER "{name}"')
        sql(f'CREATE TRIGGER "{name}" BEFORE DELETE ON "ledger_entry" BEGIN SELECT 1; END')
    assert guard.missing() == [name]
    guard.lower()
    assert guard.missing() == []


@pytest.mark.django_db(transaction=True)
def test_a_trigger_that_looks_away_from_some_rows_is_named(sql):
    name = "guard_ledger_entry_delete"
    only_on_postgresql("on SQLite the whole text of each trigger is compared")
    sql(f'DROP TRIGGER "{name}" ON ledger_entry')
    sql(
        f'CREATE TRIGGER "{name}" BEFORE DELETE ON ledger_entry FOR EACH ROW WHEN (OLD.id < 0) '
        "EXECUTE FUNCTION vungcao_refuse()"
    )
    assert guard.missing() == [name]
    guard.lower()
    assert guard.missing() == []


@pytest.mark.django_db(transaction=True)
def test_every_trigger_is_named_while_the_guard_is_lifted():
    with guard.lifted():
        per_table = 3
        assert len(guard.missing()) == per_table * len(guard.kept_models())
    assert guard.missing() == []


@pytest.mark.django_db
def test_a_refused_row_is_recorded_nowhere(write, sql):
    paper = write("một")
    with acting("test.noted", by=SYSTEM) as act:
        record(act, paper, after={"name": "một"})
    assert stopped(sql, "UPDATE evidence_auditrow SET after = NULL")
    assert stopped(sql, "DELETE FROM evidence_auditrow")
