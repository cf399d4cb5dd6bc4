#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: license_cache
short_description: Clear the BeyondInsight license cache
version_added: 0.1.0
description:
  - Clears the license key in the cache of the BeyondInsight database, so that a key that was applied recently is kept
    there and its features are available.
  - What Accounts and Licensing shows as licensed is read afterwards.
author:
  - The useries.appliance authors (@useries)
options:
  licensed:
    description:
      - Names of features that must be licensed, as Accounts and Licensing shows them.
      - When all of them are, nothing is cleared. Without it the cache is cleared each time.
    type: list
    elements: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes.action
"""

EXAMPLES = r"""
- name: The new license key counts
  useries.appliance.license_cache:
    licensed:
      - BeyondInsight
"""

RETURN = r"""
licensed:
  description: Features and products by name, and whether each is shown as licensed.
  returned: success
  type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.license_cache import (
    ClearLicenseCache,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class LicenseCache(ClearLicenseCache):
    """Guide 213-217."""

    impact = "none"
    returns = "licensed"
    options: ClassVar = {"licensed": {"type": "list", "elements": "str"}}


DECLARATION = LicenseCache


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
