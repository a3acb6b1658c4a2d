"""The same rows as plain Django gives them: by key, by ``Paginator``; and a plain form: one check, five rows."""

from __future__ import annotations

from dataclasses import replace

from django.core.paginator import Paginator
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

application = get_wsgi_application()  # before the models, which want the registry of applications

from config.urls import urlpatterns as ours  # noqa: E402
from vungcao.desk.registers.documents_in import REGISTER  # noqa: E402
from vungcao.desk.registers.listing import Listing  # noqa: E402
from vungcao.office.models import Incoming  # noqa: E402


def by_key(request: HttpRequest) -> HttpResponse:
    """50 rows after a key."""
    rows = Incoming.objects.filter(ended_by=None, number_key__lt=request.GET.get("a", "")).order_by(
        "-number_key", "-pk"
    )
    return HttpResponse(render_to_string("plain_list.html", {"rows": rows[:50]}))


def by_count(request: HttpRequest) -> HttpResponse:
    """A page by its number: count, then offset."""
    rows = Paginator(Incoming.objects.filter(ended_by=None).order_by("-number_key", "-pk"), 50)
    page = rows.page(int(request.GET.get("p", "1")))
    return HttpResponse(render_to_string("plain_list.html", {"rows": page.object_list}))


def same_page(request: HttpRequest) -> HttpResponse:
    """Our page of the register as it is drawn, for nobody: no sign-in, no reach, no count, no looking up."""
    there = Listing(UNSCOPED, request.GET, None, timezone.localdate())  # type: ignore[arg-type]  # nobody's reach
    there.__dict__["count"] = (10_000, False)
    lines = list(there.lines())
    urls = dict.fromkeys(("import_url", "keep_url", "export_url", "print_url"), "")
    frame = {"register": UNSCOPED, "there": there, "lines": lines, "body": there.drawn(lines), "official": None, **urls}
    return HttpResponse(render_to_string("desk/registers/list.html", frame, request))


@csrf_exempt
def sent(request: HttpRequest) -> HttpResponse:
    """One check and five rows in one transaction."""
    unit = request.POST.get("unit", "0")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM bench_sent WHERE unit = %s AND amount < 0", [unit])
        if cursor.fetchone():
            return HttpResponse(status=409)
        cursor.executemany("INSERT INTO bench_sent (unit, amount) VALUES (%s, %s)", [(unit, at) for at in range(5)])
    return HttpResponse("ok")


UNSCOPED = replace(
    REGISTER,
    rows=lambda _reach, _today: Incoming.objects.filter(ended_by=None),
    columns=tuple(one for one in REGISTER.columns if one.key not in ("result", "delay")),
    flags=lambda _row, _today: [],
)
urlpatterns = [path("k", by_key), path("c", by_count), path("p", same_page), path("s", sent), path("", include(ours))]
