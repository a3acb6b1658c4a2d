#!/bin/sh
# test.sh BIN [slow]: lint, the tests on SQLite, those that touch the database again on PostgreSQL, one summary.
# Every part runs even where an earlier one fails. Results stay in build/ (JUnit XML).
set -u
bin=$1
kind=${2:-plain}
mkdir -p build
rm -f build/tests-"$kind"-*.xml
failed=0

# run_tests DATABASE MARKS [option of pytest] — on PostgreSQL beside a private server.
run_tests() {
    database=$1
    marks=$2
    shift 2
    echo "══ $kind tests on $database"
    set -- "$bin/python" -m pytest -n 2 --dist loadscope --nothing-missing --durations=5 \
        --junitxml="build/tests-$kind-$database.xml" -m "$marks" "$@"
    [ "$database" = postgresql ] && set -- "$bin/python" scripts/with_postgres.py -- "$@"
    "$@"
    code=$?
    [ "$kind" = slow ] && [ $code = 5 ] && code=0 # no test is marked slow
    [ $code = 0 ] || failed=1
}

lint="not run"
if [ "$kind" = plain ]; then
    if sh scripts/check.sh "$bin"; then lint="clean"; else lint="complains, see above" failed=1; fi
    run_tests sqlite "not slow"
    run_tests postgresql "not slow and not browser and not office" --only-database
else
    run_tests sqlite "slow"
    run_tests postgresql "slow and not browser and not office" --only-database
fi

echo "══ summary"
echo "lint: $lint"
"$bin/python" scripts/test_summary.py build/tests-"$kind"-sqlite.xml build/tests-"$kind"-postgresql.xml || failed=1
exit $failed
