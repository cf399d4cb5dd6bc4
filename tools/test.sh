#!/usr/bin/env bash
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# make test: everything a change must pass, in the order in which it is likely to fail. STRICT=1 accepts no skipped test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tools/steps.sh
source tools/steps.sh

executed=$PWD/.cache/executed-tests.txt
mkdir -p .cache
: > "$executed"
export EXECUTED_TESTS=$executed

molecule_scenarios() {
    molecule test --all &&
        find extensions/molecule -mindepth 2 -maxdepth 2 -name molecule.yml -printf 'molecule:%h\n' |
        sed 's|:.*/|:|' >> "$executed"
}

step "system packages" tools/system-packages.sh
step lint make --no-print-directory lint
step types make --no-print-directory types
step unit python -m pytest tests/unit -n "${JOBS:-2}"
step ansible-lint ansible-lint
step documentation make --no-print-directory docs
step changelog make --no-print-directory changelog
step "sanity ${CORE:-2.19}" tests/sanity.sh "${CORE:-2.19}"
step "wires of the simulator" python -m pytest tests/protocol -n "${JOBS:-2}"
step "workflows" python -m pytest tests/scenario -n "${JOBS:-4}" --dist worksteal  # they wait more than they compute
step molecule molecule_scenarios
step artifact tests/artifact.sh
step capabilities python tools/check_capability_tests.py "$executed"
steps_table
