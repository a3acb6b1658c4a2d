"""Numbers as the clerk gave them: gaps, doubles, inserted ones recorded and flagged; corrections stand beside."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from vungcao.evidence import chain
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.keeping import HistoryIsKept
from vungcao.evidence.models import Act, AuditRow
from vungcao.evidence.seen import Overtaken
from vungcao.kernel.refusal import Refusal
from vungcao.office.actions import NeedsReason, NothingChanged, correct_document, record_document
from vungcao.office.checks import findings
from vungcao.office.models import Document, Outgoing
from vungcao.office.numbers import NotANumber, read
from vungcao.office.queries import FLAGGED, delay, flags, incoming, outgoing
from vungcao.office.secret import Secret, is_secret
from vungcao.office.tests.conftest import arrival, letter

TODAY = date(2025, 3, 31)


def codes(rows) -> dict[str, list[str]]:
    """Number → codes of its flags, in the order of the register."""
    return {row.said_no: [one.code for one in flags(row, TODAY)] for row in rows.order_by("number_key", "pk")}


@pytest.mark.parametrize(
    ("said", "read_as"),
    [("15", (15, "", "")), ("015A", (15, "a", "")), ("15.1", (15, "1", "")), ("15a/QĐ-VD", (15, "a", "QĐ-VD"))],
)
def test_a_number_is_read_as_the_clerk_wrote_it(said, read_as):
    assert read(said) == read_as


@pytest.mark.parametrize("said", ["", "0", "số 15", "QĐ-VD", "15abc"])
def test_what_is_no_number_is_refused_with_a_sentence(said):
    with pytest.raises(NotANumber, match="không đọc được"):
        read(said)


def test_gaps_doubles_and_inserted_numbers_are_recorded_and_flagged(sent, board):
    for no, about in {"5": {}, "6": {}, "6a": {"reason": "ký sót (ví dụ)"}, "9": {}}.items():
        sent(no, **about)
    sent("9", summary="Khác (ví dụ)")
    assert codes(outgoing([board.pk])) == {"5": [], "6": [], "6a": ["inserted"], "9": ["double", "gap"]}
    assert sorted((one.code, one.key.rpartition("|")[2]) for one in findings()) == [
        ("number.double", "9"), ("number.gap", "7–8"), ("number.inserted", "6a"),
    ]  # fmt: skip
    for code, nos in {"gap": ["9", "9"], "double": ["9", "9"], "inserted": ["6a"]}.items():
        found = outgoing([board.pk]).filter(FLAGGED[code]).values_list("said_no", flat=True)
        assert list(found) == nos


def test_each_run_of_numbers_counts_for_itself(sent, board):
    for no, about in [("1", {"series": "Quyết định"}), ("2", {}), ("2", {"series": "Quyết định"}),
                      ("9", {"dated": date(2024, 1, 2)})]:  # fmt: skip
        sent(no, **about)
    assert not list(findings())


@pytest.mark.parametrize("about", [{"said_no": "7a"}, {"state": "reserved"}, {"state": "cancelled"}])
def test_a_number_out_of_the_ordinary_is_not_forbidden_but_says_why(board, about):
    with pytest.raises(NeedsReason) as refused:
        record_document(letter(**({"no": about["said_no"]} if "said_no" in about else about)), body=board, by=SYSTEM)
    assert refused.value.facts["field"] == "reason"
    assert not Document.objects.exists()
    said = {"no": about["said_no"]} if "said_no" in about else about
    assert record_document(letter(**said, reason="ví dụ"), body=board, by=SYSTEM).pk


def test_a_correction_is_a_new_line_and_the_old_one_stays(sent, board):
    first = sent("7")
    fixed = correct_document(letter("7", summary="Sửa (ví dụ)"), standing=first, seen=first.pk, by=SYSTEM)
    assert list(outgoing([board.pk]).values_list("pk", flat=True)) == [fixed.pk]
    first.refresh_from_db()
    assert (first.ended_by_id, first.summary) == (fixed.act_id, "V/v đôn đốc báo cáo (ví dụ)")
    before = fixed.act.numbered.no - 1
    assert [row.pk for row in outgoing([board.pk], before)] == [first.pk]
    row = AuditRow.objects.get(act=fixed.act)
    assert (row.before, row.after) == (
        {"summary": "V/v đôn đốc báo cáo (ví dụ)"}, {"summary": "Sửa (ví dụ)"},
    )  # fmt: skip
    chain.extend()
    assert not list(chain.verify())


def test_who_looked_at_what_stands_no_more_is_told_who_was_first(sent):
    first = sent("7")
    correct_document(letter("7", summary="Một (ví dụ)"), standing=first, seen=first.pk, by=SYSTEM)
    acts = Act.objects.count()
    with pytest.raises(Overtaken, match="đã ghi bản khác lúc") as refused:
        correct_document(letter("7", summary="Hai (ví dụ)"), standing=first, seen=first.pk, by=SYSTEM)
    assert refused.value.facts["by"].official_name == "vungcao"
    assert (Outgoing.objects.count(), Act.objects.count()) == (2, acts)


def test_a_correction_that_says_the_same_writes_nothing(sent):
    first = sent("7")
    with pytest.raises(NothingChanged):
        correct_document(letter("7"), standing=first, seen=first.pk, by=SYSTEM)
    assert Outgoing.objects.standing().get() == first


def test_names_of_persons_stay_out_of_the_audit(sent):
    sent("7", officer="Người Ví Dụ")
    assert "Ví Dụ A" not in str(AuditRow.objects.latest("pk").after) and "Người" not in str(
        AuditRow.objects.latest("pk").after
    )


def test_lines_are_kept_from_the_program_and_from_raw_sql(sent):
    line = sent("7")
    with pytest.raises(HistoryIsKept):
        Outgoing.objects.update(summary="")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE office_outgoing SET summary = 'x' WHERE id = %s", [line.pk])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM office_document")


def test_an_answer_is_found_and_the_delay_counted_in_days(came, sent, board):
    for no, due in (("7", date(2025, 3, 1)), ("8", date(2025, 3, 10)), ("9", None), ("10", date(2025, 3, 21))):
        came(no, due=due, their_number=f"{no}/UBND-VD")
    sent("1", answers_said="7", dated=date(2025, 3, 5))
    sent("2", answers_said="8/UBND-VD", dated=date(2025, 3, 10))
    rows = {row.said_no: row for row in incoming([board.pk], TODAY)}
    assert {no: delay(row, TODAY) for no, row in rows.items()} == {"7": 4, "8": 0, "9": None, "10": 10}
    assert (rows["7"].answered_by.split("/")[0], rows["10"].answered_by) == ("1", None)
    assert [one.said for one in flags(rows["10"], TODAY)] == ["quá hạn 10 ngày"]
    assert {row.said_no for row in incoming([board.pk], TODAY).filter(FLAGGED["late"])} == {"7", "10"}


def test_an_answer_to_a_document_nobody_recorded_is_flagged(came, sent, board):
    came("7")
    came("7", sender="Khác (ví dụ)", their_number="10/VD")
    for no, answers in (("1", "99"), ("2", "7"), ("3", "10/VD")):
        sent(no, answers_said=answers)
    assert codes(outgoing([board.pk])) == {"1": ["answer_unknown"], "2": ["answer_unknown"], "3": []}
    assert sum(one.code == "answer.unknown" for one in findings()) == 2


@pytest.mark.parametrize("about", [{"summary": "Kế hoạch (MẬT)"}, {"kind": "Tối mật"}, {"unit": "độ mật: Mật"}])
def test_a_document_marked_secret_is_refused_and_nothing_of_it_kept(board, about):
    with pytest.raises(Secret, match="dấu MẬT") as refused:
        record_document(letter(**about), body=board, by=SYSTEM)
    assert "Kế hoạch" not in str(refused.value)
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "said", ["Mật độ dân số", "nuôi ong lấy mật", "V/v mất dấu", "Độ mật: Không", "rừng mật", "bề mặt (mặt bằng)"]
)
def test_honey_and_density_are_no_secrets(said):
    assert not is_secret(said)


def test_a_day_due_before_it_came_is_refused(board):
    with pytest.raises(Refusal, match="đứng trước ngày đến"):
        record_document(arrival(due=date(2025, 1, 1)), body=board, by=SYSTEM)
