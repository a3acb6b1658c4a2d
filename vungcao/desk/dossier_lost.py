"""Targets that lose money by a dossier, as page and terminal tell them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vungcao.desk.commands.printing import console
from vungcao.kernel.vietnamese import money
from vungcao.law.models import Confidence
from vungcao.ledger.dossiers.losing import Loss
from vungcao.reports.adjusting.targets_lost import OF, amount_lost, head, share

SURE: Final = {one.value: gettext_lazy(str(one.label)) for one in Confidence}
TONES: Final = {"sourced": "holds", "recalled": "warns", "unknown": "fails"}
WHERE: Final = {
    "own": "",
    "below": gettext_lazy("của phần nằm trong nội dung này"),
    "above": gettext_lazy("của cấp trên nội dung này"),
}


def show_lost(found: Iterable[Loss]) -> None:
    """A loss a line, its targets under it, at the terminal."""
    for loss in found:
        console.print(
            _("Chỉ tiêu mất vốn · %(head)s: %(amount_lost)s.") % {"head": head(loss), "amount_lost": amount_lost(loss)},
            markup=False,
            soft_wrap=True,
        )
        for where, plan, target in loss.targets:
            near = f" {WHERE[where]} ({target.component.code})" if where != "own" else ""
            sure = str(SURE[target.confidence]).lower()
            said = f"  {target.code} {target.indicator}: {target.value_said} ({target.year_use}; {plan}){near}; {sure}."
            console.print(said, markup=False, soft_wrap=True)


def lost_rows(found: Iterable[Loss]) -> list[dict[str, Any]]:
    """A row for each node, source and years that loses money, for the page."""
    return [
        {
            "loss": loss,
            "lost": money(loss.lost_dong),
            "rate": share(loss),
            "of": _(OF[loss.of]) if loss.of else "",
            "targets": [
                {
                    "target": target, "plan": plan, "near": WHERE[where],
                    "sure": SURE[target.confidence], "tone": TONES[target.confidence],
                }
                for where, plan, target in loss.targets
            ],
        }
        for loss in found
    ]  # fmt: skip
