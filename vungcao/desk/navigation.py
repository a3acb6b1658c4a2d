"""The ways around: areas and their pages, each under the right it needs. A page is added here and nowhere else."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vungcao.bodies import rights
from vungcao.desk.registers.known import REGISTERS

Word = str | Promise


@dataclass(frozen=True)
class Page:
    """A page by the name of its address, and the right that opens it (none: everybody who is signed in)."""

    word: Word
    name: str
    verb: str = ""


@dataclass(frozen=True)
class Area:
    """Pages about one thing. Only the area stands in the head of the page; its pages stand below once one is there."""

    word: Word
    pages: tuple[Page, ...]


AREAS: Final = (
    Area(_("Việc"), (Page(_("Việc của tôi"), "desk:home"),)),
    Area(
        _("Số liệu"),
        (
            Page(_("Tổng quan"), "desk:overview", "figures.see"),
            Page(_("Ma trận vốn"), "desk:matrix", "figures.see"),
            Page(_("Diễn biến theo tháng"), "desk:course", "figures.see"),
            Page(_("Trang lãnh đạo"), "desk:briefing", "figures.see"),
            Page(_("Chuỗi giao vốn"), "desk:chain", "figures.see"),
            Page(_("Đối chiếu Kho bạc"), "desk:treasury", "figures.see"),
        ),
    ),
    Area(_("Kế hoạch"), (Page(_("Kế hoạch và chỉ tiêu"), "desk:plans", "plans.see"),)),
    Area(_("Nộp bảng tính"), (Page(_("Nộp bảng tính"), "desk:file-checks", "files.hand_in"),)),
    Area(
        _("Báo cáo"),
        (
            Page(_("Báo cáo đã đóng băng"), "desk:reports", "reports.see"),
            Page(_("Đôn đốc"), "desk:reminders", "reminders.see"),
        ),
    ),
    Area(
        _("Hồ sơ vốn"),
        (
            Page(_("Điều chỉnh, chuyển nguồn, hủy"), "desk:dossiers", "dossiers.see"),
            Page(_("Kéo dài"), "desk:extensions", "dossiers.see"),
        ),
    ),
    Area(_("Quy định"), (Page(_("Ai được quyết định"), "desk:rules", "rules.see"),)),
    Area(_("Sổ"), tuple(Page(one.name, f"desk:{one.key}", one.sees) for one in REGISTERS)),
    Area(
        _("Nhật ký"),
        (
            Page(_("Nhật ký ghi sổ"), "desk:acts", "audit.see"),
            Page(_("Nhật ký cửa vào"), "desk:door", "door.see"),
        ),
    ),
)


@dataclass(frozen=True)
class Way:
    """A link as it is drawn; ``is_page``: this very page, ``is_here``: this page or one below it."""

    word: Word
    url: str
    is_page: bool
    is_here: bool


@dataclass(frozen=True)
class Ways:
    """What the frame draws: the areas, and the pages of the area that one is in where it has several."""

    areas: tuple[Way, ...]
    pages: tuple[Way, ...]
    _drawn: dict[str | None, tuple[SafeString, SafeString]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def of_areas(self) -> SafeString:
        """The links of the areas in the reader's language, drawn once for all who have the same."""
        return self._in_language()[0]

    @property
    def of_pages(self) -> SafeString:
        """The links of the pages beside this one."""
        return self._in_language()[1]

    def _in_language(self) -> tuple[SafeString, SafeString]:
        language = get_language()
        if language not in self._drawn:
            self._drawn[language] = _drawn(self.areas), _drawn(self.pages)
        return self._drawn[language]


def who_looks(request: HttpRequest) -> dict[str, Any]:
    """For every template, refusals among them: what the asker may do today and his ways, asked when used."""
    official = getattr(request.user, "official", None) if hasattr(request, "user") else None
    today = timezone.localdate()
    may_do: Any = SimpleLazyObject(lambda: rights.verbs_of(official, today) if official else frozenset())
    return {"may_do": may_do, "ways": SimpleLazyObject(lambda: ways(request.path, frozenset(may_do)))}


@lru_cache(maxsize=512)
def ways(path: str, may_do: frozenset[str]) -> Ways:
    """The ways open to somebody who may do these things and stands at a path; words are put in his language later."""
    areas: list[Way] = []
    beside: tuple[Way, ...] = ()
    for area in AREAS:
        pages = tuple(_open(area, path, may_do))
        if not pages:
            continue
        is_here = any(page.is_here for page in pages)
        areas.append(Way(area.word, pages[0].url, len(pages) == 1 and pages[0].is_page, is_here))
        if is_here and len(pages) > 1:
            beside = pages
    return Ways(tuple(areas), beside)


def _drawn(some: tuple[Way, ...]) -> SafeString:
    return render_to_string("ui/parts/ways.html", {"some": some})


def _open(area: Area, path: str, may_do: Container[str]) -> Iterator[Way]:
    for page in area.pages:
        if not page.verb or page.verb in may_do:
            url = reverse(page.name)
            yield Way(page.word, url, path == url, _below(path, url))


def _below(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
