"""Every cause of practice §4.3 is planted once in the example's Treasury papers, and found there; nothing else is."""

from __future__ import annotations

import contextlib
import io
import json
from datetime import date

from examples import cao_bang_treasury_amounts as planted
from tests.example_province import ALL, ExampleProvince
from vungcao.desk.command import main
from vungcao.ledger.treasury.reconciling import reconcile

ROUNDING, UNKNOWN = "rounding", ""


def named(on: date) -> dict[tuple[str, str, str], tuple[str, int]]:
    """(unit, component, kind) of each row that differs → (its causes, the difference)."""
    return {
        (one.name, row.component, row.explained.group.node.kind): (
            " ".join(str(cause.kind) for cause in row.explained.causes),
            row.difference,
        )
        for one in reconcile(on, ALL)
        for row in one.rows
        if row.difference
    }


class TheTreasury(ExampleProvince):
    maxDiff = None

    def test_what_was_planted_in_may_is_what_is_found(self) -> None:
        moved = 4_977_000_000
        open_dong = planted.ADVANCE_DONG - planted.CLEARED_DONG
        self.assertEqual(
            named(date(2024, 5, 31)),
            {
                ("UBND huyện Hoà An", "1719.DA4", "dau_tu"): ("advance", open_dong),
                ("UBND huyện Thạch An", "1719.DA4", "dau_tu"): ("wrong_code", -moved),
                ("UBND huyện Thạch An", "1719.DA5", "dau_tu"): ("wrong_code", moved),
                ("UBND huyện Trùng Khánh", "1719.DA5", "su_nghiep"): ("restored", -planted.RESTORED_DONG),
                ("UBND huyện Quảng Hòa", "1719.DA3", "su_nghiep"): (ROUNDING, planted.ROUNDED_DONG),
                ("UBND huyện Bảo Lâm", "1719.DA7", "su_nghiep"): (UNKNOWN, planted.UNKNOWN_DONG),
                ("UBND huyện Nguyên Bình", "1719", "*"): (UNKNOWN, -100_000_000),  # its own wrong total
            },
        )

    def test_two_weeks_later_only_what_was_paid_since_is_new(self) -> None:
        may, june = named(date(2024, 5, 31)), named(date(2024, 6, 15))
        self.assertEqual(
            {key: said for key, said in june.items() if key not in may},
            {
                ("UBND huyện Bảo Lạc", "1719.DA5.TDA1", "dau_tu"): ("cut_off", planted.JUNE_DONG),
                ("UBND huyện Bảo Lạc", "1719.DA5", "su_nghiep"): ("cut_off", planted.JUNE_DONG),
            },
        )
        self.assertEqual({key: june[key] for key in may}, may)

    def test_a_new_commune_carries_old_codes_and_carried_money_under_this_year(self) -> None:
        (one,) = reconcile(date(2025, 8, 31), ALL)
        old, carried = sum(planted.COMMUNE_OLD.values()), planted.COMMUNE_CARRIED["DA6"]
        found = [(row.component, row.difference, [str(c.kind) for c in row.explained.causes]) for row in one.rows]
        self.assertEqual(one.name, "UBND xã Bảo Lạc")
        self.assertEqual(
            sorted(found),
            [
                ("1719.DA5", old, ["old_codes"]),
                ("1719.DA6", -carried, ["carry_over"]),
                ("1719.DA6", carried, ["carry_over"]),
            ],
        )

    def test_the_command_gives_both_sides_with_cells_and_leaves_with_one_when_a_cause_is_not_known(self) -> None:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            self.assertEqual(main(["reconcile", "--on", "2024-05-31", "--programme", "1719", "--json"]), 1)
        found = json.loads(said.getvalue())
        self.assertEqual((found["on"], found["unknown"]), ("2024-05-31", 2))
        (unit,) = [one for one in found["units"] if one["name"] == "UBND huyện Hoà An"]
        (row,) = [row for row in unit["rows"] if row["difference_dong"]]
        self.assertEqual(row["causes"][0]["cause"], "advance")
        self.assertEqual([cell["cell"] for cell in row["unit_cells"]], ["G14"])
        self.assertEqual(len(row["treasury_cells"]), 2)
        self.assertTrue(all(cell["codes"]["CTMT"] == "VD0514" for cell in row["treasury_cells"]))
        self.assertTrue(row["exact"] and row["unexplained_dong"] == 0)
        with contextlib.redirect_stdout(io.StringIO()):
            self.assertEqual(main(["reconcile", "--on", "2025-08-31"]), 0)

    def test_the_codes_of_a_day_can_be_listed(self) -> None:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            self.assertEqual(main(["codes", "--scheme", "QHNS", "--on", "2025-08-31", "--json"]), 0)
        found = json.loads(said.getvalue())["codes"]
        self.assertEqual(
            [(row["code"], row["bearer"]) for row in found],
            [("VD10001", "Sở Dân tộc và Tôn giáo tỉnh Cao Bằng"), ("VD21321", "UBND xã Bảo Lạc")],
        )
