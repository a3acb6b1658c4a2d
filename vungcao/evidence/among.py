"""``IN`` over keys of our own, written out: an officer who reaches a province sends some hundred of them with each
question, and as parameters every one of them is quoted, counted and put in its place anew.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models.lookups import In


class Among(In):
    """``Among(F("body"), keys)`` as a condition; the keys are whole numbers, none of them said by a user."""

    def process_rhs(self, compiler: Any, connection: Any) -> tuple[str, tuple[()]]:
        """Nothing is among no keys."""
        if not self.rhs:
            raise EmptyResultSet
        return f"({', '.join(str(int(key)) for key in sorted(self.rhs))})", ()
