"""Who asks the API, and how far he may: a session of the site or a key, then the right that the operation states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from ninja import NinjaAPI, Schema
from ninja.security import HttpBearer

from vungcao.bodies.keys import official_of_key
from vungcao.desk.rights import let_in

RIGHTS: Final[dict[str, str]] = {}  # operation → the right it states; the matrix test reads it off the addresses


class Refused(Schema):
    """Why nothing is answered: a code that stays, a sentence for a person."""

    code: str
    detail: str


REFUSALS: Final = {401: Refused, 403: Refused, 404: Refused, 422: Refused}


class Key(HttpBearer):
    """``Authorization: Bearer vc_…``: the official whose key it is, if his post carries the operation's right."""

    def __init__(self, right: str) -> None:
        super().__init__()
        self.right = right

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        official = official_of_key(token, timezone.localdate())
        if official is None:
            return None
        request.user = official.user
        return _let_in(request, self.right)


def session(right: str) -> Callable[[HttpRequest], Any]:
    """Whoever is signed in to the site, if his post carries the operation's right."""

    def of(request: HttpRequest) -> Any:
        return _let_in(request, right) if request.user.is_authenticated else None

    return of


def _let_in(request: Any, right: str) -> Any:
    let_in(request, right)
    return request.official


Operation = Callable[..., Any]


def asks(api: NinjaAPI, path: str, right: str, answer: Any, summary: str) -> Callable[[Operation], Operation]:
    """A GET of ``path`` for officials whose post carries ``right``; ``request.reach`` is how far. Who asks is settled
    before the question is read.
    """

    def of(operation: Operation) -> Operation:
        name = operation.__name__
        RIGHTS[name] = right
        api.get(
            path, response={200: answer, **REFUSALS}, auth=[session(right), Key(right)], url_name=name,
            summary=summary, exclude_unset=True,
        )(operation)  # fmt: skip
        return operation

    return of


def denied(api: NinjaAPI, request: HttpRequest, no: Exception) -> Any:
    """403 with the sentence that the page would show."""
    assert isinstance(no, PermissionDenied)
    return api.create_response(request, {"code": "right.absent", "detail": str(no)}, status=403)
