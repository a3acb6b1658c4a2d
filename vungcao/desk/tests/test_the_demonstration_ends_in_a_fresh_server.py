"""``demo --serve`` becomes a new process: a server forks, and the engine of the cube does not live on in a child."""

from __future__ import annotations

import os
import sys

import pytest

from vungcao.desk.commands import setting_up


class Gone(Exception):
    """Where the process would have become another."""


def test_it_becomes_serve_on_the_port_that_was_asked_for(monkeypatch):
    became: list[tuple[str, list[str]]] = []

    def execv(program: str, words: list[str]) -> None:
        became.append((program, words))
        raise Gone

    monkeypatch.setattr(os, "execv", execv)
    with pytest.raises(Gone):
        setting_up._become_the_site(8123)
    assert became == [(sys.executable, [sys.executable, "-m", "vungcao.desk.command", "serve", "--port", "8123"])]
