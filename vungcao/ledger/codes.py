"""What the Treasury's codes mean on a day. A code may pass from one bearer to another, so it is asked with a day.

Source: practice §4.3 names the codes; no real list was found, so none is shipped: officials load theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.db import models

from vungcao.bodies.models import BodyCode
from vungcao.bodies.queries import naming as body_naming
from vungcao.kernel.validity import holds, last_day, overlap
from vungcao.kernel.vietnamese import day, nfc
from vungcao.ledger.models import ObjectCode
from vungcao.programme.models import ComponentCode, FieldCode, SourceCode, SpendingField


class Scheme(models.TextChoices):
    """Which list a code belongs to; the labels are what the columns of workbooks say."""

    PROGRAMME = "CTMT", "Mã CTMT"
    BUDGET_USER = "QHNS", "Mã QHNS"
    CHAPTER = "CHUONG", "Chương"
    ITEM = "KHOAN", "Loại-khoản"
    SOURCE = "NGUON", "Mã nguồn"
    PROJECT = "DU_AN", "Mã dự án"


TABLES: Final[Mapping[str, type[Coded]]] = {
    Scheme.PROGRAMME: ComponentCode,
    Scheme.BUDGET_USER: BodyCode,
    Scheme.CHAPTER: BodyCode,
    Scheme.ITEM: FieldCode,
    Scheme.SOURCE: SourceCode,
    Scheme.PROJECT: ObjectCode,
}
Coded = BodyCode | ComponentCode | FieldCode | SourceCode | ObjectCode
SHARED: Final = frozenset({Scheme.CHAPTER})  # a chapter is borne by many bodies; every other code by one at a time


@dataclass(frozen=True)
class Meaning:
    """What a code means on a day, or the sentence about why that cannot be said.

    ``is_retired``: it ended before the day; ``identity`` is then who bore it last. ``is_inherited``: somebody else
    bore it before.
    """

    identity: int | None
    code: str = ""
    sentence: str = ""
    is_retired: bool = False
    is_inherited: bool = False


class CodeBook:
    """Every standing code (of the schemes asked for) as known at an act number (``None``: now), read once."""

    def __init__(self, known: int | None = None, schemes: Iterable[str] = tuple(TABLES)) -> None:
        self.rows: dict[tuple[str, str], list[Coded]] = {}
        for table in dict.fromkeys(TABLES[one] for one in schemes):
            for row in table.objects.standing(known).select_related("identity").order_by("pk"):
                self.rows.setdefault((row.scheme, row.code), []).append(row)

    @cached_property
    def fields(self) -> dict[str, int]:
        return dict(SpendingField.objects.values_list("code", "pk"))

    def meaning(self, scheme: str, said: str, on: date) -> Meaning:
        """The bearer of a code on a day."""
        code = tidy(said)
        rows = self.rows.get((scheme, code), [])
        now = list({row.identity_id: row for row in rows if holds(row.valid_from, row.valid_to, on)}.values())
        if len(now) > 1:
            return Meaning(None, code, _two(scheme, code, now, on))
        if now:
            first = min(rows, key=lambda row: row.valid_from or date.min)
            return Meaning(now[0].identity_id, code, is_inherited=first.identity_id != now[0].identity_id)
        if rows:
            return _another_day(scheme, code, rows, on)
        head = code.split("-")[0]
        if scheme == Scheme.ITEM and head in self.fields:
            return Meaning(self.fields[head], code)  # the category is the field: no list needed
        return Meaning(None, code, self._unknown(scheme, code))

    def chapter_fits(self, said: str, body: int, on: date) -> bool | None:
        """Is the chapter one of those of the body? ``None``: the list does not say."""
        rows = self.rows.get((Scheme.CHAPTER, tidy(said)), [])
        now = [row for row in rows if holds(row.valid_from, row.valid_to, on)]
        return any(row.identity_id == body for row in now) if now else None

    def registered(self, scheme: str, said: str, on: date) -> ObjectCode | None:
        """The row of a project code in force on a day: it says for which component and field the project is."""
        rows = self.rows.get((scheme, tidy(said)), [])
        return next((r for r in rows if isinstance(r, ObjectCode) and holds(r.valid_from, r.valid_to, on)), None)

    def _unknown(self, scheme: str, code: str) -> str:
        said = f"{label(scheme)} “{code}” chưa có trong danh mục mã: thêm vào danh mục rồi nạp bằng `vungcao codes`."
        padded = [known for named, known in self.rows if named == scheme and known.lstrip("0") == code.lstrip("0")]
        if padded and code:
            said += f" Có mã “{padded[0]}”: có thể ô đã mất số 0 ở đầu, định dạng ô là chữ rồi gõ lại."
        return said


def tidy(said: str) -> str:
    """A code as it is compared: no blanks, no dots between digits, capitals."""
    return "".join(nfc(said).split()).upper().replace(".", "")


def label(scheme: str) -> str:
    return str(Scheme(scheme).label)


def _another_day(scheme: str, code: str, rows: list[Coded], on: date) -> Meaning:
    latest = max(rows, key=lambda row: row.valid_to or date.max)
    ended = last_day(latest.valid_to)
    if ended is not None and ended < on:
        said = f"{label(scheme)} “{code}” hết hiệu lực từ sau ngày {day(ended)} ({bearer(latest)}), số liệu là của "
        said += f"ngày {day(on)}: dùng mã mới, hoặc ghi trong danh mục mã đơn vị nhận mã này từ ngày nào."
        return Meaning(latest.identity_id, code, said, is_retired=True)
    since = min((row.valid_from for row in rows if row.valid_from), default=None)
    said = f"{label(scheme)} “{code}” chưa có hiệu lực vào ngày {day(on)}"
    return Meaning(None, code, f"{said}, chỉ từ ngày {day(since)}." if since else f"{said}.")


def _two(scheme: str, code: str, rows: list[Coded], on: date) -> str:
    named = ", ".join(bearer(row) for row in rows)
    said = f"{label(scheme)} “{code}” đang gắn với nhiều nơi trong ngày {day(on)} ({named})"
    return f"{said}: sửa danh mục mã để mỗi ngày chỉ còn một."


def bearer(row: Coded) -> str:
    """Who or what bears a code, for a sentence."""
    return body_naming(row.identity_id)[0] if isinstance(row, BodyCode) else f"{row.identity}"


def doubled(book: CodeBook) -> Iterator[tuple[str, str, list[Coded]]]:
    """(scheme, code, rows) of each code that two bearers have on one day, though only one may."""
    for (scheme, code), rows in sorted(book.rows.items()):
        if scheme not in TABLES or scheme in SHARED:
            continue
        spans: dict[int, list[tuple[date | None, date | None]]] = {}
        for row in rows:
            spans.setdefault(row.identity_id, []).append((row.valid_from, row.valid_to))
        if len(spans) > 1 and overlap([span for one in spans.values() for span in one]):
            yield scheme, code, rows
