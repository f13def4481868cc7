#!/bin/sh
# Writes requirements/*.lock from the .in files: versions and hashes only, never the address of a registry.
set -eu
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3.11 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install -q pip-tools
cd "$(dirname "$0")/../requirements"
for list in run gui build test; do
    "$scratch/venv/bin/pip-compile" -q --generate-hashes --allow-unsafe --strip-extras --no-header \
        --no-emit-find-links --no-emit-options -o "$scratch/$list.lock" "$list.in"
    grep -v '^--' "$scratch/$list.lock" > "$list.lock"
done
