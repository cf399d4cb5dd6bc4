#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: event_service_ssl
short_description: Require SSL certificates of the event service, or not
version_added: 0.1.0
description:
  - Sets whether the event service requires SSL and a certificate. Turning it off is for tests only, and warns.
author:
  - The useries.appliance authors (@useries)
options:
  certificate_required:
    description:
      - Whether a certificate is required.
    type: bool
    required: true
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
"""

EXAMPLES = r"""
- name: Events come with a certificate
  useries.appliance.event_service_ssl:
    certificate_required: true
"""

RETURN = r"""
settings:
  description: The switch read back.
  returned: success
  type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.security_settings import SECURITY_SETTINGS


class EventServiceSsl(Settings):
    """Guide 273-286."""

    section = SECURITY_SETTINGS.section("event_service_ssl")
    fields: ClassVar = ("certificate_required",)
    required: ClassVar = ("certificate_required",)
    button = "submit"

    def check(self) -> None:
        if not self.given["certificate_required"]:
            self.warn("The event service without SSL certificates is for tests only: turn it on again afterwards.")


DECLARATION = EventServiceSsl


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
