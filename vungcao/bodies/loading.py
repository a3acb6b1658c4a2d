"""Loads bodies: the fixed ones, those of every province, and a People's Committee for each place that has one.

Committees take their days from the places: ``UBND-04.043`` ends with the district, ``UBND-01321@2025-07-01`` begins
with the new commune. So a reorganisation loaded in territory carries over by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from vungcao.bodies.models import Body, BodyKind, BodyVersion
from vungcao.evidence.actions import Signer
from vungcao.evidence.reference_rows import Loaded, days, loading, read_yaml
from vungcao.territory.models import Place, PlaceVersion
from vungcao.territory.queries import COMMUNES, DISTRICTS, PROVINCES

REFERENCE: Final = Path(__file__).parent / "reference"


def load(*, by: Signer, folder: Path = REFERENCE) -> Loaded:
    """Bring the bodies of every loaded province; a second call changes nothing. Needs territory first."""
    said = read_yaml(folder / "bodies.yaml")
    places = list(PlaceVersion.objects.standing().select_related("place", "parent").order_by("pk"))
    provinces = [version for version in places if version.kind in PROVINCES]
    rows = list(_listed(said, provinces)) + list(_committees(places))
    with loading("bodies", by=by) as shelf:
        keys = dict.fromkeys(row["key"] for row in rows)
        ids = shelf.identities(Body, "key", ({"key": key} for key in keys))
        shelf.dated(BodyVersion, [_version(row, ids) for row in rows], identity=("body",))
    return shelf.loaded


def committee_key(place: Place) -> str:
    """Key of the People's Committee of a place: ``UBND-04.043``."""
    return f"UBND-{place.key}"


def committee_name(version: PlaceVersion) -> str:
    """As papers write it: ``UBND huyện Bảo Lạc``."""
    full = version.full_name
    return f"UBND {full[0].lower()}{full[1:]}"


def _listed(said: Mapping[str, Any], provinces: list[PlaceVersion]) -> Iterator[dict[str, Any]]:
    """Rows of the file; those of the pattern once for each province."""
    for row in said["fixed"]:
        yield {**row, **days(row), "place": None, "parent": None}
    for version in provinces:
        facts = {"key": version.place.key, "name": version.name}
        for row in said["province"]:
            filled = {word: text.format(**facts) for word, text in row.items() if isinstance(text, str)}
            also = [text.format(**facts) for text in row.get("also", ())]
            parent = filled.get("parent")
            yield {**row, **filled, **days(row), "also": also, "place": version.place, "parent": parent}


def _committees(places: list[PlaceVersion]) -> Iterator[dict[str, Any]]:
    """A committee for each version of a district or commune, under the committee of the place above it."""
    for version in places:
        if version.kind not in DISTRICTS | COMMUNES or version.parent is None:
            continue
        yield {
            "key": committee_key(version.place),
            "kind": BodyKind.DISTRICT if version.kind in DISTRICTS else BodyKind.COMMUNE,
            "name": committee_name(version),
            "parent": committee_key(version.parent),
            "place": version.place,
            "valid_from": version.valid_from,
            "valid_to": version.valid_to,
        }


def _version(row: Mapping[str, Any], ids: Mapping[str, int]) -> BodyVersion:
    return BodyVersion(
        body_id=ids[row["key"]],
        name=row["name"],
        kind=row["kind"],
        parent_id=ids[row["parent"]] if row["parent"] else None,
        place=row["place"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        also=row.get("also", []),
        confidence=row.get("confidence", "sourced"),
        cites=row.get("cites", ""),
    )
