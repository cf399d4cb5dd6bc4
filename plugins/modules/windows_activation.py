#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: windows_activation
short_description: Activate Windows on an appliance online, by phone, or at a KMS server
version_added: 0.1.0
description:
  - Activates Windows and waits until it is. An activated Windows is left alone.
  - Where the variables of Windows (C(useries_windows_host) and so on) are set, Windows itself says whether it is
    activated. Without them the console does, which offers an activation while Windows is not activated.
  - By phone it takes two runs with a call between them.
  - What the console shows of an activation by phone is not in the guide. The names of its fields are guesses.
author:
  - The useries.appliance authors (@useries)
options:
  method:
    description:
      - V(online) needs an Internet connection of the appliance.
      - V(phone) without O(confirmation_id) begins and returns what a person has to do. With it, it is entered.
      - V(kms) activates O(volume_license_key) at O(kms_server).
    type: str
    required: true
    choices: [online, phone, kms]
  confirmation_id:
    description:
      - The 48 digits that the activation center answers with, in groups or not. Quote them.
    type: str
  volume_license_key:
    description:
      - The volume licence key, five groups of five. Needed with O(method=kms).
    type: str
  kms_server:
    description:
      - Host name or IP address of the KMS server. Needed with O(method=kms).
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.windows
  - useries.appliance.proof
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.license_info
"""

EXAMPLES = r"""
- name: Windows is activated over the Internet
  useries.appliance.windows_activation:
    method: online

- name: Without Internet, the first run shows the installation id, a later one has a confirmation_id
  useries.appliance.windows_activation:
    method: phone
  register: activation

- name: Windows is activated at the company's KMS server
  useries.appliance.windows_activation:
    method: kms
    volume_license_key: "{{ vault_volume_license_key }}"
    kms_server: kms.example.com
"""

RETURN = r"""
activation:
  description: How Windows is licensed.
  returned: success
  type: dict
  contains:
    activated:
      description: Whether it is activated.
      type: bool
    source:
      description: V(windows) or V(console).
      type: str
    status:
      description: The same in words.
      type: str
    installation_id:
      description: What is read out on the phone, where it is shown.
      type: str
    kms_server:
      description: The KMS server that was set.
      type: str
    next_steps:
      description: What a person has to do now, for an activation by phone.
      type: list
      elements: str
proof:
  description: V(verified) when Windows itself was asked.
  returned: success
  type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.windows_activation import (
    ActivateWindows,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class WindowsActivation(ActivateWindows):
    """Guide 119-126, 381-393."""

    returns = "activation"
    groups: ClassVar = ("console", "windows", "proof")
    options: ClassVar = {
        "method": {"type": "str", "required": True, "choices": ["online", "phone", "kms"]},
        "confirmation_id": {"type": "str"},
        "volume_license_key": {"type": "str", "no_log": True},
        "kms_server": {"type": "str"},
    }
    constraints: ClassVar = {"required_if": [("method", "kms", ["volume_license_key", "kms_server"])]}


DECLARATION = WindowsActivation


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
