#!/usr/bin/env bash
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What tests/release needs:
#   .cache/release/tree/dist   what "make release" builds, in a repository of its own whose one commit is the working tree
#   .venvs/ee                  ansible-builder and ansible-navigator
#   .venvs/ee-run              what an execution environment of ee/ holds, in an environment that was empty: ansible-core and
#                              ansible-runner as the definition names them, and the requirements that ansible-builder finds in
#                              the installed tarball; the collection itself in share/ansible, and nothing else of this repository
#   .venvs/ee-simulator        the simulator's wheel and what it asks for
#
# usage: tests/release/environment.sh      Idempotent: environments that were built from the same are left alone.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
python=${PYTHON:-python3}
venvs=$root/.venvs
work=$root/.cache/release
pip() { "$venvs/ee/bin/python" -m pip --python "$1/bin/python" install --quiet --disable-pip-version-check "${@:2}"; }

release() {
    rm -rf "$work"
    mkdir -p "$work/tree" "$work/home"
    touch "$work/home/ansible.cfg"
    git ls-files -z --cached --others --exclude-standard |
        while IFS= read -r -d '' path; do [ ! -e "$path" ] || printf '%s\0' "$path"; done |
        tar --null -T - -cf - | tar -C "$work/tree" -xf -
    git -C "$work/tree" init --quiet
    git -C "$work/tree" add --all
    git -C "$work/tree" -c user.name=Test -c user.email=test@example.com commit --quiet --message "The working tree"
    VENVS=$venvs "$work/tree/tools/release.sh"
}

tools() {
    cmp -s tests/release/requirements.txt "$venvs/ee/.built-from" && return
    [ -x "$venvs/ee/bin/python" ] || "$python" -m venv "$venvs/ee"
    "$venvs/ee/bin/python" -m pip install --quiet --disable-pip-version-check -r tests/release/requirements.txt
    cp tests/release/requirements.txt "$venvs/ee/.built-from"
}

# Ansible without the settings and collections of this checkout.
elsewhere() { (cd "$work/home" && env -u PYTHONPATH ANSIBLE_CONFIG="$work/home/ansible.cfg" HOME="$work/home" ANSIBLE_COLLECTIONS_PATH="$collections" "$@"); }

execution_environment() {
    local wanted=$work/wanted.txt collections=$work/collections
    elsewhere "$venvs/ee/bin/ansible-galaxy" collection install --offline -p "$collections" "$work"/tree/dist/*.tar.gz > /dev/null
    elsewhere "$venvs/ee/bin/ansible-builder" introspect "$collections" --write-pip "$work/pip.txt" --write-bindep "$work/bindep.txt"
    { sed -n -E 's/^ +package_pip: //p' ee/execution-environment.yml && cat "$work/pip.txt"; } > "$wanted"
    if ! cmp -s "$wanted" "$venvs/ee-run/.built-from"; then
        "$python" -m venv --clear --without-pip "$venvs/ee-run"
        pip "$venvs/ee-run" -r "$wanted"
        cp "$wanted" "$venvs/ee-run/.built-from"
    fi
    rm -rf "$venvs/ee-run/share/ansible"
    mkdir -p "$venvs/ee-run/share/ansible"
    mv "$collections" "$venvs/ee-run/share/ansible/collections"
}

simulator() {
    "$python" -m venv --clear --without-pip "$venvs/ee-simulator"
    pip "$venvs/ee-simulator" "$work"/tree/dist/*.whl
}

tools
release
execution_environment
simulator
echo "release: $venvs/ee, ee-run and ee-simulator are ready"
