#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hsts
short_description: Turn HTTP strict transport security on or off
version_added: 0.1.0
description:
  - Sets whether the web site of the appliance tells browsers to come back with HTTPS only (HSTS), and proves it by the
    header C(Strict-Transport-Security).
  - A browser remembers it. With a self-signed certificate it then refuses the site without a way around it.
  - It is a setting of one node; set it on both nodes of a pair.
author:
  - The useries.appliance authors (@useries)
options:
  enabled:
    description:
      - Whether HSTS is on.
    type: bool
    required: true
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.proof
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.certificate
"""

EXAMPLES = r"""
- name: Browsers come back with HTTPS only
  useries.appliance.hsts:
    enabled: true
"""

RETURN = r"""
settings:
  description: The switch read back.
  returned: success
  type: dict
proof:
  description: V(verified) when the web server sends the header, or sends none, as wanted.
  returned: success
  type: str
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._compose.security_facts import hsts_proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.security_settings import SECURITY_SETTINGS


class Hsts(Settings):
    """Guide 333-339."""

    section = SECURITY_SETTINGS.section("hsts")
    fields: ClassVar = ("enabled",)
    option_names: ClassVar = {"enabled": "hsts"}
    required: ClassVar = ("enabled",)
    button = "update_hsts"
    impact = "session"
    groups: ClassVar = ("console", "proof")

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        served = self.task.surfaces.certificate()
        if self.given["enabled"] and served.subject == served.issuer:
            self.warn(
                "The certificate that is served is self-signed: browsers that have met HSTS will refuse the site "
                "without a way around it. Upload a certificate of a CA first."
            )

    def prove(self, state: Any) -> tuple[Proof, dict[str, Any]]:
        return hsts_proof(self.task.surfaces, self.task.clock, state["enabled"])


DECLARATION = Hsts


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
