#!/bin/sh
# Makes the virtual environment from hash-locked lists, installs the system packages DESIGN section 7 names and
# fetches the fonts. Idempotent: a stamp per list holds the list's checksum; where a run was cut off, the next one
# makes the environment again. One run at a time. Never uses sudo by itself.
# Usage: setup.sh VENV PYTHON LIST...     (LIST: run gui test; full adds system packages only)
set -eu
venv=$1; python=$2; shift 2
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"
fonts=$venv/share/tenderbox/fonts
unfinished=$venv/.unfinished

command -v "$python" >/dev/null 2>&1 || python=python3
"$python" -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))' 2>/dev/null || {
    echo "setup: Python 3.11 or newer is needed. On Debian 12: apt-get install python3 python3-venv" >&2; exit 2; }

have() { # PACKAGE: whether what the system package brings is there
    case $1 in
        python3-venv) [ -x "$venv/bin/python" ] || "$python" -c 'import ensurepip' 2>/dev/null ;;
        npm) "$python" tools/fetch_fonts.py --check "$fonts" || npm --version >/dev/null 2>&1 ;;
        openssl|gcc|curl) command -v "$1" >/dev/null 2>&1 ;;
        *) ! command -v dpkg-query >/dev/null 2>&1 ||
            dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed' ;;
    esac
}

missing_of() { # LIST...: the system packages that are not there, each with a space before it
    wanted="python3-venv npm"
    for list in "$@"; do
        [ "$list" = test ] && wanted="$wanted openssl gcc libc6-dev curl softhsm2 libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0"
        [ "$list" = full ] && wanted="$wanted xvfb xauth xdotool openbox chromium poppler-utils libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1"
    done
    for package in $wanted; do
        have "$package" || printf ' %s' "$package"
    done
}

stamped() { # NAME FILE SUFFIX: whether the stamp says that FILE, as it is now, is installed
    [ -f "$venv/.$1.stamp" ] && [ "$(cat "$venv/.$1.stamp")" = "$(cksum < "$2")$3" ]
}

whole() { # whether the environment was made here and no run on it was cut off
    [ -x "$venv/bin/python" ] && [ ! -e "$unfinished" ] && [ -f "$venv/.self.stamp" ] || return 1
    case $(cat "$venv/.self.stamp") in *"$here") ;; *) return 1 ;; esac
}

installed() { # LIST...
    whole && stamped self pyproject.toml "$here" || return 1
    for list in "$@"; do
        [ "$list" = full ] && continue
        stamped "$list" "requirements/$list.lock" "" || return 1
    done
}

install() { # WHAT ARGUMENT...: runs pip
    what=$1; shift
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps "$@" || {
        echo "setup: pip could not install $what; its reason stands above. Run the same command again." >&2; exit 2; }
}

missing=$(missing_of "$@")
if [ -n "$missing" ] && { [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; }; then
    echo "setup: these system packages are missing. As root run:" >&2
    echo "    apt-get update && apt-get install -y --no-install-recommends$missing" >&2
    exit 2
fi
if [ -z "$missing" ] && installed "$@" && "$python" tools/fetch_fonts.py --check "$fonts"; then
    exit 0
fi

mkdir -p "$venv"
if command -v flock >/dev/null 2>&1; then
    exec 9> "$venv/.lock"
    flock -n 9 || { echo "setup: waiting for another set-up to end"; flock 9; }
fi

missing=$(missing_of "$@")
if [ -n "$missing" ]; then
    echo "setup: installing system packages:$missing"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 # the names are words
    { dpkg --configure -a; apt-get update; apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $missing
    } > "$venv/apt.log" 2>&1 < /dev/null 9>&- || {
        tail -n 12 "$venv/apt.log" >&2
        echo "setup: apt-get could not install them; its last lines stand above, all of them in $venv/apt.log" >&2
        exit 2; }
fi

if ! installed "$@"; then
    if ! whole; then
        if [ -e "$venv/bin" ]; then
            echo "setup: $venv is unfinished or comes from elsewhere; making it again"
            ( cd "$venv" && rm -rf bin include lib lib64 .*.stamp )
        else
            echo "setup: creating $venv"
        fi
        : > "$unfinished"
        "$python" -m venv "$venv"
    fi
    : > "$unfinished"
    for list in "$@"; do
        [ "$list" = full ] && continue
        stamped "$list" "requirements/$list.lock" "" && continue
        echo "setup: installing requirements/$list.lock"
        install "requirements/$list.lock" --require-hashes -r "requirements/$list.lock"
        cksum < "requirements/$list.lock" > "$venv/.$list.stamp"
    done
    if ! stamped self pyproject.toml "$here"; then
        install tenderbox --no-build-isolation --editable .
        echo "$(cksum < pyproject.toml)$here" > "$venv/.self.stamp"
    fi
    rm "$unfinished"
fi
"$venv/bin/python" tools/fetch_fonts.py "$fonts"
