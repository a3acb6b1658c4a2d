"""The same hands as in evidence's own tests; these stand here because they look at tables of many rooms."""

from vungcao.evidence.tests.conftest import sql, write

__all__ = ["sql", "write"]
