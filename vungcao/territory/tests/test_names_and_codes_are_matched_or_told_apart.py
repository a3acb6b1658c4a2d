"""The traps file as a test, the ways of writing of practice, and an outside judge for all 161 communes."""

from __future__ import annotations

import csv
from datetime import date

import pytest
import yaml
from vietnamadminunits import convert_address

from vungcao.evidence.actions import SYSTEM
from vungcao.territory import actions, queries, readings
from vungcao.territory.loading import CAO_BANG
from vungcao.territory.matching import Matcher, match, written
from vungcao.territory.models import PlaceKind
from vungcao.territory.tests.conftest import AFTER, BEFORE

TRAPS = yaml.safe_load((CAO_BANG / "matching_traps.yaml").read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    with (CAO_BANG / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def trap(section: str):
    return pytest.mark.parametrize("case", TRAPS[section], ids=lambda case: str(case.get("code") or case.get("name")))


def key_of(place_id: int | None) -> str | None:
    return queries.Place.objects.get(pk=place_id).key if place_id else None


def keys_of(ids: list[int]) -> set[str | None]:
    return {key_of(place_id) for place_id in ids}


def test_every_section_of_the_traps_is_tried():
    assert set(TRAPS) == {
        "note",
        "names_borne_by_several_old_units",
        "new_units_made_of_units_from_several_districts",
        "new_units_whose_code_was_the_code_of_a_differently_named_unit",
        "new_units_whose_name_is_none_of_the_merged_names",
        "old_units_with_the_name_of_a_new_unit_they_did_not_join",
        "spelling_variants",
    }


@trap("names_borne_by_several_old_units")
def test_a_name_of_several_is_not_guessed_but_found_within_its_district(cao_bang, case):
    found = match(f"Xã {case['name']}", on=BEFORE)
    assert found.place_id is None and found.code == "ambiguous"
    assert keys_of(found.candidates) == {unit["code"] for unit in case["units"]}
    for unit in case["units"]:
        assert unit["district"] in found.sentence
        district = match(unit["district"], on=BEFORE).place_id
        assert key_of(match(case["name"], on=BEFORE, within=district).place_id) == unit["code"]
        assert key_of(match(f"Xã {case['name']}, {unit['district']}", on=BEFORE).place_id) == unit["code"]


@trap("new_units_made_of_units_from_several_districts")
def test_a_new_unit_gathers_units_of_several_districts(cao_bang, case):
    new = match(case["code"], on=AFTER).place_id
    tree = queries.tree(BEFORE)
    made_of = [row.predecessor_id for row in queries.successions_into(new)]
    districts = {tree.names[tree.ancestor_of_kind(old, queries.DISTRICTS)] for old in made_of}
    assert districts == set(case["districts"])
    assert match(case["name"], on=AFTER).place_id == new


@pytest.mark.parametrize("case", TRAPS["new_units_whose_code_was_the_code_of_a_differently_named_unit"])
def test_a_reused_code_is_read_by_its_day(cao_bang, case):
    old, new = match(case["code"], on=BEFORE), match(case["code"], on=AFTER)
    assert queries.version(old.place_id, BEFORE).name == case["old_name"]
    assert queries.version(new.place_id, AFTER).name == case["new_name"]
    assert old.place_id == queries.place(case["code"], BEFORE).pk
    assert new.place_id == queries.place(case["code"], AFTER).pk
    crossed = match(f"{case['code']} {case['old_name']}", on=AFTER)
    assert crossed.place_id is None and new.place_id in crossed.candidates


@pytest.mark.parametrize("name", TRAPS["new_units_whose_name_is_none_of_the_merged_names"])
def test_a_new_name_is_not_there_the_day_before(cao_bang, name):
    kinds = queries.COMMUNES
    new = match(name, on=AFTER, kinds=kinds)
    assert queries.version(new.place_id, AFTER).name == name
    early = match(name, on=BEFORE, kinds=kinds)
    assert (early.place_id, early.code, early.candidates) == (None, "not_yet", [new.place_id])
    assert "có từ 01/07/2025 theo 1657/NQ-UBTVQH15" in early.sentence


@pytest.mark.parametrize("case", TRAPS["old_units_with_the_name_of_a_new_unit_they_did_not_join"])
def test_a_namesake_went_elsewhere(cao_bang, case):
    new = match(case["new"], on=AFTER, kinds=queries.COMMUNES)
    assert key_of(new.place_id) == f"{case['new_code']}@2025-07-01"
    old = match(f"Xã {case['new']}, {case['old_district']}", on=BEFORE).place_id
    assert key_of(old) == case["old_same_name_code"]
    ((successor, _),) = readings.recast({old: 1}, said_on=BEFORE, to=AFTER).placed.items()
    assert queries.version(successor, AFTER).name == case["went_to"] and successor != new.place_id
    late = match(f"Xã {case['new']}, {case['old_district']}", on=AFTER)
    assert (late.place_id, late.candidates, late.code) == (None, [old], "ended")
    assert case["went_to"] in late.sentence


@pytest.mark.parametrize("spellings", TRAPS["spelling_variants"])
def test_spellings_of_one_name_are_one_place(cao_bang, spellings):
    names = [said.split(" (S")[0] for said in spellings]
    found = {match(name, on=BEFORE, kinds=queries.DISTRICTS | queries.COMMUNES).place_id for name in names}
    assert len(found) == 1 and None not in found


def test_all_161_go_where_the_outside_judge_says(cao_bang):
    answered = set()
    for row in rows("units_pre2025.csv"):
        judged = convert_address(f"{row['type']} {row['name']}, {row['district']}, Tỉnh Cao Bằng")
        old = match(row["code"], on=BEFORE).place_id
        assert old == match(f"{row['type']} {row['name']}, {row['district']}", on=BEFORE).place_id
        ((ours, amount),) = readings.recast({old: 1}, said_on=BEFORE, to=AFTER).placed.items()
        tree = queries.tree(AFTER)
        assert (tree.codes[ours], written(tree.names[ours]), amount) == (judged.ward_code, written(judged.ward), 1)
        answered.add(ours)
    assert len(answered) == 56


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("H. Bảo Lạc", "04.043"),
        ("huyện Bảo Lạc", "04.043"),
        ("UBND huyện Bảo Lạc", "04.043"),
        ("UBND xã Cô Ba", "01330"),
        ("Ủy ban nhân dân xã Cô Ba", "01330"),
        ("x.Cô Ba", "01330"),
        ("X. CÔ BA", "01330"),
        ("TT Bảo Lạc", "01321"),
        ("TT. Bảo Lạc", "01321"),
        ("thị trấn Bảo Lạc", "01321"),
        ("TP Cao Bằng", "04.040"),
        ("TP.Cao Bằng", "04.040"),
        ("thành phố Cao Bằng", "04.040"),
        ("P. Sông Hiến", "01267"),
        ("tỉnh Cao Bằng", "04"),
        ("  Xã   Hồng  Trị ", "01342"),
        ("xa Hong Tri", "01342"),
        ("Hồng Sĩ", "01429"),
        ("Xa\u0303 Ho\u0302\u0300ng Tri\u0323", "01342"),
        ("Thị Hoa", "01573"),
        ("01342 Hồng Trị", "01342"),
        ("1342", "01342"),
        ("043", "04.043"),
        ("Hưng Đạo (Bảo Lạc)", "01351"),
        ("Hưng Đạo - Nguyên Bình", "01783"),
    ],
)
def test_the_ways_of_writing_of_an_office_are_read(cao_bang, said, key):
    assert key_of(match(said, on=BEFORE).place_id) == key


def test_a_place_that_had_ended_is_told_with_its_day_and_successor(cao_bang, key):
    found = match("Xã Hồng Trị", on=AFTER)
    assert found.place_id is None and found.candidates == [key("01342")] and found.code == "ended"
    assert found.sentence == "Xã Hồng Trị đã nhập vào Xã Bảo Lạc từ 01/07/2025 theo 1657/NQ-UBTVQH15."
    assert match("01342", on=AFTER).sentence == found.sentence
    district = match("H. Bảo Lạc", on=AFTER)
    assert district.sentence == "Huyện Bảo Lạc đã bỏ từ 01/07/2025 theo 72/2025/QH15."


def test_former_means_the_place_that_ended(cao_bang, key):
    found = match("Cô Ba (cũ)", on=AFTER)
    assert found.place_id == key("01330") and "Xã Cô Ba (mới)" in found.sentence
    assert match("Cô Ba", on=AFTER).place_id == key("01327@2025-07-01")
    assert match("Cô Ba (cũ)", on=BEFORE).place_id is None
    several = match("Xã Hưng Đạo (cũ)", on=AFTER)
    assert several.place_id is None and len(several.candidates) == 3
    assert match("Xã Hưng Đạo (cũ), huyện Bảo Lạc", on=AFTER).place_id == key("01351")


def test_a_bare_name_of_district_and_township_is_told_apart_by_kinds(cao_bang, key):
    assert match("Bảo Lạc", on=BEFORE).code == "ambiguous"
    assert match("Bảo Lạc", on=BEFORE, kinds=queries.DISTRICTS).place_id == key("04.043")
    assert match("Bảo Lạc", on=BEFORE, kinds=queries.COMMUNES).place_id == key("01321")
    assert match("Bảo Lạc", on=AFTER, kinds=queries.DISTRICTS).code == "ended"


def test_a_place_outside_the_parent_is_not_taken(cao_bang, key):
    found = match("Hồng Trị", on=BEFORE, within=key("04.053"))
    assert (found.place_id, found.candidates, found.code) == (None, [key("01342")], "elsewhere")
    assert "Huyện Thạch An" in found.sentence
    by_code = match("01342", on=BEFORE, within=key("04.053"))
    assert (by_code.place_id, by_code.code) == (None, "elsewhere")


def test_a_wrong_kind_is_told_not_mended(cao_bang, key):
    found = match("Xã Pác Miầu", on=BEFORE)
    assert found.place_id is None and found.candidates == [key("01290")]
    assert "Thị trấn Pác Miầu" in found.sentence


def test_a_short_code_that_lost_its_zero_is_only_suggested(cao_bang, key):
    found = match("43", on=BEFORE)
    assert found.place_id is None and found.candidates == [key("04.043")] and "số 0" in found.sentence


@pytest.mark.parametrize("said", ["", "  ", "Tổng cộng", "Xã Không Có", "99999", "12. Xã Cô Ba"])
def test_what_is_no_place_is_never_a_place(cao_bang, said):
    found = match(said, on=BEFORE)
    assert found.place_id is None and found.candidates == [] and found.sentence and found.code == "unknown"


def test_spellings_and_villages_of_any_province_are_found(vi_du, key):
    """``Khê`` is a known spelling of ``Khe`` in the invented province; a village's name holds its own word."""
    assert match("Xã Khê Ví Dụ", on=BEFORE).place_id == key("99003")
    assert match("xa khe vi du", on=BEFORE).place_id == key("99003")
    for said in ("Thôn Một Ví Dụ", "thôn Một Ví Dụ, xã Suối Đồi Ví Dụ", "Một Ví Dụ"):
        assert match(said, on=AFTER).place_id == key("99001.thon-mot")


def test_a_name_as_written_goes_before_one_that_only_looks_alike(cao_bang, key):
    """Without marks ``Hồng Trị`` and an invented ``Hồng Trì`` are one; as written the ended one is meant, and told."""
    alike = actions.NewPlace(key="vi-du", name="Hồng Trì", kind=PlaceKind.COMMUNE, parent=queries.place("04", AFTER))
    old = queries.place("01321", AFTER)
    actions.merge_places(places=[old], into=alike, effective=date(2026, 9, 1), cites="01/VÍ-DỤ", by=SYSTEM)
    assert match("Xã Hồng Trị", on=date(2026, 9, 1)).candidates == [key("01342")]
    assert match("Xã Hồng Trì", on=date(2026, 9, 1)).place_id == key("vi-du")
    assert match("Hong Tri", on=date(2026, 9, 1)).place_id == key("vi-du")


def test_one_matcher_serves_many_cells(cao_bang, key):
    matcher = Matcher(date(2026, 1, 1), within=key("04"))
    assert [key_of(matcher.match(said).place_id) for said in ("Xã Bảo Lạc", "01327", "P. Thục Phán")] == [
        "01321@2025-07-01",
        "01327@2025-07-01",
        "01273@2025-07-01",
    ]
