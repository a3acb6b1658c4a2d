"""What a page says to everybody who reads its language is drawn once: the frame around every page is mostly that."""

from __future__ import annotations

from typing import Any

from django.template import Library, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, TextNode, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.library import SimpleNode
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from vungcao.ui.templatetags.vungcao import icon

register = Library()


class Same(Node):
    """Texts, words, icons and addresses; each language keeps its own."""

    child_nodelists = ()  # nothing in it is a block that another template fills

    def __init__(self, inside: NodeList) -> None:
        self.inside = inside
        self._drawn: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        if language not in self._drawn:
            self._drawn[language] = self.inside.render(context)
        return self._drawn[language]


@register.tag
def same(parser: Parser, _token: Token) -> Same:
    """``{% same %}…{% endsame %}``. Raises ``TemplateSyntaxError`` for anything inside that may differ between two who
    read the same language.
    """
    inside = parser.parse(("endsame",))
    parser.delete_first_token()
    for node in inside:
        if not _is_same(node):
            raise TemplateSyntaxError(f"{{% same %}} may not hold {type(node).__name__}")
    return Same(inside)


def _is_same(node: Any) -> bool:
    """Does it draw the same for everybody, whatever stands in the context?"""
    if isinstance(node, TextNode):
        return True
    if isinstance(node, TranslateNode):
        return not node.asvar and not node.message_context and _is_constant(node.filter_expression)
    if isinstance(node, URLNode):
        return not node.asvar and not node.args and not node.kwargs and _is_constant(node.view_name)
    if isinstance(node, StaticNode):
        return not node.varname and _is_constant(node.path)
    if isinstance(node, SimpleNode):
        return node.func is icon and node.target_var is None and all(map(_is_constant, node.args))
    return False


def _is_constant(said: FilterExpression) -> bool:
    return not said.filters and getattr(said.var, "lookups", None) is None
