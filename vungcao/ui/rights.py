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


def at_the_door(view: View) -> View:
    """The view belongs to the sign-in: whoever has not signed in may open it."""
    view.login_required = False  # type: ignore[attr-defined]  # read by LoginRequiredMiddleware
    view.right = "at the door"  # type: ignore[attr-defined]
    return view


def own_account(view: View) -> View:
    """The view shows and changes the asker's own account, nobody else's: open whatever post he holds."""
    view.right = "own account"  # type: ignore[attr-defined]
    return view


def is_own_or_open(view: Callable[..., HttpResponseBase]) -> bool:
    """May be opened before a first password is changed or a second factor set up."""
    return getattr(view, "right", "") in ("at the door", "own account")
