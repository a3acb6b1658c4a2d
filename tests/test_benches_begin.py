"""What `make bench` calls without a word begins."""

from __future__ import annotations

import sys

from bench.web import __main__ as web


def test_without_a_word_every_part_of_the_site_is_measured_with_one_only_that(monkeypatch) -> None:
    monkeypatch.setattr(sys, "argv", ["bench.web"])
    assert web._arguments().parts == list(web.PARTS)
    monkeypatch.setattr(sys, "argv", ["bench.web", "lists"])
    assert web._arguments().parts == ["lists"]
