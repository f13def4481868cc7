#!/bin/sh
# Makes the virtual environment from hash-locked lists, installs the system packages DESIGN section 7 names and
# fetches the fonts. Idempotent: a stamp per list holds the list's checksum. Never uses sudo by itself.
# Usage: setup.sh VENV PYTHON LIST...     (LIST: run gui test)
set -eu
venv=$1; python=$2; shift 2
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"

command -v "$python" >/dev/null 2>&1 || python=python3
"$python" -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))' 2>/dev/null || {
    echo "setup: Python 3.11 or newer is needed. On Debian 12: apt-get install python3 python3-venv" >&2; exit 2; }

wanted="npm"
for list in "$@"; do
    [ "$list" = test ] && wanted="$wanted openssl gcc libc6-dev curl softhsm2 libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0"
done
missing=""
for package in $wanted; do
    case $package in
        npm|openssl|gcc|curl) command -v "$package" >/dev/null 2>&1 && continue ;;
    esac
    if command -v dpkg-query >/dev/null 2>&1; then
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    else
        case $package in npm|openssl|gcc|curl) missing="$missing $package" ;; esac
    fi
done
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "setup: installing system packages:$missing"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >/dev/null
    else
        echo "setup: these system packages are missing. As root run:" >&2
        echo "    apt-get install --no-install-recommends$missing" >&2
        exit 2
    fi
fi

[ -x "$venv/bin/python" ] || { echo "setup: creating $venv"; "$python" -m venv "$venv"; }
for list in "$@"; do
    lock="requirements/$list.lock"
    stamp="$venv/.$list.stamp"
    sum=$(cksum < "$lock")
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ] && continue
    echo "setup: installing requirements/$list.lock"
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r "$lock"
    echo "$sum" > "$stamp"
done

sum=$(cksum < pyproject.toml)
if [ ! -f "$venv/.self.stamp" ] || [ "$(cat "$venv/.self.stamp")" != "$sum$here" ]; then
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
    echo "$sum$here" > "$venv/.self.stamp"
fi
"$venv/bin/python" tools/fetch_fonts.py "$venv/share/tenderbox/fonts"
