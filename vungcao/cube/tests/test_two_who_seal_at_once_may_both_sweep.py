"""Two processes seal at once: what one takes away under the other's eyes is gone, and both have sealed."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from vungcao.cube.sealed import sealing
from vungcao.cube.sealed.holding import folder
from vungcao.cube.tests import ugly

pytestmark = pytest.mark.usefixtures("of_its_own")


def test_a_half_that_is_gone_while_old_files_are_looked_through_stops_nobody(cast, monkeypatch):
    ugly.play(cast, Random(8), 3)
    half, glob = folder() / f"{sealing._prefix()}-given-1-01234567.part", Path.glob
    half.write_bytes(b"another's, just being written")

    def glob_late(here, pattern):
        monkeypatch.setattr(Path, "glob", glob)
        found = list(glob(here, pattern))
        half.unlink()
        return found

    monkeypatch.setattr(Path, "glob", glob_late)
    made = sealing.seal()
    assert {path.name for path in folder().iterdir()} == {made.given_file, made.spent_file}
