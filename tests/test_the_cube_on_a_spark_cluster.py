"""The cube's expressions run unchanged on a Spark cluster: a master and two workers of their own, on loopback only."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.house import ROOT

HOST: Final = "127.0.0.1"
PYTHON: Final = ROOT / ".venv-spark" / "bin" / "python"
START_SECONDS: Final = 60
ASK_SECONDS: Final = 420  # one minute where the machine has nothing else to do
CLASSES: Final = "org.apache.spark.deploy"


@contextmanager
def process(command: list[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is surely ended afterwards, by its own id."""
    with log.open("wb") as said:
        running = subprocess.Popen(command, env=env, stdout=said, stderr=subprocess.STDOUT)
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(15)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait(15)


def wait_for(words: str, log: Path, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while words not in log.read_text(errors="replace"):
        assert running.poll() is None and time.monotonic() < until, log.read_text(errors="replace")[-2000:]
        time.sleep(0.2)


@pytest.fixture
def master(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a cluster with two workers, and the environment to speak to it from."""
    if not PYTHON.is_file() or shutil.which("java") is None:
        stop = pytest.fail if request.config.getoption("--nothing-missing") else pytest.skip
        stop("needs Java and Spark: sh scripts/system_needs.sh spark && sh scripts/spark_environment.sh")
    home = subprocess.check_output([PYTHON, "-c", "import pyspark; print(pyspark.__path__[0])"], text=True).strip()
    env = {
        **os.environ,
        "SPARK_HOME": home,
        "SPARK_LOCAL_IP": HOST,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_WORKER_DIR": f"{tmp_path}/work",
        "SPARK_LOCAL_DIRS": f"{tmp_path}/local",
        "PYSPARK_PYTHON": f"{PYTHON}",
        "PYTHONPATH": f"{ROOT}",
        "VUNGCAO_HOME": f"{tmp_path}/home",
    }
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    begin = [f"{home}/bin/spark-class"]
    where = ["--host", HOST, "--webui-port", "0"]
    with ExitStack() as cluster:
        log = tmp_path / "master.log"
        command = [*begin, f"{CLASSES}.master.Master", *where, "--port", f"{port}"]
        wait_for("I have been elected leader", log, cluster.enter_context(process(command, env, log)))
        for n in (1, 2):
            log = tmp_path / f"worker-{n}.log"
            more = ["--cores", "1", "--memory", "1g", f"spark://{HOST}:{port}"]
            command = [*begin, f"{CLASSES}.worker.Worker", *where, *more]
            wait_for("Successfully registered with master", log, cluster.enter_context(process(command, env, log)))
        yield f"spark://{HOST}:{port}", env


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
    workers = "".join(file.read_text(errors="replace") for file in tmp_path.glob("worker-*.log"))
    assert workers.count("Asked to launch executor") >= 2, "both workers worked"
