"""Who may open a page of the desk: an official whose post carries the page's verb, as far as it reaches. Nobody else.

The verbs stand in ``bodies/reference/rights.yaml``; a page states its own with ``needs``, and the matrix test reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies import rights
from vungcao.bodies.models import Official
from vungcao.bodies.reach import Reach
from vungcao.evidence.moment import one_moment

View = Callable[..., HttpResponseBase]
SAFE = ("GET", "HEAD", "OPTIONS")


class OfficialRequest(HttpRequest):
    """A request whose asker is known: ``official``, and how far he may do what the page is for: ``reach``."""

    official: Official
    reach: Reach


def needs(verb: str, *, to_send: str = "") -> Callable[[View], View]:
    """The page is for officials whose post carries ``verb``; what is sent to it (POST) needs ``to_send``, if that is
    another. ``request.reach`` is the reach of the verb that was asked for.
    """
    sent = to_send or verb
    if missing := {verb, sent} - rights.verbs().keys():
        raise KeyError(f"no row in rights.yaml: {missing}")

    def of_view(view: View) -> View:
        @wraps(view)
        def seen(request: OfficialRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with one_moment():
                let_in(request, verb if request.method in SAFE else sent)
                return view(request, *args, **kwargs)

        seen.right, seen.right_to_send = verb, sent  # type: ignore[attr-defined]  # marks, read by the matrix test
        return seen

    return of_view


def let_in(request: OfficialRequest, verb: str) -> None:
    """Set ``official`` and ``reach``. Raises ``PermissionDenied`` with who could help."""
    official = official_of(request)
    today = timezone.localdate()
    reach = rights.reach_for(official, verb, today)
    if not reach:
        raise PermissionDenied(_why(official, verb))
    request.official, request.reach = official, reach


def official_of(request: HttpRequest) -> Official:
    """Who asks. Raises ``PermissionDenied`` for an account that is nobody's."""
    official: Official | None = getattr(request.user, "official", None)
    if official is None:
        raise PermissionDenied(
            _(
                "Tài khoản “%(account)s” chưa gắn với cán bộ nào nên chưa được xem số liệu. "
                "Đề nghị người quản trị hệ thống của cơ quan gắn tài khoản với cán bộ và vị trí công tác."
            )
            % {"account": request.user.get_username()}
        )
    return official


def may(official: Official, verb: str) -> bool:
    """May he do it today, anywhere at all?"""
    return rights.may(official, verb, timezone.localdate())


def _why(official: Official, verb: str) -> str:
    if not rights.posts(official, timezone.localdate()):
        return _(
            "Hôm nay %(name)s không giữ vị trí công tác nào trong hệ thống nên không được xem số liệu. "
            "Đề nghị người quản trị hệ thống của cơ quan ghi vị trí công tác đang giữ."
        ) % {"name": official.name}
    return _(
        "Vị trí công tác của %(name)s không có quyền %(verb)s. Nếu công việc cần quyền này, đề nghị người quản trị "
        "hệ thống của cơ quan ghi vị trí công tác hoặc ủy quyền có văn bản."
    ) % {"name": official.name, "verb": _(rights.verbs()[verb].said)}
