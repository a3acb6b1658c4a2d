#!/bin/sh
# Installs the programs that the tests look through: Chromium (pages), LibreOffice and poppler (Word -> PDF -> picture)
# and a Liberation Serif with every Vietnamese letter (version 1 lacks 93). `make run` needs none of them.
# system_needs.sh spark: Java 17 or newer as well, on which the slow tests start a Spark cluster.
# As root, or with sudo that asks no password, it installs; otherwise it says what to install and exits 1.
set -eu

has() { command -v "$1" >/dev/null 2>&1; }
missing=""
need() { missing="$missing $1"; }

has chromium || has chromium-browser || has google-chrome || need chromium
office=/nowhere
if has soffice; then office=$(dirname "$(readlink -f "$(command -v soffice)")"); fi
[ -e "$office/libswlo.so" ] || need libreoffice-writer-nogui
[ -e "$office/libsclo.so" ] || need libreoffice-calc-nogui
has pdftoppm || need poppler-utils
# U+1EA8 is the letter of "Ẩm". Newer releases carry version 2 under the plain name.
if ! has fc-list || [ -z "$(fc-list 'Liberation Serif:charset=1ea8' file)" ]; then need fonts-liberation2; fi

if [ "${1:-}" = spark ]; then
    version=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
    [ "${version:-0}" -ge 17 ] || need openjdk-17-jre-headless
fi

[ -n "$missing" ] || exit 0

as_root=none
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif has sudo && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
fi
if [ "$as_root" = none ] || ! has apt-get; then
    cat >&2 <<SAY
The tests need these Debian/Ubuntu packages, which are not installed:
   $missing
Install them, then try again:
    sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing
(\`make run\` and \`make check\` need none of them. Where fonts-liberation2 is unknown, fonts-liberation is version 2;
where openjdk-17-jre-headless is, default-jre-headless is newer.)
SAY
    exit 1
fi

echo "Installing for the tests:$missing"
# shellcheck disable=SC2086  # as_root and missing are lists of words
{
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=3 update
    apt-cache show fonts-liberation2 >/dev/null 2>&1 || missing=$(echo "$missing" | sed 's/fonts-liberation2/fonts-liberation/')
    apt-cache show openjdk-17-jre-headless >/dev/null 2>&1 ||
        missing=$(echo "$missing" | sed 's/openjdk-17-jre-headless/default-jre-headless/')
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=3 install --no-install-recommends $missing
}
