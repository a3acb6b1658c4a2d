"""The six questions on a Spark cluster and on DuckDB, by the same expressions over the same files; equal or it fails.

python -m bench.rollup.on_spark spark://127.0.0.1:PORT [ENTRIES]     in the environment of requirements/spark.txt
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import ibis
import pyarrow as pa
from pyspark.sql import SparkSession

from bench.rollup import making
from bench.rollup.cube import OWN, Cube
from vungcao.cube.sealed import runner
from vungcao.cube.sealed.rolling import ROLLS
from vungcao.cube.sealed.runner import MARKS
from vungcao.cube.sealed.tables import number_of

ROWS: Final = 100_000
DAY: Final = date(2024, 3, 17)  # in the middle of a month: whole months and the days since
QUESTIONS: Final = ("q1", "q2", "q3", "q4", "q5", "q6")
TABLES: Final = ("given", "lives", *(f"{kind}_{roll}" for kind in ("flows", "cells", "cell_of") for roll in ROLLS))


class OnSpark:
    """What ``bench.rollup.cube.Engine`` does, through Ibis' Spark backend: tables are views of Parquet files."""

    def __init__(self, session: SparkSession, folder: Path) -> None:
        self.backend, self.session = ibis.pyspark.connect(session), session
        for name in TABLES:
            session.read.parquet(f"file://{folder}/{name}.parquet").createOrReplaceTempView(name)

    def _asked(self, values: dict[str, int], shape: tuple[Any, ...]) -> Any:
        own = OWN.get(shape[0])
        text = str(ibis.to_sql(own(), dialect="pyspark")) if own else runner.text_of("pyspark", *shape)
        for name, value in values.items():
            text = text.replace(f"{MARKS[name]}", f"{value}")
        return self.backend.raw_sql(text)

    def ask(self, values: dict[str, int], *shape: Any) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._asked(values, shape).collect()]

    def keep(self, name: str, values: dict[str, int], *shape: Any) -> None:
        self._asked(values, shape).cache().createOrReplaceTempView(name)

    def name(self, name: str, table: str) -> None:
        self.session.table(table).createOrReplaceTempView(name)

    def offer(self, name: str, table: pa.Table) -> None:
        self.session.createDataFrame(table).createOrReplaceTempView(name)

    def columns(self, columns: list[str]) -> pa.Table:
        return self.session.table("atoms").select(*columns).toArrow()


def main() -> None:
    master, rows = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else ROWS
    world = replace(making.PROVINCE, rows=rows)
    with tempfile.TemporaryDirectory(prefix="vungcao-spark-") as made:
        folder = Path(made)
        here = Cube.of(world, making.files(world, rows, folder))
        for name in TABLES:
            here.engine.run(f"COPY {name} TO '{folder}/{name}.parquet' (FORMAT parquet)")
        session = _session(master)
        try:
            print(f"{rows:,} entries; {session.sparkContext.master}, Spark {session.version}")
            _compare(here, Cube(world, OnSpark(session, folder)))
        finally:
            session.stop()


def _session(master: str) -> SparkSession:
    """A driver on loopback; the workers are other processes."""
    made = SparkSession.builder.master(master).appName("vungcao")
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.executor.memory": "768m",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.ansi.enabled": "true",
        # Small questions: compiling each to byte code costs more than answering it.
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }
    for name, value in settings.items():
        made = made.config(name, value)
    session = made.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _compare(here: Cube, there: Cube) -> None:
    for question in QUESTIONS:
        wanted = getattr(here, question)(number_of(DAY))
        began = time.perf_counter()
        found = getattr(there, question)(number_of(DAY))
        took = time.perf_counter() - began
        if found != wanted or not wanted:
            raise SystemExit(f"{question} {DAY}: {len(found ^ wanted)} rows differ")
        print(f"{question} {DAY}: {len(found):,} rows equal ({took:.1f} s on Spark)", flush=True)


if __name__ == "__main__":
    main()
