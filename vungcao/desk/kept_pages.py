"""Pages kept in memory as drawn: for one official, one question and one state of knowledge they never change."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.middleware.csrf import get_token

from vungcao.cube.kept import Answers
from vungcao.desk.rights import OfficialRequest
from vungcao.territory import boundaries

ROOM: Final = 128  # pages a process keeps; the overview of a province is about 70 kB
_TOKEN: Final = re.compile(rb'(name="csrfmiddlewaretoken" value=")[A-Za-z0-9]+(")')


pages: Answers[bytes] = Answers(room=ROOM)


class _NotKept(Exception):
    """What the view answered is no whole page, or was drawn with something that is said only once."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page as drawn before, while nothing newer is written; each asker gets tokens of his own in its forms.

    The page is kept for its official, address, reach, last act, day, language and file of boundaries, and may show
    nothing else. What is said once (a message), or is refused, is drawn anew.
    """

    @wraps(view)
    def shown(request: OfficialRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if len(get_messages(request)):
            return view(request, *args, **kwargs)

        def draw() -> bytes:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.streaming:
                raise _NotKept(response)
            return response.content

        try:
            asked = (request.official.pk, request.get_full_path(), boundaries.changed())
            drawn = pages.get(asked, request.reach, draw)
        except _NotKept as not_kept:
            return not_kept.response
        token = get_token(request).encode()
        return HttpResponse(_TOKEN.sub(lambda found: found[1] + token + found[2], drawn))

    return shown
