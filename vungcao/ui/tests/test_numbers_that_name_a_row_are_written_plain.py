"""A number that names a row is written without marks of thousands: sent back as “1.404” it would name none."""

from __future__ import annotations

import re
from pathlib import Path

ROOMS = Path(__file__).resolve().parents[2]
NAMES_A_ROW = re.compile(r"(?:\{\{ |=)((?:\w+\.)+no|(?:\w+\.)*(?:pk|seen|\w+_no))(?= \}\}| %\}| \w+=)")
NO_NUMBERS = {"check.pk", "replaces.pk", "table_no"}  # UUIDs; the place of a table on its sheet


def test_no_template_writes_the_number_of_a_row_as_an_amount():
    found = {
        f"{template.relative_to(ROOMS)}: {name}"
        for template in ROOMS.glob("*/templates/**/*.html")
        for name in NAMES_A_ROW.findall(template.read_text(encoding="utf-8"))
        if name not in NO_NUMBERS
    }
    assert not found, f'write {{{{ …|stringformat:"d" }}}}: {sorted(found)}'


def test_what_is_looked_for_is_found():
    for said in (
        "{{ seen }}",
        "{{ one.pk }}",
        "{% blocktranslate with no=batch.pk %}",
        "with no=act.numbered.no day=x",
    ):
        assert NAMES_A_ROW.search(said), said
    assert not NAMES_A_ROW.search('{{ one.pk|stringformat:"d" }}')
