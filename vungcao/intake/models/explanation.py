"""What an official says of a difference: why a figure contradicts another, and by which paper."""

from __future__ import annotations

from django.db import models

from vungcao.evidence.keeping import Kept


class Explanation(Kept):
    """Of one problem of one table; the last one of a ``key`` stands. Who said so, and when, is in the act.

    ``key`` is ``explaining.key_of``: whose table, which kind, which day, what is wrong, in which words; so it is found
    again when the same figures come in another file or at another cell, and not once they have changed.
    """

    key = models.CharField("khóa của chỗ lệch", max_length=64, db_index=True)
    reason = models.TextField("giải trình")
    paper = models.CharField("văn bản, chứng từ kèm theo", max_length=200, blank=True)
    sheet = models.CharField("trang tính", max_length=120, blank=True)
    cell = models.CharField("ô", max_length=60, blank=True)
    sentence = models.TextField("chỗ lệch")

    class Meta:
        verbose_name = "giải trình chỗ lệch"

    def __str__(self) -> str:
        """As it is told at the cell and in the marked copy."""
        return f"{self.reason} ({self.paper})" if self.paper else self.reason
