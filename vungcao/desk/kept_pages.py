"""Pages kept as drawn: for one official, one question and one state of knowledge they never change.

In the process, in a folder that the site's workers share, and by the browser: whoever holds a page that is still the
page gets a word (304) instead of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.utils.cache import get_conditional_response

from vungcao.cube.kept import Answers, state
from vungcao.desk.rights import OfficialRequest
from vungcao.desk.shared_pages import name_of, shared
from vungcao.evidence.current import under_way
from vungcao.territory import boundaries

ROOM: Final = 128  # pages a process keeps; the overview of a province is about 70 kB
_TOKEN: Final = re.compile(rb'(name="csrfmiddlewaretoken" value=")[A-Za-z0-9]*(")')


pages: Answers[bytes] = Answers(room=ROOM)


class _NotKept(Exception):
    """What the view answered is no whole page, or was drawn with something that is said only once."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """The page as drawn before, while nothing newer is written; each asker gets tokens of his own in its forms.

    The page is kept for its official, address, reach, last act, day, language and file of boundaries, and may show
    nothing else. What is said once (a message), or is refused, is drawn anew. Whether he may see it is asked before.
    """

    @wraps(view)
    def shown(request: OfficialRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if len(get_messages(request)) or under_way.get() is not None:
            return view(request, *args, **kwargs)

        def draw() -> bytes:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.streaming:
                raise _NotKept(response)
            return _TOKEN.sub(rb"\1\2", response.content)

        token = get_token(request)
        asked = (request.official.pk, request.get_full_path(), boundaries.changed())
        name = name_of(asked, request.reach, state())
        mark = _mark(name, request)
        if (no_news := get_conditional_response(request, etag=mark)) is not None:
            no_news.headers["ETag"] = mark
            return no_news
        try:
            drawn = pages.get(asked, request.reach, lambda: shared(name, draw))
        except _NotKept as not_kept:
            return not_kept.response
        page = _TOKEN.sub(lambda found: found[1] + token.encode() + found[2], drawn)
        return HttpResponse(page, headers={"ETag": mark})

    return shown


def _mark(name: str, request: OfficialRequest) -> str:
    """The page's mark for a browser that holds it: of the page, and of the secret that the tokens in its forms are
    good for. Weak, since the same page bears another token each time.
    """
    secret = f"{request.META.get('CSRF_COOKIE', '')}"
    return f'W/"{hashlib.sha256(f"{name} {secret}".encode()).hexdigest()[:32]}"'
