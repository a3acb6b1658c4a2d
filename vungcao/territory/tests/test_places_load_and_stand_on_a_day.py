"""Loading: as often as one likes; what stands on which day; officers' corrections outlive the files."""

from __future__ import annotations

import csv
import shutil
from datetime import date

import pytest

from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import Act
from vungcao.evidence.queries import last_number
from vungcao.territory import actions, checks, loading, province, queries
from vungcao.territory.models import Place, PlaceClass, PlaceCode, PlaceVersion, Reorganisation
from vungcao.territory.tests.conftest import AFTER, BEFORE


def test_cao_bang_has_161_and_10_then_56_and_none(cao_bang):
    then, now = queries.tree(BEFORE), queries.tree(AFTER)
    assert (len(then.of_kind(queries.COMMUNES)), len(then.of_kind(queries.DISTRICTS))) == (161, 10)
    assert (len(now.of_kind(queries.COMMUNES)), len(now.of_kind(queries.DISTRICTS))) == (56, 0)
    assert not set(then.of_kind(queries.COMMUNES)) & set(now.of_kind(queries.COMMUNES))
    assert list(checks.findings()) == []


def test_loading_again_changes_nothing_and_writes_no_act(cao_bang, vi_du, vi_du_folder):
    acts, number = Act.objects.count(), last_number()
    assert not loading.load(by=SYSTEM)
    assert not loading.load(by=SYSTEM, province=vi_du_folder)
    assert (Act.objects.count(), last_number()) == (acts, number)


def test_the_start_of_an_old_commune_is_unknown_and_it_stands_on_any_early_day(cao_bang):
    place = queries.place("01342", date(1999, 1, 1))
    assert queries.version(place.pk, date(1999, 1, 1)).valid_from is None
    assert queries.version(place.pk, BEFORE).full_name == "Xã Hồng Trị"
    assert queries.version(place.pk, AFTER) is None
    assert queries.naming(place.pk, date(2030, 1, 1)).full_name == "Xã Hồng Trị"


def test_a_tree_knows_ancestors_names_and_codes(cao_bang):
    tree = queries.tree(BEFORE)
    commune = queries.place("01342", BEFORE).pk
    assert [tree.names[node] for node in tree.up(commune)] == [
        "Xã Hồng Trị",
        "Huyện Bảo Lạc",
        "Tỉnh Cao Bằng",
        "Việt Nam",
    ]
    assert tree.names[tree.ancestor_of_kind(commune, queries.DISTRICTS)] == "Huyện Bảo Lạc"
    assert tree.codes[commune] == "01342" and tree.keys[commune] == "01342"
    assert queries.tree(AFTER).ancestor_of_kind(queries.place("01342", AFTER).pk, queries.DISTRICTS) is None


def test_communes_are_listed_in_vietnamese_order(cao_bang):
    tree = queries.tree(AFTER)
    names = [tree.names[node] for node in tree.of_kind({"commune"})]
    assert names.index("Xã Ca Thành") < names.index("Xã Cần Yên") < names.index("Xã Cô Ba") < names.index("Xã Đàm Thuỷ")


def test_zones_begin_in_2026_and_name_their_decision(cao_bang):
    thuc_phan = queries.place("01273", AFTER).pk
    assert queries.classes(thuc_phan, "zone", date(2025, 12, 31)) == []
    (zone,) = queries.classes(thuc_phan, "zone", date(2026, 1, 1))
    assert (zone.value, zone.cites, zone.source) == ("I", "2230/QĐ-UBND ngày 25/12/2025", "S05")
    assert queries.classes(thuc_phan, "zone", date(2030, 12, 31)) and not queries.classes(
        thuc_phan, "zone", date(2031, 1, 1)
    )
    counts = [PlaceClass.objects.on(date(2026, 1, 1)).filter(value=value).count() for value in ("I", "II", "III")]
    assert counts == [1, 2, 53]


def test_each_clause_of_the_resolution_is_one_event(cao_bang):
    merges = Reorganisation.objects.filter(cites="1657/NQ-UBTVQH15", kind="merge", effective=AFTER)
    assert sorted(int(event.clause) for event in merges) == list(range(1, 57))
    abolished = Reorganisation.objects.get(kind="abolish")
    assert abolished.cites == "72/2025/QH15" and abolished.successions.count() == 10


def test_a_second_province_loads_from_its_folder(cao_bang, vi_du):
    tree = queries.tree(BEFORE)
    province_place = queries.place("99", BEFORE).pk
    assert tree.names[province_place] == "Tỉnh Ví Dụ"
    assert sum(tree.covers(province_place, node) for node in tree.of_kind(queries.COMMUNES)) == 4
    assert len(tree.of_kind(queries.COMMUNES)) == 165
    assert list(checks.findings()) == []


def test_villages_need_no_code_and_follow_their_commune(vi_du, key):
    village = key("99001.thon-mot")
    assert not PlaceCode.objects.filter(identity=village).exists()
    above = [queries.tree(day).names[queries.version(village, day).parent_id] for day in (BEFORE, AFTER)]
    assert above == ["Xã Suối Ví Dụ", "Xã Suối Đồi Ví Dụ"]
    assert queries.version(village, AFTER).full_name == "Thôn Một Ví Dụ"


def test_what_an_officer_corrected_is_not_loaded_over(cao_bang):
    place = queries.place("01342", BEFORE)
    new = queries.place("01321", AFTER)
    actions.rename_place(place=new, name="Bảo Lạc Mới", effective=date(2026, 5, 1), cites="01/VÍ-DỤ", by=SYSTEM)
    assert not loading.load(by=SYSTEM)
    assert queries.version(new.pk, date(2026, 5, 1)).name == "Bảo Lạc Mới"
    assert queries.version(place.pk, BEFORE).name == "Hồng Trị"


def test_a_new_release_replaces_what_it_contradicts_and_the_past_stays_known(vi_du, vi_du_folder, tmp_path, key):
    known = last_number()
    folder = tmp_path / "vi_du"
    shutil.copytree(vi_du_folder, folder)
    rewrite(folder / "places.csv", lambda row: row | {"full_name": row["full_name"].replace("Khe Hai", "Khe Hai Mới")})
    done = loading.load(by=SYSTEM, province=folder)
    assert [sum(counts.values()) for counts in (done.written, done.ended)] == [1, 1] and "Place" not in done.written
    assert queries.version(key("99005"), AFTER).name == "Khe Hai Mới Ví Dụ"
    assert queries.version(key("99005"), AFTER, known).name == "Khe Hai Ví Dụ"
    assert queries.tree(AFTER, known).names[key("99005")] == "Xã Khe Hai Ví Dụ"
    assert not loading.load(by=SYSTEM, province=folder)


def rewrite(file, change):
    with file.open(encoding="utf-8", newline="") as opened:
        rows = [change(row) for row in csv.DictReader(opened)]
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


FAULTS = {
    "share": ("events.csv", {"share": "3333/10000"}, {"share": "1/10000"}, "không cộng thành 1"),
    "unreadable_share": ("events.csv", {"share": "3334/10000"}, {"share": "1/3 xã"}, "dòng 6: tỷ phần"),
    "day": ("places.csv", {"valid_from": "2019-12-01"}, {"valid_from": "1/12/2019"}, "dòng 5: ngày"),
    "kind": ("places.csv", {"code": "99002"}, {"full_name": "Tổng Đồi"}, "không bắt đầu bằng"),
    "parent": ("places.csv", {"code": "99002"}, {"parent": "99.000"}, "không được khai: 99.000"),
    "twice": (
        "places.csv",
        {"key": "99001.thon-mot", "valid_from": "2025-07-01"},
        {"valid_from": "2025-06-30"},
        "khai hai lần.*99001.thon-mot",
    ),
    "successor": ("events.csv", {"kind": "abolish"}, {"kind": "split"}, "phải có nơi nhận"),
    "event": ("events.csv", {"kind": "abolish"}, {"cites": ""}, "căn cứ"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_folder_that_does_not_hold_is_refused_whole(db, vi_du_folder, tmp_path, fault):
    file, where, change, said = FAULTS[fault]
    folder = tmp_path / "vi_du"
    shutil.copytree(vi_du_folder, folder)
    rewrite(folder / file, lambda row: row | change if where.items() <= row.items() else row)
    with pytest.raises(province.BadProvince, match=said):
        loading.load(by=SYSTEM, province=folder)
    assert not Place.objects.exists() and not PlaceVersion.objects.exists()


def test_a_missing_file_and_a_missing_column_are_named(db, vi_du_folder, tmp_path):
    folder = tmp_path / "vi_du"
    shutil.copytree(vi_du_folder, folder)
    rewrite(folder / "zones.csv", lambda row: {name: cell for name, cell in row.items() if name != "zone"})
    with pytest.raises(province.BadProvince, match=r"zones.csv, dòng 2: không có cột 'zone'"):
        province.read(folder)
    (folder / "zones.csv").unlink()
    with pytest.raises(province.BadProvince, match=r"zones\.csv"):
        province.read(folder)
    with pytest.raises(province.BadProvince, match=r"không có province\.yaml"):
        province.read(tmp_path)
