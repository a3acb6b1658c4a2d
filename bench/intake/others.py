"""Contestants that need an environment of their own: polars, pandera, frictionless, django-import-export.

``python -m bench.intake.others`` makes that environment in ``var/bench-intake`` (or ``VUNGCAO_HOME``) with pip; without
it the measurement says "not installed". ``… others NAME FILE``, run by its interpreter, measures one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.intake.making import CLASSES, CODES, COMMUNES, GROUPS, HEADS, SOURCES
from bench.intake.measuring import ROOT, measure

PACKAGES = [
    "polars==2.1.0", "fastexcel==0.21.0", "pandera[polars]==0.35.0", "frictionless[excel]==5.21.0",
    "django-import-export[xlsx]==4.4.3", "Django==5.2.19", "psycopg[binary]==3.3.9",
]  # fmt: skip
HOME = Path(os.environ.get("VUNGCAO_HOME", ROOT / "var")) / "bench-intake"
PYTHON = HOME / "bin" / "python"
NUMBERS = {"stt", "size", "born"}
LISTS = {"people": GROUPS, "commune": COMMUNES, "class": CLASSES, "source": SOURCES}
PATTERNS = {"code": r"^VD\d{8}$", "id": r"^\d{12}$", "component": r"^DA\d+\.TDA\d+$"}
Result = dict[str, int]


def _frame(path: str) -> Any:
    """Every column but three as text, as it is said; amounts and days cast by hand."""
    import polars as pl

    texts = {head: pl.String for head, code in zip(HEADS, CODES, strict=True) if code not in NUMBERS}
    frame = pl.read_excel(path, schema_overrides=texts).rename(dict(zip(HEADS, CODES, strict=True)))
    return frame.with_row_index("row", 2).with_columns(
        plan=pl.col("plan").cast(pl.Float64, strict=False),
        paid=pl.col("paid").cast(pl.Float64, strict=False),
        paid_on=pl.col("paid_on").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False),
    )


def polars(path: str) -> Result:
    import polars as pl

    frame = _frame(path)
    rules = {
        "name": pl.col("name").is_null(),
        **{code: ~pl.col(code).str.contains(pattern) for code, pattern in PATTERNS.items()},
        **{code: ~pl.col(code).is_in(allowed) for code, allowed in LISTS.items()},
        "unique": pl.col("code").is_duplicated(), "size": ~pl.col("size").is_between(1, 30),
        "born": pl.col("born").is_null(), "plan": pl.col("plan").is_null(), "paid_on": pl.col("paid_on").is_null(),
        "paid": pl.col("paid").is_null() | (pl.col("paid") > pl.col("plan")),
    }  # fmt: skip
    tried = frame.with_columns(**{f"_{name}": rule.fill_null(name != "paid") for name, rule in rules.items()})
    names = [f"_{name}" for name in rules]
    report = tried.select("row", *names).unpivot(index="row").filter(pl.col("value")).select("row", "variable").rows()
    good = tried.filter(~pl.any_horizontal(names))
    bad = len({row for row, _ in report})
    return {"rows": good.height + bad, "bad": bad, "report": len(report)}


def pandera(path: str) -> Result:
    """Two of the thirteen rules fewer (size, birth date), so its line is a little flattering."""
    import pandera.polars as pa
    import polars as pl

    frame = _frame(path)
    columns = {code: pa.Column(str, pa.Check.str_matches(pattern)) for code, pattern in PATTERNS.items()}
    columns |= {code: pa.Column(str, pa.Check.isin(allowed)) for code, allowed in LISTS.items()}
    columns |= {"name": pa.Column(str), "plan": pa.Column(float), "paid_on": pa.Column(pl.Date)}
    columns["code"] = pa.Column(str, pa.Check.str_matches(PATTERNS["code"]), unique=True)
    within = pa.Check(lambda some: some.lazyframe.select((pl.col("paid") <= pl.col("plan")).fill_null(True)))
    try:
        pa.DataFrameSchema(columns, checks=[within]).validate(frame, lazy=True)
        bad = 0
    except pa.errors.SchemaErrors as errors:
        bad = len(set(errors.failure_cases["index"].drop_nulls()))
    return {"rows": frame.height, "bad": bad}


def frictionless(path: str) -> Result:
    """Validates only."""
    from frictionless import Check, Checklist, Resource, Schema, errors

    kinds = {"stt": "integer", "born": "any", "size": "integer", "plan": "number", "paid": "number", "paid_on": "date"}
    must: dict[str, dict[str, Any]] = {code: {"pattern": pattern.strip("^$")} for code, pattern in PATTERNS.items()}
    must |= {code: {"enum": allowed} for code, allowed in LISTS.items()}
    must |= {"name": {"required": True}, "size": {"minimum": 1, "maximum": 30}}
    must["code"]["unique"] = True
    fields = [
        {"name": head, "type": kinds.get(code, "string"), **({"constraints": must[code]} if code in must else {})}
        for head, code in zip(HEADS, CODES, strict=True)
    ]
    plan, paid = HEADS[CODES.index("plan")], HEADS[CODES.index("paid")]

    class OverPlan(Check):  # type: ignore[misc]  # frictionless has no types here
        type = "over-plan"
        Errors = [errors.RowError]

        def validate_row(self, row: Any) -> Any:
            if row[paid] is not None and row[plan] is not None and row[paid] > row[plan]:
                yield errors.RowError.from_row(row, note="over plan")

    os.chdir(Path(path).parent)
    resource = Resource(path=Path(path).name, schema=Schema.from_descriptor({"fields": fields}))
    found = resource.validate(Checklist(checks=[OverPlan()]), limit_errors=1_000_000)
    bad = {getattr(error, "row_number", None) for task in found.tasks for error in task.errors}
    return {"rows": found.tasks[0].stats.get("rows", 0), "bad": len(bad)}


def import_export(path: str, *, bulk: bool = False) -> Result:
    from bench.intake.django_import_export import imported

    return imported(path, bulk=bulk)


def import_export_bulk(path: str) -> Result:
    """At its best settings."""
    return import_export(path, bulk=True)


CONTESTANTS: dict[str, Callable[[str], Result]] = {
    one.__name__: one for one in (polars, pandera, frictionless, import_export, import_export_bulk)
}
NEEDS = {
    "polars": ["polars", "fastexcel"], "pandera": ["polars", "fastexcel", "pandera.polars"],
    "frictionless": ["frictionless", "openpyxl"],
}  # fmt: skip


def make_environment() -> None:
    venv.create(HOME, with_pip=True)
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES], check=True)
    print(f"{HOME}: {', '.join(PACKAGES)}")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        make_environment()
    else:
        measure(CONTESTANTS[sys.argv[1]], sys.argv[2], NEEDS.get(sys.argv[1], ["import_export", "tablib", "openpyxl"]))
