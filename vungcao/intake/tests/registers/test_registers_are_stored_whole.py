"""Lines without a fault go into a table in one piece, with the same content on both databases."""

import sqlite3
from datetime import date
from decimal import Decimal

import pytest

from tests.at_once import only_on_postgresql
from vungcao.intake.registers import check
from vungcao.intake.registers.checking import Lines
from vungcao.intake.registers.copying import as_copied, into
from vungcao.intake.tests.registers.lists import put, rules, write

COLUMNS = {"key": "ma", "name": "ten", "plan": "von", "on": "ngay", "note": "ghi_chu"}
TABLE = "CREATE TABLE ho_vi_du (ma text UNIQUE, ten text, von numeric, ngay date, ghi_chu text)"
STORED = [("H001", "a\\b\tc", 5_000_000, "2022-03-01", None), ("H003", "Người Ví Dụ Ba", 7_000_000, None, None)]


@pytest.fixture
def file(tmp_path):
    lines = put(1, 3, "Kinh")
    lines[0][2] = "a\\b\tc"
    return write(tmp_path / "ds.xlsx", lines)


def test_only_right_lines_are_stored(file):
    connection = sqlite3.connect(":memory:")
    connection.execute(TABLE)
    with connection, into(connection.cursor(), "ho_vi_du", COLUMNS) as take:
        assert check(file, rules(), take=take).bad_lines == 1
    stored = connection.execute("SELECT * FROM ho_vi_du").fetchall()
    assert stored == [(key, name.replace("\t", " "), *rest) for key, name, *rest in STORED]


@pytest.mark.django_db(transaction=True)
def test_postgresql_holds_the_same(file):
    from django.db import connection, transaction

    only_on_postgresql("COPY is PostgreSQL's; the run beside it has a server")
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        try:
            with transaction.atomic(), into(cursor, "ho_vi_du", COLUMNS) as take:
                check(file, rules(), take=take)
            cursor.execute("SELECT ma, ten, von, ngay::text, ghi_chu FROM ho_vi_du ORDER BY ma")
            assert cursor.fetchall() == [(key, name.replace("\t", " "), *rest) for key, name, *rest in STORED]
        finally:
            cursor.execute("DROP TABLE ho_vi_du")


def test_what_copy_would_take_for_its_own_signs_is_escaped():
    lines = Lines([2, 3], {"a": ["x\\N", None], "b": [Decimal("1.50"), 2], "c": [date(2022, 1, 2), None]})
    assert as_copied(lines, {"a": "a", "b": "b", "c": "c"}) == "x\\\\N\t1.50\t2022-01-02\n\\N\t2\t\\N\n"
    assert as_copied(Lines([], {"a": []}), {"a": "a"}) == ""
