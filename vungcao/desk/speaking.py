"""What the command line says when it is used wrongly, and in its helps: in Vietnamese, in English after ``--lang en``.

Words of a parser are msgids of the catalogue. Vietnamese needs no Django, so that a workbook is read without it.
"""

from __future__ import annotations

import argparse
from typing import Any, Final

from django.apps import apps
from django.utils.translation import get_language, gettext

_WORDS: Final = {
    "usage: ": "cách dùng: ",
    "positional arguments": "các đối số",
    "options": "các lựa chọn",
    "show this help message and exit": "in trợ giúp này rồi thôi",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "không có lệnh %(parser_name)r; có: %(choices)s",
    "unrecognized arguments: %s": "không hiểu: %s (xem --help)",
    "not allowed with argument %s": "không dùng cùng với %s",
    "ignored explicit argument %r": "lựa chọn này không nhận giá trị %r",
    "the following arguments are required: %s": "còn thiếu: %s",
    "one of the arguments %s is required": "cần một trong các lựa chọn %s",
    "expected one argument": "cần một giá trị đi kèm",
    "expected at most one argument": "nhận nhiều nhất một giá trị",
    "expected at least one argument": "cần ít nhất một giá trị",
    "expected %s argument": "cần %s giá trị",
    "expected %s arguments": "cần %s giá trị",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s chưa rõ: có thể là %(matches)s",
    "invalid %(type)s value: %(value)r": "giá trị %(value)r không đọc được",
    "invalid choice: %(value)r (choose from %(choices)s)": "không có %(value)r; chọn: %(choices)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
}


class Parser(argparse.ArgumentParser):
    """Says its helps and placeholders in the language of the command."""

    def _add_action(self, action: Any) -> Any:
        action.help, action.metavar = worded(action.help), worded(action.metavar)
        return super()._add_action(action)


def word_verbs(verbs: Any) -> None:
    """The same for the one line that the list of verbs gives each."""
    for one in verbs._choices_actions:
        one.help = worded(one.help)


def worded(said: Any) -> Any:
    """A text in the language of the command; anything else as it is."""
    return gettext(said) if is_english() and isinstance(said, str) else said


def is_english() -> bool:
    """Was English asked for? Only then is there a catalogue to look in."""
    return apps.ready and (get_language() or "").startswith("en")


def _say(said: str) -> str:
    return said if is_english() else _WORDS.get(said, said)


def _say_count(one: str, many: str, count: int) -> str:
    return _say(one if count == 1 else many)


def in_the_language() -> None:
    """Let ``argparse`` say its sentences as the command does; it looks them up each time, by their English text."""
    argparse.__dict__["_"] = _say
    argparse.__dict__["ngettext"] = _say_count


def whole_number(said: str) -> int:
    """A number of a year, port or report."""
    try:
        return int(said)
    except ValueError:
        raise argparse.ArgumentTypeError(worded("%(said)r không phải số nguyên") % {"said": said}) from None
