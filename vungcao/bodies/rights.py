"""Who may do what, and how far: a verb of ``reference/rights.yaml`` × the posts an official holds or acts in × reach.

Deny by default: a verb without a row is nobody's, an official without a fitting post does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from vungcao.bodies import queries
from vungcao.bodies.models import BodyKind, BodyVersion, Delegation, Official, Posting, Role, Subject
from vungcao.bodies.reach import Reach
from vungcao.evidence.reference_rows import read_yaml
from vungcao.evidence.remembering import Remembered
from vungcao.territory.models import PlaceVersion

RIGHTS: Final = Path(__file__).parent / "reference" / "rights.yaml"


@dataclass(frozen=True)
class Verb:
    """One row: whose posts carry it. ``kinds`` empty: in a body of any kind."""

    key: str
    said: str
    subject: Subject
    roles: frozenset[Role]
    kinds: frozenset[BodyKind]

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Verb:
        """Raises ``ValueError`` for a word, a role, an area of work or a kind of body that there is not."""
        if strange := set(row) - {"verb", "said", "subject", "roles", "bodies"}:
            raise ValueError(f"{row['verb']}: {sorted(strange)}")
        return cls(
            row["verb"],
            row["said"],
            Subject(row["subject"]),
            frozenset(map(Role, row["roles"])),
            frozenset(map(BodyKind, row.get("bodies", ()))),
        )

    def is_of(self, posting: Posting, kind: str | None) -> bool:
        """Does the post carry it, in a body of this kind (``None``: the body has ended)?"""
        in_place = kind is not None and (not self.kinds or kind in self.kinds)
        return in_place and posting.role in self.roles and posting.is_for(self.subject)


@cache
def verbs() -> Mapping[str, Verb]:
    """Every verb by its key, in the order of the file."""
    return {row["verb"]: Verb.of_row(row) for row in read_yaml(RIGHTS)}


def posts(official: Official, on: date) -> Sequence[Posting]:
    """The posts in force on a day: his own first, then those he acts in. A post acted in is not passed on."""
    own, acted = queries.postings_of(official, on)
    return (*own, *acted)


def carried(mine: Sequence[Posting], on: date) -> dict[str, list[Posting]]:
    """Every verb that one of these posts carries on a day, with those that do."""
    kinds = queries.tree(on).kinds
    found = {key: [one for one in mine if verb.is_of(one, kinds.get(one.body_id))] for key, verb in verbs().items()}
    return {key: some for key, some in found.items() if some}


def posts_with(official: Official, verb: str, on: date) -> Sequence[Posting]:
    """Those of his posts that carry a verb. Raises ``KeyError`` for a verb without a row."""
    held, kinds = verbs()[verb], queries.tree(on).kinds
    return [one for one in posts(official, on) if held.is_of(one, kinds.get(one.body_id))]


def reaches(official: Official, on: date) -> Mapping[str, Reach]:
    """Verb → how far he may do it: the reaches of the posts that carry it. What is not here he may do nowhere."""
    return _reaches.get((official.pk, on), None, lambda: _of_all(posts(official, on), on))


def _of_all(mine: Sequence[Posting], on: date) -> dict[str, Reach]:
    by_posts: dict[tuple[int, ...], Reach] = {}
    found = {}
    for verb, some in carried(mine, on).items():
        key = tuple(one.pk for one in some)
        if key not in by_posts:
            by_posts[key] = Reach.of_posts(some, on)
        if by_posts[key]:
            found[verb] = by_posts[key]
    return found


def reach_for(official: Official, verb: str, on: date) -> Reach:
    """How far he may do one thing; nowhere without a post that carries it. Raises ``KeyError`` for no verb at all."""
    return reaches(official, on).get(verbs()[verb].key, Reach())


def verbs_of(official: Official, on: date) -> frozenset[str]:
    """Everything he may do somewhere."""
    return frozenset(reaches(official, on))


def may(official: Official, verb: str, on: date) -> bool:
    """May he do it anywhere at all?"""
    return bool(reach_for(official, verb, on))


_reaches: Final[Remembered[dict[str, Reach]]] = Remembered(Posting, Delegation, BodyVersion, PlaceVersion, room=512)
