"""Who is at the other end: address of the machine, and its browser in a few words."""

from __future__ import annotations

import ipaddress
from typing import Final

from django.conf import settings
from django.http import HttpRequest

_BROWSERS: Final = (("Edg/", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("Firefox/", "Firefox"),
                    ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
_SYSTEMS: Final = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
                   ("Mac OS X", "macOS"), ("Linux", "Linux"))  # fmt: skip


def address(request: HttpRequest) -> str | None:
    """The client's address. ``VUNGCAO_PROXIES`` of our own stand in front: what the outermost of them saw is taken
    from ``X-Forwarded-For``, counted from the right, since whatever stands further left was written by the client.
    """
    said = request.META.get("REMOTE_ADDR") or ""
    if settings.PROXIES:
        passed = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if one.strip()]
        if len(passed) >= settings.PROXIES:
            said = passed[-settings.PROXIES]
    try:
        return str(ipaddress.ip_address(said))
    except ValueError:
        return None


def device(user_agent: str) -> str:
    """``Mozilla/5.0 (Windows NT 10.0…) … Chrome/140`` → ``Chrome, Windows``; empty when it says nothing we know."""
    words = [next((word for mark, word in table if mark in user_agent), "") for table in (_BROWSERS, _SYSTEMS)]
    return ", ".join(word for word in words if word)
