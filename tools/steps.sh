# shellcheck shell=bash
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# To be sourced: "step NAME COMMAND..." runs a command and notes its time; "steps_table" prints the times.
step_names=()
step_seconds=()

step() {
    local name=$1 started=$SECONDS status=0
    shift
    printf '\n=== %s\n' "$name"
    "$@" || status=$?
    step_names+=("$name")
    step_seconds+=($((SECONDS - started)))
    if [ "$status" -ne 0 ]; then
        steps_table
        echo "=== $name failed (exit code $status)" >&2
        exit "$status"
    fi
}

steps_table() {
    local index
    printf '\n%-34s %8s\n' step seconds
    for index in "${!step_names[@]}"; do
        printf '%-34s %8d\n' "${step_names[$index]}" "${step_seconds[$index]}"
    done
    printf '%-34s %8d\n' total "$SECONDS"
}
