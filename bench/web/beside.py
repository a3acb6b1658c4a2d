"""``python -m bench.web.beside import WORKBOOK FOLDER`` or ``report WORDS…``: again and again until it is ended.

The import reads a long list, tries its rules and stores the good lines in one transaction (COPY on PostgreSQL), as the
door does; each time it has ended it leaves a mark in the folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psycopg

from bench.web.site import begin_django, program

if TYPE_CHECKING:
    from vungcao.intake.registers.checking import Lines

RULES: Final = Path(__file__).resolve().parent.parent / "intake" / "ho_vi_du.yaml"
STORE: Final = "bench_list"


def main() -> None:
    what, *words = sys.argv[1:]
    if what == "report":
        folder = Path(words[-1])
        for number in range(10**6):
            program(*words)
            (folder / f"reported-{number}").touch()
    begin_django()
    workbook, folder = Path(words[0]), Path(words[1])
    for number in range(10**6):
        stored = bring_in(workbook)
        (folder / f"imported-{number}").write_text(f"{stored}")


def bring_in(workbook: Path) -> int:
    """Store the list; how many lines are in the table afterwards."""
    from django.db import connection, transaction

    from bench.intake.making import CODES
    from vungcao.intake.registers import check, load
    from vungcao.intake.registers.copying import into

    rules = load(RULES)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {STORE} ({', '.join(f'{code}_ text' for code in CODES)})")
    columns = {code: f"{code}_" for code in CODES}
    if connection.vendor == "postgresql":
        with psycopg.connect(os.environ["VUNGCAO_DATABASE_URL"]) as raw, into(raw.cursor(), STORE, columns) as take:
            check(workbook, rules, take=take)
    else:  # read and tried first: the one lock of writers is held only while the lines are stored
        taken: list[Lines] = []
        check(workbook, rules, take=taken.append)
        with transaction.atomic(), into(connection.connection.cursor(), STORE, columns) as take:
            for lines in taken:
                take(lines)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {STORE}")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
