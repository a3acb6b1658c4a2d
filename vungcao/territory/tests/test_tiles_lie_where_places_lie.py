"""Tiles: each place its own cell, neighbours kept; a file of boundaries is checked before it draws."""

from __future__ import annotations

import json
from datetime import date

import pytest

from vungcao.territory import boundaries, queries
from vungcao.territory.tiles import points, tiles

GRID = {number: (105.0 + number % 6 * 0.2, 22.0 + number // 6 * 0.2) for number in range(36)}


def test_no_two_places_share_a_cell_and_the_same_places_lie_the_same_way():
    laid = tiles(GRID, GRID)
    assert len(set(laid.values())) == len(GRID)
    assert tiles(reversed(list(GRID)), GRID) == laid


def test_west_stays_west_and_north_stays_north():
    laid = tiles(GRID, GRID)
    for row in range(6):
        columns = [laid[row * 6 + column][0] for column in range(6)]
        assert columns == sorted(columns)
    for column in range(6):
        rows = [laid[row * 6 + column][1] for row in range(6)]
        assert rows == sorted(rows, reverse=True), "a higher latitude stands higher"


def test_places_of_which_nobody_knows_are_left_out_and_one_place_is_a_map_of_one():
    assert tiles([1, 99], GRID) == {1: (0, 0)}
    assert tiles([], GRID) == {} == tiles([99], GRID)


def test_places_on_one_spot_get_cells_of_their_own():
    same = dict.fromkeys(range(5), (105.0, 22.0))
    assert len(set(tiles(same, same).values())) == 5


@pytest.mark.django_db
def test_every_district_and_commune_of_the_province_lies_somewhere(cao_bang):
    for on, count in ((date(2024, 12, 31), 10), (date(2025, 11, 30), 56)):
        tree = queries.tree(on)
        province = queries.place("04", on)
        laid = tiles(tree.children[province.pk], points(on))
        assert len(laid) == count == len(set(laid.values()))


@pytest.mark.django_db
def test_the_far_west_lies_west_of_the_far_east(cao_bang):
    on = date(2024, 12, 31)
    where = points(on)
    west, east = (queries.place(code, on).pk for code in ("042", "048"))
    assert where[west][0] < where[east][0]


SQUARE = [[106.0, 22.6], [106.1, 22.6], [106.1, 22.7], [106.0, 22.7], [106.0, 22.6]]


def file_of(folder, features) -> object:
    path = folder / "ranh gioi.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def feature(code="01273", kind="Polygon", coordinates=None) -> dict:
    return {"properties": {"code": code}, "geometry": {"type": kind, "coordinates": coordinates or [SQUARE]}}


def test_polygons_are_read_by_their_codes(tmp_path):
    path = file_of(tmp_path, [feature(), feature("01279", "MultiPolygon", [[SQUARE], [SQUARE]])])
    found = boundaries.read(path)
    assert {code: len(rings) for code, rings in found.items()} == {"01273": 1, "01279": 2}


@pytest.mark.parametrize(
    ("features", "words"),
    [
        ([], "không có đối tượng nào"),
        ([feature(code="")], "thứ 1 không có mã đơn vị hành chính"),
        ([feature(), feature("01279", "Point", [106, 22])], "thứ 2 không có đa giác"),
        ([feature(coordinates=[[[500000, 2500000]] * 5])], "không có đa giác với kinh độ, vĩ độ"),
        ([feature(coordinates=[[["x", "y"]] * 5])], "không có đa giác"),
    ],
)
def test_a_file_that_cannot_be_drawn_is_named_with_its_place(tmp_path, features, words):
    with pytest.raises(boundaries.BadBoundaries, match=words):
        boundaries.read(file_of(tmp_path, features))


def test_what_is_no_geojson_is_said_so(tmp_path):
    path = tmp_path / "x.geojson"
    path.write_bytes(b"PK\x03\x04\xff")
    with pytest.raises(boundaries.BadBoundaries, match="không phải tệp GeoJSON"):
        boundaries.read(path)


@pytest.mark.django_db
def test_a_file_kept_draws_the_places_that_bear_its_codes(cao_bang, tmp_path, settings):
    settings.HOME = tmp_path
    on = date(2025, 11, 30)
    assert boundaries.outlines(on) == {}
    found = boundaries.keep(file_of(tmp_path, [feature("01273"), feature("99999")]), on)
    assert (found.features, found.matched, found.unknown) == (2, 1, ("99999",))
    assert len(found.without) == 55
    assert list(boundaries.outlines(on)) == [queries.place("01273", on).pk]
