"""Tables whose rows are works: which rows are works, whose, where, of which component."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vungcao.intake.drafting import Drafting
from vungcao.intake.objects import ObjectDraft, code_of
from vungcao.intake.reading import Row
from vungcao.kernel.refusal import Cell
from vungcao.kernel.vietnamese import fold
from vungcao.ledger.models import ObjectKind

_COMPONENT: Final = re.compile(r"^(tieu )?du an (so )?\d|^t?da ?\d|^noi dung (so )?\d")
_CODE: Final = re.compile(r"\d{7}")
_PIECES: Final = re.compile(r"[,;]|\bvà\b")


@dataclass(frozen=True)
class WorkRow:
    """A row that is a work, with what the sections above it say; ``None`` where they say nothing."""

    row: Row
    component: int | None
    body: int | None


class WorkRows(Drafting):
    """Measures ``code`` (mã dự án), ``owner`` (chủ đầu tư), ``place`` (địa điểm) beside the label."""

    def _work_rows(self) -> Iterator[WorkRow]:
        """Rows without parts of their own; the sections above name components and bodies, or a state of the works."""
        components: dict[int, int] = {}
        owners: dict[int, int] = {}
        for row in self._rows():
            if row.kind == "total":
                continue
            component = components.get(row.parent) if row.parent is not None else None
            body = owners.get(row.parent) if row.parent is not None else None
            if self._leaf(row) and not _COMPONENT.match(fold(row.label)):
                yield WorkRow(row, component or self._titled, body)
                continue
            if _COMPONENT.match(fold(row.label)):
                component = self._component_of(row, components, 0)
            else:
                body = self.names.body(row.label).id or body
            if component is not None:
                components[row.row] = component
            if body is not None:
                owners[row.row] = body

    @property
    def _titled(self) -> int | None:
        """The component in the title: "… THEO CÔNG TRÌNH, DỰ ÁN 4"."""
        return self.names.component(self.table.title or "", self.heading.programme or "").id

    def _text(self, row: Row, measure: str) -> tuple[str, str]:
        """What a row says in the column of a measure, and the cell; empty where there is no such column."""
        for bound in self._said(measure):
            value = row.values.get(bound.col)
            said = value.said.strip() if value and value.kind not in ("empty", "not_applicable") else ""
            return said, f"{bound.col}{row.row}"
        return "", f"{self._label_col}{row.row}"

    def _work(self, row: Row, owner: int, *, may_open: bool) -> int:
        """Placeholder of the work of a row."""
        said, cell = self._text(row, "code")
        found = _CODE.search(said)
        if said and not found:
            sentence = f"mã dự án “{said}” không có đủ 7 chữ số: sửa lại, hoặc để trống."
            self._problem("work.code_unreadable", sentence, cell=cell, said=said)
        code = found[0] if found else ""
        name, where = row.label.strip(), Cell(self.file, self.sheet.name, f"{self._label_col}{row.row}")
        own = code or code_of("CT", name, self.here.bodies.keys.get(owner, ""))
        return self._object(ObjectDraft(own, ObjectKind.WORK, name, where, code, may_open=may_open))

    def _object(self, wanted: ObjectDraft) -> int:
        """The placeholder of an object, the same for the same code."""
        for place, one in self.out.objects.items():
            if one.code == wanted.code:
                return place
        place = -1 - len(self.out.objects)
        self.out.objects[place] = wanted
        return place

    def _owner(self, work: WorkRow) -> int | None:
        """Chủ đầu tư of a work: its column, else the section it stands in, else whoever issues the paper."""
        said, cell = self._text(work.row, "owner")
        if said:
            return self._body_of(said, cell)
        return work.body if work.body is not None else self._issuer()

    def _site(self, row: Row, owner: int) -> int | None:
        """The commune of a work's address; the owner's place where none or several are named."""
        whole = self.here.bodies.places.get(owner)
        said, cell = self._text(row, "place")
        if not said:
            return whole
        matches = [self.names.place(piece.strip()) for piece in _PIECES.split(said) if piece.strip()]
        found = {match.id for match in matches if match.id is not None}
        narrow = {
            one for one in found if not any(other != one and self.here.places.covers(one, other) for other in found)
        }
        if not narrow:
            sentence = matches[0].sentence if matches else "địa điểm xây dựng không đọc được."
            self._problem("place.unknown", sentence, cell=cell, said=said)
            return None
        return narrow.pop() if len(narrow) == 1 else whole
