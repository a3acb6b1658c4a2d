"""Vietnamese is the language of the page unless somebody chose English."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from vungcao.ui.language import ChosenLanguageMiddleware


@pytest.mark.parametrize(
    ("cookie", "heading"), [("", "Không có trang này"), ("xx", "Không có trang này"), ("en", "No such page")]
)
def test_the_browsers_own_language_is_no_choice(cookie, heading):
    request = RequestFactory().get("/", headers={"accept-language": "en-US,en;q=0.9"})
    if cookie:
        request.COOKIES["django_language"] = cookie
    seen = {}

    def answer(request):
        seen["page"] = render_to_string("404.html", request=None)
        from django.http import HttpResponse

        return HttpResponse()

    with translation.override("vi"):
        response = ChosenLanguageMiddleware(answer)(request)
    assert heading in seen["page"] and response["Content-Language"] == (cookie if cookie == "en" else "vi")
