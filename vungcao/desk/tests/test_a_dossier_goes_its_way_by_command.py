"""`vungcao dossier`: from a commune's proposal to the recorded resolution, and every refusal in a sentence."""

from __future__ import annotations

import json
from datetime import date

import pytest

from vungcao.bodies.actions import hand_in, reach
from vungcao.bodies.queries import body
from vungcao.desk import dossier_told
from vungcao.desk.commands import dossier_lining, dossiering
from vungcao.evidence.actions import SYSTEM, acting, cite
from vungcao.intake.tests.conftest import cao_bang, loaded_once
from vungcao.intake.tests.papers import DA1, DA5, Paper, write
from vungcao.ledger import actions
from vungcao.ledger.models import SpendingObject, VoucherKind
from vungcao.ledger.regions import Region
from vungcao.programme.queries import component, funding_source, spending_field
from vungcao.territory.models import Place

pytestmark = pytest.mark.django_db
__all__ = ["cao_bang", "loaded_once"]  # fixtures of the door's own tests
MONEY = ("--source", "su_nghiep:NSTW", "--year", "2024")
GIVER, TAKER = "UBND-04.043", "UBND-04.042"


@pytest.fixture
def said(commanding, cao_bang):
    """Run `vungcao dossier …`: (exit code, what was printed). A district holds 900 million of project 1 (invented)."""
    _give()
    return commanding(dossiering, dossier_told, dossier_lining, before=("dossier",))


def _give():
    keys = (component("1719.DA1").pk, spending_field("*").pk, funding_source("su_nghiep:NSTW").pk)
    place = Place.objects.get(key="04.043").pk
    region = Region(*keys, "2024", "2024", body(GIVER).pk, place, SpendingObject.objects.get(code="*").pk)
    with acting("test.given", by=SYSTEM) as act:
        paper = cite(act=act, kind="paper", name="QĐ ví dụ")
        batch = hand_in(body=body("BDT-04"), kind="decision", period="2024", source=paper, sheet="", act=act)
        reach(batch, "received", by=SYSTEM)
    actions.post(
        kind=VoucherKind.ASSIGNMENT, dated=date(2024, 1, 2), decided_by=body("TTG"), batch=batch, by=SYSTEM,
        moves=[actions.Move(None, region, 900_000_000)], number="1/QĐ-VD",
    )  # fmt: skip


def answer(said, *words, code=0):
    got, printed = said(*words, "--json")
    assert got == code, printed.err + printed.out
    return json.loads(printed.out)


def drafted(said, dong="300.000.000", planned="2024-03-15"):
    code = answer(said, "open", "Điều chỉnh ví dụ", "--for", planned, "--on", "2024-02-01", "--example")["code"]
    why = ("--reason", "hết đối tượng (ví dụ)", "--paper", "12/UBND-VD", "--paper-dated", "2024-02-01")
    answer(said, "down", code, "--component", "1719.DA1", "--body", GIVER, *MONEY, "--dong", dong, *why)
    answer(said, "up", code, "--component", "1719.DA4", "--body", TAKER, *MONEY, "--dong", dong, *why)
    return code


def test_the_whole_way_by_command(said):
    code = drafted(said)
    answer(said, "hold", code, "--on", "2024-02-02", "--until", "2024-04-30")
    asked = answer(said, "ask", code, "--body", "STC-04", "--on", "2024-02-03")["opinions"][0]["asked"]
    words = ("--asked", f"{asked}", "--verdict", "agrees", "--on", "2024-02-10", "--number", "8/STC-VD")
    opinions = answer(said, "answer", code, *words)["opinions"]
    assert (opinions[0]["verdict"], opinions[0]["answered_on"]) == ("agrees", "2024-02-10")
    look = answer(said, "look", code)
    (decided,) = look["decided_by"]
    assert (decided["decider"], decided["rule"], decided["confidence"]) == ("HDND_TINH", "SN-08", "sourced")
    projects = {row["code"]: (row["before_dong"], row["after_dong"]) for row in look["before_after"]["project"]}
    assert projects == {"1719.DA1": (900_000_000, 600_000_000), "1719.DA4": (0, 300_000_000)}
    assert look["lines"][0]["given_by"] == "1/QĐ-VD ngày 02/01/2024" and look["lines"][0]["spent_dong"] is None
    answer(said, "submit", code, "--on", "2024-03-01")
    done = answer(said, "record", code, "--number", "5/NQ-HĐND", "--dated", "2024-03-20", "--decided-by", "HDND-04")
    assert done["decided"] == "5/NQ-HĐND ngày 20/03/2024" and done["held_until"] is None and not done["faults"]
    listed = answer(said)["dossiers"]
    assert [(one["code"], one["step"]) for one in listed] == [(code, "decided")]


def test_on_the_day_before_the_rule_changed_the_centre_decides(said):
    code = drafted(said)
    for on, decider, rule in (("2024-01-17", "TTG", "SN-05"), ("2024-01-18", "HDND_TINH", "SN-08")):
        look = answer(said, "look", code, "--on", on, code=1)  # the proposals are of February: a fault, said
        assert [(one["decider"], one["rule"]) for one in look["decided_by"]] == [(decider, rule)]
        assert {one["code"] for one in look["faults"]} == {"dossier.before_its_base"}


def test_the_second_officer_is_told_who_holds_the_money(said):
    first, second = drafted(said, "600.000.000"), drafted(said, "600.000.000")
    answer(said, "hold", first, "--on", "2024-02-02", "--until", "2024-04-30")
    code, printed = said("hold", second, "--on", "2024-02-02", "--until", "2024-04-30")
    assert code == 2 and first in printed.err and "600 triệu đồng đến hết 30/04/2024" in printed.err
    assert answer(said, "release", "--on", "2024-05-01")["released"] == [first]


def test_a_decision_by_another_body_is_stored_with_exit_1(said):
    code = drafted(said)
    words = ("record", code, "--number", "9/QĐ-UBND", "--dated", "2024-03-20", "--decided-by", "UBND-04")
    got, printed = said(*words)
    assert got == 1 and "thẩm quyền là HĐND cấp tỉnh" in printed.out and "SN-08" in printed.out
    code, printed = said("look", code)
    assert code == 1 and "A. Giảm" in printed.out and "Trước và sau, theo dự án" in printed.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("down", "DC-2024-99"), "Thiếu --component, --body, --source, --year, --dong, --reason"),
        (("look", "DC-2024-99"), "Không có hồ sơ vốn nào mang mã “DC-2024-99”"),
        (("open", "x"), "Thiếu --for"),
        (("hold",), "Thiếu MÃ, --until"),
    ],
)
def test_a_wrong_word_gets_a_sentence(said, words, sentence):
    code, printed = said(*words)
    assert code == 2 and sentence in printed.err


def test_a_draft_that_does_not_balance_is_refused_with_figure_and_article(said):
    code = drafted(said)
    why = ("--reason", "thêm (ví dụ)", "--dong", "50.000.000")
    answer(said, "up", code, "--component", "1719.DA4", "--body", TAKER, *MONEY, *why)
    got, printed = said("submit", code, "--on", "2024-03-01")
    assert got == 2 and "tăng nhiều hơn giảm 50 triệu đồng" in printed.err and "111/2024/QH15" in printed.err


def test_a_carry_over_goes_its_way_by_command(said):
    """900 million of 2024: in 2025 by CO-09, which is only recalled; a paper before its first day is flagged."""
    words = ("--kind", "carry_over", "--for", "2025-01-20", "--on", "2024-12-20", "--example")
    code = answer(said, "open", "Chuyển nguồn ví dụ", *words)["code"]
    assert code == "CN-2025-01"
    why = ("--reason", "đấu thầu chậm (ví dụ)", "--dong", "300.000.000")
    money = ("--component", "1719.DA1", "--body", GIVER, *MONEY)
    got, printed = said("down", code, *money, *why)
    assert got == 2 and "chỉ có dòng: Chuyển sang năm sau" in printed.err
    made = answer(said, "carry", code, *money, *why, "--basis", "CO-09")
    assert (made["kind"], made["given_up_dong"], made["lines"][0]["basis"]) == ("carry_over", 300_000_000, "CO-09")
    assert made["decided_by"][0]["settled"].startswith("CO-09") and not made["faults"]
    assert any("theo trí nhớ, cần kiểm chứng" in one for one in made["cautions"])
    got, printed = said("look", code)
    assert got == 0 and "văn bản của tỉnh chỉ ghi danh sách" in printed.out and "CO-09: đấu thầu chậm" in printed.out
    assert answer(said, "gather", code, "--on", "2024-12-20")["done"] == "Đã lấy 0 dòng từ đề xuất của đơn vị"
    paper = ("--number", "9/QĐ-UBND", "--dated", "2024-12-31", "--decided-by", "UBND-04")
    done = answer(said, "record", code, *paper, code=1)
    assert [one["code"] for one in done["faults"]] == ["dossier.before_its_base"]
    assert "trước ngày căn cứ CO-09 được áp dụng 01/01/2025" in done["faults"][0]["sentence"]


ASKED = Paper(
    corner=("ỦY BAN NHÂN DÂN", "HUYỆN BẢO LẠC"),
    right=("Phụ lục",),
    title="ĐỀ NGHỊ ĐIỀU CHỈNH KẾ HOẠCH VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024",
    under=("(Kèm theo Công văn số 12/UBND-TCKH (ví dụ) ngày 01/02/2024)",),
    heads=(("STT",), ("Dự án",), ("Loại vốn",), ("Điều chỉnh giảm",), ("Điều chỉnh tăng",), ("Lý do",)),
    rows=(
        ("A", "GIẢM", "", "", "", ""),
        ("1", DA1, "Vốn sự nghiệp", 300, "", "hết đối tượng"),
        ("B", "TĂNG", "", "", "", ""),
        ("1", DA5, "Vốn sự nghiệp", "", 300, "còn nhu cầu"),
    ),
)


def test_a_units_workbook_becomes_lines_with_their_cells(said, cao_bang):
    code = answer(said, "open", "Điều chỉnh ví dụ", "--for", "2024-03-15", "--on", "2024-02-01", "--example")["code"]
    path = f"{write(cao_bang / 'de nghi.xlsx', ASKED)}"
    tried = answer(said, "lines", code, path)
    assert (tried["committed"], tried["new"], tried["problems"]) == (False, 2, [])
    assert not answer(said, "look", code, code=1)["lines"]
    done = answer(said, "lines", code, path, "--commit")
    assert done["committed"] and [one["cell"] for one in done["lines"]] == ["D10", "E12"]
    looked = answer(said, "look", code)
    assert [(one["side"], one["component"], one["dong"]) for one in looked["lines"]] == [
        ("down", "1719.DA1", 300_000_000), ("up", "1719.DA5", 300_000_000)
    ]  # fmt: skip
    assert [one["said_in"] for one in looked["lines"]] == [
        {"file": "de nghi.xlsx", "sheet": "BM01", "cell": cell} for cell in ("D10", "E12")
    ]
    again = answer(said, "lines", code, path, "--commit")
    assert (again["committed"], again["same"]) == (False, 2)


def test_a_units_workbook_with_a_bad_cell_keeps_out_and_says_where(said, cao_bang):
    code = answer(said, "open", "Điều chỉnh ví dụ", "--for", "2024-03-15", "--on", "2024-02-01")["code"]
    bad = ASKED.but(rows=(*ASKED.rows[:1], ("1", DA1, "", 300, "", "hết đối tượng"), *ASKED.rows[2:]))
    got, printed = said("lines", code, f"{write(cao_bang / 'sai.xlsx', bad)}", "--commit")
    assert got == 1 and "D10" in printed.out and "Loại vốn" in printed.out and "Chưa ghi gì" in printed.out
    got, printed = said("lines", code, f"{cao_bang / 'khong co.xlsx'}")
    assert got == 2 and "Không thấy tệp" in printed.err
    got, printed = said("lines", code)
    assert got == 2 and "Thiếu TỆP" in printed.err
