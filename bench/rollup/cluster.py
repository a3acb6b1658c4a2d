"""A Spark cluster of a master and two workers with a core each, on loopback only, ended by their own ids."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
HOST: Final = "127.0.0.1"
PYTHON: Final = ROOT / ".venv-spark" / "bin" / "python"
START_SECONDS: Final = 120
CLASSES: Final = "org.apache.spark.deploy"
NEEDS: Final = "needs Java and Spark: sh scripts/system_needs.sh spark && sh scripts/spark_environment.sh"


def is_there() -> bool:
    """Has this machine what a cluster needs?"""
    return PYTHON.is_file() and shutil.which("java") is not None


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
    """Until a program has said something; ``RuntimeError`` with its last words where it never does."""
    until = time.monotonic() + START_SECONDS
    while words not in log.read_text(errors="replace"):
        if running.poll() is not None or time.monotonic() > until:
            raise RuntimeError(log.read_text(errors="replace")[-2000:])
        time.sleep(0.2)


@contextmanager
def cluster(folder: Path, memory: str = "1g") -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a cluster, and the environment to speak to it from; logs and scratch lie in ``folder``."""
    home = subprocess.check_output([PYTHON, "-c", "import pyspark; print(pyspark.__path__[0])"], text=True).strip()
    env = {
        **os.environ,
        "SPARK_HOME": home,
        "SPARK_LOCAL_IP": HOST,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_WORKER_DIR": f"{folder}/work",
        "SPARK_LOCAL_DIRS": f"{folder}/local",
        "PYSPARK_PYTHON": f"{PYTHON}",
        "PYTHONPATH": f"{ROOT}",
        "VUNGCAO_HOME": f"{folder}/home",
    }
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    begin = [f"{home}/bin/spark-class"]
    where = ["--host", HOST, "--webui-port", "0"]
    with ExitStack() as there:
        log = folder / "master.log"
        command = [*begin, f"{CLASSES}.master.Master", *where, "--port", f"{port}"]
        wait_for("I have been elected leader", log, there.enter_context(process(command, env, log)))
        for n in (1, 2):
            log = folder / f"worker-{n}.log"
            more = ["--cores", "1", "--memory", memory, f"spark://{HOST}:{port}"]
            command = [*begin, f"{CLASSES}.worker.Worker", *where, *more]
            wait_for("Successfully registered with master", log, there.enter_context(process(command, env, log)))
        yield f"spark://{HOST}:{port}", env


def executors(folder: Path) -> int:
    """How many workers were set to work."""
    return sum("Asked to launch executor" in file.read_text(errors="replace") for file in folder.glob("worker-*.log"))
