"""Roles × pages × verbs × places, generated from the table of addresses: each page lets in whom rights.yaml names.

What is expected is read from the file by plain loops of its own, not by ``bodies.rights``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from uuid import uuid4

import pytest
import yaml
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from vungcao import bodies
from vungcao.bodies.models import Body, BodyKind, Delegation, Posting, Role
from vungcao.desk.tests.pages import cast as players
from vungcao.desk.tests.pages.cast import Cast, plan_of
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.models import Act
from vungcao.ledger.actions import Move, open_dossier, post
from vungcao.ledger.models import DossierLine, SpendingObject, Statement, Voucher, VoucherKind
from vungcao.ledger.regions import Region
from vungcao.office.actions import record_document
from vungcao.office.models import Document, Outgoing
from vungcao.programme.models import Component, FundingSource, SpendingField
from vungcao.territory.models import Place
from vungcao.users.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
RIGHTS = yaml.safe_load((Path(bodies.__file__).parent / "reference" / "rights.yaml").read_text("utf-8"))
PLUMBING = {"sign-in", "sign-out", "set_language", "openapi-json", "api-root"}
OF_NO_POST = ("at the door", "own account")  # asked below: no post opens or closes them
SEATS = (  # body of the cast, kind, place it reaches
    ("BDT-vd", BodyKind.BOARD, "vd-tinh"),
    ("vd-so", BodyKind.DEPARTMENT, "vd-tinh"),
    ("vd-thuong", BodyKind.DISTRICT, "vd-z"),
    ("vd-an", BodyKind.DISTRICT, "vd-a"),
)
PLACE_NAME = "Ví Dụ Thượng"
OF_PLACES = {"place", "dia-ban", "dia-ban-print", "dia-ban-row", "dia-ban-history"}
SECRET = ("15.213", "Dự án 1", PLACE_NAME, "12/BC-VD")


@dataclass(frozen=True)
class Person:
    name: str
    user: User | None
    role: str = ""
    kind: str = ""
    seat: str = ""
    subjects: tuple[str, ...] = ()
    own: tuple[str, str] = ("", "")  # role and kind of body of his own post, where the others are acted in


@dataclass(frozen=True)
class Page:
    name: str
    url: str
    right: str
    right_to_send: str


@pytest.fixture
def people(example: Cast) -> list[Person]:
    """Every role in every seat; nobody, a stranger, one retired, one with another area of work, a deputy."""
    with acting("test.people", by=SYSTEM) as act:
        players._body(act, "*", "Không chia theo đơn vị", BodyKind.NOT_DIVIDED, None)
        players._body(act, "vd-so", "Sở Ví Dụ", BodyKind.DEPARTMENT, Place.objects.get(key="vd-tinh"))
        found = [Person("nobody", None), Person("stranger", example.stranger), Person("retired", example.retired)]
        for role, (key, kind, place) in product(Role, SEATS):
            seat, reach = Body.objects.get(key=key), Place.objects.get(key=place)
            user = players._official(act, f"{role}-{key}", seat, role, reach)
            found.append(Person(f"{role} {key}", user, role, kind, key))
        board, province = Body.objects.get(key="BDT-vd"), Place.objects.get(key="vd-tinh")
        of_oversight = players._official(act, "chi-thanh-tra", board, Role.SPECIALIST, province, None, ["oversight"])
        found.append(Person("oversight only", of_oversight, "specialist", BodyKind.BOARD, "BDT-vd", ("oversight",)))
        deputy = players._official(
            act, "lam-thay", Body.objects.get(key="vd-an"), Role.ADMIN, Place.objects.get(key="vd-a")
        )
        Delegation.objects.create(
            act=act, posting=Posting.objects.get(official=example.specialist.official), deputy=deputy.official,
            kind="delegated", cites="QĐ 01 (ví dụ)", valid_from=date(2020, 1, 1), valid_to=date(2100, 1, 1),
        )  # fmt: skip
        found.append(
            Person("deputy", deputy, "specialist", BodyKind.BOARD, "BDT-vd", own=(Role.ADMIN, BodyKind.DISTRICT))
        )
        _dossier(act)
    return found


def _dossier(act: Act) -> None:
    """DC-2021-01: one line of the district Ví Dụ Thượng, of an amount that only who reaches it may read."""
    board, district = (Body.objects.get(key=key) for key in ("BDT-vd", "vd-thuong"))
    day = date(2021, 12, 1)
    made = open_dossier(title="Hồ sơ ví dụ", planned_for=day, drafted_by=board, on=day, by=SYSTEM)
    source = FundingSource.objects.create(
        act=act, code="su_nghiep:NSTW", kind="su_nghiep", level="NSTW", name="Vốn sự nghiệp (ví dụ)"
    )
    DossierLine.objects.create(
        act=act, dossier=made, side="down", dong=15_213_000_000, reason="ví dụ", proposed_by=district, body=district,
        component=Component.objects.get(code="135"), field=SpendingField.objects.get(code="*"), source=source,
        year_origin="2021", year_use="2021", place=Place.objects.get(key="vd-z"),
        spending_object=SpendingObject.objects.get(code="*"),
    )  # fmt: skip


def document_of(example: Cast) -> Document:
    """A document in the register of the district Ví Dụ Thượng."""
    found = Document.objects.first()
    if found is None:
        line = Outgoing(said_no="12", symbol="BC-VD", dated=date(2021, 11, 15), summary="Dự án 1 của Ví Dụ Thượng")
        found = record_document(line, body=example.batch.body, by=SYSTEM).document
    return found


def records_of(example: Cast) -> dict[str, int]:
    """The statement of the cast, and a voucher of the same batch that gave Ví Dụ Thượng money, with its account."""
    statement = Statement.objects.get(batch=example.batch)
    voucher = Voucher.objects.filter(batch=example.batch).first()
    if voucher is None:
        taker = Region.of(statement)
        move = Move(None, taker, 15_213_000_000)
        voucher = post(
            kind=VoucherKind.ASSIGNMENT, dated=date(2021, 1, 15), decided_by=Body.objects.get(key="BDT-vd"),
            batch=example.batch, moves=[move], number="12/BC-VD", by=SYSTEM,
        )  # fmt: skip
    inside = voucher.entries.get(dong__gt=0)
    return {"statement": statement.pk, "voucher": voucher.pk, "account": inside.account_id}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        there = f"{prefix}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from patterns(one, there)
        else:
            yield there, one


def pages(example: Cast) -> list[Page]:
    """Every address with something of the district Ví Dụ Thượng in it. A new kind of parameter needs a sample here."""
    samples = {
        "batch": example.batch.pk, "check": example.check.pk, "file": 0, "sheet": "BM01", "verb": "doc-lai",
        "key": document_of(example).pk, "plan": plan_of(example).pk,
        "sha256": example.workbook.sha256, "report": 1, "form": "docx", "upload": uuid4(),
        "code": "DC-2021-01", "rule": "SN-01", "no": 1, "step": "trinh", "paper": "to-trinh-ban",
        **records_of(example),
    }  # fmt: skip
    places = {"key": "vd-z"}  # of a place, which bears the same name of parameter as a line of a register
    found = []
    for pattern, one in patterns(get_resolver()):
        if one.name in PLUMBING or one.callback.right in OF_NO_POST:
            continue
        url = "/" + pattern
        for name, converter in one.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").replace("String", "str").lower()
            said = places.get(name, samples[name]) if url.startswith("/dia-ban/") else samples[name]
            url = url.replace(f"<{kind}:{name}>", f"{said}")
        assert "<" not in url, url
        right = one.callback.right
        found.append(Page(one.name or "", url, right, getattr(one.callback, "right_to_send", right)))
    return found


def is_let_in(person: Person, right: str) -> bool:
    """A literal reading of the file."""
    if right == "signed in":
        return person.user is not None
    (row,) = [one for one in RIGHTS if one["verb"] == right]
    fits = not person.subjects or row["subject"] in person.subjects
    posts = ((person.role, person.kind), person.own)
    return fits and any(
        role in row["roles"] and (not row.get("bodies") or kind in row["bodies"]) for role, kind in posts
    )


def asked(client: Client, page: Page, verb: str) -> tuple[int, str]:
    """Status and words; what was written is undone."""
    with transaction.atomic():
        answer = client.get(page.url) if verb == "GET" else client.post(page.url)
        words = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, words.decode(errors="replace")


@pytest.mark.slow
def test_every_page_lets_in_whom_the_file_names_and_nobody_else(people, example, capsys):
    everything = pages(example)
    wrong, cells, closed = [], 0, set()
    for person in people:
        client = Client()
        if person.user is not None:
            client.force_login(person.user)
        for page, verb in product(everything, ("GET", "POST")):
            cells += 1
            if (page.url, verb) in closed:  # the page takes no such request, from anybody
                continue
            status, words = asked(client, page, verb)
            let_in = is_let_in(person, page.right if verb == "GET" else page.right_to_send)
            told = f"{person.name} {verb} {page.url} ({page.right}): {status}"
            if person.user is None:
                to_the_door = (401, 405) if page.url.startswith("/api/") else (302,)
                wrong += [told] * (status not in to_the_door)
            elif status == 405:
                closed.add((page.url, verb))
            elif let_in:
                wrong += [told] * (status not in (200, 302, 400, 404, 422))
            else:
                wrong += [told] * (status != 403)
            if not let_in or person.seat == "vd-an":
                wrong += [f"{told} tells {word}" for word in secrets(page) if word in words and not is_open(page)]
    assert not wrong, "\n".join(wrong)
    with capsys.disabled():
        print(f"\nmatrix of rights: {len(people)} people × {len(everything)} pages × 2 verbs = {cells} cells")
    assert cells == len(people) * len(everything) * 2 and len(people) >= 25


def secrets(page: Page) -> tuple[str, ...]:
    """What must not be told on a page: names of places are nobody's secret on the page of a place."""
    return tuple(word for word in SECRET if page.name not in OF_PLACES or word != PLACE_NAME)


def is_open(page: Page) -> bool:
    """Pages of example answers, drawn here for whoever asks: what they show is tested with real figures elsewhere."""
    return page.name in {"overview", "briefing", "briefing-paper", "trace", "trace-sheet", "matrix", "living"}


def test_every_verb_of_the_file_is_used_and_every_row_can_be_read(example):
    used: set[str] = set()
    for page in pages(example):
        used |= {page.right, page.right_to_send}
    assert len({row["verb"] for row in RIGHTS}) == len(RIGHTS)
    assert {row["verb"] for row in RIGHTS} >= used - {"signed in"}


def own_pages(right: str) -> list[str]:
    """Addresses of the sign-in room with that right."""
    found = ["/" + there for there, one in patterns(get_resolver()) if getattr(one.callback, "right", "") == right]
    return [url.replace("<int:pk>", "1").replace("<slug:provider_id>", "dinh-danh") for url in found]


def test_ones_own_account_opens_to_whoever_signed_in_and_to_nobody_else(example):
    everything = own_pages("own account")
    assert len(everything) >= 15
    for person, verb in product((None, example.stranger, example.specialist), ("GET", "POST")):
        for url in everything:
            client = Client()
            if person is not None:
                client.force_login(person)
            answer = getattr(client, verb.lower())(url)
            if person is None:
                assert answer.status_code == 302 and answer["Location"].startswith("/dang-nhap/"), url
            else:
                no_password = answer.status_code == 403 and "hệ thống định danh" in answer.content.decode()
                assert answer.status_code in (200, 302, 404, 405) or no_password, f"{verb} {url}: {answer.status_code}"
                assert not any(word in answer.content.decode() for word in SECRET), url


def test_pages_at_the_door_tell_nobody_anything(example):
    for url, verb in product(own_pages("at the door"), ("GET", "POST")):
        answer = getattr(Client(), verb.lower())(url)
        assert answer.status_code < 500 and not any(word in answer.content.decode() for word in SECRET), url
