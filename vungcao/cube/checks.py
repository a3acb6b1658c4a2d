"""What must hold of the sealed cube: run by ``vungcao check-facts``."""

from __future__ import annotations

from vungcao.cube.sealed.sealing import findings

__all__ = ["findings"]
