"""A small cast (ví dụ): a province with two districts, one workbook kept, three people. The third must see nothing."""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from vungcao.bodies.models import Batch, BatchEvent, BatchState, Body, BodyKind, BodyVersion, Official, Posting, Role
from vungcao.evidence.actions import SYSTEM, acting, keep_file
from vungcao.evidence.models import Source, SourceKind
from vungcao.intake.models import CheckStep, FileCheck
from vungcao.intake.outcome import Effect, Outcome, Run
from vungcao.kernel.refusal import Cell, Problem
from vungcao.law.models import Confidence
from vungcao.ledger.models import Basis, SpendingObject, Statement, StatementLine
from vungcao.programme.models import Component, ComponentVersion, FundingSource, Level, PlanVersion, SpendingField
from vungcao.programme.recording import TargetDraft, record_plan, record_target
from vungcao.territory.models import Place, PlaceKind, PlaceVersion
from vungcao.users.models import User

SINCE = date(2020, 1, 1)
SIGNS_IN, PASSWORD = "chuyen.vien", "mat-khau-vi-du-2021"


@dataclass
class Cast:
    specialist: User
    stranger: User
    elsewhere: User
    retired: User
    batch: Batch
    workbook: Source
    check: FileCheck


def workbook(folder: Path) -> Path:
    """A disbursement table as offices draw it: merged title, unit at the right, a hidden sheet."""
    path = folder / "vi du thuong.xlsx"
    path.write_bytes(_drawn())
    return path


@functools.cache
def _drawn() -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet, wide = book.add_worksheet("BM01"), book.add_worksheet("Rộng & dài")
    book.add_worksheet("cũ").hide()
    sheet.merge_range("A1:C1", "BÁO CÁO GIẢI NGÂN (VÍ DỤ)", book.add_format({"bold": True}))
    sheet.write("C3", "Đơn vị tính: triệu đồng")
    sheet.write_row("A4", ["STT", "Nội dung", "Giải ngân"])
    for row, (mark, label, amount) in enumerate(
        [("", "Tổng cộng", 15213), ("I", "Dự án 1", 9150.5), ("II", "<b>Dự án 2</b>", 6062.5)], 4
    ):
        sheet.write_row(row, 0, [mark, label, amount], book.add_format({"num_format": "#,##0.0"}))
    for row in range(500):
        wide.write_row(row, 0, [f"r{row + 1}c{column + 1}" for column in range(60)])
    book.close()
    return held.getvalue()


def play(folder: Path) -> Cast:
    """Write the cast under one act."""
    with acting("test.cast", by=SYSTEM) as act:
        province, thuong, an = (Place.objects.create(act=act, key=key) for key in ("vd-tinh", "vd-z", "vd-a"))
        _named(act, province, "Ví Dụ", PlaceKind.PROVINCE, None)
        _named(act, thuong, "Ví Dụ Thượng", PlaceKind.DISTRICT, province)
        _named(act, an, "An Ví Dụ", PlaceKind.DISTRICT, province)
        board = _body(act, "BDT-vd", "Ban Dân tộc (ví dụ)", BodyKind.BOARD, province)
        district = _body(act, "vd-thuong", "UBND huyện Ví Dụ Thượng", BodyKind.DISTRICT, thuong)
        other = _body(act, "vd-an", "UBND huyện An Ví Dụ", BodyKind.DISTRICT, an)
        source = keep_file(workbook(folder), act=act, kind=SourceKind.WORKBOOK, is_example=True)
        batch = Batch.objects.create(
            act=act, body=district, kind="disbursement", period="2021-11", source=source, sheet="BM01"
        )
        for state in (BatchState.SIGNED, BatchState.SENT, BatchState.RECEIVED):
            BatchEvent.objects.create(act=act, batch=batch, state=state, reason="ví dụ")
        _statement(act, batch, district, thuong)
        people = {
            "specialist": _official(act, "chuyen.vien", board, Role.SPECIALIST, province),
            "elsewhere": _official(act, "huyen.khac", other, Role.ENTRY, an),
            "retired": _official(act, "nghi.huu", board, Role.READER, province, until=date(2021, 1, 1)),
        }
    stranger = User.objects.create_user("khach")
    check = FileCheck.objects.create(
        official=people["specialist"].official,
        step=CheckStep.REHEARSED,
        files=[{"name": "vi du thuong.xlsx", "sha256": source.sha256, "size": 1, "marked": "vi du thuong.xlsx"}],
        result=_rehearsed().as_json(),
    )
    check.folder.mkdir(parents=True)
    workbook(check.folder)
    return Cast(**people, stranger=stranger, batch=batch, workbook=source, check=check)


def _rehearsed() -> Run:
    """What a rehearsal found: a wrong sum, a name nobody knows, no unit; and a figure that would change."""
    at = [Cell("vi du thuong.xlsx", "BM01", cell) for cell in ("C5", "B7", "A4")]
    problems = [
        Problem(at[0], "check.fails", "15213", "cộng các dòng không khớp (ví dụ).", "contradicting"),
        Problem(at[1], "component.unknown", "Dự án 2", "“Dự án 2” không có trong danh mục (ví dụ)."),
        Problem(at[2], "unit.missing", "", "biểu không ghi đơn vị tính (ví dụ)."),
    ]
    outcome = Outcome("vi du thuong.xlsx", "BM01", "giai_ngan_theo_du_an", "draft", 3, 15_213_000_000,
                      date(2021, 11, 15), "UBND huyện Ví Dụ Thượng", True, problems)  # fmt: skip
    effect = Effect("disbursed", "135", "2021", date(2021, 11, 15), "year", 0, 15_213_000_000)
    return Run(committed=False, outcomes=[outcome], effects=[effect])


def _named(act: Any, place: Place, name: str, kind: PlaceKind, parent: Place | None) -> None:
    PlaceVersion.objects.create(act=act, place=place, name=name, kind=kind, parent=parent, valid_from=SINCE)


def _body(act: Any, key: str, name: str, kind: BodyKind, place: Place | None) -> Body:
    body = Body.objects.create(act=act, key=key)
    BodyVersion.objects.create(act=act, body=body, name=name, kind=kind, place=place, valid_from=SINCE)
    return body


def _official(
    act: Any,
    account: str,
    body: Body,
    role: Role,
    reach: Place,
    until: date | None = None,
    subjects: Sequence[str] = (),
) -> User:
    user = User.objects.create_user(account, password=PASSWORD if account == SIGNS_IN else None)
    official = Official.objects.create(act=act, user=user, name=f"Cán bộ {account} (ví dụ)")
    Posting.objects.create(
        act=act,
        official=official,
        body=body,
        post="Chuyên viên",
        role=role,
        reach=reach,
        valid_from=SINCE,
        valid_to=until,
        subjects=list(subjects),
    )
    return user


def _statement(act: Any, batch: Batch, body: Body, place: Place) -> None:
    programme = Component.objects.filter(code="135").first() or _programme(act)
    region = {
        "component": programme,
        "field": SpendingField.objects.get_or_create(
            code="*", defaults={"act": act, "name": "", "confidence": "sourced"}
        )[0],
        "source": FundingSource.objects.get_or_create(
            code="*:*", defaults={"act": act, "kind": "*", "level": "*", "name": "Mọi nguồn vốn"}
        )[0],
        "year_origin": "2021",
        "year_use": "2021",
        "body": body,
        "place": place,
        "spending_object": SpendingObject.objects.get_or_create(code="*", defaults={"act": act})[0],
    }
    statement = Statement.objects.create(
        act=act, batch=batch, reporter=body, basis=Basis.YEAR, as_of=date(2021, 11, 15), number="12/BC-VD", **region
    )
    StatementLine.objects.create(
        act=act, statement=statement, disbursed_dong=9_150_500_000, label="Dự án 1", sheet="BM01", cell="C6", **region
    )


def _programme(act: Any) -> Component:
    programme = Component.objects.create(act=act, code="135")
    ComponentVersion.objects.create(
        act=act, component=programme, level=Level.PROGRAMME, name="Chương trình 135", short_name="Chương trình 135",
        confidence=Confidence.SOURCED, valid_from=SINCE,
    )  # fmt: skip
    return programme


def plan_of(example: Cast) -> PlanVersion:
    """A plan of the district Ví Dụ Thượng, with a target that only who reaches it may read."""
    found = PlanVersion.objects.first()
    if found is None:
        node, place = Component.objects.get(code="135"), Place.objects.get(key="vd-z")
        found = record_plan(
            programme=node, kind="annual", place=place, first_year=2021, last_year=2021, number="12/BC-VD",
            dated=date(2021, 1, 5), lines=[], is_example=True, by=SYSTEM,
        )  # fmt: skip
        aim = TargetDraft("VD1", node, "Dự án 1 của Ví Dụ Thượng", "trên 3", "2021")
        record_target(plan=found, target=aim, by=SYSTEM)
    return found
