"""``vungcao figures`` and ``vungcao trace``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.cube.denominators import WORDS
from vungcao.cube.figures import Answer, FigureQuery, answer
from vungcao.cube.question import DENOMINATORS, DIMS, MONEY, NotAQuestion
from vungcao.cube.tracing import trace as follow
from vungcao.desk.arguments import a_day
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.evidence.queries import number_known_on
from vungcao.kernel.periods import Period
from vungcao.kernel.vietnamese import amount, day, number, percent
from vungcao.monitoring.queries import indicators


def figures(args: argparse.Namespace) -> int:
    """Answer one question; exit 2 with a sentence for one that does not make sense."""
    if args.list or not args.name:
        return _list(args)
    found = answer(_query(args), Reach.all_for_operator())
    if args.xlsx:
        from vungcao.desk.commands.listing import write_answer

        count = write_answer(found, Path(args.xlsx), _columns(found), _head)
        said = _("Đã ghi %(count)s dòng vào %(xlsx)s; ô trống là chưa có số liệu.") % {
            "count": count,
            "xlsx": args.xlsx,
        }
        as_json({"file": args.xlsx, "rows": count}) if args.json else console.print(said, soft_wrap=True)
        return 0
    if args.json:
        as_json(found.as_json())
    else:
        _show(found)
    return 0


def _names() -> dict[str, str]:
    money = {code: _(said) for code, said in MONEY.items()}
    return money | {code: f"{one.name} ({one.unit})" for code, one in indicators().items()}


def _list(args: argparse.Namespace) -> int:
    if args.json:
        as_json({"figures": _names(), "dims": list(DIMS), "denominators": {code: WORDS[code] for code in DENOMINATORS}})
    else:
        table(("Số liệu", "Là gì"), _names().items())
        table(("Mẫu số", "Là gì"), [(code, _(WORDS[code])) for code in DENOMINATORS])
        console.print(_("Chiều (--by): %(dims)s") % {"dims": ", ".join(DIMS)})
    return 0


def _query(args: argparse.Namespace) -> FigureQuery:
    period = _period(args.period) if args.period else None
    if period and args.on and not period.first <= args.on <= period.last:
        raise NotAQuestion(
            _("Ngày %(on)s không nằm trong %(period)s: chỉ nêu một trong hai.") % {"on": day(args.on), "period": period}
        )
    on = args.on or (period.last if period else timezone.localdate())
    ends = {"lowest": args.lowest, "highest": args.highest}
    pick = next((f"{end}-{count}" for end, count in ends.items() if count is not None), None)
    return FigureQuery(
        name=args.name,
        on=on,
        known=known_number(args.known_on),
        year=args.year,
        programme=args.programme,
        component=args.component,
        place=args.place,
        body=args.body,
        source=args.source,
        field=args.field,
        group=args.group,
        state=args.state,
        basis=args.basis,
        denominator=args.denominator,
        boundaries=args.boundaries,
        by=_listed(args.by),
        compare=_listed(args.compare),
        span=_span(args.period),
        rank=args.rank or ("rate" if pick else None),
        pick=pick,
    )


def _listed(said: list[str]) -> tuple[str, ...]:
    """``["a,b", "c"]`` → ``("a", "b", "c")``, each once."""
    return tuple(dict.fromkeys(part for one in said for part in one.split(",")))


def _span(period: str | None) -> str:
    """How long the period named is: what "the last period" goes back by."""
    code = (period or "").upper()
    if not code or (code[-3:-2] == "-" and code[-2:].isdigit()):
        return "month"
    return "quarter" if "Q" in code else "half" if "H" in code else "year"


def _period(code: str) -> Period:
    try:
        return Period.parse(code)
    except ValueError as error:
        raise NotAQuestion(str(error)) from error


def known_number(said: str | None) -> int | None:
    if said is None:
        return None
    return int(said) if said.isdigit() and len(said) < 8 and "-" not in said else number_known_on(_day(said))


def _day(said: str) -> date:
    try:
        return a_day(said)
    except argparse.ArgumentTypeError as error:
        raise NotAQuestion(str(error)) from error


MEASURES = {
    "given_dong": "Được giao",
    "disbursed_dong": "Giải ngân",
    "remainder_dong": "Còn lại",
    "passed_on_dong": "Đã phân bổ tiếp",
    "rate": "Tỷ lệ",
    "ttg_dong": "Thủ tướng giao",
    "council_dong": "HĐND phân bổ",
    "council_left_dong": "Chưa phân bổ",
    "assigned_dong": "UBND giao đơn vị",
    "assigned_left_dong": "Chưa giao",
    "entered_dong": "Kho bạc nhập",
    "entered_left_dong": "Chưa nhập",
    "central_dong": "Trung ương",
    "provided_dong": "Đối ứng đã bố trí",
    "required_low_dong": "Phải có, ít nhất",
    "required_high_dong": "Phải có, nhiều nhất",
    "short_low_dong": "Thiếu, ít nhất",
    "short_high_dong": "Thiếu, nhiều nhất",
    "estimated_dong": "Ước giải ngân",
    "carried_over_dong": "Trong đó vốn kéo dài",
    "recovered_dong": "Đã nộp trả",
    "to_recover_dong": "Phải nộp",
    "lent_dong": "Cho vay",
    "repaid_dong": "Thu nợ",
    "outstanding_dong": "Dư nợ",
    "flow_dong": "Trong tháng",
    "increased_dong": "Điều chỉnh tăng",
    "decreased_dong": "Điều chỉnh giảm",
    "open_advance_dong": "Tạm ứng chưa thu hồi",
    "rank": "Hạng",
    "value": "Số liệu",
    "denominator": "Mẫu số",
}


def _show(found: Answer) -> None:
    measures = _columns(found)
    rows = [
        (" · ".join(row.short_names.values()) or _("Tổng"), *[_cell(name, row.measures) for name in measures])
        for row in found.rows
    ]
    unit = _("triệu đồng") if found.figure in MONEY else next((row.unit for row in found.rows), "")
    title = _("%(names)s, đến %(on)s, biết đến lần ghi số %(known_on)s (%(unit)s)") % {
        "names": _names()[found.figure],
        "on": day(found.on),
        "known_on": found.known_on,
        "unit": unit,
    }
    heads = ("", *[_head(name) for name in measures])
    table(heads, rows, title=title, right=range(1, len(measures) + 1))
    bases = dict.fromkeys(_(WORDS[row.denominator.what]) for row in found.rows if row.denominator)
    if bases:
        console.print(_("Mẫu số: %(bases)s.") % {"bases": ", ".join(bases)})
    if not found.rows:
        console.print(_("Không có dòng nào: sổ chưa có số liệu này cho ngày và các lựa chọn đã nêu."))
    if found.rows:
        console.print(_("Từ đâu? vungcao trace '%(id)s'") % {"id": found.rows[0].id}, soft_wrap=True)
    for said in [*found.notes, *_gaps(found)]:
        console.print(said, soft_wrap=True)


def _columns(found: Answer) -> list[str]:
    """Measures to show: of what the rows are compared with, those that somebody has a figure of."""
    names = dict.fromkeys(name for row in found.rows for name in row.measures if name != "among")
    beside = tuple(f"{what}_" for what in BESIDE)
    said = {name for row in found.rows for name, value in row.measures.items() if value is not None}
    return [name for name in names if name in said or not name.startswith(beside)]


BESIDE = {
    "last_year": "cùng kỳ",
    "last_period": "kỳ trước",
    "average": "bình quân chung",
    "national": "cả nước",
}


def _head(measure: str) -> str:
    """The head of a column; of a comparison, what it is compared with: ``Tỷ lệ cùng kỳ``."""
    for what, named in BESIDE.items():
        word = _(named)
        if measure.startswith(f"{what}_"):
            rest = measure.removeprefix(f"{what}_")
            if rest == "points":
                return _("Tăng, giảm so với %(word)s (điểm %%)") % {"word": word}
            return (
                _("Bằng %% %(word)s") % {"word": word} if rest == "percent" else f"{_(MEASURES.get(rest, rest))} {word}"
            )
    return _(MEASURES.get(measure, measure))


def _gaps(found: Answer) -> Iterator[str]:
    silent = [gap["name"] for gap in found.not_reported if "since" not in gap]
    if silent:
        yield _("Chưa có số liệu: %(silent)s") % {"silent": ", ".join(silent)}
    months = [gap for gap in (*found.not_reported, *found.not_split) if "month" in gap]
    if months:
        yield from _by_month(months)
        return
    for gap in (one for one in found.not_reported if "since" in one):
        yield _("Chưa báo cáo từ %(since)s: %(name)s (%(given_dong)s triệu đồng được giao)") % {
            "since": day(gap["since"]),
            "name": gap["name"],
            "given_dong": amount(gap["given_dong"]),
        }
    for gap in found.not_split:
        if gap["dim"] == "month":
            said = _("Chưa tách được theo tháng: %(name)s %(dong)s triệu đồng") % {
                "name": gap["name"],
                "dong": amount(gap["dong"]),
            }
            yield _("%(said)s (tháng trước không báo cáo nên chỉ có lũy kế)") % {"said": said}
            continue
        what = _("%(dong)s triệu đồng (%(measure)s)") % {
            "dong": amount(gap["dong"]),
            "measure": _(MEASURES[gap["measure"]]),
        }
        yield _("Chưa chia ở cấp này: %(name)s %(what)s") % {"name": gap["name"] or gap["dim"], "what": what}
    for gap in found.not_apportioned:
        what = _("%(dong)s triệu đồng") % {"dong": amount(gap["dong"])} if "dong" in gap else gap["value"]
        yield _("Chưa phân về địa bàn: %(name)s %(what)s (%(why)s)") % {
            "name": gap["name"],
            "what": what,
            "why": gap["why"],
        }


def _by_month(gaps: list[dict[str, Any]]) -> Iterator[str]:
    """One line a month and kind of gap, with the names."""
    held: dict[str, list[str]] = {}
    for gap in gaps:
        of_month = gap.get("dim") == "month"
        what = (
            _("chưa báo cáo")
            if "since" in gap
            else _("chưa tách được số trong tháng")
            if of_month
            else _("chưa chia ở cấp này")
        )
        held.setdefault(
            _("Tháng %(number)s/%(month)s, %(what)s")
            % {"number": int(gap["month"][-2:]), "month": gap["month"][:4], "what": what},
            [],
        ).append(gap["name"] or gap["dim"])
    for said, names in held.items():
        yield f"{said}: {', '.join(dict.fromkeys(names))}."


def _cell(name: str, measures: dict[str, int | Decimal | None]) -> str:
    value = measures.get(name)
    if name == "rank":
        return "–" if value is None else f"{value}/{measures['among']}"
    if value is None:
        return "–"
    if isinstance(value, Decimal):
        return percent(value) if name.endswith(("rate", "percent")) else number(value)
    return amount(value) if name.endswith("_dong") else number(value)


def trace(args: argparse.Namespace) -> int:
    """Follow a figure's id to its lines, papers and cells."""
    found = follow(args.id, Reach.all_for_operator())
    if args.json:
        as_json(found.as_json())
        return 0
    is_money = found.unit == _("đồng")
    unit = _("triệu đồng") if is_money else found.unit
    console.print(found.question, soft_wrap=True)
    rows = [
        (
            "✓" if row.counted else "",
            row.body,
            row.label,
            amount(row.dong) if is_money else number(row.dong),
            " ".join(part for part in (row.file, row.sheet, row.cell) if part),
            row.said_by,
            f"{row.act}",
            row.why,
        )
        for row in found.rows
    ]
    heads = ("Tính", "Đơn vị", "Dòng", unit.capitalize(), "Tệp, trang, ô", "Người nhận", "Lần ghi", "Vì sao không tính")
    table(heads, rows, right=(3, 6))
    total = amount(found.total_dong) if is_money else number(found.total_dong)
    console.print(_("Cộng các dòng được tính: %(total)s %(unit)s") % {"total": total, "unit": unit})
    for rule in found.rules:
        console.print(f"• {rule}")
    return 0
