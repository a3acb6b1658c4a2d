"""A batch goes along its line, leaves it with a reason, and is read at any state as known at any act."""

from __future__ import annotations

import pytest

from vungcao.bodies.actions import OutOfOrder, reach
from vungcao.bodies.models import BatchEvent, BatchState
from vungcao.bodies.queries import batch_state, batches_reached
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import AuditRow
from vungcao.evidence.queries import last_number


def reached(state, known=None):
    return set(batches_reached(state, known).values_list("batch", flat=True))


def test_a_batch_begins_as_a_draft(handed_in):
    batch = handed_in()
    assert batch_state(batch.pk) == BatchState.DRAFT
    assert batch.pk in reached("draft")
    assert batch.pk not in reached("received")


def test_having_reached_a_state_is_having_reached_those_before(handed_in):
    batch = handed_in()
    reach(batch, "received", by=SYSTEM)
    assert batch.pk in reached("signed") & reached("sent") & reached("received")
    assert batch.pk not in reached("reconciled")


def test_a_state_is_asked_as_known_at_an_act(handed_in):
    batch = handed_in()
    draft = last_number()
    reach(batch, "received", by=SYSTEM)
    received = last_number()
    reach(batch, "returned", reason="Sai tổng (ví dụ)", by=SYSTEM)
    assert batch.pk not in reached("received", draft)
    assert batch.pk in reached("received", received)
    assert batch.pk not in reached("received")
    assert (batch_state(batch.pk, draft), batch_state(batch.pk, received)) == ("draft", "received")
    assert batch_state(batch.pk, draft - 1) is None


def test_what_was_returned_may_come_again_and_counts_anew(handed_in):
    batch = handed_in()
    reach(batch, "received", by=SYSTEM)
    reach(batch, "reconciled", by=SYSTEM)
    reach(batch, "returned", reason="Thiếu chữ ký (ví dụ)", by=SYSTEM)
    assert batch.pk not in reached("draft")
    reach(batch, "received", by=SYSTEM)
    assert batch.pk in reached("received")
    assert batch.pk not in reached("reconciled")


@pytest.mark.parametrize("state", ["reconciled", "consolidated", "closed"])
def test_nothing_is_closed_that_was_not_received(handed_in, state):
    batch = handed_in()
    with pytest.raises(OutOfOrder, match="chưa được tiếp nhận"):
        reach(batch, state, by=SYSTEM)
    assert batch_state(batch.pk) == BatchState.DRAFT


def test_a_return_needs_a_reason(handed_in):
    batch = handed_in()
    reach(batch, "received", by=SYSTEM)
    with pytest.raises(OutOfOrder, match="phải ghi lý do"):
        reach(batch, "returned", reason="  ", by=SYSTEM)


def test_a_batch_does_not_go_back_but_by_a_return(handed_in):
    batch = handed_in()
    reach(batch, "received", by=SYSTEM)
    for state in ("received", "sent", "draft"):
        with pytest.raises(OutOfOrder, match="không lùi"):
            reach(batch, state, by=SYSTEM)


def test_what_is_closed_is_not_returned_and_what_is_superseded_stays_so(handed_in):
    batch = handed_in()
    reach(batch, "received", by=SYSTEM)
    reach(batch, "closed", by=SYSTEM)
    with pytest.raises(OutOfOrder, match="không trả lại được"):
        reach(batch, "returned", reason="Ví dụ", by=SYSTEM)
    reach(batch, "superseded", by=SYSTEM)
    assert batch.pk not in reached("draft")
    with pytest.raises(OutOfOrder, match="đã bị thay thế"):
        reach(batch, "received", by=SYSTEM)


def test_every_step_is_audited_and_a_refused_one_leaves_nothing(handed_in):
    batch = handed_in()
    reach(batch, "received", by=SYSTEM)
    events = BatchEvent.objects.count()
    with pytest.raises(OutOfOrder):
        reach(batch, "sent", by=SYSTEM)
    assert BatchEvent.objects.count() == events
    row = AuditRow.objects.get(verb="batch.received")
    assert (row.before["state"], row.after["state"]) == ("draft", "received")


def test_a_state_outside_the_line_cannot_be_asked_for(db):
    with pytest.raises(ValueError, match="returned"):
        batches_reached("returned")
