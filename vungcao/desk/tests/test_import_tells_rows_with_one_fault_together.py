"""On the terminal a table of forty unknown units is one sentence; its JSON keeps forty cells."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from vungcao.desk.commands.importing import show
from vungcao.intake.tests.conftest import bring, cao_bang, loaded_once
from vungcao.intake.tests.papers import BY_UNIT

__all__ = ["bring", "cao_bang", "loaded_once"]  # fixtures of the door's own tests


@pytest.mark.django_db
def test_a_table_of_unknown_units_is_one_line_on_the_screen_and_all_of_them_in_json(bring, capsys):
    rows = tuple(("", f"UBND huyện Không Có {at}", *([1] * (len(BY_UNIT.heads) - 2))) for at in range(12))
    result = bring(BY_UNIT.but(rows=rows), commit=False)
    unknown = [one for one in result.problems if one.code == "body.unknown"]
    assert (
        len(unknown) == 12 == sum(one["code"] == "body.unknown" for one in result.as_json()["outcomes"][0]["problems"])
    )
    show(result)
    told_lines = [line for line in capsys.readouterr().out.splitlines() if "Không Có" in line]
    assert len(told_lines) == 1 and all(f"Không Có {at}" in told_lines[0] for at in range(12))


@pytest.mark.django_db
def test_the_same_is_told_in_english_with_what_was_written_in_the_cells(bring, capsys):
    rows = tuple(("", f"UBND huyện Không Có {at}", *([1] * (len(BY_UNIT.heads) - 2))) for at in range(12))
    result = bring(BY_UNIT.but(rows=rows), commit=False)
    with translation.override("en"):
        show(result)
    said = capsys.readouterr().out
    assert "Rehearsal (nothing written)" in said and "Nothing was written. --commit writes." in said
    assert "[must be mended]" in said and " The same in 11 more cells: " in said
    assert not re.search("Cũng vậy|Nếu biết|Kết quả|trang |không phải là cơ quan|Chưa ghi", said)
