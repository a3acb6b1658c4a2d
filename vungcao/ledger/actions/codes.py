"""Bringing a list of Treasury codes in: new codes, new bearers, last days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.evidence.models import Act
from vungcao.kernel.refusal import Cell, Problem, Refusal
from vungcao.kernel.validity import overlap
from vungcao.kernel.vietnamese import day
from vungcao.ledger.actions.accounts import open_object
from vungcao.ledger.codes import SHARED, TABLES, Coded, Scheme, bearer, label
from vungcao.ledger.models import ObjectKind, SpendingObject


class UnusableCodes(Refusal):
    """A list of codes that cannot stand as it is; ``problems`` name the cells."""

    code = "codes.unusable"


@dataclass(frozen=True)
class CodeDraft:
    """One row of a list of codes. ``identity`` is the key of the bearer; a project is named and opened when written."""

    scheme: str
    code: str
    identity: int | None
    name: str
    valid_from: date | None
    valid_to: date | None
    where: Cell
    component: int | None = None
    field: int | None = None

    @property
    def bearer(self) -> object:
        """What tells two bearers apart before a project has a key."""
        return self.identity if self.identity is not None else self.code


def judge_codes(drafts: Sequence[CodeDraft]) -> list[Problem]:
    """One code for two bearers on one day, in the list or against what stands and the list does not replace."""
    return list(_doubled(drafts))


def bring_codes(drafts: Sequence[CodeDraft], *, by: Signer) -> int:
    """Make the days of each (code, bearer) that the list names what the list says; returns how many rows it wrote.

    Rows that stand as they are said are left alone; others are ended and written anew under one act, so a last day
    given later retires a code. Raises ``UnusableCodes``.
    """
    with acting("ledger.codes_brought", by=by) as act:
        lock("ledger.codes")
        problems = judge_codes(drafts)
        if problems:
            raise UnusableCodes("; ".join(str(problem) for problem in problems), problems=problems)
        written = 0
        for scheme in dict.fromkeys(draft.scheme for draft in drafts):
            table, rows = TABLES[scheme], []
            for draft in (one for one in drafts if one.scheme == scheme):
                identity = draft.identity
                if identity is None:
                    identity = open_object(
                        draft.code, kind=ObjectKind.WORK, name=draft.name, act=act, project_code=draft.code
                    ).pk
                rows.append((draft, identity))
            written += _replace(table, rows, act)
        if written:
            record(act, act, after={"rows": written})
    return written


def is_held(drafts: Sequence[CodeDraft]) -> bool:
    """Does every row of the list stand already, and nothing else of its codes' bearers?"""
    for draft in drafts:
        identity = draft.identity
        if identity is None:
            identity = SpendingObject.objects.filter(code=draft.code).values_list("pk", flat=True).first()
        standing = _standing(draft, identity)
        said = {_values(one) for one in drafts if (one.scheme, one.code, one.bearer) == _mark(draft)}
        if {_columns(row) for row in standing} != said:
            return False
    return True


def _replace(table: type[Coded], rows: list[tuple[CodeDraft, int]], act: Act) -> int:
    new: list[Any] = []
    ended: set[int] = set()
    for draft, identity in rows:
        standing = {_columns(row): row for row in _standing(draft, identity)}
        said = {_values(one) for one, who in rows if (one.code, who) == (draft.code, identity)}
        ended |= {row.pk for values, row in standing.items() if values not in said}
        if _values(draft) not in standing:
            more = {"component_id": draft.component, "field_id": draft.field} if draft.scheme == Scheme.PROJECT else {}
            new.append(
                table(
                    act=act, scheme=draft.scheme, code=draft.code, identity_id=identity, valid_from=draft.valid_from,
                    valid_to=draft.valid_to, **more,
                )
            )  # fmt: skip
    if ended:
        table.objects.filter(pk__in=ended).end(act)
    table.objects.bulk_create(new)
    return len(new)


def _standing(draft: CodeDraft, identity: int | None) -> list[Coded]:
    rows = TABLES[draft.scheme].objects.standing().filter(scheme=draft.scheme, code=draft.code, identity=identity)
    return list(rows)


def _mark(draft: CodeDraft) -> tuple[str, str, object]:
    return draft.scheme, draft.code, draft.bearer


def _values(draft: CodeDraft) -> tuple[object, ...]:
    return draft.valid_from, draft.valid_to, draft.component, draft.field


def _columns(row: Coded) -> tuple[object, ...]:
    return row.valid_from, row.valid_to, getattr(row, "component_id", None), getattr(row, "field_id", None)


def _doubled(drafts: Sequence[CodeDraft]) -> Iterator[Problem]:
    replaced = {_mark(draft) for draft in drafts}
    for at, draft in enumerate(drafts):
        before = [one for one in drafts[:at] if (one.scheme, one.code) == (draft.scheme, draft.code)]
        for other in before:
            alone = draft.scheme in SHARED and other.bearer != draft.bearer
            if not alone and overlap([(draft.valid_from, draft.valid_to), (other.valid_from, other.valid_to)]):
                said = (
                    f"{label(draft.scheme)} “{draft.code}” đã ghi cho “{other.name}” ở ô {other.where.cell} trong cùng "
                )
                said += "ngày: ghi ngày cuối của bên trước, hoặc bỏ một dòng."
                yield Problem(draft.where, "code.two_bearers", draft.code, said)
        if draft.scheme in SHARED or draft.scheme == Scheme.PROJECT:
            continue
        for row in TABLES[draft.scheme].objects.standing().filter(scheme=draft.scheme, code=draft.code):
            if (draft.scheme, draft.code, row.identity_id) in replaced:
                continue
            if overlap([(draft.valid_from, draft.valid_to), (row.valid_from, row.valid_to)]):
                since = f" từ ngày {day(row.valid_from)}" if row.valid_from else ""
                said = f"{label(draft.scheme)} “{draft.code}” đang là của {bearer(row)}{since}: thêm một dòng ghi ngày "
                said += "cuối của đơn vị ấy rồi nạp lại."
                yield Problem(draft.where, "code.two_bearers", draft.code, said)
