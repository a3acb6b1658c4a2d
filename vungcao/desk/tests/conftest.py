"""Commands under test: run as an officer types them, their words wide enough for one line each."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from vungcao.desk import command
from vungcao.desk.commands import printing
from vungcao.evidence import chain

Said = Callable[..., tuple[int, Any]]


@pytest.fixture
def commanding(monkeypatch, capsys) -> Callable[..., Said]:
    """``commanding(module, …, before=("dossier",))`` → ``said(*words)`` → (exit code, what was printed).

    Modules are those that print; the chain of the audit has tests of its own: here every test is one transaction.
    """

    def of(*modules: ModuleType, before: tuple[str, ...] = ()) -> Said:
        monkeypatch.setattr(chain, "extend", lambda: 0)

        def run(*words: str) -> tuple[int, Any]:
            console = printing.Console(width=240, highlight=False)
            for module in (*modules, printing):
                monkeypatch.setattr(module, "console", console)
            code = command.main([*before, *words])
            return code, capsys.readouterr()

        return run

    return of
