#!/bin/sh
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the one cached environment of the judges: independent clients and validators that read the simulator from
# outside. It holds the big package "ansible" (for dellemc.openmanage), which must never get into the main environment.
#
# usage: tests/judges/environment.sh [DIRECTORY]     (default: JUDGES_VENV, else .venvs/judges in the project)
# Idempotent: an environment that was built from this very list is left alone. PYTHON names the interpreter.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
venv=${1:-${JUDGES_VENV:-$root/.venvs/judges}}
python=${PYTHON:-python3}
requirements=$root/tests/judges/requirements.txt
stamp=$venv/.built-from

if [ -f "$stamp" ] && cmp -s "$requirements" "$stamp"; then
    echo "judges: $venv is up to date"
    exit 0
fi
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
cp "$requirements" "$stamp"
echo "judges: $venv is ready"
