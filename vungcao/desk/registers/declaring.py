"""What a register is, as data: its rows, columns, filters, forms. Everything its pages show follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from itertools import zip_longest
from operator import attrgetter, methodcaller
from typing import Any, Final, Literal, Protocol

from django.db.models import QuerySet
from django.urls import reverse

from vungcao.bodies.models import Body, Official
from vungcao.bodies.reach import Reach
from vungcao.kernel.vietnamese import day, number
from vungcao.ui.forms import PlainForm

Said = str | int | Decimal | date | None
SHORT: Final = 14
LONG: Final = 40
Word = Any  # a text, or one that is translated when it is shown


class Flag(Protocol):
    """Something odd about a row: how grave (a tone of ``status``) and in which words."""

    @property
    def tone(self) -> str: ...

    @property
    def said(self) -> str: ...


@dataclass(frozen=True)
class Column:
    """One thing that is said of a row.

    ``value`` is an attribute or a function of the row; ``sort`` an expression of the row's query that is never null (a
    null has no place in a keyset), empty where the list does not sort by it; ``is_wide`` columns stand on the row's
    page and in the workbook, not in the list; of those not ``is_kept``, found from elsewhere, history is silent.
    """

    key: str
    head: Word
    kind: Literal["text", "number", "date"] = "text"
    value: str | Callable[[Any], Said] = ""
    sort: str = ""
    is_wide: bool = False
    is_kept: bool = True
    width: float = 16

    @property
    def css(self) -> str:
        """How its cells are set: figures to the right, short words and days unbroken, long ones with room to read."""
        if self.kind == "number":
            return "num"
        return "whole" if self.kind == "date" or self.width <= SHORT else "reading" if self.width >= LONG else ""

    def of(self, row: Any) -> Said:
        """What a row says here; a choice by its label."""
        return self.reader(type(row))(row)

    def reader(self, kind: type[Any]) -> Callable[[Any], Said]:
        """What reads it from rows of one kind."""
        if kind not in self._readers:
            self._readers[kind] = self.value if callable(self.value) else _reader(kind, self.value or self.key)
        return self._readers[kind]

    @cached_property
    def _readers(self) -> dict[type[Any], Callable[[Any], Said]]:
        return {}

    def text(self, row: Any) -> str:
        """The same for reading; nothing is an empty text."""
        return text_of(self.of(row))


def _reader(kind: type[Any], name: str) -> Callable[[Any], Said]:
    """The label of a choice, else the value."""
    label = f"get_{name}_display"
    return methodcaller(label) if hasattr(kind, label) else attrgetter(name)


def text_of(said: Said) -> str:
    """What a column says, for reading."""
    if said is None or isinstance(said, str):
        return said or ""
    return day(said) if isinstance(said, date) else number(said)


@dataclass(frozen=True)
class Doing:
    """A form that was filled in rightly: by whom, as far as he reaches, for which row, and which row he saw.

    ``found`` keeps what names were found to mean: lines of one workbook share it, so that each is looked up once.
    """

    by: Official
    reach: Reach
    said: dict[str, Any]
    row: Any = None
    seen: int = 0
    found: dict[Any, Any] = field(default_factory=dict)


class AskedForm(PlainForm):
    """A form that knows who fills it in, how far he reaches, and for which row; ``prepare`` makes its choices."""

    ids = "id"

    def __init__(self, *args: Any, official: Official, reach: Reach, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.official, self.reach, self.row = official, reach, row
        self.prepare()

    def prepare(self) -> None:
        """What depends on who asks."""


@dataclass(frozen=True)
class RegisterForm:
    """Something an officer may do: a page with a form. ``does`` writes and returns the key of the row to show.

    ``is_on_row`` says whether it is done to a row; ``initial`` fills the form from it; ``fits`` says to which rows, and
    by whom; ``offers`` whether a row's page shows it (who has it open when the row ends is told, and keeps his words).
    """

    key: str
    name: Word
    verb: str
    form: type[AskedForm]
    does: Callable[[Doing], int]
    is_on_row: bool = False
    initial: Callable[[Any], dict[str, Any]] = lambda row: {}
    fits: Callable[[Any, Official], bool] = lambda row, official: True
    offers: Callable[[Any], bool] = lambda row: True


@dataclass(frozen=True)
class Part:
    """A further table on the page of a row: heads, and lines of texts. ``urls``: where the first text of a line leads;
    ``advice``: what to do, with ``acts`` (names and addresses); ``total``: of how many these lines are the first.
    """

    key: str
    title: Word
    heads: Sequence[Word]
    lines: Sequence[Sequence[str]]
    empty: Word = ""
    urls: Sequence[str] = ()
    advice: Word = ""
    acts: Sequence[tuple[Word, str]] = ()
    total: int | None = None

    @property
    def count(self) -> int:
        return len(self.lines) if self.total is None else self.total

    @property
    def linked(self) -> Iterator[tuple[Sequence[str], str]]:
        """Each line with its address, if it has one."""
        yield from zip_longest(self.lines, self.urls, fillvalue="")


@dataclass(frozen=True)
class Profile:
    """How lines of a workbook become rows: rules of ``intake.registers``, and what a good line says.

    ``line`` makes an unsaved row of the line's values; ``mark`` is what two rows of one thing share; ``said`` what they
    say of it; ``standing`` the rows of a body's register; ``write`` records a row, or corrects the one it is given.
    """

    rules: str
    line: Callable[[dict[str, Any]], Any]
    prepare: Callable[[Any], None]
    mark: Callable[[Any], Any]
    said: Callable[[Any], dict[str, Any]]
    standing: Callable[[Body], QuerySet[Any]]
    write: Callable[..., Any]
    verb: str


@dataclass(frozen=True)
class FormProfile:
    """How lines of a workbook come in where each is a form filled in: its fields bear the codes of the rules' columns.

    ``line`` mends the values of a line before they are typed in; ``held`` gives the key of what says the same already,
    or ``None``, and raises ``Refusal`` where the line contradicts what stands; ``does`` writes a line that is new.
    """

    rules: str
    form: type[AskedForm]
    does: Callable[[Doing], int]
    held: Callable[[Doing], int | None]
    verb: str
    line: Callable[[dict[str, Any]], dict[str, Any]] = dict


@cache
def _address(name: str) -> str:
    """The address of a page that is about no row: every list has several."""
    return reverse(name)


@dataclass(frozen=True)
class Register:
    """One register. ``key`` is its word in addresses; ``rows`` its query, asked with the asker's reach and a day;
    ``sees`` and ``records`` the rights that its pages need; ``identity`` the attribute by which a row is addressed.
    ``standing`` are parts that need rights of their own: it is told how far the asker reaches with each.
    """

    key: str
    name: Word
    about: Word
    sees: str
    records: str
    rows: Callable[[Reach, date], QuerySet[Any]]
    columns: tuple[Column, ...]
    filters: type[Any]
    order: str
    identity: str = "pk"
    forms: tuple[RegisterForm, ...] = ()
    flags: Callable[[Any, date], Iterable[Flag]] = lambda row, today: ()
    parts: Callable[[Any, Reach], Iterable[Part]] = lambda row, reach: ()
    standing: Callable[[Any, Callable[[str], Reach]], Iterable[Part]] = lambda row, reach_of: ()
    kept: Callable[[int, Reach], QuerySet[Any]] | None = None
    kept_columns: tuple[Column, ...] = ()
    profile: Profile | FormProfile | None = None

    def url(self, page: str = "", *args: object) -> str:
        """Address of one of its pages: ``""`` the list, ``row``, ``history``, ``form``, ``export`` …"""
        name = f"desk:{self.key}-{page}" if page else f"desk:{self.key}"
        return reverse(name, args=args) if args else _address(name)

    @cached_property
    def around_key(self) -> tuple[str, str]:
        """What stands before and behind a row's key in its address."""
        before, _key, after = self.url("row", 0).rpartition("0")
        return before, after

    @property
    def is_of_lines(self) -> bool:
        """Are its rows lines that bodies write, by hand or in workbooks? Acts alone change those: what was counted of
        them holds until the next act.
        """
        return isinstance(self.profile, Profile)

    @property
    def list_name(self) -> str:
        return f"desk:{self.key}"

    @property
    def row_name(self) -> str:
        return f"desk:{self.key}-row"

    @property
    def import_name(self) -> str:
        return f"desk:{self.key}-import"

    def key_of(self, row: Any) -> int:
        found: int = attrgetter(self.identity)(row)
        return found

    def column(self, key: str) -> Column | None:
        return next((one for one in self.columns if one.key == key), None)

    def form(self, key: str) -> RegisterForm | None:
        return next((one for one in self.forms if one.key == key), None)

    @property
    def told(self) -> tuple[Column, ...]:
        """The columns whose changes the history tells."""
        return self.kept_columns or tuple(one for one in self.columns if one.is_kept)

    @property
    def in_list(self) -> Iterator[Column]:
        return (one for one in self.columns if not one.is_wide)
