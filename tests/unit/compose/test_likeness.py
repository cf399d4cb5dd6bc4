# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which words of a page are proposed for a label that was missed."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._compose.likeness import Candidate, Wanted, assign

SWITCH = Wanted("schedule.enabled", ("Backup Scheduler",), "checkbox")
HEADING = Candidate("SCHEDULE A BACKUP", ("readonly",), stated=True)


def test_a_heading_that_is_more_like_it_does_not_stand_for_a_switch() -> None:
    switch = Candidate("My Backup Scheduler (Disabled) :", ("checkbox",))
    assert assign([SWITCH], [HEADING, switch]) == {"schedule.enabled": "My Backup Scheduler (Disabled) :"}


def test_where_nothing_can_be_set_a_text_may_be_the_field() -> None:
    shown = Candidate("Scheduler of Backups", ("readonly",), stated=True)
    assert assign([SWITCH], [shown]) == {"schedule.enabled": "Scheduler of Backups"}


def test_the_state_behind_a_switch_is_no_part_of_its_label() -> None:
    """Two switches, one of them with its state: the nearer one is proposed all the same."""
    other = Candidate("Backups Planner", ("checkbox",))
    wanted = Wanted("schedule.enabled", ("Backup Planner Switch",), "checkbox")
    assert assign([wanted], [other, Candidate("Backup Planner Switch (Enabled) :", ("checkbox",))]) == {
        "schedule.enabled": "Backup Planner Switch (Enabled) :"
    }
