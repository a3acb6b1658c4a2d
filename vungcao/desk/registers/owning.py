"""Whose register an official writes in: that of a body in which he holds (or acts in) a post with the right."""

from __future__ import annotations

from django.utils import timezone

from vungcao.bodies import rights
from vungcao.bodies.models import Body, Official
from vungcao.bodies.queries import tree, version


def own_bodies(official: Official, verb: str) -> dict[int, str]:
    """Key of each such body in force today → its name; his own post first."""
    today = timezone.localdate()
    names = tree(today).names
    return {one.body_id: names[one.body_id] for one in rights.posts_with(official, verb, today) if one.body_id in names}


def own_body(official: Official, verb: str, said: object) -> Body | None:
    """The one of them that was said; without a word of his, the first. What is no key of theirs is none."""
    mine = own_bodies(official, verb)
    chosen = said or next(iter(mine), None)
    key = next((one for one in mine if f"{one}" == f"{chosen}"), None)
    there = version(key, timezone.localdate()) if key is not None else None
    return there.body if there is not None else None
