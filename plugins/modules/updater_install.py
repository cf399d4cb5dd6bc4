#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: updater_install
short_description: Install the remaining products from BeyondTrust Updater
version_added: 0.1.0
description:
  - Installs the products for which BeyondTrust Updater offers another version than the installed one, one after the
    other, and waits for each. It stops at the first one that fails, with its name and version.
  - Each installation is ordered once and never repeated blindly. When an answer is lost, the list decides.
  - An installation cannot be taken back. Take a backup first (M(useries.appliance.backup)).
  - When a product says that a restart is recommended, the task warns and RV(updater.restart_recommended) is true. It
    does not restart the appliance. Do that before anything else, for example with M(useries.appliance.reboot).
  - The guide prints almost no label of BeyondTrust Updater, neither its address. The module therefore refuses until
    O(updater_path) and O(console_labels) name all that it needs. The refusal has the missing keys in
    C(error.candidates), and says what to do by hand.
  - The keys are C(updater_products), the menu, C(updater_products.products), the title over the table, C(product),
    C(version), C(available) and C(status) below it, the captions of four columns, and C(install), the button in a row.
author:
  - The useries.appliance authors (@useries)
options:
  products:
    description:
      - Only these products, by the names of the page; by default all that are left. Others are refused with the list.
    type: list
    elements: str
  versions:
    description:
      - Product to the version that is wanted. When another one is installed and this one is not offered, nothing is
        installed at all.
    type: dict
    default: {}
  wait_timeout:
    description:
      - Seconds to wait for one product; by default two hours.
    type: int
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.updater
  - useries.appliance.proof
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.updater_download
  - module: useries.appliance.product_update
  - module: useries.appliance.reboot
"""

EXAMPLES = r"""
- name: Install what is left
  useries.appliance.updater_install:
  register: installed

- name: Password Safe alone, and only where it is there in the version that was tested
  useries.appliance.updater_install:
    products: [Password Safe]
    versions:
      Password Safe: 21.2.1.77
"""

RETURN = r"""
updater:
  description: What became of it.
  returned: success
  type: dict
  contains:
    installed:
      description: Product to its version C(before) and C(after), of those whose version changed.
      type: dict
    left:
      description: Names of the products for which another version is offered still.
      type: list
      elements: str
    versions:
      description: Product to its installed version, of all that the Updater lists.
      type: dict
    restart_recommended:
      description: Whether a product of the list says that a restart is recommended.
      type: bool
proof:
  description:
    - V(verified) when the console lists the new versions too, V(unavailable) when it does not list a product.
  returned: when a product was installed
  type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.updater_install import (
    InstallProducts,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class UpdaterInstall(InstallProducts):
    """Guide 1788, 1821, 1835, 1866."""

    impact = "service"
    groups: ClassVar = ("console", "updater", "proof", "partner", "pair")
    options: ClassVar = {
        "products": {"type": "list", "elements": "str"},
        "versions": {"type": "dict", "default": {}},
        "wait_timeout": {"type": "int"},
    }


DECLARATION = UpdaterInstall


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
