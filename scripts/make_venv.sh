#!/bin/sh
# make_venv.sh PYTHON FOLDER: a virtual environment, or a sentence that says what is missing.
set -eu
python=$1
venv=$2

say() {
    echo "$1" >&2
    exit 1
}

command -v "$python" >/dev/null 2>&1 || say "There is no $python. Install python3 (3.11 or newer), or name one: make PYTHON=python3.12"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    say "$("$python" --version) is too old: Vùng Cao needs Python 3.11 or newer. Name one: make PYTHON=python3.12"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    say "Python's venv module is missing. On Debian/Ubuntu: sudo apt-get install -y python3-venv"
"$python" -m venv "$venv"
