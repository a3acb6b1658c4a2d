"""Is there a database to ask? Told before SQLite makes an empty file of one that is not there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils.translation import gettext as _

NOT_SET_UP: Final = "Chưa có cơ sở dữ liệu ở đây: chạy `vungcao setup` trước."
OLDER: Final = "Cơ sở dữ liệu ở đây thuộc bản phần mềm trước: chạy `vungcao setup` để nâng lên."


def why_not_there(*, after: DatabaseError | None = None) -> str:
    """A sentence when the database is not there or not ready, else nothing; makes no file.

    ``after``: the error on which it is asked. Without one, only whether SQLite's file exists is looked at.
    """
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not name.startswith((":memory:", "file:")) and not Path(name).exists():
        return _(NOT_SET_UP)
    if after is None:
        return ""
    try:
        if "evidence_actnumber" not in connection.introspection.table_names():
            return _(NOT_SET_UP)
        return _(OLDER) if _migrations_wait() else ""
    except (OperationalError, InterfaceError) as error:
        said = next(iter(str(error).strip().splitlines()), "")
        where = {"vendor": connection.vendor, "said": said}
        return _("Không nối được cơ sở dữ liệu (%(vendor)s): %(said)s") % where


def _migrations_wait() -> bool:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
