"""On PostgreSQL two workers take two corrections of one report in the same moment: one stands, the other is told."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.at_once import at_once, only_on_postgresql
from vungcao.bodies.models import Role
from vungcao.desk.tests.pages.handing_in import official, press
from vungcao.desk.tests.pages.test_two_officers_commit_at_once import MOVED_ON, ended, rehearsed
from vungcao.evidence import chain
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import Act
from vungcao.intake.checking_files import working
from vungcao.intake.tests.conftest import loading
from vungcao.ledger.models import Statement


@pytest.fixture
def province(transactional_db: None, settings: Any, tmp_path: Path) -> Path:
    """The province loaded for writers of their own, one connection a thread."""
    only_on_postgresql()
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    loading(SYSTEM)
    return tmp_path / "gui"


@pytest.mark.each_database
def test_one_is_written_and_the_other_rehearsed_anew(province: Path) -> None:
    officers = []
    for name in ("mot", "hai"):
        officers.append(Client())
        officers[-1].force_login(official(name, "BDT-04", Role.SPECIALIST, "04").user)
    checks = rehearsed(officers, province)
    pressed = at_once(*[partial(press, client, check, "ghi") for client, check in zip(officers, checks, strict=True)])
    assert [one.status_code for one in pressed] == [302, 302], pressed
    before = Act.objects.filter(verb="intake.imported").count()
    worked = at_once(working.work_once, working.work_once)
    assert not any(isinstance(one, BaseException) for one in worked), worked
    while working.work_once():
        pass
    won, told = ended(checks)
    assert (len(won), len(told)) == (1, 1) and Act.objects.filter(verb="intake.imported").count() == before + 1
    assert MOVED_ON in told[0].said
    standing = Statement.objects.filter(superseded_by=None, basis="year").values_list("number", flat=True)
    assert len(standing) == 1 and standing[0].startswith(("32/", "33/"))
    chain.extend()
    assert not list(chain.verify())
