"""The list of a register: what was asked for in the address, answered as rows, heads, counts and links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from operator import attrgetter
from typing import Any, Final

from django.db.models import QuerySet
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.cube.kept import Answers
from vungcao.desk.registers.declaring import Column, Register, text_of
from vungcao.desk.registers.paging import Page, counted, page_of
from vungcao.desk.tables import Head
from vungcao.kernel.vietnamese import day, number
from vungcao.ui.templatetags.vungcao import status

TURNS = ("sau", "truoc")
PARTS: Final = "\0"  # no text that is typed or read holds it
_counts: Final[Answers[tuple[int, bool]]] = Answers(room=512)
_unasked: Final[dict[tuple[str, str | None], SafeString]] = {}  # by register and language: no more than there are
_unasked_heads: Final[dict[tuple[str, str | None, str], SafeString]] = {}  # by the order, too: one of its columns


@dataclass(frozen=True)
class Line:
    """A row as it is drawn: where its page is, its first cell, the others with their class."""

    href: str
    first: str
    cells: list[tuple[str, str]]


class Listing:
    """What an address asks of a register, for one asker."""

    def __init__(self, register: Register, asked: QueryDict, reach: Reach, today: date | None = None) -> None:
        self.register, self.asked, self.reach = register, asked, reach
        self.today = today or timezone.localdate()
        said = asked.get("sort", "")
        column = register.column(said.removeprefix("-"))
        self.sort = said if column is not None and column.sort else register.order

    @cached_property
    def filters(self) -> Any:
        """The form of the filters and the rows they let through."""
        return self.register.filters(self.asked, queryset=self._all())

    def _all(self) -> QuerySet[Any]:
        return self.register.rows(self.reach, self.today)

    @cached_property
    def is_asked(self) -> bool:
        """Is anything filtered?"""
        return any(self.asked.get(name) for name in self.register.filters.base_filters)

    @cached_property
    def is_valid(self) -> bool:
        """Can the filters be read? Those that nobody filled in need no reading."""
        return not self.is_asked or self.filters.is_valid()

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """All that was asked for; nothing while a filter can't be read."""
        if not self.is_asked:
            return self._all()
        found: QuerySet[Any] = self.filters.qs
        return found if self.is_valid else found.none()

    @property
    def expression(self) -> str:
        """The order as the query says it."""
        column = self.register.column(self.sort.removeprefix("-"))
        assert column is not None and column.sort, f"{self.register.key} can't be ordered by {self.sort}"
        return f"{'-' if self.sort.startswith('-') else ''}{column.sort}"

    @cached_property
    def page(self) -> Page:
        """Its rows; of lines whose list is not filtered the question is kept for all who reach as far."""
        is_kept = self.register.is_of_lines and not self.is_asked
        return page_of(
            lambda: self.rows,
            self.expression,
            after=self.asked.get("sau", ""),
            before=self.asked.get("truoc", ""),
            kept_as=(self.register.rows, self.reach, self.today) if is_kept else None,
        )

    @cached_property
    def count(self) -> tuple[int, bool]:
        if not self.register.is_of_lines:
            return counted(self.rows)
        asked = self.register.key, tuple(self.asked.get(name, "") for name in self.register.filters.base_filters)
        return _counts.get(asked, self.reach, lambda: counted(self.rows))

    @property
    def fields(self) -> SafeString:
        """The fields of the filter, drawn: while nothing is asked they say the same to everybody."""
        key = self.register.key, get_language()
        if self.is_asked or not self.is_valid:
            return _drawn_fields(self.filters.form)
        if key not in _unasked:
            _unasked[key] = _drawn_fields(self.filters.form)
        return _unasked[key]

    def ordered(self) -> QuerySet[Any]:
        """Every row, in the list's order: for the workbook and for paper."""
        falls, name = self.expression.startswith("-"), self.expression.removeprefix("-")
        return self.rows.order_by(*((f"-{name}", "-pk") if falls else (name, "pk")))

    @property
    def told(self) -> str:
        """How many rows there are, whether they are filtered, and as of which day."""
        count, is_all = self.count
        rows = _("%(n)s dòng") if is_all else _("hơn %(n)s dòng")
        filtered = [_("đang lọc")] if self.is_asked else []
        return " · ".join((rows % {"n": number(count)}, *filtered, _("đến %(on)s") % {"on": day(self.today)}))

    @cached_property
    def query(self) -> str:
        """Filters and order without the page, as an address keeps them."""
        kept = QueryDict(mutable=True)
        names = [*self.register.filters.base_filters, "sort"]
        for name in names:
            if value := self.asked.get(name):
                kept[name] = value
        return kept.urlencode()

    def turned(self, way: str, token: str) -> str:
        """The address of a neighbouring page."""
        return "?" + "&".join(filter(None, (self.query, f"{way}={token}")))

    @property
    def is_short(self) -> bool:
        """Is the first column a number or code, which needs little room?"""
        return self.register.columns[0].css == "whole"

    def drawn(self, lines: Sequence[Line]) -> SafeString:
        """The body of the table of these lines."""
        return drawn(lines, is_short=self.is_short)

    @property
    def next(self) -> str:
        return self.turned("sau", self.page.after) if self.page.after else ""

    @property
    def previous(self) -> str:
        return self.turned("truoc", self.page.before) if self.page.before else ""

    @property
    def drawn_heads(self) -> SafeString:
        """The heads of the table, drawn: while nothing is filtered they say the same to everybody."""
        if self.is_asked:
            return _drawn_heads(self)
        key = self.register.key, get_language(), self.sort
        if key not in _unasked_heads:
            _unasked_heads[key] = _drawn_heads(self)
        return _unasked_heads[key]

    @property
    def heads(self) -> Iterator[Head]:
        """Of the columns in sight; each that sorts is a link that turns the order round."""
        for index, column in enumerate(self.register.in_list):
            css = " ".join(
                filter(None, ("" if index else "fixed", column.css if column.kind == "number" or not index else ""))
            )
            if not column.sort:
                yield Head(column.head, css)
                continue
            direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "")
            link = QueryDict(self.query, mutable=True)
            link["sort"] = f"-{column.key}" if direction == "ascending" else column.key
            yield Head(column.head, css, direction, f"?{link.urlencode()}")
        yield Head(_("Ghi chú"), "")

    def lines(self, rows: Any = None) -> Iterator[Line]:
        """The rows of the page, or others, as they are drawn."""
        first, *others = self.register.in_list
        before, after = self.register.around_key
        key_of, kind, styled = attrgetter(self.register.identity), None, []
        for row in self.page.rows if rows is None else rows:
            if type(row) is not kind:
                kind = type(row)
                styled = [(column.css, column.reader(kind)) for column in others]
            cells = [(css, text_of(read(row))) for css, read in styled]
            cells.append(("", marks(self.register, row, self.today)))
            key = key_of(row)
            yield Line(f"{before}{key}{after}", first.text(row) or f"{key}", cells)


def drawn(lines: Sequence[Line], *, is_short: bool) -> SafeString:
    """The rows of a table, every text escaped: joined here, as a template takes longer over 450 cells than the database
    over a million rows.
    """
    first = '<tr><th scope="row" class="fixed whole">' if is_short else '<tr><th scope="row" class="fixed">'
    parts, said = [], iter(_escaped([text for line in lines for text in _plain(line)]))
    for line in lines:
        parts.append(f'{first}<a href="{next(said)}">{next(said)}</a></th>')
        for css, text in line.cells:
            shown = text if isinstance(text, SafeString) else next(said)
            parts.append(f'<td class="{css}">{shown}</td>' if css else f"<td>{shown}</td>")
        parts.append("</tr>\n")
    return mark_safe("".join(parts))  # escaped above


def _plain(line: Line) -> Iterator[str]:
    """The texts of a line that are not drawn yet, in their order."""
    yield line.href
    yield line.first
    yield from (text for _css, text in line.cells if not isinstance(text, SafeString))


def _escaped(texts: list[str]) -> list[str]:
    """Each text escaped: all in one go, which takes a third of the time, unless one of them holds what parts them."""
    said = escape(PARTS.join(texts)).split(PARTS)
    return said if len(said) == len(texts) else [escape(text) for text in texts]


def _drawn_fields(form: Any) -> SafeString:
    return mark_safe("".join(render_to_string("ui/parts/field.html", {"field": one}) for one in form.visible_fields()))


def _drawn_heads(there: Listing) -> SafeString:
    return render_to_string("desk/registers/heads.html", {"there": there})


def marks(register: Register, row: Any, today: date) -> SafeString:
    """The flags of a row, drawn."""
    found = [status(flag.tone, flag.said) for flag in register.flags(row, today)]
    return SafeString(" ".join(found))  # each is drawn by its tag


def texts(column: Column, row: Any, before: Any) -> tuple[str, str, str] | None:
    """Head, old and new text of a column where two rows differ."""
    old, new = column.text(before), column.text(row)
    return (column.head, old, new) if old != new else None
