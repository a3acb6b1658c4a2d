"""Fill a Word template; say in Vietnamese which placeholder of it is broken, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from vungcao.kernel.refusal import Refusal

_PAIRS: Final = (("{{", "}}"), ("{%", "%}"))


class TemplateIsBroken(Refusal):
    """A template that cannot be filled; its text is a Vietnamese sentence naming the placeholder and its place."""

    code = "report.template_is_broken"


def fill(source: bytes, context: Mapping[str, Any], *, name: str, needs: str) -> bytes:
    """The template with its placeholders filled, as docx bytes.

    `name` is how the file is called in messages; `needs` is a placeholder that must stand in the body, alone in its
    paragraph. Values are escaped. Raises `TemplateIsBroken`.
    """
    try:
        template = DocxTemplate(BytesIO(source))
        template.init_docx()
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise TemplateIsBroken(f"Mẫu “{name}” không phải là tệp Word (.docx) đọc được.") from error
    texts = list(_texts(template))
    _refuse_half_braces(texts, name)
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    try:
        unknown = sorted(template.get_undeclared_template_variables(environment, dict(context)))
        if unknown:
            raise TemplateIsBroken(_unknown_message(unknown, texts, context, name))
        if sum(text.strip() in (f"{{{{ {needs} }}}}", f"{{{{{needs}}}}}") for _, text in texts) != 1:
            raise TemplateIsBroken(
                f"Mẫu “{name}” phải có đúng một đoạn chỉ chứa {{{{ {needs} }}}}: nội dung văn bản được đặt vào đó."
            )
        template.render(dict(context), environment, autoescape=True)
    except TemplateSyntaxError as error:
        near = " ".join(line.strip() for line in getattr(error, "docx_context", ()) if line.strip())
        place = f" gần “{near[:120]}”" if near else ""
        raise TemplateIsBroken(f"Mẫu “{name}” có lệnh viết sai{place}: {error.message}.") from error
    except TemplateError as error:
        raise TemplateIsBroken(f"Mẫu “{name}” có chỗ điền không dùng được: {error.message}.") from error
    stream = BytesIO()
    template.save(stream)
    return stream.getvalue()


def _texts(template: DocxTemplate) -> Iterator[tuple[str, str]]:
    """(where it stands, text) of every paragraph in body, headers and footers."""
    document = template.docx
    places = [("thân văn bản", document.element.body)]
    for uri, where in ((template.HEADER_URI, "đầu trang"), (template.FOOTER_URI, "chân trang")):
        places += [(where, parse_xml(part.blob)) for _, part in template.get_headers_footers(uri)]
    for where, element in places:
        for paragraph in element.iter(qn("w:p")):
            yield where, "".join(piece.text or "" for piece in paragraph.iter(qn("w:t")))


def _refuse_half_braces(texts: list[tuple[str, str]], name: str) -> None:
    for where, text in texts:
        for opening, closing in _PAIRS:
            if text.count(opening) != text.count(closing):
                raise TemplateIsBroken(
                    f"Mẫu “{name}”, {where}, đoạn “{text[:120]}”: thiếu {opening} hoặc {closing} quanh một chỗ điền."
                )


def _unknown_message(unknown: list[str], texts: list[tuple[str, str]], context: Mapping[str, Any], name: str) -> str:
    found = []
    for word in unknown:
        where, text = next(((where, text) for where, text in texts if word in text), ("", ""))
        found.append(f"{{{{ {word} }}}} ({where}, đoạn “{text[:80]}”)" if text else f"{{{{ {word} }}}}")
    known = ", ".join(sorted(context))
    return f"Mẫu “{name}” có chỗ điền không biết: {'; '.join(found)}. Các chỗ điền dùng được: {known}."
