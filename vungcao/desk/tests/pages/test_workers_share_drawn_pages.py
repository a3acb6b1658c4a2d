"""A page that one worker drew is read by the others and, where a browser still holds it, not sent again; never what is
another official's, never one of before an act.
"""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from vungcao.bodies import rights
from vungcao.bodies.reach import Reach
from vungcao.cube.kept import Answers
from vungcao.desk import kept_pages, shared_pages
from vungcao.desk.shared_pages import name_of, shared
from vungcao.desk.tests.pages.test_a_page_is_drawn_once_for_each_asker import client_of, corrected, mask
from vungcao.evidence.actions import SYSTEM, acting

ASKED = {"programme": "135", "on": "15/11/2021", "year": ""}


@pytest.fixture
def another_worker(monkeypatch):
    """Go on as a process that holds no page in memory."""

    def fresh() -> None:
        monkeypatch.setattr(kept_pages, "pages", Answers(room=8))

    fresh()
    return fresh


def test_the_second_worker_reads_what_the_first_drew(cast, drawn, another_worker):
    home, here = reverse("desk:overview"), client_of(cast.specialist)
    first = here.get(home, ASKED)
    another_worker()
    assert mask(here.get(home, ASKED).content) == mask(first.content) and len(drawn) == 1


def test_no_worker_shows_one_reach_what_was_drawn_for_another_or_before_an_act(cast, drawn, another_worker):
    here, there = client_of(cast.specialist), client_of(cast.elsewhere)
    home = reverse("desk:overview")
    assert "9.150,5" in here.get(home, ASKED).content.decode()
    another_worker()
    assert "9.150,5" not in there.get(home, ASKED).content.decode() and len(drawn) == 2
    corrected(cast, 9_777_700_000)
    another_worker()
    page = here.get(home, ASKED).content.decode()
    assert "9.777,7" in page and "9.150,5" not in page


def test_a_page_that_the_browser_still_holds_is_not_sent_again(cast, drawn, another_worker):
    here = client_of(cast.specialist)
    for name in ("desk:overview", "desk:briefing", "desk:matrix"):
        first = here.get(reverse(name), ASKED)
        held = {"If-None-Match": first["ETag"]}
        another_worker()
        again = here.get(reverse(name), ASKED, headers=held)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert again["Cache-Control"] == "private, no-cache"
        with acting("test.something", by=SYSTEM):
            pass
        assert here.get(reverse(name), ASKED, headers=held).status_code == 200


def test_the_mark_of_a_page_is_good_for_its_official_session_and_language_only(cast):
    here, there = client_of(cast.specialist), client_of(cast.elsewhere)
    home = reverse("desk:overview")
    held = {"If-None-Match": here.get(home, ASKED)["ETag"]}
    assert there.get(home, ASKED, headers=held).status_code == 200
    assert client_of(cast.specialist).get(home, ASKED, headers=held).status_code == 200
    assert here.get(home, {**ASKED, "on": "14/11/2021"}, headers=held).status_code == 200
    here.cookies["django_language"] = "en"
    assert here.get(home, ASKED, headers=held).status_code == 200
    assert Client().get(home, ASKED, headers=held).status_code == 302


def test_who_lost_the_post_is_refused_whatever_he_holds(cast, monkeypatch):
    here, home = client_of(cast.specialist), reverse("desk:overview")
    held = {"If-None-Match": here.get(home, ASKED)["ETag"]}
    monkeypatch.setattr(rights, "reach_for", lambda *_asked: Reach())
    assert here.get(home, ASKED, headers=held).status_code == 403


def test_the_forms_of_a_page_that_another_worker_drew_work_and_the_folder_holds_no_token(cast, another_worker):
    home = reverse("desk:overview")
    client_of(cast.specialist).get(home, ASKED)
    another_worker()
    client = client_of(cast.specialist, enforce_csrf_checks=True)
    page = client.get(home, ASKED).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([A-Za-z0-9]+)"', page)[1]
    files = [path for path in (Path(settings.HOME) / "pages").iterdir() if not path.name.startswith("turn-")]
    assert files and not any(re.search(rb'csrfmiddlewaretoken" value="\w', path.read_bytes()) for path in files)
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)
    assert client.post(reverse("sign-out"), {"csrfmiddlewaretoken": token}).status_code == 302


def test_a_name_is_that_of_question_reach_and_state():
    one, other = Reach(places=frozenset({1, 2}), bodies=frozenset({3})), Reach(places=frozenset({1}), bodies={2, 3})
    same = Reach(places=frozenset([2, 1]), bodies=frozenset({3}))
    assert name_of(("q",), one, 1) == name_of(("q",), same, 1)
    different = [("q", one, 1), ("q", other, 1), ("q", Reach(also=(one,)), 1), ("q", one, 2), ("r", one, 1)]
    assert len({name_of(*some) for some in different}) == len(different)


def test_two_that_ask_at_once_wait_for_one_drawing():
    drawings: list[int] = []
    name = f"ab-{uuid4().hex}"  # one that nobody has drawn before, were it by this test itself

    def draw() -> bytes:
        drawings.append(1)
        time.sleep(0.2)
        return b"page"

    found: list[bytes] = []
    asking = [threading.Thread(target=lambda: found.append(shared(name, draw))) for _ in range(4)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert found == [b"page"] * 4 and len(drawings) == 1


def test_where_nothing_can_be_kept_or_another_fails_or_hangs_a_page_is_drawn_all_the_same(monkeypatch, tmp_path):
    def fails() -> bytes:
        raise ValueError

    with pytest.raises(ValueError):
        shared("ab-fails", fails)
    assert shared("ab-fails", lambda: b"page") == b"page"
    monkeypatch.setattr(shared_pages, "LONGEST_WAIT", 0.05)
    with shared_pages._turn("ab-hangs"):
        assert shared("ab-hangs", lambda: b"page") == b"page"
    (tmp_path / "pages").write_text("no folder")
    monkeypatch.setattr(shared_pages, "_folder", lambda: tmp_path / "pages")
    assert [shared("ab-no-room", lambda: b"page") for _ in range(2)] == [b"page"] * 2


def test_pages_of_states_that_are_past_go(monkeypatch, tmp_path):
    monkeypatch.setattr(shared_pages, "_folder", lambda: tmp_path)
    monkeypatch.setattr(shared_pages, "ROOM", 4)
    for number in range(6):
        shared(f"{number:02}", lambda: b"page")
    assert len([path for path in tmp_path.iterdir() if not path.name.startswith("turn-")]) <= 4
    assert shared("05", lambda: b"drawn anew") == b"page"
