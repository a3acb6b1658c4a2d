"""Reserved members and the first order of reporters; loading twice changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import yaml
from django.db import transaction

from vungcao.evidence.actions import Signer, acting, lock
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger.actions import order_reporters
from vungcao.ledger.models import ReporterOrder, SpendingObject
from vungcao.programme.models import Component

REFERENCE: Final = Path(__file__).parent / "reference"


def load(*, by: Signer) -> bool:
    """Make what is missing under one act; returns whether anything was. Needs programmes first. Of two at once the
    second looks once the first has written.
    """
    with transaction.atomic():
        lock("loading", "ledger")
        return _load(by)


def _load(by: Signer) -> bool:
    said = yaml.safe_load((REFERENCE / "reporters.yaml").read_text("utf-8"))
    root = Component.objects.get(code=NOT_DIVIDED)
    held = dict(ReporterOrder.objects.standing().filter(component=root).values_list("body_kind", "rank"))
    star = SpendingObject.objects.filter(code=NOT_DIVIDED).exists()
    if star and held == said["order"]:
        return False
    with acting("ledger.loaded", by=by) as act:
        if not star:
            SpendingObject.objects.create(act=act, code=NOT_DIVIDED, name="Không chia theo đối tượng chi")
        if held != said["order"]:
            order_reporters(root, said["order"], since=None, by=by)
    return True
