#!/bin/sh
# spark_environment.sh [PYTHON]: .venv-spark, where PySpark lives with the pandas it wants; made once for each lock.
set -eu
python=${1:-python3}
venv=.venv-spark
lock=requirements/spark.txt
if [ -f "$venv/.lock" ] && cmp -s "$lock" "$venv/.lock"; then
    exit 0
fi
rm -rf "$venv"
sh scripts/make_venv.sh "$python" "$venv"
"$venv/bin/python" -m pip --disable-pip-version-check --no-input install -q --require-hashes -r "$lock"
cp "$lock" "$venv/.lock"
