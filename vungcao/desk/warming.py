"""A worker of the site made ready before it answers: what the first officer of the morning would else wait for."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import QueryDict
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import timezone

from vungcao.bodies import queries as bodies
from vungcao.bodies.reach import Reach, bodies_of_every_day, places_of_every_day
from vungcao.desk.briefing import Briefing
from vungcao.desk.questions import QuestionForm
from vungcao.desk.shared_pages import edition
from vungcao.evidence.examples import holds_examples
from vungcao.evidence.moment import one_moment
from vungcao.kernel.refusal import Refusal
from vungcao.territory import queries as places

_log = logging.getLogger(__name__)
TEMPLATES = ("desk/overview.html", "desk/parts/overview.html", "desk/briefing.html")


def warm() -> None:
    """Read every page's code and the trees that say who reaches what, open the sealed facts, and ask the own
    question of the overview and of the leader's page once, as an operator would.

    What is asked is kept by reach like any answer; no officer sees it. A base that isn't set up yet is left alone.
    """
    _ = get_resolver().url_patterns
    _ = edition()
    for name in TEMPLATES:
        get_template(name)
    reach = Reach.all_for_operator()
    try:
        with one_moment():
            today = timezone.localdate()
            bodies_of_every_day(), places_of_every_day(), bodies.tree(today), places.tree(today)
            holds_examples()
            form = QuestionForm(QueryDict(), reach)
            if form.is_valid():
                brief = Briefing(form.query(), reach)
                _ = brief.beside, brief.lowest
                there = brief.there
                _ = there.components, there.places, there.map, there.open_points, there.expiry
    except (DatabaseError, Refusal) as no:
        _log.warning("not warmed: %s", no)
