"""The office puts a template of its own in use while the first paper of the kind is being frozen in the shipped one."""

from __future__ import annotations

from functools import partial

import pytest

from tests.at_once import Between, only_on_postgresql
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.reports import templates
from vungcao.reports.models import PaperTemplate
from vungcao.reports.paper import shipped_frame
from vungcao.reports.paper.kinds import REPORT


@pytest.mark.django_db(transaction=True)
@pytest.mark.each_database
def test_the_shipped_frame_is_never_kept_after_it(tmp_path, monkeypatch):
    only_on_postgresql()
    own, between = tmp_path / "mau cua co quan.docx", Between()
    own.write_bytes(shipped_frame(REPORT.name))
    between.stops(monkeypatch, templates, "standing")

    def frozen() -> PaperTemplate:
        with acting("test.frozen", by=SYSTEM) as act:
            return templates.in_use(REPORT, act=act)

    used, put = between.run(frozen, partial(templates.put_in_use, REPORT, own, by=SYSTEM))
    assert isinstance(used, PaperTemplate) and used.is_shipped, used
    assert templates.standing(REPORT) == put and not put.is_shipped
