#!/bin/sh
# test.sh BIN [slow]: lint, the tests on SQLite, those that touch the database again on PostgreSQL, one summary. Of the
# tests of pages and commands PostgreSQL is asked by the slow run (conftest.py, LATER), but for those of locks and SQL.
# Every part runs even where an earlier one fails. Results stay in build/ (JUnit XML).
set -u
bin=$1
kind=${2:-plain}
mkdir -p build
rm -f build/tests-"$kind"-*.xml
failed=0
spread="-n 2 --dist loadscope"

# run_tests DATABASE MARKS NAME [option of pytest] — on PostgreSQL beside a private server. Tests of one class or module
# stay on one worker, so what they load is loaded once.
run_tests() {
    database=$1
    marks=$2
    name=$3
    shift 3
    echo "══ $kind tests, $name"
    set -- "$bin/python" -m pytest --nothing-missing --durations=5 \
        --junitxml="build/tests-$kind-$name.xml" -m "$marks" "$@"
    [ "$database" = postgresql ] && set -- "$bin/python" scripts/with_postgres.py -- "$@"
    "$@"
    code=$?
    [ "$kind" = slow ] && [ $code = 5 ] && code=0 # no test is marked slow
    [ $code = 0 ] || failed=1
}

lint="not run"
if [ "$kind" = plain ]; then
    if sh scripts/check.sh "$bin"; then lint="clean"; else lint="complains, see above" failed=1; fi
    # The browser's driver keeps an event loop, in which Django opens connections of its own: processes for themselves.
    run_tests sqlite "browser and not slow" browser -n 2 --dist load
    run_tests sqlite "not slow and not browser" sqlite $spread
    run_tests postgresql "not slow and not browser and not office" postgresql --only-database=soon $spread
else
    run_tests sqlite "slow" sqlite $spread
    run_tests postgresql "slow and not browser and not office" postgresql --only-database=all $spread
    run_tests postgresql "not slow and not browser and not office" postgresql-pages --only-database=later $spread
fi

echo "══ summary"
echo "lint: $lint"
"$bin/python" scripts/test_summary.py build/tests-"$kind"-*.xml || failed=1
exit $failed
