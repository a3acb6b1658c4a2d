"""The cube's expressions run unchanged on a Spark cluster: a master and two workers of their own, on loopback only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from bench.rollup.cluster import NEEDS, PYTHON, cluster, executors, is_there, process

ASK_SECONDS: Final = 420  # one minute where the machine has nothing else to do


@pytest.fixture
def master(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a cluster with two workers, and the environment to speak to it from."""
    if not is_there():
        stop = pytest.fail if request.config.getoption("--nothing-missing") else pytest.skip
        stop(NEEDS)
    with cluster(tmp_path) as there:
        yield there


@pytest.mark.slow
def test_six_roll_ups_on_a_cluster_are_equal_to_those_of_one_process(master, tmp_path):
    address, env = master
    log = tmp_path / "asked.log"
    with process([f"{PYTHON}", "-W", "ignore", "-m", "bench.rollup.on_spark", address], env, log) as asked:
        asked.wait(ASK_SECONDS)
    said = log.read_text(errors="replace")
    assert asked.returncode == 0, said[-3000:]
    equal = re.findall(r"^(q\d) .*: ([\d,]+) rows equal", said, re.MULTILINE)
    assert [question for question, _ in equal] == ["q1", "q2", "q3", "q4", "q5", "q6"], said
    assert address in said
    assert executors(tmp_path) == 2, "both workers worked"
