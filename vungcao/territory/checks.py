"""Truths of territory over live data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from vungcao.kernel.refusal import Finding
from vungcao.kernel.validity import overlap
from vungcao.kernel.vietnamese import day
from vungcao.territory import province, queries, telling
from vungcao.territory.models import Place, PlaceClass, PlaceCode, PlaceVersion, ReorganisationKind, Succession


def findings() -> Iterator[Finding]:
    """Everything about places that does not hold, a sentence each."""
    keys = dict(Place.objects.values_list("pk", "key"))
    yield from _one_version_a_day(keys)
    yield from _one_bearer_a_day()
    yield from _parents_in_force(keys)
    yield from _events_meet_lives(keys)
    yield from _shares_make_a_whole(keys)
    yield from _classes_have_a_paper(keys)
    yield from _counts()


def _finding(code: str, key: str, sentence: str) -> Finding:
    return Finding("territory", f"place.{code}", key, sentence)


def _spans(rows: Iterable[Any]) -> list[tuple[date | None, date | None]]:
    return [(row.valid_from, row.valid_to) for row in rows]


def _one_version_a_day(keys: dict[int, str]) -> Iterator[Finding]:
    for place_id, key in keys.items():
        rows = queries.lives().get(place_id, [])
        if not rows:
            yield _finding("nameless", key, f"Địa bàn {key} không có tên ở ngày nào.")
        elif overlap(_spans(rows)):
            yield _finding(
                "versions_overlap", key, f"{rows[-1].full_name} ({key}) có hai phiên bản trong cùng một ngày."
            )


def _one_bearer_a_day() -> Iterator[Finding]:
    borne: dict[tuple[str, str], list[PlaceCode]] = defaultdict(list)
    for row in PlaceCode.objects.standing().exclude(scheme=province.SPELLING):
        borne[row.scheme, row.code].append(row)
    for (scheme, code), rows in sorted(borne.items()):
        if overlap(_spans(rows)):
            yield _finding(
                "code_of_two", f"{scheme}:{code}", f"Mã {code} ({scheme}) có hai nơi mang trong cùng một ngày."
            )


def _parents_in_force(keys: dict[int, str]) -> Iterator[Finding]:
    lives = queries.lives()
    for rows in lives.values():
        for row in rows:
            if row.parent_id is None:
                continue
            above = lives.get(row.parent_id, [])
            if not above or not _within(row, above):
                who = telling.name(row.parent_id, row.valid_from or date.min)
                yield _finding(
                    "parent_not_in_force", keys[row.place_id], f"{row.full_name} thuộc {who} cả khi nơi ấy không còn."
                )


def _within(row: PlaceVersion, above: list[PlaceVersion]) -> bool:
    """Do the parent's versions (earliest first) hold on every day of the row?"""
    begin, end = above[0].valid_from, above[-1].valid_to
    starts_inside = begin is None or (row.valid_from is not None and begin <= row.valid_from)
    ends_inside = end is None or (row.valid_to is not None and row.valid_to <= end)
    return starts_inside and ends_inside


def _events_meet_lives(keys: dict[int, str]) -> Iterator[Finding]:
    """A predecessor's life ends, and a successor's begins, on the day of the event."""
    lives = queries.lives()
    for row in Succession.objects.standing().select_related("event"):
        old, new = lives.get(row.predecessor_id, []), lives.get(row.successor_id, []) if row.successor_id else []
        if old and old[-1].valid_to != row.event.effective:
            sentence = f"{old[-1].full_name} không kết thúc vào ngày {day(row.event.effective)} của {row.event.cites}."
            yield _finding("event_off_life", keys[row.predecessor_id], sentence)
        if row.successor_id and new and new[0].valid_from != row.event.effective:
            sentence = f"{new[0].full_name} không bắt đầu từ ngày {day(row.event.effective)} của {row.event.cites}."
            yield _finding("event_off_life", keys[row.successor_id], sentence)
        if row.successor_id is None and row.event.kind != ReorganisationKind.ABOLISH:
            yield _finding("no_successor", keys[row.predecessor_id], f"{row.event}: không nói nơi nhận.")


def _shares_make_a_whole(keys: dict[int, str]) -> Iterator[Finding]:
    """Shares of one end are known for all or for none, and add up to 1."""
    groups: dict[tuple[str, int, int], list[Any]] = defaultdict(list)
    for row in Succession.objects.standing():
        groups["share", row.event_id, row.predecessor_id].append(row.share)
        if row.successor_id is not None:
            groups["origin", row.event_id, row.successor_id].append(row.origin)
    for (word, _, place_id), shares in groups.items():
        known = [share for share in shares if share is not None]
        if known and (len(known) < len(shares) or sum(known) != 1):
            yield _finding(
                f"{word}_not_whole", keys[place_id], f"Tỷ phần của địa bàn {keys[place_id]} không cộng thành 1."
            )


def _classes_have_a_paper(keys: dict[int, str]) -> Iterator[Finding]:
    for row in PlaceClass.objects.standing():
        if not row.cites.strip() or not row.source.strip():
            who = telling.name(row.place_id, row.valid_from or date.min)
            sentence = f"{who}: xếp loại {row.value} không nêu căn cứ, nguồn."
            yield _finding("class_without_source", f"{keys[row.place_id]}:{row.scheme}", sentence)


def _counts() -> Iterator[Finding]:
    """As many places as each shipped province that is loaded expects on its days."""
    for folder in province.shipped():
        said = province.read(folder)
        for expected in said.expected:
            root = queries.place(said.key, expected.day)
            if root is None:
                continue
            tree = queries.tree(expected.day)
            found = sum(tree.covers(root.pk, node) for node in tree.of_kind(expected.kinds))
            if found != expected.number:
                key = f"{said.key}:{expected.day}:{'+'.join(expected.kinds)}"
                yield _finding("count", key, f"Ngày {day(expected.day)} có {found} đơn vị, phải là {expected.number}.")
