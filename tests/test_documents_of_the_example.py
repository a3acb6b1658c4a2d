"""The example registers: what their builder makes, taken in whole, with just the findings that the list expects."""

from __future__ import annotations

import pytest
from python_calamine import CalamineWorkbook

from examples.so_van_ban import HERE, LINES, build
from tests.example_province import EXAMPLE
from vungcao.bodies import loading as bodies
from vungcao.desk.commands.checking import expected
from vungcao.desk.commands.setting_up import bring_documents
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import Act, Source
from vungcao.office.checks import findings
from vungcao.office.models import Incoming, Outgoing
from vungcao.territory import loading as territory


def cells(path) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def test_the_registers_are_what_their_builder_makes_and_look_invented(tmp_path):
    for path in build(tmp_path):
        assert cells(path) == cells(HERE / path.name)
        assert all("ví dụ" in " ".join(line).lower() for line in LINES[path.name])


@pytest.mark.django_db
def test_they_are_taken_in_once_and_flagged_as_expected():
    territory.load(by=SYSTEM)
    bodies.load(by=SYSTEM)
    bring_documents()
    acts = Act.objects.count()
    bring_documents()
    assert Act.objects.count() == acts
    assert (Outgoing.objects.count(), Incoming.objects.count()) == (11, 4)
    assert Source.objects.filter(is_example=True).count() == 2
    known = {key for key in expected(EXAMPLE / "expected-findings.yaml") if key[0].startswith("number.")}
    assert {(one.code, one.key) for one in findings()} == known
    answered = Outgoing.objects.exclude(answers=None).values_list("said_no", "answers__incoming_lines__said_no")
    assert sorted(answered) == [("3", "1"), ("5", "2")]
