"""In a folder where nothing was set up, every command that needs the books says so and makes no database file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

NOT_SET_UP = "Chưa có cơ sở dữ liệu ở đây: chạy `vungcao setup` trước.\n"
ASK = [
    ["figures", "disbursement", "--programme", "135", "--on", "2021-11-15", "--json"],
    ["figures", "--list"],
    ["trace", "disbursement:on=2021-11-15"],
    ["authority", "--on", "2024-06-15", "--year", "2024", "--source", "dau_tu:NSTW", "--scope", "ANY"],
    ["closing", "--source", "dau_tu:NSTW", "--year", "2024"],
    ["report", "annual", "--period", "2021"],
    ["import", "."],
    ["check-facts"],
    ["verify-audit", "--json"],
    ["export-book"],
    ["serve"],
    ["worker", "--once"],
]
EACH = """
import json, sys
from vungcao.desk.command import main
print(json.dumps([main(words) for words in json.loads(sys.argv[1])]))
"""


def asked(home: Path, *words: list[str], **env: str) -> subprocess.CompletedProcess[str]:
    """Exit codes of some commands, given one after the other in a home of their own."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("VUNGCAO_")}
    environment = {**plain, "PYTHONPATH": os.pathsep.join(sys.path), "VUNGCAO_HOME": str(home), **env}
    program = [sys.executable, "-c", EACH, json.dumps(words)]
    return subprocess.run(program, cwd=home, env=environment, capture_output=True, text=True, check=True)


def test_a_command_before_setup_says_so_and_makes_no_database(tmp_path):
    done = asked(tmp_path, *ASK)
    assert json.loads(done.stdout) == [2] * len(ASK)
    assert done.stderr == NOT_SET_UP * len(ASK)
    assert not list(tmp_path.glob("*.sqlite3*"))


def test_an_empty_database_file_is_told_the_same(tmp_path):
    (tmp_path / "vungcao.sqlite3").touch()
    done = asked(tmp_path, ASK[0], ["check-facts"])
    assert (json.loads(done.stdout), done.stderr) == ([2, 2], NOT_SET_UP * 2)


@pytest.mark.slow
def test_a_database_of_an_earlier_version_asks_for_setup(tmp_path):
    back = ["migrate", "reports", "zero", "--verbosity", "0"]
    manage = [sys.executable, str(Path(__file__).parents[3] / "manage.py")]
    plain = {key: value for key, value in os.environ.items() if not key.startswith("VUNGCAO_")}
    env = {**plain, "VUNGCAO_HOME": str(tmp_path)}
    for words in (["migrate", "--verbosity", "0"], back):
        subprocess.run([*manage, *words], env=env, check=True, capture_output=True)
    done = asked(tmp_path, ["verify-audit"])
    assert json.loads(done.stdout) == [2]
    assert done.stderr == "Cơ sở dữ liệu ở đây thuộc bản phần mềm trước: chạy `vungcao setup` để nâng lên.\n"


def test_a_server_that_does_not_answer_gets_a_sentence(tmp_path):
    nobody = "postgres://nobody@127.0.0.1:1/nothing"
    done = asked(tmp_path, ["figures", "--list"], VUNGCAO_DATABASE_URL=nobody)
    assert json.loads(done.stdout) == [2]
    assert done.stderr.startswith("Không nối được cơ sở dữ liệu (postgresql): ") and done.stderr.count("\n") == 1
