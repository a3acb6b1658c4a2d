"""Two officers have pressed "commit" before either was written: one wins, the other is told, nothing is doubled."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from vungcao.bodies.models import Role
from vungcao.desk.tests.pages.handing_in import (
    DISTRICT,
    cao_bang,
    hand_in,
    loaded_once,
    official,
    page_of,
    press,
    upload,
    worked,
)
from vungcao.desk.tests.pages.reading_pages import said
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import Act
from vungcao.intake.checking_files import working
from vungcao.intake.importing import run
from vungcao.intake.models import CheckStep
from vungcao.intake.tests.papers import DA1, write

__all__ = ["cao_bang", "loaded_once"]  # fixtures
MOVED_ON = "Trong lúc chờ ghi, sổ đã có lần ghi khác"


def correction(million: int, number: str):
    """The same report once more, saying that it replaces the first."""
    return DISTRICT.but(
        right=(DISTRICT.right[0], f"Số: {number}/BC-UBND (ví dụ), ngày 20/6/2024"),
        under=(*DISTRICT.under, "(thay thế Báo cáo số 60/BC-UBND ngày 03/6/2024)"),
        rows=(("", "TỔNG CỘNG", 30, million, 10), ("I", DA1, 30, million, 10)),
    )


@pytest.fixture
def officers(cao_bang: Path) -> list[Client]:
    found = []
    for name in ("mot", "hai"):
        found.append(Client())
        found[-1].force_login(official(name, "BDT-04", Role.SPECIALIST, "04").user)
    return found


def rehearsed(officers: list[Client], cao_bang: Path):
    run([write(cao_bang / "truoc.xlsx", DISTRICT)], by=SYSTEM, commit=True)
    papers = zip(officers, (correction(21, "32"), correction(22, "33")), ("mot.xlsx", "hai.xlsx"), strict=True)
    return [worked(hand_in(client, upload(cao_bang, paper, name))) for client, paper, name in papers]


def ended(checks):
    for check in checks:
        check.refresh_from_db()
    won = [one for one in checks if one.step == CheckStep.COMMITTED]
    told = [one for one in checks if one.step == CheckStep.REHEARSED]
    return won, told


@pytest.mark.django_db
def test_who_pressed_second_is_rehearsed_anew_when_his_turn_comes_and_told_so(officers, cao_bang):
    checks = rehearsed(officers, cao_bang)
    for client, check in zip(officers, checks, strict=True):
        press(client, check, "ghi")  # both before either was written
    before = Act.objects.filter(verb="intake.imported").count()
    working.work_once(), working.work_once()
    won, told = ended(checks)
    assert (len(won), len(told)) == (1, 1) and Act.objects.filter(verb="intake.imported").count() == before + 1
    assert MOVED_ON in said(page_of(officers[checks.index(told[0])], told[0]))
    assert MOVED_ON not in said(page_of(officers[checks.index(won[0])], won[0]))
