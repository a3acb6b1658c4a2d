"""External codes as dated rows: (scheme, code) → an identity of the room that makes this concrete.

One code may pass from one identity to another (fifteen new communes of Cao Bằng bear an old unit's code), so
a code is always asked for with a day.
"""

from __future__ import annotations

from django.db import models


class ExternalCode(models.Model):
    """Abstract: mix with ``evidence.keeping.Dated`` and add a key named ``identity``."""

    scheme = models.CharField("bộ mã", max_length=20)
    code = models.CharField("mã", max_length=40)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"
