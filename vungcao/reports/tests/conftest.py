"""The small cast, for reports about its money."""

from vungcao.cube.tests.conftest import cast, cast_once

__all__ = ["cast", "cast_once"]
