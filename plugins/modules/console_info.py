#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: console_info
short_description: Compare the labels of an appliance's console with those of the guide
version_added: 0.1.0
description:
  - Looks at every page that the collection knows and reports which labels are there, which are missed, and what else is
    there, with the words that may be meant.
  - Changes nothing. It presses nothing but entries of the menus, and fetches each page once.
  - The role P(useries.appliance.calibrate#role) makes a report for people of it.
author:
  - The useries.appliance authors (@useries)
options:
  capture:
    description:
      - Path of a page that was kept when a label was missed (an error names the file).
      - It is read instead of an appliance; nothing is contacted.
    type: path
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.appliance_info
"""

EXAMPLES = r"""
- name: Which labels does this appliance word differently?
  useries.appliance.console_info:
  register: console

- name: Only what is missed
  useries.appliance.console_info:
    query: "pages[].sections[].labels[] | [?status == 'missed'].{key: key, near: near}"
"""

RETURN = r"""
calibration:
  description: What was found.
  returned: success
  type: dict
  contains:
    pages:
      description:
        - One entry for each page. Besides the keys below it has C(menu), C(reached), C(sections), and C(extra), the
          titles on the page that are no known section.
        - A section has the keys below, C(labels), and C(extra), what else with a name is in it (C(what), C(label)).
        - Each of the C(labels) of a section has the keys below.
      type: list
      elements: dict
      contains:
        key:
          description: The key in C(useries_console_labels).
          type: str
        what:
          description: V(page), V(section), V(field) or V(button).
          type: str
        label:
          description: The words of the guide, or a guess.
          type: str
        guessed:
          description: Whether the guide does not print the label.
          type: bool
        status:
          description:
            - V(met), V(missed), or V(not_there), which is right in this state of the appliance (see C(reason)).
            - V(unseen), because what should hold it was missed.
          type: str
        found:
          description: The words of the page; null when it was not met.
          type: str
        proposal:
          description: Words of the page that stand for it, when there is hardly a doubt; otherwise null.
          type: str
        near:
          description: Words of the page that are like it, best first.
          type: list
          elements: str
        reason:
          description: Why it is missed or not there.
          type: str
    summary:
      description:
        - The numbers of pages, of pages reached, of labels in each status, of guesses that were met and missed, of
          proposals, and of what else is there.
      type: dict
    labels:
      description: The whole of C(useries_console_labels) with what is proposed, to be looked through and pasted.
      type: dict
    capture:
      description: Host, time, operation and label of the capture that was read; null without one.
      type: dict
reachable:
  description: Whether the appliance answered; V(true) with O(capture).
  returned: success
  type: bool
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.calibration import calibrate
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info


class ConsoleInfo(Info):
    """Every page of the guide that the collection knows."""

    returns = "calibration"
    options: ClassVar = {"capture": {"type": "path"}}

    def read(self) -> dict[str, Any]:
        return calibrate(self.task.surfaces, self.given)


DECLARATION = ConsoleInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
