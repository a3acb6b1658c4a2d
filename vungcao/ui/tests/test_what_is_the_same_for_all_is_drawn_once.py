"""``{% same %}``: drawn once in each language; nothing that may differ between two readers may stand in it."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.templatetags.i18n import TranslateNode
from django.utils import translation

LOAD = "{% load i18n static same %}"


def test_each_language_has_its_own():
    template = Template(LOAD + "<p>{% same %}{% translate 'Tìm' %}{% icon 'save' %}{% endsame %} {{ name }}</p>")
    seen = []
    for language in ("vi", "en", "vi", "en"):
        with translation.override(language):
            seen.append(template.render(Context({"name": language})))
    assert seen[:2] == seen[2:] and ">Tìm<svg" in seen[0] and ">Search<svg" in seen[1]
    assert [one.endswith(f"</svg> {language}</p>") for one, language in zip(seen, ("vi", "en"), strict=False)]


def test_what_was_drawn_is_not_drawn_again(monkeypatch):
    template = Template(LOAD + "{% same %}{% translate 'Tìm' %}{% endsame %}")
    drawn, draw = [], TranslateNode.render
    monkeypatch.setattr(TranslateNode, "render", lambda *args: drawn.append(1) or draw(*args))
    for _ in range(3):
        assert template.render(Context()) == "Tìm"
    assert drawn == [1]


@pytest.mark.parametrize(
    "inside",
    [
        "{{ name }}",
        "{% translate name %}",
        "{% translate 'Tìm' as word %}",
        "{% translate 'Tìm'|upper %}",
        "{% url name %}",
        "{% url 'desk:places' key %}",
        "{% static name %}",
        "{% icon name %}",
        "{% icon 'save' as drawn %}",
        "{% whence '' %}",
        "{% csrf_token %}",
        "{% if name %}x{% endif %}",
        "{% block part %}x{% endblock %}",
        "{% now 'Y' %}",
    ],
)
def test_what_may_differ_is_refused(inside):
    with pytest.raises(TemplateSyntaxError, match="same"):
        Template(LOAD + "{% same %}" + inside + "{% endsame %}")
