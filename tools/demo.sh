#!/usr/bin/env bash
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# make demo: a simulated pair, the whole configuration once, and once more to show that nothing is left to change.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

directory=$PWD/.simulator
python -m simulator --stop --directory "$directory" # the one of the last demo
python -m simulator --background --directory "$directory" --speed "${SPEED:-60}"
trap 'echo; echo "The pair still runs: sign in with a browser as shown above; end it with \"make stop\"."' EXIT
ansible-playbook -i "$directory/inventory.yml" playbooks/site.yml
echo
echo "Once more: every task is ok, nothing changes."
ansible-playbook -i "$directory/inventory.yml" playbooks/site.yml
