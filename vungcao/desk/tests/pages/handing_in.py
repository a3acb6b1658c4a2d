"""Hands of tests that hand workbooks in at the desk: officers, uploads, a worker, and the page as read."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from vungcao.bodies import actions as bodies
from vungcao.bodies.models import Body, Official, Role
from vungcao.desk.tests.pages.reading_pages import said, tree
from vungcao.evidence.actions import SYSTEM
from vungcao.intake.checking_files import working
from vungcao.intake.models import FileCheck
from vungcao.intake.tests.conftest import cao_bang, loaded_once
from vungcao.intake.tests.papers import DA1, Paper, write
from vungcao.territory.models import Place

__all__ = ["cao_bang", "desk", "lan", "loaded_once"]
DISTRICT = Paper()
OTHER = Paper(corner=("ỦY BAN NHÂN DÂN", "HUYỆN HÀ QUẢNG"))
WRONG_SUM = DISTRICT.but(rows=(("", "TỔNG CỘNG", 40, 20, 10), ("I", DA1, 30, 20, 10)))


def official(name: str, body: str, role: Role, reach: str) -> Official:
    return bodies.create_official(
        username=name, name=f"Cán bộ {name} (ví dụ)", password="mat-khau-vi-du-2026", body=Body.objects.get(key=body),
        post="Chuyên viên", role=role, reach=Place.objects.get(key=reach), by=SYSTEM, demo=True,
    )  # fmt: skip


@pytest.fixture
def lan(cao_bang: Path) -> Official:
    return official("lan", "BDT-04", Role.SPECIALIST, "04")


@pytest.fixture
def desk(client, lan):
    client.force_login(lan.user)
    return client


def upload(cao_bang: Path, paper: Paper, name: str = "bieu.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, write(cao_bang / name, paper).read_bytes())


def hand_in(desk, *files: SimpleUploadedFile, **more: str) -> FileCheck:
    response = desk.post("/nop-bang-tinh/", {"files": list(files), "het": "1", **more})
    assert response.status_code == 302, said(tree(response))
    return FileCheck.objects.get(pk=response["Location"].split("/")[-2])


def worked(check: FileCheck) -> FileCheck:
    assert working.work_once() == check
    check.refresh_from_db()
    return check


def press(desk, check: FileCheck, verb: str, **told: object):
    return desk.post(f"/nop-bang-tinh/{check.pk}/{verb}/", told)


def page_of(desk, check: FileCheck):
    return tree(desk.get(f"/nop-bang-tinh/{check.pk}/"))
