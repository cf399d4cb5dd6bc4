#!/usr/bin/env bash
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The workflows in a browser. Each of them runs on one of the two renderings of the simulated console, and on the other
# one after the next commit: the commit draws which. With --whole each runs on both.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tools/steps.sh
source tools/steps.sh

first=1/2 second=2/2
if [ "${1:-}" = --whole ]; then
    first=1/1 second=1/1
elif [ $(($(git rev-list --count HEAD) % 2)) = 0 ]; then
    first=2/2 second=1/2
fi
step "browser on pages of HTML, $first" env WAY=browser PART=$first python -m pytest tests/scenario -n "${JOBS:-2}"
step "browser on pages of scripts, $second" env WAY=script PART=$second python -m pytest tests/scenario -n "${JOBS:-2}"
steps_table
