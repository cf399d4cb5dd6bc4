# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles, playbooks, inventories and module_defaults never confirm anything for the administrator."""

from __future__ import annotations

import pytest

from tests.support.confirmations import filled_in
from tests.support.project import text, yaml_files


def test_nobody_fills_in_a_confirmation() -> None:
    files = yaml_files("roles/", "playbooks/", "inventories/", "extensions/eda/")
    assert [finding for path in files for finding in filled_in(path, text(path))] == []


@pytest.mark.parametrize(
    "content",
    [
        "- useries.appliance.wipe:\n    confirm: UVM-1A\n",
        '- useries.appliance.wipe:\n    confirm: "{{ found.network_name }}"\n',
        '- useries.appliance.wipe:\n    confirm: "{{ confirm | default(found.network_name) }}"\n',
        "- ansible.builtin.set_fact:\n    wipe_confirm: UVM-1A\n",
        "- useries.appliance.pairing:\n    accept_data_loss: true\n",
        '- module_defaults:\n    group/useries.appliance.all:\n      confirm: "{{ confirm }}"\n',
        "argument_specs:\n  main:\n    options:\n      confirm: {type: str, default: yes sir}\n",
    ],
)
def test_a_filled_in_confirmation_is_found(content: str) -> None:
    assert list(filled_in("playbooks/x.yml", content))


@pytest.mark.parametrize(
    "content",
    [
        '- useries.appliance.wipe:\n    confirm: "{{ confirm }}"\n',
        '- useries.appliance.wipe:\n    confirm: "{{ recovery_confirm | default(omit) }}"\n',
        '- useries.appliance.wipe:\n    accept_data_loss: "{{ accept_data_loss | default(false) | bool }}"\n',
        "recovery_confirm: ''\naccept_data_loss: false\npassword: !vault |\n  $ANSIBLE_VAULT\n",
        "argument_specs:\n  main:\n    options:\n      confirm: {type: str, description: The network name.}\n",
    ],
)
def test_handing_on_the_administrators_word_is_fine(content: str) -> None:
    assert list(filled_in("playbooks/x.yml", content)) == []
