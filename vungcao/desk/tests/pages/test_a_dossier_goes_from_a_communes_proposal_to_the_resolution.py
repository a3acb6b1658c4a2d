"""Pages of adjustment dossiers, without JavaScript: a district proposes within its reach, the Board does the rest."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from tests.cast import make
from vungcao.evidence.actions import SYSTEM
from vungcao.kernel.refusal import Cell
from vungcao.ledger.actions import UnspentLine, record_unspent
from vungcao.ledger.dossiers import standing
from vungcao.ledger.models import Cause, Dossier, DossierDecision, DossierLine, Proposal, VoucherKind

pytestmark = pytest.mark.django_db
YEAR = "2024"
LIST = "/ho-so-dieu-chinh/"


@pytest.fixture
def cast(monkeypatch):
    """Today is 01/02/2024. 900 million of central recurrent money at project 1 of district one (invented)."""
    monkeypatch.setattr(timezone, "localdate", lambda: date(2024, 2, 1))
    made = make()
    held = made.region("CT.DA1", body="UBND-h1", place="h1", source="su_nghiep:NSTW")
    made.post(VoucherKind.ASSIGNMENT, [(None, held, 900_000_000)], dated=date(2024, 1, 5), by="TTG", number="1/QĐ-VD")
    return made


def opened(board):
    words = {"title": "Điều chỉnh vốn ví dụ", "planned_for": "15/03/2024", "plan": "annual"}
    answer = board.post(LIST, words)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def line(side, component, body, million="300,5", **more):
    words = {"side": side, "component": component, "body": body, "source": "su_nghiep:NSTW", "year": YEAR}
    return {**words, "million": million, "reason": "hết đối tượng (ví dụ)", **more}


def said(answer):
    return answer.content.decode()


def test_the_whole_way_in_the_browser(cast):
    board, district = cast.client("tinh"), cast.client("huyen")
    here = opened(board)
    assert district.post(f"{here}dong/", line("down", "CT.DA1", "UBND-h1")).status_code == 302
    assert board.post(f"{here}dong/", line("up", "CT.DA2", "UBND-h2")).status_code == 302
    assert [one.dong for one in DossierLine.objects.order_by("pk")] == [300_500_000] * 2
    shown = said(board.get(here))
    assert "111/2024/QH15 Điều 4 khoản 2" in shown and "HĐND cấp tỉnh" in shown and "300,5" in shown
    asked = {"body": "STC", "asked_on": "02/02/2024"}
    assert board.post(f"{here}xin-y-kien/", asked).status_code == 302
    number = Dossier.objects.get().opinions.get().pk
    answered = {"asked": number, "answered_on": "16/03/2024", "verdict": "agrees"}
    assert board.post(f"{here}tra-loi/", answered).status_code == 302
    assert "Nhất trí" in said(board.get(here))
    late = board.post(f"{here}buoc/trinh/")  # the answer is younger than the decision planned
    assert late.status_code == 422 and "trước ý kiến của" in said(late)
    signed = {"number": "5/NQ-VD", "dated": "20/03/2024", "decided_by": "HDND"}
    assert board.post(f"{here}quyet-dinh/", signed).status_code == 302
    assert DossierDecision.objects.get().vouchers.get().voucher.kind == VoucherKind.ADJUSTMENT
    assert "5/NQ-VD ngày 20/03/2024" in said(board.get(here)) and "đã có quyết định" in said(board.get(LIST))


def test_a_district_sees_and_proposes_only_within_its_reach(cast):
    board, district = cast.client("tinh"), cast.client("huyen")
    here = opened(board)
    board.post(f"{here}dong/", line("up", "CT.DA2", "UBND-h2", reason="bí mật của huyện Hai"))
    refused = district.post(f"{here}dong/", line("down", "CT.DA1", "UBND-h2"))
    assert refused.status_code == 422 and "ngoài phạm vi" in said(refused)
    assert district.post(f"{here}dong/", line("down", "CT.DA1", "UBND-h1", "120")).status_code == 302
    shown = said(district.get(here))
    assert "120" in shown and "bí mật của huyện Hai" not in shown and "Trước và sau" not in shown
    other = DossierLine.objects.get(reason="bí mật của huyện Hai").pk
    words = {"line": other, "reason": "thử"}
    assert "Không có dòng số" in said(district.post(f"{here}rut-dong/", words))
    assert district.post(f"{here}buoc/trinh/").status_code == 403
    assert district.get(f"{here}van-ban/phu-luc/").status_code == 404
    assert cast.client("khong").get(LIST).status_code == 403


def test_a_draft_over_promised_money_is_told_by_whom_and_until_when(cast):
    board = cast.client("tinh")
    first, second = opened(board), opened(board)
    for here in (first, second):
        board.post(f"{here}dong/", line("down", "CT.DA1", "UBND-h1", "600"))
    assert board.post(f"{first}buoc/giu-cho/", {"until": "31/12/2099"}).status_code == 302
    refused = board.post(f"{second}buoc/giu-cho/", {"until": "31/12/2099"})
    assert refused.status_code == 422
    assert "Cán bộ ví dụ tinh" in said(refused) and "đến hết 31/12/2099" in said(refused)
    assert "31/12/2099" in said(board.get(first))


def test_what_is_wrong_stands_at_its_field_and_what_is_refused_above(cast):
    board = cast.client("tinh")
    here = opened(board)
    wrong = board.post(f"{here}dong/", line("down", "CT.DA1", "UBND-h1", "0", reason=""))
    assert wrong.status_code == 422 and "Số tiền phải lớn hơn 0." in said(wrong) and 'class="wrong"' in said(wrong)
    ended = board.post(f"{here}dong/", line("down", "CT.DA1", "UBND-x12"))
    assert ended.status_code == 422 and "không còn đơn vị" in said(ended)
    assert board.post(f"{here}buoc/khong-co/").status_code == 404
    assert board.get(f"{LIST}DC-1999-01/").status_code == 404
    assert board.post(LIST, {"title": ""}).status_code == 422


def test_its_papers_are_downloaded_by_who_sees_it_whole(cast):
    board = cast.client("tinh")
    here = opened(board)
    assert board.get(f"{here}van-ban/to-trinh-ban/").status_code == 422  # nothing to print yet
    board.post(f"{here}dong/", line("down", "CT.DA1", "UBND-h1"))
    board.post(f"{here}dong/", line("up", "CT.DA2", "UBND-h2"))
    answer = board.get(f"{here}van-ban/nghi-quyet/")
    assert answer.status_code == 200 and answer["Content-Disposition"].endswith('DC-2024-01-nghi-quyet.docx"')
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert board.get(f"{here}van-ban/khong-co/").status_code == 404
    assert standing.step(Dossier.objects.get()) == standing.DRAFTING


def test_a_carry_over_goes_its_way_in_the_browser(cast, monkeypatch):
    held = cast.region("CT.DA1", body="UBND-h1", place="h1", source="su_nghiep:NSTW", year="2023")
    cast.post(VoucherKind.ASSIGNMENT, [(None, held, 900_000_000)], dated=date(2023, 1, 5), by="TTG", number="2/QĐ-VD")
    board, district = cast.client("tinh"), cast.client("huyen")
    words = {"title": "Chuyển nguồn ví dụ", "kind": "carry_over", "planned_for": "15/03/2024", "plan": "annual"}
    here = board.post(LIST, words)["Location"]
    page = said(board.get(here))
    assert "CO-08: vốn chương trình mục tiêu quốc gia 2023" in page and 'value="down"' not in page
    assert district.post(f"{here}dong/", line("over", "CT.DA1", "UBND-h1", year="2023")).status_code == 302
    refused = board.post(f"{here}buoc/trinh/")
    assert refused.status_code == 422 and "chưa ghi căn cứ được chuyển" in said(refused)
    (one,) = DossierLine.objects.all()
    again = line("over", "CT.DA1", "UBND-h1", year="2023", basis="CO-08", replaces=f"{one.pk}")
    assert district.post(f"{here}dong/", again).status_code == 302
    wrong = district.post(f"{here}dong/", line("down", "CT.DA1", "UBND-h1", year="2023"))
    assert wrong.status_code == 422 and "Không có lựa chọn này trong danh sách" in said(wrong)
    assert board.post(f"{here}buoc/giu-cho/", {"until": "30/04/2024"}).status_code == 302
    assert board.post(f"{here}buoc/trinh/").status_code == 302
    paper = {"number": "7/QĐ-UBND", "dated": "15/03/2024", "decided_by": "UBND"}
    assert board.post(f"{here}quyet-dinh/", paper).status_code == 302
    (voucher,) = [one.voucher for one in DossierDecision.objects.get().vouchers.all()]
    assert voucher.kind == VoucherKind.CARRY_OVER
    page = said(board.get(here))
    assert "văn bản của tỉnh chỉ ghi danh sách" in page and "7/QĐ-UBND ngày 15/03/2024" in page
    assert "Chuyển nguồn ví dụ" in said(board.get(f"{LIST}?loai=carry_over"))
    assert "Chuyển nguồn ví dụ" not in said(board.get(f"{LIST}?loai=adjustment"))


def test_lines_are_taken_from_what_units_propose(cast):
    held = cast.region("CT.DA1", body="UBND-h1", place="h1", source="su_nghiep:NSTW", year="2023")
    cast.post(VoucherKind.ASSIGNMENT, [(None, held, 900_000_000)], dated=date(2023, 1, 5), by="TTG")
    board = cast.client("tinh")
    words = {"title": "Hủy dự toán ví dụ", "kind": "cancellation", "planned_for": "15/02/2024", "plan": "annual"}
    here = board.post(LIST, words)["Location"]
    nothing = board.post(f"{here}buoc/lay-de-xuat/")
    assert nothing.status_code == 422 and "Chưa lấy được dòng nào" in said(nothing)
    told = [UnspentLine(held, 50_000_000, Cause.NOBODY_LEFT, Cell("x", "NN", "D9"), Proposal.GIVE_BACK)]
    batch = cast.batch("UBND-h1")
    record_unspent(reporter=cast.bodies["UBND-h1"], as_of=date(2023, 12, 31), lines=told, batch=batch, by=SYSTEM)
    assert board.post(f"{here}buoc/lay-de-xuat/").status_code == 302
    assert [(one.side, one.dong) for one in DossierLine.objects.all()] == [("off", 50_000_000)]
    assert "Hết đối tượng (biểu nguyên nhân đến ngày 31/12/2023, ô D9)" in said(board.get(here))
