"""The list through django-import-export into PostgreSQL: its default, and bulk at its best settings (one pass)."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
from django.conf import settings

from bench.intake.making import CLASSES, CODES, COMMUNES, GROUPS, SOURCES

_LISTS = {"people": set(GROUPS), "commune": set(COMMUNES), "class_of": set(CLASSES), "source": set(SOURCES)}
_PATTERNS = {"code": r"VD\d{8}", "id_no": r"\d{12}", "component": r"DA\d+\.TDA\d+"}
_NAMES = [{"id": "id_no", "class": "class_of"}.get(code, code) for code in CODES]


def imported(path: str, *, bulk: bool) -> dict[str, int]:
    """Rows seen, bad ones, rows stored. Bad rows are told by ``before_import_row``, as its guide advises."""
    url = urlsplit(os.environ["VUNGCAO_DATABASE_URL"])
    database = {"ENGINE": "django.db.backends.postgresql", "NAME": url.path.strip("/"), "USER": url.username,
                "HOST": url.hostname, "PORT": url.port}  # fmt: skip
    settings.configure(DATABASES={"default": database}, INSTALLED_APPS=["import_export"], USE_TZ=True)
    django.setup()
    import tablib
    from django.core.exceptions import ValidationError
    from django.db import connection, models
    from import_export import resources
    from import_export.instance_loaders import CachedInstanceLoader

    kinds: dict[str, Any] = {
        "stt": models.IntegerField(), "code": models.TextField(unique=True), "born": models.DateField(),
        "size": models.IntegerField(), "plan": models.DecimalField(max_digits=18, decimal_places=0),
        "paid": models.DecimalField(max_digits=18, decimal_places=0), "paid_on": models.DateField(),
        "commune": models.TextField(db_index=True),
    }  # fmt: skip
    meta = type("Meta", (), {"app_label": "import_export", "db_table": "ho_vi_du_django"})
    fields = {name: kinds.get(name) or models.TextField(null=True) for name in _NAMES}
    household = type("Household", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS ho_vi_du_django")
    with connection.schema_editor() as editor:
        editor.create_model(household)

    class Households(resources.ModelResource):  # type: ignore[misc]  # no types in its wheel
        class Meta:
            model = household
            import_id_fields = ("code",)
            exclude = ("id",)
            use_transactions = True
            use_bulk = bulk
            batch_size = 1000
            skip_diff = bulk
            if bulk:
                instance_loader_class = CachedInstanceLoader

        def before_import_row(self, row: Any, **more: Any) -> None:
            wrong = {
                name: "pattern" for name, pattern in _PATTERNS.items() if not re.fullmatch(pattern, row[name] or "")
            }
            wrong |= {name: "list" for name, allowed in _LISTS.items() if row[name] not in allowed}
            if not row["name"]:
                wrong["name"] = "required"
            if not isinstance(row["plan"], (int, float)):
                wrong["plan"] = "number"  # left to DecimalField it rolls the whole import back
            elif row["paid"] > row["plan"]:
                wrong["paid"] = "over plan"
            if wrong:
                raise ValidationError(wrong)

    data = tablib.Dataset().load(Path(path).read_bytes(), format="xlsx")
    data.headers = _NAMES
    result = Households().import_data(data, dry_run=False, raise_errors=False)
    bad = len(result.invalid_rows) + len(result.error_rows)
    return {"rows": result.total_rows, "bad": bad, "stored": household._default_manager.count()}
