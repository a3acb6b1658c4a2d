"""Money booked at the Treasury where it does not belong ("không đúng mục đích"): the paper, the cell, the codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Sum

from vungcao.bodies.models import BodyKind, BodyVersion
from vungcao.bodies.queries import batches_reached
from vungcao.bodies.queries import naming as body_naming
from vungcao.kernel.refusal import Finding
from vungcao.kernel.vietnamese import day, money
from vungcao.ledger.balances import entries_on
from vungcao.ledger.codes import CodeBook, Scheme, label
from vungcao.ledger.models import Statement, StatementLine
from vungcao.ledger.models.accounts import REGION
from vungcao.ledger.regions import Region, Space, space


def findings() -> Iterator[Finding]:
    """Rows of the Treasury's latest statement of each coverage whose project is registered elsewhere, or whose unit was
    given money of the year in the programme, but none for that component, field or kind of capital.
    """
    book = CodeBook()
    treasuries = BodyVersion.objects.standing().filter(kind=BodyKind.TREASURY).values("body")
    standing = Statement.objects.filter(
        reporter__in=treasuries, superseded_by=None, batch__in=batches_reached("received")
    ).select_related("batch__source")
    latest = {(one.reporter_id, Region.of(one)): one for one in standing.order_by("as_of", "pk")}
    for statement in latest.values():
        here, given = space(statement.as_of), _given(statement.as_of)
        for line in statement.lines.select_related("component", "field").order_by("pk"):
            for part in line.codes.get("parts", ()):
                if part["dong"] > 0:
                    why = _registered_elsewhere(part, line, statement.as_of, book, here)
                    why = why or _nothing_given(Region.of(line), given, here)
                    if why:
                        yield _finding(statement, line, part, why)


def _given(on: date) -> dict[int, list[Region]]:
    """Body → regions of its accounts that received money up to the day."""
    columns = [f"account__{name}" for name in REGION]
    rows = entries_on(on).filter(account__is_contra=False, dong__gt=0).values(*columns).annotate(dong=Sum("dong"))
    found: dict[int, list[Region]] = {}
    for row in rows:
        region = Region(*[row[column] for column in columns])
        found.setdefault(region.body, []).append(region)
    return found


def _registered_elsewhere(part: Mapping[str, str], line: StatementLine, on: date, book: CodeBook, here: Space) -> str:
    row = book.registered(Scheme.PROJECT, part.get(Scheme.PROJECT, ""), on)
    if row is None:
        return ""
    if row.component_id is not None and not here.components.meets(row.component_id, line.component_id):
        home = here.components.short_names.get(row.component_id, "")
        return f"dự án đăng ký thuộc {home}"
    if row.field is not None and line.field.code not in ("*", row.field.code):
        return f"dự án đăng ký ở lĩnh vực {row.field.code} ({row.field.name})"
    return ""


def _nothing_given(region: Region, given: Mapping[int, list[Region]], here: Space) -> str:
    """The unit holds money of this year in the programme, but not here; without any, nothing can be said."""
    programme = here.components.programme_of(region.component)
    mine = [
        one
        for one in given.get(region.body, ())
        if one.year_use == region.year_use and here.components.programme_of(one.component) == programme
    ]
    if not mine or any(here.meets(one, region) for one in mine):
        return ""
    return "đơn vị có vốn của chương trình nhưng không được giao vốn ở đó"


def _finding(statement: Statement, line: StatementLine, part: Mapping[str, object], why: str) -> Finding:
    source = statement.batch.source
    where = space(statement.as_of).components.short_names.get(line.component_id, line.component.code)
    codes = ", ".join(f"{label(scheme)} {part[scheme]}" for scheme in Scheme.values if scheme in part)
    dong = part["dong"]
    assert isinstance(dong, int)
    return Finding(
        "ledger",
        "treasury.wrong_purpose",
        f"{source.name}|{part['cell']}|{statement.as_of}",
        f"{source.name}, trang {line.sheet}, ô {part['cell']}: Kho bạc ghi {money(dong)} của "
        f"{body_naming(line.body_id, statement.as_of)[0]} vào {where} đến {day(statement.as_of)} ({codes}); {why}: "
        "không đúng mục đích.",
    )
