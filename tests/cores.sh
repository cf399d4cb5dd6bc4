#!/usr/bin/env bash
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Environments with an older ansible-core and the libraries of the plugins, to run playbooks with: .venvs/run-<core>.
# Then: CORES=2.16,2.18,2.19 python -m pytest tests/scenario
#
# usage: tests/cores.sh CORE...      e.g. tests/cores.sh 2.16 2.18
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

for core in "$@"; do
    venv=.venvs/run-$core
    [ -f "$venv/.ready" ] && [ "$venv/.ready" -nt meta/ee-requirements.txt ] && continue
    [ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "ansible-core==$core.*" -r meta/ee-requirements.txt
    touch "$venv/.ready"
done
