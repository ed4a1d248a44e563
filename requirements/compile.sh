#!/usr/bin/env bash
# Makes the lock files beside this script anew. Needs uv (pip install uv), Python 3.11 and the registry.
#
#   requirements/compile.sh              keeps versions that still fit
#   requirements/compile.sh --upgrade    takes the newest that fit
#
# runtime.lock: what briefgen needs to run.
# local.lock:   the same and the embedded model (extra "local").
# dev.lock:     the same, the extras "local" and "parquet", and the tools of the group "dev".
#
# Universal, so that one file serves every platform from Python 3.11 on; with hashes, so that nothing else can be
# installed; without host names, because which index is asked is the user's business. Extras stay in the names:
# of "coverage" alone an older pip takes the newest "coverage[toml]" of the day, and stops at its hash.
set -euo pipefail
cd "$(dirname "$0")/.."
options=(--universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links
    --no-annotate --no-header --no-strip-extras --quiet)
# Links of the machine at hand (a folder of wheels) would end in other hashes than the registry's.
unset PIP_FIND_LINKS UV_FIND_LINKS

compile() { # compile FILE [arguments of uv]
    local file=requirements/$1
    shift
    local body
    body=$(mktemp)
    [ ! -f "$file" ] || cp "$file" "$body"
    uv pip compile pyproject.toml "${options[@]}" "$@" --output-file "$body" >/dev/null
    {
        echo "# Made by requirements/compile.sh: uv pip compile pyproject.toml ${options[*]} $*"
        echo "# Install: pip install --require-hashes -r $file"
        # As lxml spells it: pip 23 takes another spelling for another extra.
        sed 's/\[html-clean\]/[html_clean]/' "$body"
    } >"$file.new"
    rm "$body"
    if grep -nE '://|--(extra-)?index-url|--find-links' "$file.new"; then
        echo "$file.new names a host" >&2
        exit 1
    fi
    mv "$file.new" "$file"
}

compile runtime.lock "$@"
compile local.lock --extra local --constraint requirements/runtime.lock "$@"
# The tools agree with what is run: the same versions of what both need.
compile dev.lock --extra local --extra parquet --group dev --constraint requirements/runtime.lock "$@"
