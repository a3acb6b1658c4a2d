"""Money given by project, by unit and by work, with counterpart money, fields and columns that explain."""

from __future__ import annotations

import pytest
from django.db.models import Sum

from vungcao.intake.tests.papers import ALLOCATED, ASSIGNED, BY_UNIT, DA1, DA5, Paper
from vungcao.ledger.checks import findings
from vungcao.ledger.models import Entry, SpendingObject, Voucher, VoucherKind

pytestmark = pytest.mark.django_db

MILLION = 1_000_000

BY_KIND = (
    ("STT",), ("Nội dung",), ("Tổng cộng",), ("Vốn đầu tư", "Tổng"), ("Vốn đầu tư", "NSTW"),
    ("Vốn đầu tư", "NSĐP đối ứng"), ("Vốn sự nghiệp", "Tổng"), ("Vốn sự nghiệp", "NSTW"),
    ("Vốn sự nghiệp", "NSĐP đối ứng"), ("Mã CTMT",), ("Loại, khoản",), ("Ghi chú",),
)  # fmt: skip
NUMBERS = ("1", "2", "3=4+7", "4=5+6", "5", "6", "7=8+9", "8", "9", "10", "11", "12")

WITH_COUNTERPART = ALLOCATED.but(
    heads=BY_KIND,
    numbers=NUMBERS,
    rows=(
        ("", "TỔNG CỘNG", 330, 220, 200, 20, 110, 100, 10, "", "", ""),
        ("I", DA1, 210, 140, 120, 20, 70, 60, 10, "0511", "", ""),
        ("II", DA5, 120, 80, 80, "-", 40, 40, "-", "0515", "070-098", ""),
    ),
)
UNITS = (("STT",), ("Đơn vị",), ("Mã QHNS",), ("Tổng cộng",))
WORKS = Paper(
    corner=("ỦY BAN NHÂN DÂN", "HUYỆN BẢO LẠC"),
    right=("Phụ lục 03",),
    title="GIAO KẾ HOẠCH VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024 THEO CÔNG TRÌNH",
    under=("(Kèm theo Quyết định số 05/QĐ-UBND (ví dụ) ngày 25/01/2024)",),
    heads=(
        ("STT",), ("Danh mục công trình",), ("Chủ đầu tư",), ("Mã dự án",), ("Địa điểm XD",), ("Thời gian KC-HT",),
        ("QĐ phê duyệt",), ("TMĐT", "Tổng"), ("Lũy kế vốn đã bố trí đến hết năm trước",), ("Trung hạn 2021-2025",),
        ("Kế hoạch năm 2024", "Tổng"), ("Kế hoạch năm 2024", "NSTW"), ("Trong đó", "Trả nợ"),
        ("Trong đó", "Chuyển tiếp"),
    ),
    rows=(
        ("", "TỔNG CỘNG", "", "", "", "", "", 90, 0, 90, 50, 50, "-", 50),
        ("I", DA1, "", "", "", "", "", 90, 0, 90, 50, 50, "-", 50),
        ("1", "Cấp nước sinh hoạt xóm ví dụ", "UBND xã Cô Ba", "7912345", "Xã Cô Ba", "2023-2024", "", 40, 0, 40, 20,
         20, "-", 20),
        ("2", "Khu dân cư ví dụ", "UBND huyện Bảo Lạc", "", "xã Cô Ba, xã Khánh Xuân", "2024", "", 50, 0, 50, 30, 30,
         "-", 30),
    ),
    sheet="PL03",
)  # fmt: skip


def held_by(body: str, *more: str) -> dict[tuple[str, ...], int]:
    """(component, source, …) → million đồng that a body holds."""
    rows = Entry.objects.filter(account__body__key=body, account__is_contra=False)
    columns = ("account__component__code", "account__source__code", *more)
    sums = rows.values_list(*columns).annotate(dong=Sum("dong")).order_by()
    return {tuple(keys): dong // MILLION for *keys, dong in sums if dong}


def problem(outcome, code):
    found = [one for one in outcome.problems if one.code == code]
    assert found, [str(one) for one in outcome.problems]
    return found[0]


def test_counterpart_money_comes_in_with_the_resolution_that_allocates_it(bring):
    (outcome,) = bring(ASSIGNED, WITH_COUNTERPART).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    field = "account__field__code"
    assert held_by("UBND-04", field) == {
        ("1719.DA1", "dau_tu:NSTW", "*"): 120, ("1719.DA1", "dau_tu:NSDP_TINH", "*"): 20,
        ("1719.DA1", "su_nghiep:NSTW", "*"): 60, ("1719.DA1", "su_nghiep:NSDP_TINH", "*"): 10,
        ("1719.DA5", "dau_tu:NSTW", "070"): 80, ("1719.DA5", "su_nghiep:NSTW", "070"): 40,
    }  # fmt: skip
    kinds = Voucher.objects.filter(number="02/NQ-HĐND").values_list("kind", flat=True)
    assert sorted(kinds) == [VoucherKind.ALLOCATION, VoucherKind.ASSIGNMENT]
    assert not [one for one in findings() if one.code == "account.below_zero"]


def test_the_same_resolution_again_changes_nothing(bring):
    bring(ASSIGNED, WITH_COUNTERPART)
    (outcome,) = bring(WITH_COUNTERPART).outcomes
    assert (outcome.state, Voucher.objects.count()) == ("held", 3)


def test_a_sum_over_columns_that_does_not_come_out_is_flagged_at_its_cell(bring):
    rows = (WITH_COUNTERPART.rows[0], ("I", DA1, 215, *WITH_COUNTERPART.rows[1][3:]), WITH_COUNTERPART.rows[2])
    (outcome,) = bring(ASSIGNED, WITH_COUNTERPART.but(rows=rows)).outcomes
    assert outcome.state == "received"
    flagged = problem(outcome, "check.fails")
    assert flagged.weight == "contradicting" and flagged.where.cell in ("C11", "C12")


def test_what_the_centre_asks_as_counterpart_is_no_money_given(bring):
    asked = ASSIGNED.but(heads=BY_KIND, rows=(("", "TỔNG CỘNG", 330, 220, 200, 20, 110, 100, 10, "", "", ""),))
    (outcome,) = bring(asked).outcomes
    assert outcome.state == "received"
    notice = problem(outcome, "column.explains")
    assert notice.weight == "notice" and "mức yêu cầu" in notice.sentence
    assert held_by("UBND-04") == {("1719", "dau_tu:NSTW"): 200, ("1719", "su_nghiep:NSTW"): 100}


def test_the_centre_gives_to_the_programme_and_its_rows_by_project_explain(bring):
    rows = (("", "TỔNG CỘNG", 300, 200, 200, 100, 100), ("I", DA1, 300, 200, 200, 100, 100))
    assert bring(ASSIGNED.but(rows=rows)).outcomes[0].state == "received"
    assert held_by("UBND-04") == {("1719", "dau_tu:NSTW"): 200, ("1719", "su_nghiep:NSTW"): 100}


def test_an_unknown_field_is_named_at_its_cell(bring):
    rows = (("I", DA1, 210, 140, 120, 20, 70, 60, 10, "", "999-001", ""),)
    (outcome,) = bring(ASSIGNED, WITH_COUNTERPART.but(rows=rows, numbers=())).outcomes
    assert outcome.state == "draft"
    said = problem(outcome, "field.unknown")
    assert said.where.cell == "K10" and "999-001" in said.sentence


def test_money_given_in_a_field_stays_in_it_when_the_unit_paper_names_none(bring):
    units = BY_UNIT.but(rows=(("1", "UBND huyện Bảo Lạc", 50, "-", "-", 40, 10),))
    (outcome,) = bring(ASSIGNED, WITH_COUNTERPART, units).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    assert held_by("UBND-04.043", "account__field__code") == {
        ("1719.DA5", "dau_tu:NSTW", "070"): 40, ("1719.DA5", "su_nghiep:NSTW", "070"): 10,
    }  # fmt: skip


def test_units_are_given_central_and_counterpart_money_where_each_project_has_both_columns(bring):
    units = BY_UNIT.but(
        heads=(
            *UNITS, ("Dự án 1", "ĐT", "NSTW"), ("Dự án 1", "ĐT", "NSĐP đối ứng"), ("Dự án 1", "SN", "NSTW"),
            ("Dự án 1", "SN", "NSĐP đối ứng"),
        ),
        rows=(("1", "UBND huyện Bảo Lạc", "1012345", 100, 60, 10, 25, 5),),
    )  # fmt: skip
    (outcome,) = bring(ASSIGNED, WITH_COUNTERPART, units).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    assert held_by("UBND-04.043") == {
        ("1719.DA1", "dau_tu:NSTW"): 60, ("1719.DA1", "dau_tu:NSDP_TINH"): 10,
        ("1719.DA1", "su_nghiep:NSTW"): 25, ("1719.DA1", "su_nghiep:NSDP_TINH"): 5,
    }  # fmt: skip


ONE_COLUMN = BY_UNIT.but(
    heads=(*UNITS, ("Dự án 1", "ĐT"), ("Dự án 5", "ĐT"), ("Dự án 5", "SN"), ("Trong đó đối ứng",)),
    rows=(("1", "UBND huyện Bảo Lạc", "1012345", 120, 70, 40, 10, 8),),
)


def test_counterpart_in_one_column_lies_where_the_giver_holds_local_money(bring):
    (outcome,) = bring(ASSIGNED, WITH_COUNTERPART, ONE_COLUMN).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    assert held_by("UBND-04.043") == {
        ("1719.DA1", "dau_tu:NSTW"): 62, ("1719.DA1", "dau_tu:NSDP_TINH"): 8,
        ("1719.DA5", "dau_tu:NSTW"): 40, ("1719.DA5", "su_nghiep:NSTW"): 10,
    }  # fmt: skip


def test_counterpart_that_could_lie_in_no_project_is_refused_at_its_cell(bring):
    (outcome,) = bring(ASSIGNED, ALLOCATED, ONE_COLUMN).outcomes
    assert outcome.state == "draft"
    said = problem(outcome, "counterpart.unplaced")
    assert said.where.cell == "H10" and "cột riêng dưới từng dự án" in said.sentence


ONE_UNIT = WITH_COUNTERPART.but(
    corner=("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",),
    title="GIAO KẾ HOẠCH VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024 CHO BAN DÂN TỘC THEO DỰ ÁN",
    under=("(Kèm theo Quyết định số 09/QĐ-UBND (ví dụ) ngày 22/12/2023)",),
    numbers=(),
    rows=(("I", DA1, 30, 20, 20, "-", 10, 10, "-", "", "", ""),),
)


def test_one_unit_is_given_by_project(bring):
    (outcome,) = bring(ASSIGNED, WITH_COUNTERPART, ONE_UNIT).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    assert held_by("BDT-04") == {("1719.DA1", "dau_tu:NSTW"): 20, ("1719.DA1", "su_nghiep:NSTW"): 10}


def test_a_paper_for_one_unit_that_names_none_is_told(bring):
    paper = WITH_COUNTERPART.but(
        title="GIAO KẾ HOẠCH VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024 THEO DỰ ÁN",
        corner=("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",),
    )
    (outcome,) = bring(paper).outcomes
    assert outcome.state == "draft" and problem(outcome, "body.missing")


def test_works_are_given_their_year_each_with_owner_place_and_code(bring):
    (outcome,) = bring(ASSIGNED, ALLOCATED, BY_UNIT, WORKS).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    assert (outcome.lines, outcome.dong) == (2, 50 * MILLION)
    water = SpendingObject.objects.get(project_code="7912345")
    assert (water.code, water.kind, water.name) == ("7912345", "work", "Cấp nước sinh hoạt xóm ví dụ")
    entry = Entry.objects.get(account__spending_object=water)
    account = entry.account
    assert (entry.dong, account.component.code, account.source.code) == (20 * MILLION, "1719.DA1", "dau_tu:NSTW")
    assert account.body.versions.get(valid_to__isnull=False).name.endswith("Cô Ba")
    assert account.place_id == account.body.versions.get(valid_to__isnull=False).place_id
    settled = Entry.objects.get(account__spending_object__name="Khu dân cư ví dụ").account
    assert settled.body.key == "UBND-04.043"  # two communes are named: the work stands in its owner's place
    assert held_by("UBND-04.043")[("1719.DA1", "dau_tu:NSTW")] == 40  # 60 given, 20 passed on to the commune


def test_works_again_are_held_and_opened_once(bring):
    bring(ASSIGNED, ALLOCATED, BY_UNIT, WORKS)
    (outcome,) = bring(WORKS).outcomes
    assert outcome.state == "held"
    assert SpendingObject.objects.filter(kind="work").count() == 2


BAD_WORKS = {
    "owner_unknown": (2, "Ban quản lý không có thật", "body.unknown", "C12", ""),
    "code_too_short": (3, "79123", "work.code_unreadable", "D12", "7 chữ số"),
    "place_unknown": (4, "Xã Không Có Thật", "place.unknown", "E12", ""),
}


@pytest.mark.parametrize("fault", BAD_WORKS)
def test_a_work_that_cannot_be_placed_is_named_at_its_cell(bring, fault):
    col, said, code, cell, words = BAD_WORKS[fault]
    work = list(WORKS.rows[2])
    work[col] = said
    paper = WORKS.but(rows=(*WORKS.rows[:2], tuple(work), WORKS.rows[3]))
    (outcome,) = bring(ASSIGNED, ALLOCATED, BY_UNIT, paper).outcomes
    assert outcome.state == "draft" and not SpendingObject.objects.filter(kind="work")
    found = problem(outcome, code)
    assert found.where.cell == cell and words in found.sentence


def test_a_work_under_no_project_is_named(bring):
    paper = WORKS.but(rows=(WORKS.rows[0], *WORKS.rows[2:]))
    (outcome,) = bring(ASSIGNED, ALLOCATED, BY_UNIT, paper).outcomes
    assert outcome.state == "draft"
    assert problem(outcome, "component.missing").where.cell == "B11"
