"""What every page of the desk carries: who looks, how far the books are written, whether they hold examples."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from vungcao.desk.rights import OfficialRequest
from vungcao.evidence.models import Source
from vungcao.evidence.queries import last_number


def page(request: OfficialRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render with the frame's own facts."""
    frame = {
        "official": request.official,
        "known_now": last_number(),
        "example_data": Source.objects.filter(is_example=True).exists(),
    }
    return render(request, template, {**frame, **context}, status=status)
