"""The generator itself: repeatable, its truth agrees with the workbook it wrote, its faults are really there."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest

from bench.tables import FAULTS, LAYOUTS, make
from bench.tables.letters import tcvn3, vni
from bench.tables.making import WIDER_FROM
from vungcao.intake.reading.document import CannotRead
from vungcao.intake.reading.fonts import decoded


def test_the_same_seed_gives_the_same_truth():
    assert make(7, faults=set(FAULTS)).truth == make(7, faults=set(FAULTS)).truth


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_without_a_fault_claims_nothing_false(layout):
    for seed in range(3):
        for table in make(seed, layout=layout).truth.tables:  # a sound claim that did not come out would raise
            assert (table.must_fail, table.may_fail, table.faults, table.corrupted) == (set(), set(), [], set())


@pytest.mark.parametrize("kind", FAULTS)
def test_each_fault_is_put_where_a_claim_fails_by_it(kind):
    layout = "4.4" if kind == "balance" else None
    made = [make(seed, faults={kind}, layout=layout) for seed in range(12)]
    faults = [fault for one in made for table in one.truth.tables for fault in table.faults]
    assert faults and {fault.kind for fault in faults} == {kind}
    assert all(fault.stated or fault.unstated for fault in faults)
    assert any(fault.stated for fault in faults)


def test_numbers_and_texts_of_the_truth_stand_in_the_workbook():
    for seed in range(8):
        made = make(seed, faults=set(FAULTS))
        book = openpyxl.load_workbook(io.BytesIO(made.content), data_only=True)
        for sheet in made.truth.sheets:
            for table in sheet.tables:
                for row in table.rows:
                    for col, figure in row.values.items():
                        content = book[sheet.name][f"{col}{row.row}"].value
                        if "number" in figure.kinds and isinstance(content, (int, float)):
                            read = Decimal(format(content, ".15g")) if isinstance(content, float) else Decimal(content)
                            assert read in [value for value in figure.values if value is not None]
                        if figure.said and made.truth.features.isdisjoint({"nfd", "tcvn3", "old_tones"}):
                            assert content == figure.said


def test_tcvn3_is_what_the_standard_says():
    assert tcvn3("Đơn vị tính: triệu đồng") == ("§¬n vÞ tÝnh: triÖu ®ång", ".VnTime")
    assert tcvn3("DÂN SỐ") == ("d©n sè", ".VnTimeH")


def test_vni_is_what_its_fonts_show():
    assert vni("Đơn vị tính: triệu đồng") == ("Ñôn vò tính: trieäu ñoàng", "VNI-Times")
    assert vni("BÌNH ĐẲNG, KỲ, LỴ")[0] == "BÌNH ÑAÚNG, KYØ, LÎ"
    every = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    assert [decoded(vni(sign)[0], "vni") for sign in every] == list(every)
    assert [decoded(vni(sign)[0], "vni") for sign in every.upper()] == list(every.upper())


def test_later_seeds_make_what_early_ones_cannot():
    early = {feature for seed in range(40) for feature in make(seed).truth.features}
    later = {feature for seed in range(WIDER_FROM, WIDER_FROM + 40) for feature in make(seed).truth.features}
    wider = {"side_by_side", "vni", "complete_parts"}
    assert wider <= later and wider.isdisjoint(early)
    layouts = {make(seed).truth.layout for seed in range(WIDER_FROM, WIDER_FROM + 40)}
    assert "indicators" in layouts


def test_parts_that_claim_to_be_all_there_is_fail_where_they_fall_short():
    made = [make(seed, faults={"parts_short"}) for seed in range(WIDER_FROM, WIDER_FROM + 60)]
    faults = [fault for one in made for table in one.truth.tables for fault in table.faults]
    assert faults and all(fault.stated for fault in faults)


def test_a_refusal_is_no_reading():
    """Scoring must not take a refused workbook for a right one."""
    from bench.tables import __main__ as program

    def refuse(path: object) -> None:
        raise CannotRead("broken", "Tệp bị hỏng.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "read_workbook", refuse)
        _, _, _, found = program.run(3)
    assert found.true["tables"] >= 1 and found.right["tables"] == 0 and found.true["values"] > 0
