"""Vietnamese is the language of the page unless somebody chose English."""

from __future__ import annotations

import pytest
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
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


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_the_framework_says_of_a_field_is_in_the_language_of_the_page(language):
    """Its own Vietnamese lacks a sentence now and then."""

    class Asked(forms.Form):
        name = forms.CharField()

    with translation.override(language):
        (nul,) = Asked({"name": "a\0b"}).errors["name"]
        with pytest.raises(ValidationError) as short:
            validate_password("ngan")
    (said,) = [one for one in short.value.messages if "12" in one]
    assert (nul, said) == {
        "vi": (
            "Ô này có ký tự hỏng (ký tự rỗng): xóa đi rồi gõ lại.",
            "Mật khẩu này quá ngắn, phải có ít nhất 12 ký tự.",
        ),
        "en": (
            "Null characters are not allowed.",
            "This password is too short. It must contain at least 12 characters.",
        ),
    }[language]
