"""The six questions on a Spark cluster, on DuckDB by the same expressions over the same files, and by SQL written by
hand over the bare ledger; equal or it fails.

python -m bench.rollup.on_spark spark://127.0.0.1:PORT [province|nation] [ENTRIES]

in the environment of requirements/spark.txt. Entries lie in their files; DuckDB keeps to ``MEMORY``.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import ibis
import pyarrow as pa
from pyspark.sql import SparkSession

from bench.rollup import making
from bench.rollup.cube import OWN, Cube
from bench.rollup.plain import Plain, over_files, rows_of
from vungcao.cube.sealed import shapes
from vungcao.cube.sealed.asking import DIMENSIONS
from vungcao.cube.sealed.rolling import ROLLS
from vungcao.cube.sealed.runner import nodes_in
from vungcao.cube.sealed.shapes import MARKS
from vungcao.cube.sealed.tables import number_of

ROWS: Final = 100_000
SMALL: Final = 1_000_000  # under so many entries, compiling a question to byte code costs more than answering it
MEMORY: Final = "3GB"
DAY: Final = date(2024, 3, 17)  # in the middle of a month: whole months and the days since
QUESTIONS: Final = ("q1", "q2", "q3", "q4", "q5", "q6")
TABLES: Final = ("lives", *(f"{kind}_{roll}" for kind in ("flows", "cells", "cell_of") for roll in ROLLS))


class OnSpark:
    """What ``bench.rollup.cube.Engine`` does, through Ibis' Spark backend: tables are views of Parquet files."""

    def __init__(self, session: SparkSession, folder: Path, given: list[Path]) -> None:
        self.backend, self.session = ibis.pyspark.connect(session), session
        session.read.parquet(*(f"file://{file}" for file in given)).createOrReplaceTempView("given")
        for name in TABLES:
            session.read.parquet(f"file://{folder}/{name}.parquet").createOrReplaceTempView(name)

    def found(self, roll: str, values: dict[str, int], is_open: bool) -> Atoms:
        return Atoms(self, self.asked(shapes.text_of("pyspark", "rolled", roll, is_open), values))

    def ask(self, own: str, values: dict[str, int]) -> pa.Table:
        return self.asked(str(ibis.to_sql(OWN[own](), dialect="pyspark")), values).toArrow()

    def offer(self, name: str, table: pa.Table) -> None:
        self.session.createDataFrame(table).createOrReplaceTempView(name)

    def asked(self, text: str, values: dict[str, int]) -> Any:
        for name, value in values.items():
            text = text.replace(f"{MARKS[name]}", f"{value}")
        return self.backend.raw_sql(text)


class Atoms:
    """What was found on a day, judged and summed on the cluster by the texts that DuckDB answers too."""

    def __init__(self, engine: OnSpark, found: Any) -> None:
        self.engine, self.atoms, self.width = engine, found.cache(), 0
        columns = list(dict.fromkeys(column for some in DIMENSIONS.values() for column in some))
        there = self.atoms.select(*columns).toArrow()
        self.met = {name: nodes_in(there, some) for name, some in DIMENSIONS.items()}

    def judge(self, tables: dict[str, pa.Table], by: tuple[str, ...], telling: Sequence[str]) -> None:
        self.atoms.createOrReplaceTempView("atoms")
        for name in telling:
            self.engine.offer(f"nodes_{name}", tables[name])
        judged = self.engine.asked(shapes.text_of("pyspark", "judged", by, tuple(telling)), {})
        judged.createOrReplaceTempView("judged")
        self.width = len(by)

    def sums_of(self) -> list[tuple[Any, ...]]:
        text = shapes.text_of("pyspark", "asked", "sums_of", self.width, False)
        return [tuple(row) for row in self.engine.asked(text, {}).collect()]


def main() -> None:
    asked = argparse.ArgumentParser(prog="bench.rollup.on_spark")
    asked.add_argument("master")
    asked.add_argument("world", nargs="?", choices=["province", "nation"], default="province")
    asked.add_argument("rows", nargs="?", type=int, default=ROWS)
    args = asked.parse_args()
    world = replace(making.NATION if args.world == "nation" else making.PROVINCE, rows=args.rows)
    with tempfile.TemporaryDirectory(prefix="vungcao-spark-") as made:
        folder = Path(made)
        began = time.perf_counter()
        files = making.files(world, world.rows, folder)
        here = Cube.of(world, files, memory=MEMORY, scratch=folder / "scratch")
        for name in TABLES:
            here.engine.run(f"COPY {name} TO '{folder}/{name}.parquet' (FORMAT parquet)")
        size = sum(file.stat().st_size for file in folder.glob("*.parquet")) / 1e6
        print(f"{world.name}: {size:,.0f} MB of Parquet made in {time.perf_counter() - began:.0f} s", flush=True)
        session = _session(args.master, world.rows)
        try:
            print(f"{world.rows:,} entries; {session.sparkContext.master}, Spark {session.version}", flush=True)
            _compare(here, over_files(world, files, MEMORY), Cube(world, OnSpark(session, folder, files)))
        finally:
            session.stop()
    print(f"most memory of the asking process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def _session(master: str, rows: int) -> SparkSession:
    """A driver on loopback; the workers are other processes."""
    made = SparkSession.builder.master(master).appName("vungcao")
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.executor.memory": "768m" if rows < SMALL else "1500m",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.ansi.enabled": "true",
    }
    if rows < SMALL:
        settings |= {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}
    for name, value in settings.items():
        made = made.config(name, value)
    session = made.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _compare(here: Cube, by_hand: Plain, there: Cube) -> None:
    """Every question to the three; the machine's load beside the seconds."""
    whole = 0.0
    for question in QUESTIONS:
        took, answers = [], []
        for one in (there, here, by_hand):
            began = time.perf_counter()
            answers.append(getattr(one, question)(number_of(DAY)))
            took.append(time.perf_counter() - began)
        found, *others = (rows_of(answer) for answer in answers)
        for name, wanted in zip(("cube", "ledger"), others, strict=True):
            if found != wanted or not wanted:
                raise SystemExit(f"{question} {DAY}: {len(found ^ wanted)} rows differ from those of the {name}")
        whole += took[0]
        seconds = f"{took[0]:.1f} s on Spark, {took[1]:.2f} s on DuckDB, {took[2]:.2f} s by hand over the files"
        print(f"{question} {DAY}: {len(found):,} rows equal ({seconds}; load {os.getloadavg()[0]:.1f})", flush=True)
    print(f"equal: six of six, {whole:.0f} s on Spark", flush=True)


if __name__ == "__main__":
    main()
