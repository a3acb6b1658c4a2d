"""Every view states its right; one that states none fails the build (the matrix test reads ``right``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def open_to_signed_in(view: View) -> View:
    """The view shows nothing of any room: whoever is signed in may see it."""
    view.right = "signed in"  # type: ignore[attr-defined]  # a mark on the function, read by the matrix test
    return view
