"""The example province in a test database: everything `vungcao demo` brings, once for a class of tests."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.test import TestCase

from vungcao.bodies import loading as bodies_loading
from vungcao.bodies.reach import Reach
from vungcao.evidence.actions import SYSTEM
from vungcao.intake.importing import Run, run
from vungcao.law import loading as law_loading
from vungcao.ledger import loading as ledger_loading
from vungcao.monitoring import loading as monitoring_loading
from vungcao.programme import loading as programme_loading
from vungcao.territory import loading as territory_loading

EXAMPLE = Path(settings.BASE_DIR) / "examples" / "cao-bang"
ALL = Reach.all_for_operator()
ROUND = "vong-nam"  # the yearly round 2022-2025: a hundred and thirty tables, tried whole in a module of their own


def load_reference() -> None:
    """Reference data room by room, lowest floor first."""
    for room in (territory_loading, law_loading, bodies_loading, programme_loading, ledger_loading, monitoring_loading):
        room.load(by=SYSTEM)


def bring(*names: str) -> Run:
    """Commit files or folders of the example; without names all but the yearly round."""
    folders = [path for path in sorted(EXAMPLE.iterdir()) if path.is_dir() and path.name != ROUND]
    return run([EXAMPLE / name for name in names] or folders, by=SYSTEM, commit=True)


class ExampleProvince(TestCase):
    """Each test sees the example but for the yearly round, and leaves it as it was."""

    run_of_all: Run

    @classmethod
    def setUpTestData(cls) -> None:
        load_reference()
        cls.run_of_all = bring()
