#!/bin/sh
# check.sh BIN: every lint, each one run even where an earlier one complains; exits 1 if any did.
set -u
bin=$1
failed=""
step() {
    name=$1
    shift
    echo "── $name"
    "$@" || failed="$failed $name"
}

step ruff "$bin/ruff" check .
step format "$bin/ruff" format --check .
step import-contracts "$bin/lint-imports"
step mypy "$bin/mypy"

[ -z "$failed" ] || { echo "Lint complains:$failed (make fix mends what can be mended)" >&2; exit 1; }
