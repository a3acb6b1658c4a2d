"""Loads indicators and the published figures of ``reference/``, each with the text it was taken from."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from vungcao.bodies import actions, queries
from vungcao.bodies.models import BatchState
from vungcao.evidence.actions import Signer, cite
from vungcao.evidence.models import SourceKind
from vungcao.evidence.reference_rows import Loaded, Loading, loading, read_yaml
from vungcao.kernel.refusal import Refusal
from vungcao.monitoring.actions import Said, record_observations
from vungcao.monitoring.models import Indicator, Observation
from vungcao.territory.models import Place

REFERENCE: Final = Path(__file__).parent / "reference"
KIND: Final = "reference"


def load(*, by: Signer, folder: Path = REFERENCE) -> Loaded:
    """Bring indicators and figures into the database; a second call changes nothing. Needs territory and bodies."""
    with (folder / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with loading("monitoring", by=by) as shelf:
        wanted = read_yaml(folder / "indicators.yaml")["indicators"]
        columns = ({name: value for name, value in one.items() if name not in ("groups", "by")} for one in wanted)
        shelf.identities(Indicator, "code", columns)
        sources = {one["id"]: one for one in read_yaml(folder / "sources.yaml")}
        _bring_figures(shelf, rows, sources, by)
    return shelf.loaded


def _bring_figures(shelf: Loading, rows: list[dict[str, str]], sources: Mapping[str, Any], by: Signer) -> None:
    """One batch for each text that says something new; its figures stand as received."""
    press = queries.body("PRESS")
    if press is None:
        raise Refusal(_("Chưa có đơn vị “Báo chí, văn bản công bố”: hãy nạp danh mục đơn vị trước."))
    places = dict(Place.objects.values_list("key", "pk"))
    standing = {
        (one.indicator.code, one.place_id, one.group, one.period, one.as_of): one.numerator
        for one in Observation.objects.filter(batch__body=press, batch__kind=KIND)
        .select_related("indicator")
        .order_by("pk")
    }
    new: dict[str, list[Said]] = defaultdict(list)
    for row in rows:
        said = _said(row, places)
        if standing.get((said.indicator, said.place_id, said.group, said.period, said.as_of)) != said.numerator:
            new[row["source"]].append(said)
    for name, figures in new.items():
        text = sources[name]
        about = " · ".join(part for part in (text["url"], str(text["date"]), text["note"]) if part)
        paper = cite(act=shelf.act, kind=SourceKind.PRESS, name=f"{name}: {text['title']}"[:300], title=about)
        batch = actions.hand_in(body=press, kind=KIND, period="", source=paper, sheet="", act=shelf.act)
        written = record_observations(batch=batch, rows=figures, by=by)
        actions.reach(batch, BatchState.RECEIVED, by=by)
        shelf.loaded.written["Observation"] = shelf.loaded.written.get("Observation", 0) + len(written)


def _said(row: Mapping[str, str], places: Mapping[str, int]) -> Said:
    if row["place"] not in places:
        raise Refusal(_("Chưa có địa bàn %(place)s: hãy nạp danh mục địa bàn trước.") % {"place": row["place"]})
    return Said(
        indicator=row["indicator"],
        place_id=places[row["place"]],
        group=row["group"],
        period=row["period"],
        as_of=date.fromisoformat(row["as_of"]),
        numerator=Decimal(row["value"]),
        qualifier=row["qualifier"],
        note=row["note"],
        corrects=True,
    )
