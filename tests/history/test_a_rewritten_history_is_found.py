"""`verify-audit`: what was changed, removed, slipped in, cut or rebuilt past the guard is named."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from vungcao.evidence import chain, guard
from vungcao.evidence.actions import SYSTEM, acting, record
from vungcao.evidence.canonical import canonical
from vungcao.evidence.models import Act, ActNumber, Link, ReleasedHead, Source, SourceKind
from vungcao.ledger.models import ReporterOrder
from vungcao.programme.models import Component

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    """Codes and keys of what the chain finds."""
    return [f"{one.code} {one.key}" for one in chain.verify()]


@pytest.fixture
def papers(write) -> list[Source]:
    """Five acts with a paper each, linked."""
    made = [write(f"văn bản ví dụ {place}") for place in range(1, 6)]
    assert chain.extend() == 5
    return made


@pytest.fixture
def lifted(sql):
    """SQL of somebody who has taken the guard away."""

    def run(text: str) -> None:
        with guard.lifted():
            sql(text)

    return run


def test_an_untouched_history_has_no_findings(papers):
    assert found() == []
    assert chain.extend() == 5
    assert Link.objects.count() == 5


def test_a_link_is_the_hash_of_the_one_before_and_of_the_act(papers):
    links = dict(Link.objects.values_list("no", "digest"))
    previous = "0" * 64
    for number in ActNumber.objects.order_by("no").select_related("act"):
        form = canonical([number])[number.no]
        text = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        previous = hashlib.sha256((previous + text).encode()).hexdigest()
        assert links[number.no] == previous
        assert set(form) == {"no", "at", "verb", "reason", "user", "official", "opened", "written", "ended"}
        assert [len(rows) for rows in form["written"].values()] == [1]


def test_the_form_is_the_same_read_alone_or_among_many(papers):
    numbers = list(ActNumber.objects.order_by("no").select_related("act"))
    assert canonical(numbers) == {number.no: canonical([number])[number.no] for number in numbers}


def test_a_changed_row_is_found_at_its_act_and_only_there(papers, lifted):
    lifted(f"UPDATE evidence_source SET name = 'khác' WHERE id = {papers[1].pk}")
    assert found() == ["audit.changed 2"]


@pytest.mark.parametrize("column", ["verb", "reason", "official_name", "official_post", "official_body"])
def test_a_changed_act_is_found(papers, lifted, column):
    lifted(f"UPDATE evidence_act SET {column} = 'khác' WHERE id = {papers[2].act_id}")
    assert found() == ["audit.changed 3"]


def test_a_changed_time_is_found(papers, lifted):
    lifted("UPDATE evidence_actnumber SET recorded_at = '2020-01-01 00:00:00+00' WHERE no = 4")
    assert found() == ["audit.changed 4"]


def test_a_removed_row_is_found(papers, lifted):
    lifted(f"DELETE FROM evidence_source WHERE id = {papers[3].pk}")
    assert found() == ["audit.changed 4"]


def test_a_removed_audit_row_is_found(papers, lifted):
    with acting("test.recorded", by=SYSTEM) as act:
        record(act, papers[0], after={"a": 1})
    chain.extend()
    assert found() == []
    lifted("UPDATE evidence_auditrow SET after = '{\"a\": 2}'")
    assert found() == ["audit.changed 6"]
    lifted("DELETE FROM evidence_auditrow")
    assert found() == ["audit.changed 6"]


def test_a_row_slipped_in_under_an_old_act_is_found(papers, sql):
    Source.objects.create(act_id=papers[0].act_id, kind=SourceKind.PAPER, name="chèn thêm")
    assert found() == ["audit.changed 1"]


def test_a_row_under_no_numbered_act_is_found(papers):
    act = Act.objects.create(verb="lén", official_name="ai đó", opened_at=timezone.now())
    paper = Source.objects.create(act=act, kind=SourceKind.PAPER, name="chèn thêm")
    assert found() == [f"audit.stray evidence.Source:{paper.pk}", f"audit.stray evidence.Act:{act.pk}"]


def test_an_end_set_or_taken_away_by_hand_is_found(papers, lifted):
    with acting("test.dated", by=SYSTEM) as act:
        node = Component.objects.create(act=act, code="ví dụ")
        row = ReporterOrder.objects.create(act=act, component=node, body_kind="commune", rank=1)
    with acting("test.ended", by=SYSTEM) as ender:
        ReporterOrder.objects.filter(pk=row.pk).end(ender)
    chain.extend()
    assert found() == []
    lifted(f"UPDATE ledger_reporterorder SET ended_by_id = {act.pk}")
    assert found() == ["audit.changed 6", "audit.changed 7"]
    lifted("UPDATE ledger_reporterorder SET ended_by_id = NULL")
    assert found() == ["audit.changed 7"]
    lifted(f"UPDATE ledger_reporterorder SET ended_by_id = {ender.pk}")
    assert found() == []


def test_ending_a_row_changes_no_link_before(papers):
    with acting("test.dated", by=SYSTEM) as act:
        node = Component.objects.create(act=act, code="ví dụ")
        ReporterOrder.objects.create(act=act, component=node, body_kind="commune", rank=1)
    chain.extend()
    with acting("test.ended", by=SYSTEM) as act:
        ReporterOrder.objects.all().end(act)
    chain.extend()
    assert found() == []


@pytest.mark.parametrize("no", [1, 3, 5])
def test_a_cut_act_is_found(papers, lifted, no):
    act = papers[no - 1].act_id
    lifted(f"DELETE FROM evidence_source WHERE act_id = {act}")
    lifted(f"DELETE FROM evidence_actnumber WHERE no = {no}")
    lifted(f"DELETE FROM evidence_act WHERE id = {act}")
    assert found() == [f"audit.gap {no}"]


def test_a_chain_rebuilt_over_changed_rows_betrays_itself_by_a_released_head(papers, lifted):
    head = chain.release_head("Báo cáo ví dụ", by=SYSTEM)
    assert (head.no, head.digest) == (5, Link.objects.get(no=5).digest)
    chain.extend()
    lifted(f"UPDATE evidence_source SET name = 'khác' WHERE id = {papers[1].pk}")
    lifted("DELETE FROM evidence_link")
    assert chain.extend() == 6
    assert found() == ["audit.head 5"]
    (finding,) = chain.verify()
    assert "Báo cáo ví dụ" in finding.sentence


def test_a_tail_cut_off_with_its_links_betrays_itself_by_a_released_head(papers, lifted):
    chain.release_head("Bản sao lưu ví dụ", by=SYSTEM)
    act = papers[4].act_id
    lifted(f"DELETE FROM evidence_source WHERE act_id = {act}")
    lifted("DELETE FROM evidence_actnumber WHERE no = 5")
    lifted(f"DELETE FROM evidence_act WHERE id = {act}")
    lifted("UPDATE evidence_actnumber SET no = 5 WHERE no = 6")
    lifted("DELETE FROM evidence_link WHERE no >= 5")
    chain.extend()
    assert found() == ["audit.head 5"]


def test_an_act_left_without_a_link_is_found_after_a_minute_or_when_later_ones_have_theirs(
    papers, lifted, monkeypatch, write
):
    write("mới")
    assert found() == [], "an act of this minute may still wait for its link"
    later = timezone.now() + timedelta(seconds=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert found() == ["audit.unlinked 6"]
    monkeypatch.undo()
    chain.extend()
    lifted("DELETE FROM evidence_link WHERE no = 6")
    write("mới hơn")
    lifted("INSERT INTO evidence_link (no, digest) VALUES (7, 'x')")
    assert found() == ["audit.unlinked 6", "audit.changed 7"]


def test_a_column_added_later_with_an_empty_default_breaks_no_link(papers, sql):
    """Empty values are left out of a row's hash; zero is a figure and stays in."""
    digests = {(number.no): canonical([number]) for number in ActNumber.objects.select_related("act")}
    source = digests[1][1]["written"]["evidence.Source"][0][1]
    said = {"id": papers[0].pk, "kind": "paper", "name": "văn bản ví dụ 1"}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert source == hashlib.sha256(text.encode()).hexdigest()


def test_zero_and_nothing_are_told_apart(lifted, papers):
    with acting("test.dated", by=SYSTEM) as act:
        node = Component.objects.create(act=act, code="ví dụ")
        ReporterOrder.objects.create(act=act, component=node, body_kind="commune", rank=0)
    chain.extend()
    lifted("UPDATE ledger_reporterorder SET rank = 1")
    assert found() == ["audit.changed 6"]


def test_a_released_head_stands_under_an_act_of_its_own(papers):
    head = chain.release_head("thử", by=SYSTEM)
    assert ReleasedHead.objects.get().act.numbered.no == head.no + 1 == 6


def test_linking_many_acts_asks_each_table_once(papers):
    for place in range(40):
        with acting("test.written", by=SYSTEM) as act:
            Source.objects.create(act=act, kind=SourceKind.PAPER, name=f"{place}")
    with CaptureQueriesContext(connection) as asked:
        assert chain.extend() == 45
    assert len(asked) < 12, [query["sql"][:80] for query in asked]
    assert found() == []
