"""What a workbook says of a component → the component, or a sentence about why not.

Offices write marks ("Dự án 5", "DA5", "TDA3 - DA5", "Nội dung số 01"), names, or both. A mark decides; a name that
belongs to another component of the same programme contradicts it and is shown, never resolved silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from vungcao.kernel.vietnamese import day, fold
from vungcao.programme.component_trees import ComponentTree, component, naming, tree, versions_ended_before

_SPOKEN: Final = (
    (re.compile(r"\bdtts\s*&\s*mn\b"), "dan toc thieu so va mien nui"),
    (re.compile(r"\bdtts\b"), "dan toc thieu so"),
    (re.compile(r"\bkt\s*-\s*xh\b"), "kinh te xa hoi"),
    (re.compile(r"\bctmtqg\b|\bchuong trinh mtqg\b"), "chuong trinh muc tieu quoc gia"),
    (re.compile(r"\bdbkk\b"), "dac biet kho khan"),
    (re.compile(r"[^a-z0-9]+"), " "),
)
_NUMBER: Final = r"\s*(?:so\s+)?0*(\d{1,2})\b"
_MARKS: Final = (
    ("TDA", re.compile(rf"\b(?:tieu du an|tieu da|tda){_NUMBER}")),
    ("DA", re.compile(rf"\b(?:du an(?: thanh phan)?|da){_NUMBER}")),
    ("ND", re.compile(rf"\b(?:noi dung(?: thanh phan)?|nd){_NUMBER}")),
)
_ORDER: Final = ("DA", "TDA", "ND")
_SHORTEST_PREFIX: Final = 10


@dataclass(frozen=True)
class Match:
    """One component, or none with the candidates (keys) and the Vietnamese sentence that says why."""

    component_id: int | None
    candidates: tuple[int, ...] = ()
    sentence: str = ""


def component_match(
    said: str, programme: str, on: date, *, within: int | None = None, known: int | None = None
) -> Match:
    """The component of ``programme`` (its code) that ``said`` names on ``on``; ``within`` (key) narrows it."""
    grown = tree(on, known)
    root = grown.ids.get(programme)
    if root is None:
        return Match(None, (), _gone(said, programme, on, known))
    spoken = plain(said)
    if not spoken:
        return Match(None, (), "Ô trống: không biết là dự án nào.")
    space = list(grown.below(within if within is not None and within in grown else root))
    if said.strip().upper() in grown.ids and grown.ids[said.strip().upper()] in space:
        return Match(grown.ids[said.strip().upper()])
    marks, name = _marks(spoken)
    named = _by_name(name, space, grown)
    if not marks:
        return _one(said, named, grown) if named else _absent(said, programme, on, space, known)
    marked = _by_marks(marks, space, grown)
    if len(marked) == 1 and named and not set(named) & set(marked):
        both = (*marked, *named)
        return Match(
            None, both, f"“{said}”: số hiệu chỉ {_listed(marked, grown)} nhưng tên là của {_listed(named, grown)}."
        )
    if len(marked) > 1 and set(named) & set(marked):
        marked = [node for node in marked if node in named]
    return _one(said, marked, grown) if marked else _absent(said, programme, on, space, known)


@lru_cache(maxsize=1 << 12)
def plain(said: str) -> str:
    """Folded, common abbreviations written out, punctuation dropped: how two spellings are compared."""
    text = fold(said)
    for pattern, full in _SPOKEN:
        text = pattern.sub(full if full != " " else " ", text)
    return text.strip()


def _marks(spoken: str) -> tuple[dict[str, int], str]:
    """Marks in the text by kind, and what is left of it as a name."""
    found: dict[str, int] = {}
    for kind, pattern in _MARKS:
        hit = pattern.search(spoken)
        if hit:
            found[kind] = int(hit[1])
            spoken = f"{spoken[: hit.start()]} {spoken[hit.end() :]}"
    return found, " ".join(spoken.split())


def _by_marks(marks: Mapping[str, int], space: Iterable[int], grown: ComponentTree) -> list[int]:
    """Nodes whose code ends with the finest mark and bears the other marks above it."""
    kind = next(kind for kind in reversed(_ORDER) if kind in marks)
    wanted = {f"{one}{number}" for one, number in marks.items()}
    nodes = [node for node in space if grown.codes[node].rpartition(".")[2] == f"{kind}{marks[kind]}"]
    found = [node for node in nodes if wanted <= set(grown.codes[node].split("."))]
    depths = {node: grown.depth(node) for node in found}
    # "Nội dung 1" said inside a project means the project's own part, not a part of its sub-projects.
    nearest = [node for node in found if depths[node] == min(depths.values())]
    return nearest if len(nearest) == 1 and kind == "ND" else found


def _by_name(name: str, space: Iterable[int], grown: ComponentTree) -> list[int]:
    """Nodes of exactly this name, else the only one whose name it begins."""
    if not name:
        return []
    names = {
        node: {plain(grown.names[node]), plain(grown.short_names[node]), *map(plain, grown.also[node])}
        for node in space
    }
    exact = [node for node, spellings in names.items() if name in spellings]
    if exact or len(name) < _SHORTEST_PREFIX:
        return exact
    return [node for node, spellings in names.items() if any(one.startswith(f"{name} ") for one in spellings)]


def _one(said: str, nodes: list[int], grown: ComponentTree) -> Match:
    if len(nodes) == 1:
        return Match(nodes[0])
    return Match(None, tuple(nodes), f"“{said}” có thể là {_listed(nodes, grown)}: hãy ghi rõ thuộc dự án nào.")


def _absent(said: str, programme: str, on: date, space: Iterable[int], known: int | None) -> Match:
    """Nothing in force bears it: was there something that ended, or nothing at all?"""
    spoken, inside = plain(said), set(space)
    for version in versions_ended_before(on, known):
        belongs = version.component.code.split(".")[0] == programme
        if (
            belongs
            and version.component_id not in inside
            and spoken in {plain(version.name), plain(version.short_name)}
        ):
            return Match(None, (version.component_id,), _not_in_force(version.component_id, on, known))
    return Match(None, (), f"“{said}” không có trong danh mục của chương trình {programme} vào ngày {day(on)}.")


def _gone(said: str, programme: str, on: date, known: int | None) -> str:
    found = component(programme)
    if found is None:
        return f"Không có chương trình mang mã {programme}: không tìm được “{said}”."
    return _not_in_force(found.pk, on, known)


def _not_in_force(component_id: int, on: date, known: int | None) -> str:
    called = naming(component_id, known)
    if called.last_day is not None and called.last_day < on:
        return f"{called.short_name} đã kết thúc: ngày cuối là {day(called.last_day)}, số liệu là của ngày {day(on)}."
    return f"{called.short_name} chưa có hiệu lực vào ngày {day(on)}."


def _listed(nodes: Iterable[int], grown: ComponentTree) -> str:
    return ", ".join(f"{grown.short_names[node]} ({grown.codes[node]})" for node in nodes)
