"""What every page of the desk carries: who looks, how far the books are written, whether they hold examples."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from vungcao.bodies.models import Official
from vungcao.desk.rights import OfficialRequest
from vungcao.evidence.examples import holds_examples
from vungcao.evidence.moment import today
from vungcao.evidence.queries import last_number
from vungcao.kernel.vietnamese import day


def page(request: OfficialRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render with the frame's own facts."""
    return render(request, template, {**frame(request.official), **context}, status=status)


def frame(official: Official | None) -> dict[str, Any]:
    """What the frame of every page says; to nobody in office only who he is."""
    if official is None:
        return {"official": None}
    return {
        "official": official,
        "known_now": last_number(),
        "now_day": day(today()),
        "example_data": holds_examples(),
    }
