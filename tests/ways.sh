#!/usr/bin/env bash
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The workflows in a browser: of those on pages of HTML a 96th, on pages of scripts a 192nd, another part after
# each commit (some take ten minutes alone); with --whole all of them on both, which takes about two hours. They wait more
# than they compute: three at once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tools/steps.sh
source tools/steps.sh
slow=(-o faulthandler_timeout=900)  # one test may take ten minutes

if [ "${1:-}" = --whole ]; then
    first=1/1 second=1/1
else
    number=$(git rev-list --count HEAD)
    first=$((number % 96 + 1))/96 second=$(((number + 6) % 192 + 1))/192
fi
step "browser on pages of HTML, $first" env WAY=browser PART=$first python -m pytest tests/scenario -n "${JOBS:-3}" "${slow[@]}"
step "browser on pages of scripts, $second" env WAY=script PART=$second python -m pytest tests/scenario -n "${JOBS:-3}" "${slow[@]}"
steps_table
