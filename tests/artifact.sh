#!/usr/bin/env bash
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the artifact for Galaxy, installs it in an empty place and reads every module's documentation from there:
# whoever installs it gets a collection that needs nothing of this repository.
#
# usage: tests/artifact.sh [--import]      --import: Galaxy's own importer judges the artifact, too
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
work=$root/.cache/artifact
rm -rf "$work"
mkdir -p "$work/tree" "$work/installed"

# What git knows or would know: nothing of this machine gets into the artifact.
git ls-files -z --cached --others --exclude-standard |
    while IFS= read -r -d '' path; do [ ! -e "$path" ] || printf '%s\0' "$path"; done |
    tar --null -T - -cf - | tar -C "$work/tree" -xf -
ansible-galaxy collection build --output-path "$work" "$work/tree"
artifact=$(ls "$work"/useries-appliance-*.tar.gz)
tar -tzf "$artifact" | sort > "$work/content.txt"
if grep -E '^(simulator|tests|tools|benchmarks|\.venvs?|collections)/' "$work/content.txt"; then
    echo "artifact: these files do not belong into it" >&2
    exit 1
fi

touch "$work/ansible.cfg"
export ANSIBLE_COLLECTIONS_PATH=$work/installed ANSIBLE_CONFIG=$work/ansible.cfg
unset PYTHONPATH
ansible-galaxy collection install --offline --no-deps -p "$work/installed" "$artifact"
cd "$work"
mapfile -t modules < <(sed -n -E 's|^plugins/modules/(.+)\.py$|useries.appliance.\1|p' content.txt)
if [ "${#modules[@]}" -gt 0 ]; then
    ansible-doc --type module --json "${modules[@]}" > documentation.json
fi
echo "artifact: $(basename "$artifact"), $(wc -l < content.txt) files, ${#modules[@]} modules"

[ "${1:-}" = "--import" ] || exit 0
# The importer wants old versions of libraries, so it lives in an environment of its own, and it passes silently over what it
# does not find on PATH; so its lines are read.
venv=$root/.venvs/galaxy-importer
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
[ -f "$venv/.ready" ] || "$venv/bin/python" -m pip install --quiet --disable-pip-version-check galaxy-importer \
    "ansible-core==2.19.*" ansible-lint
touch "$venv/.ready"
unset ANSIBLE_COLLECTIONS_PATH
PATH=$venv/bin:$PATH "$venv/bin/python" -m galaxy_importer.main "$artifact" 2>&1 | tee importer.txt
if grep -E 'ERROR|WARNING|not found' importer.txt; then
    echo "artifact: the importer has objections" >&2
    exit 1
fi
for ran in "Getting doc strings via ansible-doc" "Linting collection via ansible-lint"; do
    if ! grep -q "$ran" importer.txt; then
        echo "artifact: the importer did not say '$ran', so it left that out" >&2
        exit 1
    fi
done
