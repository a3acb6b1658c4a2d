"""A machine without a font for charts: the demonstration says what to do, makes the other papers, and goes on."""

from __future__ import annotations

from pathlib import Path

from vungcao.desk.commands import reporting, setting_up
from vungcao.reports.paper.fonts import find_serif


def test_a_report_that_cannot_be_drawn_is_named_and_the_next_is_made(monkeypatch, capsys, tmp_path):
    def make(kind: str, period: str, **_about: object) -> list[Path]:
        if (kind, period) == setting_up.DEMO_REPORTS[0][:2]:
            find_serif([tmp_path])  # an empty folder
        return [tmp_path / f"{kind}-{period}.docx"]

    monkeypatch.setattr(reporting, "make", make)
    setting_up.make_reports()
    said = capsys.readouterr().out
    first, *others = setting_up.DEMO_REPORTS
    assert others and "Chưa lập được báo cáo" in said and first[1] in said and "fonts-liberation2" in said
    assert all(f"{kind}-{period}.docx" in said for kind, period, *_ in others)
