#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: session_archiving_info
short_description: Report how recorded sessions are archived
version_added: 0.1.0
description:
  - Reads the settings of the session archive on the page of the role Password Safe Web Portal.
  - Archived sessions themselves are not shown by the appliance; the result names where to look.
author:
  - The useries.appliance authors (@useries)
options: {}
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.session_archiving
"""

EXAMPLES = r"""
- name: Where do recordings go?
  useries.appliance.session_archiving_info:
    query: "[protocol, share_path, repository_host]"
  register: archive
"""

RETURN = r"""
session_archiving:
  description: The settings, without the password.
  returned: success
  type: dict
  contains:
    enabled:
      description: Whether recordings are archived.
      type: bool
    archived_sessions:
      description: Where archived sessions are looked at, and how one archives by hand.
      type: str
console:
  description:
    - How the console is laid out, and what told it.
    - Other modules return it when it is not confirmed.
  returned: when the console was opened
  type: dict
  contains:
    profile:
      description: V(3.3) or V(later).
      type: str
    chosen_by:
      description: V(navigation), by the menus met, or V(option), by O(console_profile).
      type: str
    confirmed:
      description: Whether the guide of that version states it.
      type: bool
    met:
      description: The menus met that tell the profile.
      type: list
      elements: str
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import read_archiving
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import role

IN_PASSWORD_SAFE = (
    "Archiving by hand and looking at archived sessions is done in Password Safe, not on the appliance: see the "
    "Password Safe Administration Guide. Archived files are never deleted."
)


class SessionArchivingInfo(Info):
    """Guide 930-1039."""

    returns = "session_archiving"

    def read(self) -> Any:
        portal, console = role("password_safe_web_portal"), self.task.surfaces.console
        if not console.reaches(portal.page):
            raise self.refuse(
                f"The Roles Editor does not offer the role {portal.name}. It is available only when "
                f"{portal.available_when}.",
                remedy="Look at the licences (useries.appliance.appliance_info).",
            )
        return {**read_archiving(console, portal), "archived_sessions": IN_PASSWORD_SAFE}


DECLARATION = SessionArchivingInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
