"""The same rows as plain Django gives them: by key, by ``Paginator``; and a plain form: one check, five rows."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

application = get_wsgi_application()  # before the models, which want the registry of applications

from vungcao.office.models import Incoming  # noqa: E402


def by_key(request: HttpRequest) -> HttpResponse:
    """50 rows after a key."""
    rows = Incoming.objects.filter(ended_by=None, number_key__lt=request.GET.get("a", "")).order_by("-number_key", "-pk")
    return HttpResponse(render_to_string("plain_list.html", {"rows": rows[:50]}))


def by_count(request: HttpRequest) -> HttpResponse:
    """A page by its number: count, then offset."""
    rows = Paginator(Incoming.objects.filter(ended_by=None).order_by("-number_key", "-pk"), 50)
    page = rows.page(int(request.GET.get("p", "1")))
    return HttpResponse(render_to_string("plain_list.html", {"rows": page.object_list}))


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


urlpatterns = [path("k", by_key), path("c", by_count), path("s", sent)]
