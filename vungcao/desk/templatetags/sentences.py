"""``{{ said|in_language }}``: a sentence that was kept in Vietnamese, in the reader's language."""

from __future__ import annotations

from django import template

from vungcao.intake import sentences

register = template.Library()


@register.filter
def in_language(said: str) -> str:
    """The sentence as the reader reads it."""
    return sentences.in_language(said)
