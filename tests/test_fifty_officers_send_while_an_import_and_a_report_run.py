"""Fifty officers send forms at once while a long list comes in and a report is made: not one form is lost."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.slow
@pytest.mark.django_db  # so that it runs on both databases
def test_not_one_is_lost() -> None:
    command = [
        sys.executable,
        "-m",
        "bench.web",
        "submissions",
        "--clients",
        "50",
        "--sent",
        "4",
        "--imported",
        "20000",
    ]
    env = {name: value for name, value in os.environ.items() if name not in ("VUNGCAO_HOME", "DJANGO_SETTINGS_MODULE")}
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=1500, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    lines = re.findall(r"^(our register.*?)\s{2,}(\d+)\s+(\d+)\s", ended.stdout, re.MULTILINE)
    assert len(lines) == 2, ended.stdout
    for name, sent, failed in lines:
        assert int(sent) >= 200 and int(failed) == 0, f"{name}\n{ended.stdout}"
    assert int(re.findall(r"beside: (\d+) imports", ended.stdout)[0]) >= 1
