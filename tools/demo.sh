#!/usr/bin/env bash
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# make demo: a simulated pair, the whole main job once, and once more to show that nothing is left to change.
# make demo-browser (RENDERING=script): the same on a console that scripts draw, operated in a browser.
set -euo pipefail
export ANSIBLE_FORCE_COLOR=${ANSIBLE_FORCE_COLOR-$([ -t 1 ] && echo 1 || echo 0)}
cd "$(dirname "${BASH_SOURCE[0]}")/.."

directory=$PWD/.simulator
logs=$(mktemp -d)
python -m simulator --stop --directory "$directory" >/dev/null # one that an earlier demo left
trap 'python -m simulator --stop --directory "$directory"; rm -rf "$logs"' EXIT

say() { printf '\n\033[1m%s\033[0m\n' "$1"; }

rendering=${RENDERING:-html}
speed=${SPEED:-60}
if [ "$rendering" = script ]; then
    export USERIES_CONSOLE_DRIVER=browser
    speed=${SPEED:-40} # a look in a browser takes longer
fi

say "1. A simulated pair starts on this machine (simulated time runs $speed times as fast)."
python -m simulator --background --directory "$directory" --speed "$speed" --rendering "$rendering" ${SEED:+--seed "$SEED"}

say "2. playbooks/site.yml: provision both, pair them, wait for SYNCHRONIZED, back up, verify."
ansible-playbook -i inventories/simulator playbooks/site.yml | tee "$logs/first"

say "3. The same once more: nothing must change."
ansible-playbook -i inventories/simulator playbooks/site.yml | tee "$logs/second"

say "Summary"
python tools/summary.py "$logs/first" "$logs/second"
