"""Annex I of a carry-over or a cancellation: what was given, spent by the closing day, left, and taken out, a row an
account.

A blank under "Đã giải ngân" is a figure that nobody has said; then what is left is blank too.
"""

from __future__ import annotations

from collections.abc import Sequence

from vungcao.bodies.queries import naming as body_naming
from vungcao.kernel.vietnamese import day
from vungcao.law.carrying import Permission
from vungcao.ledger.dossiers import carrying
from vungcao.ledger.dossiers.before_after import spent
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.models import DossierKind, DossierLine
from vungcao.ledger.regions import Region
from vungcao.reports.paper import Cell, HeadCell, Table, TableRow

NUMBERS = ("1", "2", "3", "4", "5", "6", "7", "8", "9=7-8", "10", "11=9-10", "12", "13")
WIDTHS = (0.5, 2.6, 2.2, 1.2, 0.9, 1.5, 1.2, 1.2, 1.2, 1.2, 1.2, 3.2, 1.5)
FIRST_SUM, LAST_SUM = 6, 10


def leaving_table(draft: Draft) -> Table:
    """Blocks by source; live sums: the total of the blocks, a block of its rows, 9=7-8, 11=9-10."""
    rows: list[TableRow] = []
    for number, (source, lines) in enumerate(_by_source(draft).items(), start=1):
        items = [_item(draft, at, group) for at, group in enumerate(_accounts(lines), start=1)]
        rows += [_sum("section", chr(ord("A") + number - 1), source, items), *items]
    total = _sum("total", "", "TỔNG CỘNG", [row for row in rows if row.kind == "section"])
    return Table("", (tuple(map(HeadCell, _heads(draft))),), (total, *rows), number_row=NUMBERS, widths=WIDTHS)


def closing_notes(draft: Draft) -> tuple[str, ...]:
    """Up to which day figures count, and what a blank is."""
    days = sorted({draft.way.as_of(draft, line) for line in draft.giving})
    said = ", ".join(map(day, days)) or day(draft.on)
    return (
        f"Dự toán, kế hoạch tính đến ngày {day(draft.on)}; số giải ngân tính đến ngày {said}. Cột “Đã giải ngân” để "
        "trống là chưa có số liệu, không phải bằng 0.",
    )


def _heads(draft: Draft) -> tuple[str, ...]:
    out = "Chuyển sang năm sau" if draft.dossier.kind == DossierKind.CARRY_OVER else "Hủy"
    why = "Căn cứ được chuyển; lý do" if draft.dossier.kind == DossierKind.CARRY_OVER else "Lý do"
    return (
        "STT", "Dự án, nội dung", "Đơn vị, công trình", "Lĩnh vực chi", "Năm nguồn", "Quyết định đã giao",
        "Dự toán, kế hoạch", "Đã giải ngân", "Chưa giải ngân", out, "Còn lại", why, "Văn bản đề nghị của đơn vị",
    )  # fmt: skip


def _by_source(draft: Draft) -> dict[str, list[DossierLine]]:
    found: dict[str, list[DossierLine]] = {}
    for line in sorted(draft.giving, key=lambda one: (one.source.name, one.pk)):
        found.setdefault(line.source.name.upper(), []).append(line)
    return found


def _accounts(lines: Sequence[DossierLine]) -> list[list[DossierLine]]:
    groups: dict[Region, list[DossierLine]] = {}
    for line in lines:
        groups.setdefault(Region.of(line), []).append(line)
    return list(groups.values())


def _item(draft: Draft, number: int, lines: Sequence[DossierLine]) -> TableRow:
    one = lines[0]
    given, done, out = draft.left(one), spent(draft)[one.pk], sum(line.dong for line in lines)
    unspent = None if done is None else given - done
    names = draft.here.components.short_names
    work = f"; {one.spending_object.name}" if one.spending_object.code != "*" else ""
    years = one.year_origin if one.year_origin == one.year_use else f"{one.year_origin} (dùng {one.year_use})"
    why = dict.fromkeys(said for line in lines for said in (_ground(draft, line), line.reason, line.targets) if said)
    papers = dict.fromkeys(_paper(line) for line in lines if line.paper)
    return TableRow(
        "item",
        (
            *map(Cell, (f"{number}", names.get(one.component_id, one.component.code),
                        f"{body_naming(one.body_id, draft.on, draft.known)[0]}{work}",
                        "" if one.field.code == "*" else one.field.name, years, draft.given(one))),
            *(Cell(dong, "money") for dong in (given, done, unspent, out, None if unspent is None else unspent - out)),
            Cell("; ".join(why)),
            Cell("; ".join(papers)),
        ),
    )  # fmt: skip


def _ground(draft: Draft, line: DossierLine) -> str:
    one: Permission | None = None
    if draft.dossier.kind == DossierKind.CARRY_OVER:
        one = carrying.claimed(draft, line)
    return f"{one.code}: {one.cites}" if one else line.basis


def _paper(line: DossierLine) -> str:
    return f"{line.paper} ngày {day(line.paper_dated)}" if line.paper_dated else line.paper


def _sum(kind: str, mark: str, name: str, rows: Sequence[TableRow]) -> TableRow:
    cells = [Cell(mark), Cell(name)]
    for column in range(2, len(NUMBERS)):
        known = [value for row in rows if isinstance(value := row.cells[column].value, int)]
        is_sum = FIRST_SUM <= column <= LAST_SUM
        cells.append(Cell(sum(known) if known else None, "money") if is_sum else Cell(""))
    return TableRow(kind, tuple(cells))  # type: ignore[arg-type]  # one of the kinds of row
