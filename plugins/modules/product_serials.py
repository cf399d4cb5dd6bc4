#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: product_serials
short_description: Enter the serial numbers of the products
version_added: 0.1.0
description:
  - Enters serial numbers, and validates them over the Internet connection of the appliance or with validation keys.
  - Without Internet it takes two runs. The first requests the keys and ends in the state V(waiting for keys). A later
    one has them in O(serials).
  - A serial number that is there and licensed is left alone. The numbers are never shown in full.
  - The appliance may have to be rebooted afterwards. The module does not do that.
author:
  - The useries.appliance authors (@useries)
options:
  method:
    description:
      - V(online) validates over the appliance's Internet connection.
      - V(client_browser) uses the Internet connection of the controller and needs the validation keys.
      - V(email) has the appliance request the keys by e-mail, for which an SMTP server must be set.
      - V(manual) shows on the page what is needed to obtain the keys.
    type: str
    required: true
    choices: [online, client_browser, email, manual]
  serials:
    description:
      - The products and their serial numbers.
    type: dict
    required: true
    suboptions:
      beyondinsight:
        description:
          - BeyondInsight.
        type: dict
        suboptions: &product
          serial_number:
            description:
              - The serial number.
            type: str
          validation_key:
            description:
              - The validation key, when it has come.
            type: str
      network_security_scanner:
        description:
          - BeyondTrust Network Security Scanner.
        type: dict
        suboptions: *product
      enterprise_update_server:
        description:
          - Enterprise Update Server.
        type: dict
        suboptions: *product
  request_again:
    description:
      - Whether keys that have been requested and have not come are requested once more.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.license_info
  - module: useries.appliance.smtp
"""

EXAMPLES = r"""
- name: BeyondInsight is licensed over the Internet
  useries.appliance.product_serials:
    method: online
    serials:
      beyondinsight:
        serial_number: "{{ vault_beyondinsight_serial }}"

- name: Without Internet, request the validation key, and enter it in a later run
  useries.appliance.product_serials:
    method: manual
    serials:
      enterprise_update_server:
        serial_number: "{{ vault_update_server_serial }}"
        validation_key: "{{ vault_update_server_key | default(omit) }}"
"""

RETURN = r"""
serials:
  description: What the page shows afterwards.
  returned: success
  type: dict
  contains:
    state:
      description: V(entered) or V(waiting for keys).
      type: str
    waiting_for:
      description: Names of the products that are not licensed yet.
      type: list
      elements: str
    products:
      description: As M(useries.appliance.license_info) returns them.
      type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.product_serials import (
    PRODUCTS,
    EnterSerials,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run

PRODUCT = {"serial_number": {"type": "str", "no_log": True}, "validation_key": {"type": "str", "no_log": True}}


class ProductSerials(EnterSerials):
    """Guide 343-375."""

    returns = "serials"
    options: ClassVar = {
        "method": {"type": "str", "required": True, "choices": ["online", "client_browser", "email", "manual"]},
        "serials": {
            "type": "dict",
            "required": True,
            "options": {product: {"type": "dict", "options": PRODUCT} for product in PRODUCTS},
        },
        "request_again": {"type": "bool", "default": False},
    }


DECLARATION = ProductSerials


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
