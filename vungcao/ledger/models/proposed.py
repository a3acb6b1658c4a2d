"""Where a proposed line of a dossier was said: the unit's own workbook, and its cell."""

from __future__ import annotations

from django.db import models

from vungcao.evidence.keeping import Kept
from vungcao.ledger.models.dossiers import DossierLine


class ProposedCell(Kept):
    """The batch (file, sheet, unit) and cell that a line of a dossier came from; a line typed by hand has none."""

    line = models.OneToOneField(DossierLine, models.PROTECT, related_name="said_at", verbose_name="dòng đề nghị")
    batch = models.ForeignKey("bodies.Batch", models.PROTECT, related_name="+", verbose_name="lần gửi")
    cell = models.CharField("ô", max_length=12)

    class Meta:
        verbose_name = "ô của dòng đề nghị"

    def __str__(self) -> str:
        return f"{self.line_id}: {self.cell}"
