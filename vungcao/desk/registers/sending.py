"""Forms of registers: what was typed stays while it is wrong; sent twice it is done once; who comes second is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vungcao.desk.once import Done, answer_once, claim, leads_to
from vungcao.desk.pages import page
from vungcao.desk.registers.declaring import AskedForm, Doing, Register, RegisterForm
from vungcao.desk.registers.recording import facts_of, row_or_404
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.evidence.actions import acting
from vungcao.evidence.seen import Overtaken
from vungcao.kernel.refusal import Refusal


def sending(register: Register, what: RegisterForm) -> Callable[..., HttpResponseBase]:
    """The page of one form of a register."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @needs(register.records)
    def sent(request: OfficialRequest, key: int = 0) -> HttpResponse:
        if request.method != "POST":
            return answered(request, key, uuid4())
        once = _uuid(request.POST.get("once", ""))
        return answer_once(once, request.official, lambda: answered(request, key, once), redirect)

    def answered(request: OfficialRequest, key: int, once: UUID) -> HttpResponse:
        row = row_or_404(register, request, key) if what.is_on_row else None
        if row is not None and not what.fits(row, request.official):
            raise Http404(_("Dòng này không thuộc sổ mà vị trí công tác của bạn được ghi."))
        asker: dict[str, Any] = {"official": request.official, "reach": request.reach, "row": row}
        frame = {"register": register, "what": what, "key": key, "once": once, "seen": _pk(row)}
        frame["title"] = register.columns[0].text(row) if row is not None else ""
        if request.method != "POST":
            initial = what.initial(row) if row is not None else {}
            return _shown(request, frame, what.form(initial=initial, **asker))
        frame["seen"] = seen = _seen(register, request, row, key)
        form = what.form(request.POST, **asker)
        if not form.is_valid():
            return _shown(request, frame, form, 422)
        try:
            doing = Doing(request.official, request.reach, form.cleaned_data, row, seen)
            return redirect(_carry_out(register, what, doing, once))
        except Overtaken as refusal:
            fresh = row_or_404(register, request, key)
            frame |= {"seen": _pk(fresh), "facts": facts_of(register, fresh), "overtaken": str(refusal)}
            return _shown(request, frame, form, 409)
        except Refusal as refusal:
            if refusal.facts.get("forget"):
                form = what.form(**asker)
                return _shown(request, {**frame, "refused": str(refusal)}, form, 422)
            field = refusal.facts.get("field")
            form.add_error(f"{field}" if field in form.fields else None, str(refusal))
            return _shown(request, frame, form, 422)

    return sent


def _carry_out(register: Register, what: RegisterForm, doing: Doing, once: UUID) -> str:
    """Do it under one act, with the key of the form; returns the address of the row to show."""
    try:
        why = doing.said.get("cites") or doing.said.get("reason") or ""
        with acting(what.verb, by=doing.by, reason=f"{why}".strip(), is_whole=True) as act:
            return claim(act, once, doing.by, lambda: register.url("row", what.does(doing)))
    except Done:
        there = leads_to(once, doing.by)
        if there is None:  # another's form, word for word
            raise Http404 from None
        return there


def _shown(request: OfficialRequest, frame: dict[str, Any], form: AskedForm, status: int = 200) -> HttpResponse:
    answer = page(request, "desk/registers/form.html", {**frame, "form": form}, status)
    answer["Cache-Control"] = "no-store"
    return answer


def _pk(row: Any) -> int:
    return 0 if row is None else row.pk


def _seen(register: Register, request: OfficialRequest, row: Any, key: int) -> int:
    """The row that was seen: one of this thing and of no other, whatever the form says; a number that can't be read
    is none of them.
    """
    told = request.POST.get("seen", "")
    said = _whole(told) if told else _pk(row)
    if row is None or said == row.pk:
        return said
    if register.kept is None or not register.kept(key, request.reach).filter(pk=said).exists():
        raise Http404(_("Không có dòng này, hoặc nằm ngoài phạm vi được xem."))
    return said


def _uuid(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        return uuid4()


def _whole(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0
