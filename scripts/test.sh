#!/bin/sh
# test.sh BIN [slow]: lint, the tests on SQLite, those that touch the database again on PostgreSQL, one summary.
# Every part runs even where an earlier one fails. Results stay in build/ (JUnit XML).
set -u
bin=$1
kind=${2:-plain}
mkdir -p build
rm -f build/tests-"$kind"-*.xml
failed=0
tests() {
    database=$1
    shift
    "$@" "$bin/python" -m pytest -n 2 --nothing-missing --durations=5 --junitxml="build/tests-$kind-$database.xml" \
        $only -m "$marks"
    code=$?
    [ $code = 5 ] && [ "$kind" = slow ] && code=0 # no slow test touches that
    [ $code = 0 ] || failed=1
}

if [ "$kind" = slow ]; then
    echo "══ slow tests"
    only="" marks="slow" tests sqlite env
else
    sh scripts/check.sh "$bin" || failed=1
    echo "══ tests on SQLite"
    only="" marks="not slow" tests sqlite env
    echo "══ tests that touch the database, on PostgreSQL"
    only="--only-database" marks="not slow and not browser and not office" \
        tests postgresql "$bin/python" scripts/with_postgres.py --
fi

"$bin/python" scripts/test_summary.py build/tests-"$kind"-*.xml || failed=1
exit $failed
