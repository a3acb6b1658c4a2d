"""Who may see a page of the desk: an official in post, within reach. Nobody else sees anything."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies.models import Official
from vungcao.bodies.reach import Reach


class OfficialRequest(HttpRequest):
    """A request whose asker is known: ``official`` and what is in ``reach`` today."""

    official: Official
    reach: Reach


def within_reach(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view is for officials in post; what it shows is asked with ``request.reach``."""

    @wraps(view)
    def seen(request: OfficialRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        official = getattr(request.user, "official", None)
        if official is None:
            raise PermissionDenied(
                _(
                    "Tài khoản “%(account)s” chưa gắn với cán bộ nào nên chưa được xem số liệu. "
                    "Đề nghị người quản trị hệ thống của cơ quan gắn tài khoản với cán bộ và vị trí công tác."
                )
                % {"account": request.user.get_username()}
            )
        reach = Reach.of(official, timezone.localdate())
        if not reach:
            raise PermissionDenied(
                _(
                    "Hôm nay %(name)s không giữ vị trí công tác nào trong hệ thống nên không được xem số liệu. "
                    "Đề nghị người quản trị hệ thống của cơ quan ghi vị trí công tác đang giữ."
                )
                % {"name": official.name}
            )
        request.official, request.reach = official, reach
        return view(request, *args, **kwargs)

    seen.right = "within reach"  # type: ignore[attr-defined]  # a mark on the function, read by the matrix test
    return seen
