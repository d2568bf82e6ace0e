#!/usr/bin/env bash
# Writes the two lock files anew from pyproject.toml: what the program needs, and that plus what its developers need.
set -eu
cd "$(dirname "$0")/.."
options=(--universal --generate-hashes --no-header --no-annotate --quiet --python-version 3.11 "$@")
uv pip compile "${options[@]}" --extra gui pyproject.toml --output-file requirements.lock
uv pip compile "${options[@]}" --all-extras --constraints requirements.lock pyproject.toml --output-file requirements-dev.lock
