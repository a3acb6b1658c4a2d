"""Extensions, on the page and by command: who asked, by which paper, what came of it, what the rules say against it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.utils import timezone

from tests.cast import make
from vungcao.desk.command import main
from vungcao.desk.commands import extending
from vungcao.ledger.models import ExtensionAnswer, ExtensionAsked, VoucherKind

pytestmark = pytest.mark.django_db
HERE = "/keo-dai/"
MILLION = 1_000_000


@pytest.fixture
def cast(monkeypatch):
    """Today is 10/02/2025. 500 million of central investment of 2024 at a district, 180 spent (invented)."""
    monkeypatch.setattr(timezone, "localdate", lambda: date(2025, 2, 10))
    monkeypatch.setattr(extending.chain, "extend", lambda: 0)  # its own tests; here every test is one transaction
    made = make()
    made.post(VoucherKind.ASSIGNMENT, [(None, made.region("CT.DA1", "h1", "UBND-h1"), 500 * MILLION)], by="TTG")
    line = (made.region("CT.DA1", "h1", "UBND-h1", source="dau_tu:*"), 180 * MILLION)
    coverage = made.region("CT", "h1", "UBND-h1", source="*:*", origin="*")
    made.state([line], coverage=coverage, as_of=date(2024, 11, 30))
    return made


def said(answer):
    return answer.content.decode()


REQUEST = {
    "component": "CT.DA1", "body": "UBND-h1", "source": "dau_tu:NSTW", "year": "2024", "million": "200,5",
    "number": "9/UBND-VD", "dated": "20/12/2024", "until": "31/12/2025", "reason": "mặt bằng (ví dụ)",
}  # fmt: skip


def test_a_district_asks_the_board_notes_the_answer_and_the_overview_has_the_new_day(cast):
    district, board = cast.client("huyen"), cast.client("tinh")
    assert district.post(HERE, REQUEST).status_code == 302
    (asked,) = ExtensionAsked.objects.all()
    assert (asked.dong, asked.until) == (200_500_000, date(2025, 12, 31))
    assert "Đã đề nghị, chưa trả lời" in said(board.get(HERE))
    before = said(board.get("/?on=10/02/2025&programme=CT"))
    assert "Đã đề nghị kéo dài 200,5 triệu đồng đến 31/12/2025 (9/UBND-VD ngày 20/12/2024): chưa trả lời" in before
    paper = {"asked": f"{asked.pk}", "outcome": "granted", "million": "200,5", "until": "31/12/2025",
             "number": "12/QĐ-TTg-VD", "dated": "20/01/2025", "decided_by": "TTG"}  # fmt: skip
    assert district.post(f"{HERE}tra-loi/", paper).status_code == 403
    assert board.post(f"{HERE}tra-loi/", paper).status_code == 302
    after = said(board.get("/?on=10/02/2025&programme=CT"))
    assert "12/QĐ-TTg-VD ngày 20/01/2025" in after and "còn 324 ngày" in after
    assert "chưa trả lời" not in after
    leaders = said(board.get("/lanh-dao/?on=10/02/2025&programme=CT"))
    assert "Được kéo dài 200,5 triệu đồng trong 200,5 triệu đồng đã đề nghị" in leaders


def test_who_does_not_reach_the_unit_neither_sees_nor_asks(cast):
    stranger, district = cast.client("khong"), cast.client("huyen")
    assert district.post(HERE, REQUEST).status_code == 302
    assert "9/UBND-VD" not in said(stranger.get(HERE))
    far = district.post(HERE, {**REQUEST, "body": "UBND-h2"})
    assert far.status_code == 422 and "nằm ngoài phạm vi" in said(far)
    assert ExtensionAsked.objects.count() == 1


def test_an_answer_of_another_body_is_stored_and_named_on_the_page(cast):
    board = cast.client("tinh")
    board.post(HERE, REQUEST)
    paper = {"asked": f"{ExtensionAsked.objects.get().pk}", "outcome": "granted", "million": "200,5",
             "until": "31/12/2025", "number": "5/QĐ-UBND", "dated": "20/01/2025", "decided_by": "UBND"}  # fmt: skip
    assert board.post(f"{HERE}tra-loi/", paper).status_code == 302
    page = said(board.get(HERE))
    assert "thẩm quyền là Thủ tướng Chính phủ" in page and "58/2024/QH15 Điều 72" in page
    wrong = board.post(f"{HERE}tra-loi/", {**paper, "until": ""})
    assert wrong.status_code == 422 and "phải ghi số tiền và đến hết ngày nào" in said(wrong)
    assert ExtensionAnswer.objects.count() == 1


def run(capsys, *words, code=0):
    assert main([*words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_by_command_a_request_an_answer_and_what_closing_says(cast, capsys):
    words = ("--component", "CT.DA1", "--body", "UBND-h1", "--source", "dau_tu:NSTW", "--year", "2024")
    paper = ("--number", "9/UBND-VD", "--dated", "2024-12-20", "--until", "2025-12-31", "--reason", "mặt bằng (ví dụ)")
    asked = run(capsys, "extension", "ask", *words, "--dong", "200.000.000", *paper)["extensions"][0]
    assert (asked["state"], asked["asked_dong"], asked["faults"]) == ("asked", 200 * MILLION, [])
    closing = run(capsys, "closing", "--source", "dau_tu:NSTW", "--year", "2024", "--on", "2025-02-10")
    assert [one["state"] for one in closing["extensions"]] == ["asked"]
    answer = ("--outcome", "partly", "--dong", "80.000.000", "--number", "12/QĐ-VD", "--dated", "2025-01-20")
    got = run(capsys, "extension", "answer", f"{asked['id']}", *answer, "--decided-by", "TTG")["extensions"][0]
    assert (got["state"], got["granted_dong"], got["until"]) == ("partly", 80 * MILLION, "2025-12-31")
    rows = run(capsys, "expiring", "--on", "2025-02-10", "--programme", "CT")["rows"]
    told = {one["until"]: one["unspent_dong"] // MILLION for one in rows}
    assert told == {"2025-01-31": 240, "2025-12-31": 80}
    assert main(["closing", "--source", "dau_tu:NSTW", "--year", "2024", "--on", "2025-02-10"]) == 0
    assert "Được kéo dài 80 triệu đồng trong 200 triệu đồng đã đề nghị" in capsys.readouterr().out.replace("\n", " ")


def test_a_wrong_word_gets_a_sentence(cast, capsys):
    assert main(["extension", "ask"]) == 2
    assert "Thiếu --component, --body" in capsys.readouterr().err
    assert main(["extension", "answer", "99", "--outcome", "refused", "--number", "1", "--dated", "2025-01-01",
                 "--decided-by", "TTG"]) == 2  # fmt: skip
    assert "Không có đề nghị kéo dài số 99" in capsys.readouterr().err
