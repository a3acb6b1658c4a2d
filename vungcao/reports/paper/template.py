"""Fill a Word template; say in Vietnamese which placeholder of it is broken, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from vungcao.kernel.refusal import Refusal

from .packing import packed
from .template_places import Text, texts_of

_PAIRS: Final = (("{{", "}}"), ("{%", "%}"))
_PRINTED: Final = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_TAGGED: Final = re.compile(r"(\{[{%])(?:p|tr|tc|r)\s")
_PLAIN: Final = re.compile(r"\s*[a-z_]+(?:\[\d+\])?\s*")
_COMMAND: Final = re.compile(r"\{%(?:p|tr|tc|r)?\s*-?\s*(\w*)", re.DOTALL)
_WORDS: Final = {"for", "endfor", "if", "elif", "else", "endif", "set"}
_QUOTED: Final = re.compile(r"'([^']+)'$")
_PREFIX: Final = re.compile(r"^(?:p|tr|tc|r)\s")


class TemplateIsBroken(Refusal):
    """A template that cannot be filled; its text is a Vietnamese sentence naming the placeholder and its place."""

    code = "report.template_is_broken"


def fill(source: bytes, context: Mapping[str, Any], *, name: str, needs: str, is_ours: bool = False) -> bytes:
    """The template with its placeholders filled, as docx bytes.

    `name` is how the file is called in messages; `needs` is a placeholder that must stand in the body, alone in its
    paragraph; what is ours is known to be whole and is not examined. Values are escaped. Raises `TemplateIsBroken`.
    """
    template = _opened(source, name)
    texts = [] if is_ours else texts_of(template)
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    try:
        if not is_ours:
            _examine(texts, environment, context, name, needs)
        template.render(dict(context), environment, autoescape=True)
    except TemplateSyntaxError as error:
        near = " ".join(line.strip() for line in getattr(error, "docx_context", ()) if line.strip())
        place = _(" gần “%(near)s”") % {"near": near[:120]} if near else ""
        raise TemplateIsBroken(
            _("Mẫu “%(name)s” có lệnh viết sai%(place)s: mỗi “for” cần một “endfor”, mỗi “if” một “endif” (%(fault)s).")
            % {"name": name, "place": place, "fault": error.message}
        ) from error
    except UndefinedError as error:
        raise TemplateIsBroken(_undefined_message(error, texts, name)) from error
    except TemplateError as error:
        raise TemplateIsBroken(
            _("Mẫu “%(name)s” có chỗ điền không dùng được: %(fault)s.") % {"name": name, "fault": error.message}
        ) from error
    return packed(template.docx, is_last=False)


def _examine(
    texts: list[Text], environment: ImmutableSandboxedEnvironment, context: Mapping[str, Any], name: str, needs: str
) -> None:
    """Refuse what an officer may have broken, before anything is filled."""
    _refuse_half_braces(texts, name)
    _refuse_wrong_words(texts, name, environment)
    unknown = sorted(_named(texts, environment) - set(context))
    if unknown:
        raise TemplateIsBroken(_unknown_message(unknown, texts, context, name))
    if sum(one.said.strip() in (f"{{{{ {needs} }}}}", f"{{{{{needs}}}}}") for one in texts) != 1:
        raise TemplateIsBroken(
            _("Mẫu “%(name)s” phải có đúng một đoạn chỉ chứa {{ %(needs)s }}: nội dung văn bản được đặt vào đó.")
            % {"name": name, "needs": needs}
        )


def placeholders(source: bytes, known: Mapping[str, Any], *, name: str) -> set[str]:
    """Which of the known placeholders a template uses anywhere."""
    said = " ".join(one.said for one in texts_of(_opened(source, name)))
    used = " ".join(re.findall(r"\{\{.*?\}\}|\{%.*?%\}", said, re.DOTALL))
    return {word for word in known if re.search(rf"\b{word}\b", used)}


def _named(texts: list[Text], environment: ImmutableSandboxedEnvironment) -> set[str]:
    """Every name that a template takes from outside; a name that a loop of its own gives is not one."""
    said = _TAGGED.sub(r"\1 ", "\n".join(one.said for one in texts))
    return meta.find_undeclared_variables(environment.parse(said))


def _opened(source: bytes, name: str) -> DocxTemplate:
    try:
        template = DocxTemplate(BytesIO(source))
        template.init_docx()
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise TemplateIsBroken(_("Mẫu “%(name)s” không phải là tệp Word (.docx) đọc được.") % {"name": name}) from error
    return template


def _refuse_half_braces(texts: list[Text], name: str) -> None:
    for one in texts:
        for opening, closing in _PAIRS:
            if one.said.count(opening) != one.said.count(closing):
                raise TemplateIsBroken(
                    _("Mẫu “%(name)s”, %(place)s, “%(said)s”: thiếu %(opening)s hoặc %(closing)s quanh một chỗ điền.")
                    % {"name": name, "place": one.place, "said": one.said[:120], "opening": opening, "closing": closing}
                )


def _refuse_wrong_words(texts: list[Text], name: str, environment: ImmutableSandboxedEnvironment) -> None:
    """A placeholder that is no name, a command that is none of ours: each with its place."""
    for one in texts:
        for inner in _PRINTED.findall(one.said):
            if _PLAIN.fullmatch(inner):
                continue
            try:
                environment.compile_expression(_PREFIX.sub("", inner.strip() + " ").strip())
            except TemplateSyntaxError as error:
                raise TemplateIsBroken(
                    _(
                        "Mẫu “%(name)s”, %(place)s: chỗ điền {{%(inner)s}} viết sai; trong hai dấu ngoặc chỉ ghi một "
                        "tên không dấu, ví dụ {{ trich_yeu }}."
                    )
                    % {"name": name, "place": one.place, "inner": inner}
                ) from error
        for word in _COMMAND.findall(one.said):
            if word not in _WORDS:
                raise TemplateIsBroken(
                    _("Mẫu “%(name)s”, %(place)s, “%(said)s”: lệnh viết sai “%(word)s”; dùng được: %(words)s.")
                    % {
                        "name": name,
                        "place": one.place,
                        "said": one.said[:120],
                        "word": word,
                        "words": ", ".join(sorted(_WORDS)),
                    }
                )


def _unknown_message(unknown: list[str], texts: list[Text], context: Mapping[str, Any], name: str) -> str:
    found = []
    for word in unknown:
        there = [one for one in texts if re.search(rf"\b{re.escape(word)}\b", one.said)]
        places = "; ".join(f"{one.place}, “{one.said[:80]}”" for one in there)
        found.append(f"{{{{ {word} }}}} ({places})" if there else f"{{{{ {word} }}}}")
    known = ", ".join(sorted(context))
    return _("Mẫu “%(name)s” có chỗ điền không biết: %(found)s. Các chỗ điền dùng được: %(known)s.") % {
        "name": name,
        "found": "; ".join(found),
        "known": known,
    }


def _undefined_message(error: UndefinedError, texts: list[Text], name: str) -> str:
    part = _QUOTED.search(f"{error.message}")
    there = next((one for one in texts if part and f".{part[1]}" in one.said), None)
    place = f", {there.place}, “{there.said[:120]}”" if there else ""
    what = _(" (không có phần “%(part)s”)") % {"part": part[1]} if part else ""
    return _(
        "Mẫu “%(name)s”%(place)s: có chỗ điền không dùng được%(what)s; chỉ ghi tên chỗ điền, không thêm gì sau tên."
    ) % {"name": name, "place": place, "what": what}
