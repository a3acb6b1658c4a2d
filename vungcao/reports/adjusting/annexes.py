"""Annexes of a dossier: its lines on A3 (an adjustment's as in practice §4.4: A. Giảm / B. Tăng; what leaves a year in
`leaving`), before and after, the table of answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vungcao.bodies.queries import naming as body_naming
from vungcao.kernel.vietnamese import day
from vungcao.ledger.dossiers.before_after import Changed, before_after, spent
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.models import DossierKind, DossierLine, Side
from vungcao.ledger.regions import Region
from vungcao.reports.adjusting.leaving import closing_notes, leaving_table
from vungcao.reports.adjusting.wording import wording
from vungcao.reports.paper import Annex, Cell, HeadCell, Table, TableRow

HEADS = (
    "STT", "Dự án, nội dung", "Đơn vị, công trình", "Nguồn vốn", "Lĩnh vực chi", "Năm nguồn", "Quyết định đã giao",
    "Kế hoạch đã giao", "Đã giải ngân", "Điều chỉnh giảm", "Điều chỉnh tăng", "Kế hoạch sau điều chỉnh",
    "Lý do; chỉ tiêu bị ảnh hưởng", "Văn bản đề nghị của đơn vị",
)  # fmt: skip
NUMBERS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12=8-10+11", "13", "14")
WIDTHS = (0.5, 2.6, 2.2, 1.6, 1.2, 0.9, 1.5, 1.2, 1.2, 1.2, 1.2, 1.3, 2.4, 1.5)
BLOCKS = {Side.DOWN: ("A", "GIẢM"), Side.UP: ("B", "TĂNG")}
WAYS = {"project": ("I", "THEO DỰ ÁN"), "unit": ("II", "THEO ĐƠN VỊ"), "source": ("III", "THEO NGUỒN VỐN")}


def annexes(draft: Draft, *, opinions: bool) -> tuple[Annex, ...]:
    """Annexes I (lines) and II (before and after); III, the table of answers, where wanted and there is one."""
    first, second = wording(draft).annexes
    adjusts = draft.dossier.kind == DossierKind.ADJUSTMENT
    table, notes = (lines_table(draft), _notes(draft)) if adjusts else (leaving_table(draft), closing_notes(draft))
    found = [
        Annex("I", first, table, paper="A3", notes=notes),
        Annex("II", second, changes_table(draft), orientation="portrait"),
    ]
    if opinions and draft.opinions:
        found.append(Annex("III", "TỔNG HỢP Ý KIẾN CÁC CƠ QUAN", answers_table(draft)))
    return tuple(found)


def _notes(draft: Draft) -> tuple[str, ...]:
    blank = "Cột “Đã giải ngân” để trống là chưa có số liệu, không phải bằng 0."
    return (f"Số dư và số giải ngân tính đến ngày {day(draft.on)}. {blank}",)


def lines_table(draft: Draft) -> Table:
    """A. Giảm and B. Tăng, an account a row; live sums: the total of the blocks, a block of its rows, 12=8-10+11."""
    done = spent(draft)
    rows: list[TableRow] = []
    for side, (mark, name) in BLOCKS.items():
        items = [
            _item(draft, number, side, list(group), done)
            for number, group in enumerate(_accounts(draft, side), start=1)
        ]
        rows += [_sum("section", mark, name, items), *items]
    total = _sum("total", "", "TỔNG CỘNG", [row for row in rows if row.kind == "section"])
    return Table("", (tuple(map(HeadCell, HEADS)),), (total, *rows), number_row=NUMBERS, widths=WIDTHS)


def _accounts(draft: Draft, side: Side) -> Iterable[list[DossierLine]]:
    groups: dict[Region, list[DossierLine]] = {}
    for line in draft.side(side):
        groups.setdefault(Region.of(line), []).append(line)
    return groups.values()


def _item(draft: Draft, number: int, side: Side, lines: Sequence[DossierLine], done: dict[int, int | None]) -> TableRow:
    one = lines[0]
    moved, before = sum(line.dong for line in lines), draft.left(one)
    names = draft.here.components.short_names
    unit = body_naming(one.body_id, draft.on, draft.known)[0]
    work = f"; {one.spending_object.name}" if one.spending_object.code != "*" else ""
    years = one.year_origin if one.year_origin == one.year_use else f"{one.year_origin} (dùng {one.year_use})"
    field = "" if one.field.code == "*" else one.field.name
    down, up = (moved, None) if side == Side.DOWN else (None, moved)
    after = before - (down or 0) + (up or 0)
    return TableRow(
        "item",
        (
            *map(Cell, (f"{number}", names.get(one.component_id, one.component.code), f"{unit}{work}",
                        one.source.name, field, years, draft.given(one))),
            *(Cell(dong, "money") for dong in (before, done[one.pk], down, up, after)),
            Cell("; ".join(dict.fromkeys(said for line in lines for said in (line.reason, line.targets) if said))),
            Cell("; ".join(dict.fromkeys(_paper(line) for line in lines if line.paper))),
        ),
    )  # fmt: skip


def _paper(line: DossierLine) -> str:
    return f"{line.paper} ngày {day(line.paper_dated)}" if line.paper_dated else line.paper


def _sum(kind: str, mark: str, name: str, rows: Sequence[TableRow]) -> TableRow:
    cells = [Cell(mark), Cell(name)]
    for column in range(2, len(HEADS)):
        known = [row.cells[column].value for row in rows if row.cells[column].kind == "money"]
        sums = [value for value in known if isinstance(value, int)]
        cells.append(Cell(sum(sums) if sums else None, "money") if 7 <= column <= 11 else Cell(""))
    return TableRow(kind, tuple(cells))  # type: ignore[arg-type]  # one of the kinds of row


def changes_table(draft: Draft) -> Table:
    """Before and after by project, unit and source: three blocks, each the same đồng cut another way."""
    heads = ("STT", "Nội dung", *wording(draft).changes)
    rows: list[TableRow] = []
    for by, changed in before_after(draft).items():
        mark, name = WAYS[by]
        sums = Changed("", name, *(sum(getattr(one, part) for one in changed) for part in ("before", "down", "up")))
        rows.append(_changed("section", mark, sums))
        rows += [_changed("item", f"{number}", one) for number, one in enumerate(changed, start=1)]
    return Table(
        "", (tuple(map(HeadCell, heads)),), rows, number_row=("1", "2", "3", "4", "5", "6=3-4+5"),
        widths=(0.5, 4, 1.5, 1.3, 1.3, 1.5),
    )  # fmt: skip


def _changed(kind: str, mark: str, one: Changed) -> TableRow:
    dong = (one.before, one.down or None, one.up or None, one.after)
    return TableRow(kind, (Cell(mark), Cell(one.name), *(Cell(value, "money") for value in dong)))  # type: ignore[arg-type]  # one of the kinds of row


def answers_table(draft: Draft) -> Table:
    """Who was asked, when, what was answered, taken up or not; who has not answered is said to have not."""
    heads = ("STT", "Cơ quan", "Xin ý kiến", "Trả lời", "Ý kiến", "Nội dung", "Tiếp thu, giải trình")
    rows = []
    for number, (asked, answer) in enumerate(draft.opinions, start=1):
        told = ("", "chưa trả lời", "", "")
        if answer:
            how = ": ".join(said for said in (str(answer.get_taken_display()), answer.how) if said)
            told = (_on(answer.number, day(answer.answered_on)), str(answer.get_verdict_display()), answer.said, how)
        name = body_naming(asked.body_id, asked.asked_on, draft.known)[0]
        rows.append(
            TableRow("item", tuple(map(Cell, (f"{number}", name, _on(asked.number, day(asked.asked_on)), *told))))
        )
    return Table("", (tuple(map(HeadCell, heads)),), rows, unit=None, widths=(0.4, 2, 1.6, 1.6, 1.4, 3.5, 3))


def _on(number: str, when: str) -> str:
    return f"{number} ngày {when}" if number else f"ngày {when}"
