"""A small cast for the tests of any room: an invented province, its bodies, three officials, one programme.

Tỉnh Ví Dụ (vd): Huyện Một (h1) holds Xã Một (x1) and Xã Hai (x2), Huyện Hai (h2) holds Xã Ba (x3).
Xã Bốn (x4) stands under h1 until 30/6/2024 and under h2 from 1/7/2024.
On 1/7/2025 x1 and x2 merge into Xã Mười Hai (x12), and both districts are abolished.

Programme CT (budget years 2021-2025) has two projects; CT.DA1 has two sub-projects.
The official `tinh` sees the province, `huyen` the district h1, `khong` nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.test import Client

from vungcao.bodies import actions as bodies
from vungcao.bodies.models import Batch, Body, BodyKind, BodyVersion, Official, Role
from vungcao.evidence.actions import SYSTEM, Signer, acting, cite
from vungcao.evidence.models import Act
from vungcao.kernel.refusal import Cell
from vungcao.law.models import Confidence
from vungcao.ledger import actions as ledger
from vungcao.ledger import loading as ledger_loading
from vungcao.ledger.drafts import LineDraft, StatementDraft
from vungcao.ledger.models import Basis, ObjectKind, SpendingObject, Statement, Voucher, VoucherKind
from vungcao.ledger.regions import Region
from vungcao.programme.models import (
    Component,
    ComponentSuccession,
    ComponentVersion,
    FundingSource,
    Level,
    SpendingField,
)
from vungcao.territory import actions as territory
from vungcao.territory.models import Place, PlaceKind, PlaceVersion

MERGED: Final = date(2025, 7, 1)
MOVED: Final = date(2024, 7, 1)
YEAR: Final = "2024"

_PLACES: Final = (
    ("VN", "Việt Nam", PlaceKind.NATION, None),
    ("vd", "Ví Dụ", PlaceKind.PROVINCE, "VN"),
    ("h1", "Một", PlaceKind.DISTRICT, "vd"),
    ("h2", "Hai", PlaceKind.DISTRICT, "vd"),
    ("x1", "Một", PlaceKind.COMMUNE, "h1"),
    ("x2", "Hai", PlaceKind.COMMUNE, "h1"),
    ("x3", "Ba", PlaceKind.COMMUNE, "h2"),
)
_BODIES: Final = (
    ("*", BodyKind.NOT_DIVIDED, None, None),
    ("TTG", BodyKind.CENTRAL, None, "VN"),
    ("HDND", BodyKind.COUNCIL, None, "vd"),
    ("UBND", BodyKind.PROVINCE, None, "vd"),
    ("BDT", BodyKind.BOARD, "UBND", "vd"),
    ("STC", BodyKind.FINANCE, "UBND", "vd"),
    ("KB", BodyKind.TREASURY, None, "vd"),
    ("UBND-h1", BodyKind.DISTRICT, "UBND", "h1"),
    ("UBND-h2", BodyKind.DISTRICT, "UBND", "h2"),
    ("UBND-x1", BodyKind.COMMUNE, "UBND-h1", "x1"),
    ("UBND-x2", BodyKind.COMMUNE, "UBND-h1", "x2"),
    ("UBND-x12", BodyKind.COMMUNE, "UBND", "x12"),
)
_COMPONENTS: Final = (
    ("*", None, Level.ALL),
    ("CT", "*", Level.PROGRAMME),
    ("CT.DA1", "CT", Level.PROJECT),
    ("CT.DA1.TDA1", "CT.DA1", Level.SUBPROJECT),
    ("CT.DA1.TDA2", "CT.DA1", Level.SUBPROJECT),
    ("CT.DA2", "CT", Level.PROJECT),
)
SOURCES: Final = (
    *("*:*", "dau_tu:*", "su_nghiep:*", "*:NSTW", "*:NSDP_TINH", "*:NSDP_HUYEN", "*:NSDP_XA"),
    *("dau_tu:NSTW", "dau_tu:NSDP_TINH", "su_nghiep:NSTW"),
)


@dataclass
class Cast:
    """Database keys by our codes, and the few verbs that tests use over and over."""

    places: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    components: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    fields: dict[str, int] = field(default_factory=dict)
    objects: dict[str, int] = field(default_factory=dict)
    officials: dict[str, Official] = field(default_factory=dict)

    def region(
        self,
        component: str = "CT",
        place: str = "vd",
        body: str = "*",
        source: str = "dau_tu:NSTW",
        year: str = YEAR,
        origin: str | None = None,
        field: str = "*",
        spending_object: str = "*",
    ) -> Region:
        """One node per dimension, by codes; the year of origin is the year of use unless it is said."""
        return Region(
            self.components[component],
            self.fields[field],
            self.sources[source],
            year if origin is None else origin,
            year,
            self.bodies[body],
            self.places[place],
            self.objects[spending_object],
        )

    def client(self, name: str) -> Client:
        """A browser of the official, who has chosen a password of his own."""
        user = self.officials[name].user
        user.password_given_at = None
        user.save(update_fields=["password_given_at"])
        client = Client()
        client.force_login(user)
        return client

    def succeed(self) -> None:
        """CT (2021-2025) goes on as CT-SAU from 2026, as somebody remembers."""
        with acting("test.followed", by=SYSTEM) as act:
            after = Component.objects.create(act=act, code="CT-SAU")
            ComponentVersion.objects.create(
                act=act, component=after, parent_id=self.components["*"], level=Level.PROGRAMME, name="Sau (ví dụ)",
                years="2026-2030", order=90, confidence="sourced", valid_from=date(2026, 1, 1),
            )  # fmt: skip
            ComponentSuccession.objects.create(
                act=act, component_id=self.components["CT"], successor=after, year=2026, confidence="recalled",
                not_comparable="Chương trình sau rộng hơn (ví dụ)", cites="1/QH-VD",
            )  # fmt: skip

    def body(self, key: str) -> Body:
        return Body.objects.get(pk=self.bodies[key])

    def batch(self, body: str = "BDT", state: str = "received", name: str = "ví dụ.xlsx") -> Batch:
        """Something handed in by a body, taken along its line to ``state``."""
        with acting("test.handed_in", by=SYSTEM) as act:
            paper = cite(act=act, kind="workbook", name=name)
            batch = bodies.hand_in(
                body=self.body(body), kind="test", period=YEAR, source=paper, sheet="Trang1", act=act
            )
            if state != "draft":
                bodies.reach(batch, state, by=SYSTEM)
        return batch

    def post(
        self,
        kind: VoucherKind,
        moves: list[tuple[Region | None, Region | None, int]],
        dated: date = date(2024, 1, 15),
        by: str = "UBND",
        number: str = "",
        state: str = "received",
        batch: Batch | None = None,
        **more: Any,
    ) -> Voucher:
        """A voucher of moves (giver, taker, đồng)."""
        return ledger.post(
            kind=kind,
            dated=dated,
            decided_by=self.body(by),
            batch=batch or self.batch(state=state),
            moves=[ledger.Move(giver, taker, dong) for giver, taker, dong in moves],
            number=number,
            by=SYSTEM,
            **more,
        )

    def draft(
        self,
        lines: list[tuple[Region, int]],
        *,
        coverage: Region,
        as_of: date,
        reporter: str = "UBND-h1",
        basis: Basis = Basis.YEAR,
        corrects: bool = False,
        **more: Any,
    ) -> StatementDraft:
        """A statement as read; the lines stand in cells B7, B8, …"""
        said = [
            LineDraft(region, dong, Cell("ví dụ.xlsx", "Trang1", f"B{row}"), label=f"dòng {row}")
            for row, (region, dong) in enumerate(lines, start=7)
        ]
        where = Cell("ví dụ.xlsx", "Trang1", "A1")
        return StatementDraft(self.bodies[reporter], coverage, basis, as_of, said, where, corrects=corrects, **more)

    def state(self, lines: list[tuple[Region, int]], *, state: str = "received", **about: Any) -> Statement:
        """Record a statement; see ``draft``."""
        draft = self.draft(lines, **about)
        batch = self.batch(about.get("reporter", "UBND-h1"), state=state)
        return ledger.record_statement(draft, batch=batch, by=SYSTEM)


def make() -> Cast:
    """The whole cast, written under acts of its own."""
    cast = Cast()
    with acting("test.cast", by=SYSTEM) as act:
        _places(cast, act)
    merge(cast, by=SYSTEM)
    with acting("test.cast", by=SYSTEM) as act:
        _bodies(cast, act)
        _programme(cast, act)
    ledger_loading.load(by=SYSTEM)
    cast.objects = {"*": SpendingObject.objects.get(code="*").pk}
    with acting("test.cast", by=SYSTEM) as act:
        _objects(cast, act)
    _officials(cast)
    return cast


def merge(cast: Cast, *, by: Signer) -> None:
    """1/7/2025: two communes become one, the districts go."""
    held = {key: Place.objects.get(pk=pk) for key, pk in cast.places.items()}
    paper = {"effective": MERGED, "cites": "1/NQ-VD", "by": by}
    new = territory.NewPlace("x12", "Mười Hai", PlaceKind.COMMUNE, held["vd"])
    cast.places["x12"] = territory.merge_places(places=[held["x1"], held["x2"]], into=new, **paper).pk
    for key in ("h1", "h2"):
        territory.abolish_place(place=held[key], **paper)


def _places(cast: Cast, act: Act) -> None:
    for key in [*(key for key, *_ in _PLACES), "x4"]:
        cast.places[key] = Place.objects.create(act=act, key=key).pk
    for key, name, kind, parent in _PLACES:
        above = cast.places[parent] if parent else None
        PlaceVersion.objects.create(act=act, place_id=cast.places[key], name=name, kind=kind, parent_id=above)
    for parent, first, end in (("h1", None, MOVED), ("h2", MOVED, None)):
        PlaceVersion.objects.create(
            act=act,
            place_id=cast.places["x4"],
            name="Bốn",
            kind=PlaceKind.COMMUNE,
            parent_id=cast.places[parent],
            valid_from=first,
            valid_to=end,
        )


def _bodies(cast: Cast, act: Act) -> None:
    for key, *_ in _BODIES:
        cast.bodies[key] = Body.objects.create(act=act, key=key).pk
    for key, kind, parent, place in _BODIES:
        BodyVersion.objects.create(
            act=act,
            body_id=cast.bodies[key],
            name=f"Đơn vị ví dụ {key}",
            kind=kind,
            parent_id=cast.bodies[parent] if parent else None,
            place_id=cast.places[place] if place else None,
            valid_from=MERGED if place == "x12" else None,
            valid_to=MERGED if place in ("h1", "h2", "x1", "x2") else None,
        )


def _programme(cast: Cast, act: Act) -> None:
    for order, (code, parent, level) in enumerate(_COMPONENTS):
        cast.components[code] = Component.objects.create(act=act, code=code).pk
        ComponentVersion.objects.create(
            act=act,
            component_id=cast.components[code],
            parent_id=cast.components[parent] if parent else None,
            level=level,
            name=f"Cấu phần ví dụ {code}",
            years="2021-2025" if code == "CT" else "",
            order=order,
            confidence=Confidence.SOURCED,
        )
    for code in SOURCES:
        kind, level = code.split(":")
        cast.sources[code] = FundingSource.objects.create(act=act, code=code, kind=kind, level=level, name=code).pk
    for code in ("*", "280"):
        made = SpendingField.objects.create(act=act, code=code, name=code, confidence=Confidence.SOURCED)
        cast.fields[code] = made.pk


def _objects(cast: Cast, act: Act) -> None:
    """A work and a contract for it, and the object of a draft that has promised money."""
    work = ledger.open_object("cong-trinh", kind=ObjectKind.WORK, name="Công trình ví dụ", act=act)
    contract = ledger.open_object("hop-dong", kind=ObjectKind.CONTRACT, name="Hợp đồng ví dụ", parent=work, act=act)
    reserved = ledger.open_object("giu-cho", kind=ObjectKind.RESERVATION, name="Dự thảo ví dụ", act=act)
    cast.objects |= {one.code: one.pk for one in (work, contract, reserved)}


def _officials(cast: Cast) -> None:
    for name, seat, reach in (("tinh", "BDT", "vd"), ("huyen", "UBND-h1", "h1")):
        cast.officials[name] = bodies.create_official(
            username=name,
            name=f"Cán bộ ví dụ {name}",
            demo=True,
            password="mat-khau-dai-cua-vi-du",
            body=cast.body(seat),
            post="Chuyên viên",
            role=Role.SPECIALIST,
            reach=Place.objects.get(pk=cast.places[reach]),
            by=SYSTEM,
        )
    with acting("test.cast", by=SYSTEM) as act:
        user = get_user_model().objects.create_user("khong")
        cast.officials["khong"] = Official.objects.create(act=act, user=user, name="Cán bộ ví dụ khong")
