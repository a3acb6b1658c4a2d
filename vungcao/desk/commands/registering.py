"""``vungcao register``: the list of a register, and what its forms do to places, components and sources."""

from __future__ import annotations

import argparse
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.desk.commands.register_importing import bring
from vungcao.desk.registers.declaring import Doing, Register, RegisterForm
from vungcao.desk.registers.known import REGISTERS
from vungcao.desk.registers.listing import Listing
from vungcao.desk.registers.reference import RECORDS
from vungcao.evidence import chain
from vungcao.evidence.actions import acting
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import holds

SHOW = "xem"
CODES = ("code", "key")  # columns by which a row is named


def register(args: argparse.Namespace) -> int:
    """List the registers, list one, or carry a form out; exit 2 with a sentence for what can't be."""
    if not args.key:
        return _registers(args)
    found = next((one for one in REGISTERS if one.key == args.key), None)
    if found is None:
        raise Refusal(
            _("Không có sổ “%(key)s”; chọn một trong %(registers)s.")
            % {"key": args.key, "registers": ", ".join(one.key for one in REGISTERS)}
        )
    if args.workbook:
        return bring(found, args.workbook, commit=args.commit, in_json=args.json)
    if args.form == SHOW:
        return _show(found, args)
    return _carry_out(found, args) if args.form else _list(found, args)


def _registers(args: argparse.Namespace) -> int:
    lines = [(one.key, f"{one.name}", ", ".join(_forms(one))) for one in REGISTERS]
    if args.json:
        as_json({"registers": [{"key": key, "name": name, "forms": _forms(one)}
                               for one, (key, name, _) in zip(REGISTERS, lines, strict=True)]})  # fmt: skip
        return 0
    table(("Sổ", "Tên", "Việc làm được bằng lệnh"), lines)
    return 0


def _forms(of: Register) -> list[str]:
    """Forms that need no register of one's own: papers are written by the officers of a body."""
    return [one.key for one in of.forms] if of.records == RECORDS else []


def _list(of: Register, args: argparse.Namespace) -> int:
    there = Listing(of, _said(args.where), Reach.all_for_operator())
    if not there.is_valid:
        raise Refusal(_errors(there.filters.form))
    shown = [one for one in of.columns if not one.is_wide]
    rows = list(there.ordered())
    if args.json:
        as_json({"register": of.key, "rows": [_row(of, row) for row in rows]})
        return 0
    lines = [[f"{of.key_of(row)}", *(one.text(row) for one in shown)] for row in rows]
    table(
        ("Số", *(f"{one.head}" for one in shown)),
        lines,
        title=_("%(name)s: %(count)s dòng") % {"name": of.name, "count": len(rows)},
    )
    return 0


def _show(of: Register, args: argparse.Namespace) -> int:
    """One row with all that stands beside it."""
    row, everything = _named(of, args.row), Reach.all_for_operator()
    parts = [*of.parts(row, everything), *of.standing(row, lambda verb: everything)]
    if args.json:
        told = [{"key": one.key, "title": f"{one.title}", "count": one.count, "lines": [*map(list, one.lines)],
                 "advice": f"{one.advice}"} for one in parts]  # fmt: skip
        as_json({"register": of.key, "row": _row(of, row), "parts": told})
        return 0
    table(("Mục", "Ghi gì"), [(f"{one.head}", one.text(row)) for one in of.columns], title=of.columns[0].text(row))
    for part in parts:
        table(
            [f"{head}" for head in part.heads],
            part.lines,
            title=_("%(title)s: %(count)s dòng") % {"title": part.title, "count": part.count},
        )
        if part.advice:
            console.print(f"{part.advice}", markup=False, soft_wrap=True)
    return 0


def _row(of: Register, row: Any) -> dict[str, Any]:
    return {"id": of.key_of(row), **{one.key: one.text(row) for one in of.columns}}


def _carry_out(of: Register, args: argparse.Namespace) -> int:
    what = of.form(args.form) if args.form in _forms(of) else None
    if what is None:
        can = ", ".join(_forms(of)) or _("không có: ghi trên trang, dưới tên cán bộ giữ sổ")
        raise Refusal(
            _("Sổ %(key)s không có việc “%(form)s” bằng lệnh. Có: %(can)s.")
            % {"key": of.key, "form": args.form, "can": can}
        )
    row = _named(of, args.row) if what.is_on_row else None
    form = _filled(what, row, _said(args.set))
    if not form.is_valid():
        raise Refusal(_errors(form))
    said = form.cleaned_data
    with acting(what.verb, by=OPERATOR, reason=f"{said.get('cites') or said.get('reason') or ''}".strip()):
        doing: Any = Doing(OPERATOR, Reach.all_for_operator(), said, row, row.pk if row is not None else 0)  # type: ignore[arg-type]  # signs, holds no post
        key = what.does(doing)
    chain.extend()
    made = of.rows(Reach.all_for_operator(), timezone.localdate()).get(**{of.identity: key})
    if args.json:
        as_json({"register": of.key, "form": what.key, "row": _row(of, made)})
        return 0
    console.print(
        _("%(name)s: đã ghi %(text)s (số %(key)s).")
        % {"name": what.name, "text": of.columns[0].text(made), "key": key},
        markup=False,
        soft_wrap=True,
    )
    return 0


def _filled(what: RegisterForm, row: Any, said: QueryDict) -> Any:
    """The form as if it had been drawn for the row and these fields typed in."""
    asker: dict[str, Any] = {"official": OPERATOR, "reach": Reach.all_for_operator(), "row": row}
    drawn = what.form(**asker)
    if unknown := [name for name in said if name not in drawn.fields]:
        fields = ", ".join(f"{name} ({field.label})" for name, field in drawn.fields.items())
        raise Refusal(_("Không có ô “%(unknown)s”. Các ô: %(fields)s.") % {"unknown": unknown[0], "fields": fields})
    whole = said.copy()
    for name, value in (what.initial(row) if row is not None else {}).items():
        if name in drawn.fields and name not in said:
            whole[name] = f"{value}"
    return what.form(whole, **asker)


def _named(of: Register, said: str | None) -> Any:
    """The row of a code (its bearer of today before others), else of its number in the list."""
    if not said:
        raise Refusal(_("Ghi mã, hoặc số của dòng trong sổ (xem bằng lệnh không kèm việc)."))
    today = timezone.localdate()
    rows = list(of.rows(Reach.all_for_operator(), today))
    columns = [one for one in of.columns if one.key in CODES]
    found = [row for row in rows if said in {one.text(row) for one in columns}]
    now = [row for row in found if holds(getattr(row, "valid_from", None), getattr(row, "valid_to", None), today)]
    found = now or found or [row for row in rows if said == f"{of.key_of(row)}"]
    if len(found) != 1:
        listed = ", ".join(f"{of.key_of(row)} ({of.columns[0].text(row)})" for row in found[:5])
        raise Refusal(
            _("Nhiều dòng mang mã “%(said)s”: %(listed)s.") % {"said": said, "listed": listed}
            if found
            else _("Sổ không có dòng nào mang “%(said)s”.") % {"said": said}
        )
    return found[0]


def _said(pairs: list[str]) -> QueryDict:
    said = QueryDict(mutable=True)
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise Refusal(_("Viết TÊN=GIÁ_TRỊ, không phải “%(pair)s”.") % {"pair": pair})
        said.appendlist(name.strip(), value)
    return said


def _errors(form: Any) -> str:
    told = [
        f"{form.fields[name].label}: {' '.join(errors)}" for name, errors in form.errors.items() if name in form.fields
    ]
    return "; ".join([*told, *form.non_field_errors()])
