#!/bin/sh
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the cached environment of Event-Driven Ansible: the real ansible-rulebook, with ansible-core and what the event
# sources need. It wants a Java runtime, too: tools/system-packages.sh --with-java.
#
# usage: tests/eda/environment.sh [DIRECTORY]     (default: EDA_VENV, else .venvs/eda in the project)
# Idempotent: an environment that was built from these very lists is left alone. PYTHON names the interpreter.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
venv=${1:-${EDA_VENV:-$root/.venvs/eda}}
python=${PYTHON:-python3}
requirements=$root/tests/eda/requirements.txt
stamp=$venv/.built-from

lists() { cat "$requirements" "$root/meta/ee-requirements.txt"; }

if [ -f "$stamp" ] && lists | cmp -s - "$stamp"; then
    echo "events: $venv is up to date"
    exit 0
fi
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
lists > "$stamp"
echo "events: $venv is ready"
