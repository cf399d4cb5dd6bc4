#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: login_banner
short_description: Set or clear the pre-login banner
version_added: 0.1.0
description:
  - Sets the title and the message that appear before the sign-in page, or clears both.
author:
  - The useries.appliance authors (@useries)
options:
  title:
    description:
      - Title of the banner. Empty together with an empty O(text) clears the banner.
    type: str
    required: true
  text:
    description:
      - Message of the banner.
    type: str
    required: true
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
"""

EXAMPLES = r"""
- name: Warn before the sign-in
  useries.appliance.login_banner:
    title: Authorized use only
    text: Access is monitored.

- name: No banner
  useries.appliance.login_banner:
    title: ""
    text: ""
"""

RETURN = r"""
settings:
  description: Title and text read back.
  returned: success
  type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.general_settings import GENERAL_SETTINGS


class LoginBanner(Settings):
    """Guide 227-230."""

    section = GENERAL_SETTINGS.section("pre_login_banner")
    fields: ClassVar = ("title", "text")
    option_names: ClassVar = {"text": "message"}  # ansible-core keeps "message" for itself
    required: ClassVar = ("title", "text")
    button = "update_banner"

    def check(self) -> None:
        if bool(self.given["title"].strip()) != bool(self.given["text"].strip()):
            raise self.refuse(
                "A banner needs a title and a text, or neither.",
                kind="invalid",
                remedy="Give both, or leave both empty to clear the banner.",
            )


DECLARATION = LoginBanner


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
