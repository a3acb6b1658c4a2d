"""The cast on the stage, and the cube's answers replaced by examples in the same shapes."""

from __future__ import annotations

import pytest

from vungcao.cube.kept import Answers
from vungcao.desk import briefing, kept_pages, overview, views
from vungcao.desk.tests.pages import example_answers
from vungcao.desk.tests.pages.cast import Cast, play


@pytest.fixture
def cast(db, tmp_path) -> Cast:
    return play(tmp_path)


@pytest.fixture
def example(cast, monkeypatch) -> Cast:
    """The cast, with example answers behind the pages."""
    monkeypatch.setattr(kept_pages, "pages", Answers(room=1))
    monkeypatch.setattr(kept_pages, "shared", lambda _name, draw: draw())
    monkeypatch.setattr(briefing, "answer", example_answers.example_answer)
    monkeypatch.setattr(overview, "answer", example_answers.example_answer)
    monkeypatch.setattr(overview, "findings", example_answers.example_findings)
    monkeypatch.setattr(overview, "expiring", example_answers.example_expiry)
    monkeypatch.setattr(views, "follow", lambda figure_id, reach: example_answers.example_trace(cast.workbook.sha256))
    return cast


@pytest.fixture
def desk(client, example):
    """A browser signed in as the specialist."""
    client.force_login(example.specialist)
    return client


@pytest.fixture
def drawn(monkeypatch):
    """How often the overview was drawn, by the name of its official."""
    names: list[str] = []
    page = views.page

    def drawing(request, *args, **kwargs):
        names.append(request.official.name)
        return page(request, *args, **kwargs)

    monkeypatch.setattr(views, "page", drawing)
    return names
