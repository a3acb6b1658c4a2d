"""Addresses of registers, under ``/so/``: made from what is declared, each page with its own right."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path

from vungcao.desk.registers import importing_pages, recording, sending, views
from vungcao.desk.registers.declaring import Register
from vungcao.desk.registers.known import REGISTERS


def _pages(register: Register) -> Iterator[URLPattern]:
    base, name = f"so/{register.key}", register.key
    yield path(f"{base}/", views.listing(register), name=name)
    yield path(f"{base}/xuat/", views.export(register), name=f"{name}-export")
    yield path(f"{base}/in/", views.on_paper(register), name=f"{name}-print")
    yield path(f"{base}/cach-xem/", views.views(register), name=f"{name}-views")
    if register.profile is not None:
        yield path(f"{base}/nhap/", importing_pages.upload(register), name=f"{name}-import")
        yield path(f"{base}/nhap/<str:sha256>/", importing_pages.rehearsal(register), name=f"{name}-rehearsal")
    for form in register.forms:
        at = f"{base}/<int:key>/{form.key}/" if form.is_on_row else f"{base}/{form.key}/"
        yield path(at, sending.sending(register, form), name=f"{name}-{form.key}")
    yield path(f"{base}/<int:key>/", recording.record(register), name=f"{name}-row")
    if register.kept is not None:
        yield path(f"{base}/<int:key>/lich-su/", recording.history(register), name=f"{name}-history")


urlpatterns = [page for register in REGISTERS for page in _pages(register)]
