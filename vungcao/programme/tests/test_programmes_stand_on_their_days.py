"""Every programme has its days; the files' last days are inside."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.evidence.reference_rows import days, read_yaml
from vungcao.kernel.years import Years
from vungcao.programme.loading import REFERENCE, short_name
from vungcao.programme.models import ComponentVersion
from vungcao.programme.queries import ComponentTree, budget_years, component, naming, tree

CODES = {"*", "1719", "135", "GNBV", "NTM", "12-2018", "498", "1898", "414", "MTQG-2026"}


def test_the_last_day_of_a_file_is_still_in_force_and_the_next_is_not(programmes):
    assert component("135", on=date(2022, 1, 31)) is not None
    assert component("135.TDA2", on=date(2022, 1, 31)) is not None
    assert component("135", on=date(2022, 2, 1)) is None
    assert component("135.TDA2", on=date(2022, 2, 1)) is None
    assert days({"from": date(2016, 1, 1), "last_day": date(2022, 1, 31)})["valid_to"] == date(2022, 2, 1)


@pytest.mark.parametrize(
    ("code", "eve", "first"),
    [
        ("1719", date(2021, 10, 13), date(2021, 10, 14)),
        ("135", date(2015, 12, 31), date(2016, 1, 1)),
        ("MTQG-2026", date(2025, 12, 31), date(2026, 1, 1)),
    ],
)
def test_a_programme_begins_on_its_first_day(programmes, code, eve, first):
    assert code not in tree(eve).ids
    assert code in tree(first).ids


def test_every_programme_of_the_contract_is_there(programmes):
    assert set(tree(date(2022, 1, 31)).ids) | set(tree(date(2026, 1, 1)).ids) >= CODES


def test_the_tree_of_1719_is_whole(today: ComponentTree):
    mine = [today.codes[node] for node in today.below(today.ids["1719"])]
    assert len(mine) == 50
    assert [code for code in mine if code.count(".") == 1 and ".DA" in code] == [f"1719.DA{no}" for no in range(1, 11)]
    assert "1719.DA10.TDA3" in mine
    assert "1719.DA3.TDA2.ND3" in mine


def test_the_order_is_that_of_the_decision_not_of_the_alphabet(today: ComponentTree):
    assert today.order[today.ids["1719.DA10"]] > today.order[today.ids["1719.DA9"]]


def test_all_hang_from_the_root_and_know_their_programme(today: ComponentTree):
    assert [node for node, parent in today.parents.items() if parent is None] == [today.root]
    assert today.names[today.root] == "Mọi chương trình"
    assert today.programme_of(today.ids["1719.DA5.TDA3"]) == today.ids["1719"]
    assert today.programme_of(today.ids["1719"]) == today.ids["1719"]
    assert today.programme_of(today.root) == today.root
    assert today.covers(today.ids["1719.DA5"], today.ids["1719.DA5.TDA3"])
    assert not today.meets(today.ids["1719.DA5"], today.ids["1719.DA6"])


def test_a_programme_that_ended_is_not_in_the_tree_but_still_has_its_name(programmes):
    ended = component("135")
    assert ended.pk not in tree(date(2023, 6, 30))
    called = naming(ended.pk)
    assert (called.code, called.short_name, called.last_day) == ("135", "Chương trình 135", date(2022, 1, 31))
    assert naming(component("1719").pk).last_day is None


def test_short_names_say_where_a_part_belongs(today: ComponentTree):
    assert today.short_names[today.ids["1719.DA5"]] == "Dự án 5"
    assert today.short_names[today.ids["1719.DA5.TDA3"]] == "Tiểu dự án 3 - DA 5"
    assert short_name("1719.DA4.TDA1.ND2") == "Nội dung 2 - TDA 1 - DA 4"
    assert short_name("NTM") == "NTM"


def test_budget_years_leave_room_for_money_carried_over(programmes):
    assert budget_years(component("135").pk) == Years(2016, 2021)
    assert budget_years(component("1719").pk).covers(Years(2025, 2025))
    assert not budget_years(component("1719").pk).meets(Years(2020, 2020))
    assert budget_years(component("12-2018").pk) is None


def test_how_sure_we_are_and_where_it_was_seen_is_kept(programmes):
    version = ComponentVersion.objects.get(component__code="1719.DA3.TDA2.ND1")
    assert (version.confidence, version.seen_in) == ("sourced", "chanhvanphong.com (2023)")
    assert ComponentVersion.objects.get(component__code="1719.DA1.ND1").confidence == "recalled"
    assert ComponentVersion.objects.get(component__code="1719").cites.startswith("1719/QĐ-TTg ngày 14/10/2021")


def test_every_node_of_the_files_has_a_parent_and_a_confidence():
    for name in ("programme_1719.yaml", "programmes_other.yaml"):
        for programme in read_yaml(REFERENCE / name)["programmes"]:
            codes = {programme["code"], *(node["code"] for node in programme.get("components", ()))}
            for node in programme.get("components", ()):
                assert node["code"].rpartition(".")[0] in codes, node["code"]
                assert node["confidence"] in {"sourced", "recalled", "unknown"}
