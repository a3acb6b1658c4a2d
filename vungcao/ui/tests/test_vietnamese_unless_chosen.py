"""Vietnamese is the language of the page unless somebody chose English; every string has its English."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation.template import templatize

from vungcao.ui.language import ChosenLanguageMiddleware

ROOMS = Path(__file__).resolve().parents[2]
CATALOGUE = ROOMS / "locale" / "en" / "LC_MESSAGES" / "django"
CALLS = {"_", "gettext", "gettext_lazy"}
TEXT = re.compile(r"gettext\(u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")


def strings() -> set[str]:
    """Every string the pages translate, from templates and from code."""
    found: set[str] = set()
    for room in ("ui", "desk"):
        for template in (ROOMS / room / "templates").rglob("*.html"):
            source = templatize(template.read_text(encoding="utf-8"))
            found |= {ast.literal_eval(said) for said in TEXT.findall(source)}
        for module in (ROOMS / room).rglob("*.py"):
            if "tests" not in module.parts:
                found |= set(_of_code(ast.parse(module.read_text(encoding="utf-8"))))
    return found


def _of_code(tree: ast.AST) -> list[str]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return [
        call.args[0].value
        for call in calls
        if call.func.id in CALLS and call.args and isinstance(call.args[0], ast.Constant)
    ]


def compiled() -> dict[str, str]:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        return {str(key): value for key, value in gettext.GNUTranslations(file)._catalog.items() if key}


def test_every_string_has_its_english():
    said = compiled()
    missing = sorted(text for text in strings() if not said.get(text))
    assert not missing, f"add to {CATALOGUE}.po, then msgfmt it: {missing}"


def test_the_compiled_catalogue_is_that_of_the_text():
    text = CATALOGUE.with_suffix(".po").read_text(encoding="utf-8")
    entries = re.findall(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', text, re.MULTILINE)
    joined = {_joined(key): _joined(value) for key, value in entries}
    joined.pop("")
    assert joined == compiled()


def _joined(quoted: str) -> str:
    return "".join(ast.literal_eval(line) for line in quoted.splitlines())


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
