"""Pages of a register as a whole: its list, the list on paper and as a workbook, ways of looking that were kept."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from tempfile import TemporaryFile
from typing import Any, Final

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vungcao.desk.pages import page
from vungcao.desk.registers import looking
from vungcao.desk.registers.declaring import Register
from vungcao.desk.registers.listing import Listing
from vungcao.desk.rights import OfficialRequest, may, needs
from vungcao.kernel.refusal import Refusal
from vungcao.reports.paper.long_list import Column, write_list

MOST_ON_PAPER: Final = 2_000


def listing(register: Register) -> Callable[..., HttpResponseBase]:
    """The list: filters, order, a page of it, and what may be done."""

    @require_safe
    @needs(register.sees)
    def seen(request: OfficialRequest) -> HttpResponse:
        there = Listing(register, request.GET, request.reach)
        records, lines = may(request.official, register.records), list(there.lines())
        context = {
            "register": register,
            "there": there,
            "lines": lines,
            "body": there.drawn(lines),
            "views": looking.names_of(request.official, register),
            "forms": [(one.name, register.url(one.key)) for one in register.forms if records and not one.is_on_row],
            "import_url": register.url("import") if records and register.profile else "",
            "keep_url": register.url("views"),
            "export_url": _with(register.url("export"), there.query),
            "print_url": _with(register.url("print"), there.query),
        }
        return page(request, "desk/registers/list.html", context)

    return seen


def _with(url: str, query: str) -> str:
    return f"{url}?{query}" if query else url


def on_paper(register: Register) -> Callable[..., HttpResponseBase]:
    """Every row that was asked for on one page, to be printed; a longer list goes to a workbook."""

    @require_safe
    @needs(register.sees)
    def seen(request: OfficialRequest) -> HttpResponse:
        there = Listing(register, request.GET, request.reach)
        rows = list(islice(there.ordered(), MOST_ON_PAPER + 1))
        lines = list(there.lines(rows[:MOST_ON_PAPER]))
        context = {
            "register": register,
            "there": there,
            "lines": lines,
            "body": there.drawn(lines),
            "is_cut": len(rows) > MOST_ON_PAPER,
            "most": MOST_ON_PAPER,
            "back_url": _with(register.url(), there.query),
        }
        return page(request, "desk/registers/paper.html", context)

    return seen


def export(register: Register) -> Callable[..., HttpResponseBase]:
    """Every row that was asked for as a workbook: text stays text, whatever it begins with."""

    @require_safe
    @needs(register.sees)
    def seen(request: OfficialRequest) -> HttpResponseBase:
        there = Listing(register, request.GET, request.reach)
        if not there.is_valid:
            raise Http404(_("Không đọc được bộ lọc."))
        columns = [Column(f"{one.head}", one.kind, one.width) for one in register.columns]
        file = TemporaryFile()  # noqa: SIM115  # the answer closes it
        write_list(file, [*columns, Column(_("Ghi chú"), width=24)], _values(register, there), f"{register.name}")
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=f"{register.key}.xlsx")

    return seen


def _values(register: Register, there: Listing) -> Any:
    for row in there.ordered().iterator(chunk_size=2_000):
        said = [one.of(row) for one in register.columns]
        yield [*said, "; ".join(flag.said for flag in register.flags(row, there.today))]


def views(register: Register) -> Callable[..., HttpResponseBase]:
    """Keep the way the list is looked at now under a name, or let one go."""

    @require_POST
    @needs(register.sees)
    def sent(request: OfficialRequest) -> HttpResponse:
        let_go = request.POST.get("bo", "")
        asked = Listing(register, looking.asked(request.POST.get("query", "")), request.reach)
        try:
            if let_go:
                looking.let_go(request.official, register, let_go)
            else:
                looking.keep(request.official, register, request.POST.get("name", ""), asked.query)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(_with(register.url(), asked.query))

    return sent
