#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: package_dependencies_info
short_description: Report whether what an upgrade of an appliance depends on is there
version_added: 0.1.0
description:
  - Compares the versions, the available packages and the update history of the console with what the guide says that
    packages need before an upgrade. Nothing is changed.
  - The appliance software 3.2.6 and later needs .NET Core 3.1, which is part of Supporting Software 210201. Packages of
    the types Environment and Supporting Software often need a new Security Update Package Installer (SUPI).
  - What is missing is warned about, together with what needs it. Where neither version nor package tells, C(met) is
    null. The guide prints no names of packages, so six digits or a month in the name of an applied Supporting Software
    package count as its version.
author:
  - The useries.appliance authors (@useries)
options:
  supi_version:
    description:
      - The latest version of the Security Update Package Installer, as BeyondTrust publishes it. Without it only a
        package in the list of available updates tells that there is a later one.
    type: str
  beyondinsight_from:
    description:
      - The lowest version of BeyondInsight from which the wanted upgrade is possible. The release notes of
        BeyondInsight have the upgrade path. Without it the path cannot be checked.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.product_update_info
  - module: useries.appliance.updater_download
"""

EXAMPLES = r"""
- name: What does an upgrade need that is not there?
  useries.appliance.package_dependencies_info:
    beyondinsight_from: "7.2"
  register: found

- name: Show it
  ansible.builtin.debug:
    var: found.package_dependencies.missing
"""

RETURN = r"""
package_dependencies:
  description: What was compared.
  returned: success
  type: dict
  contains:
    packages:
      description:
        - One entry for each of C(dotnet_core), C(supporting_software), C(supi) and C(beyondinsight_path), with C(name),
          C(needed) (the version), C(needed_by) (what needs it), C(found) (the version or package that tells, or null),
          C(met) (true, false, or null when nothing tells), C(reason) and C(told) (name, version and reason in one).
      type: list
      elements: dict
    missing:
      description: The C(id) of every entry that is not met.
      type: list
      elements: str
    unknown:
      description: The C(id) of every entry of which nothing tells whether it is met.
      type: list
      elements: str
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.dependencies import dependencies
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info


class PackageDependenciesInfo(Info):
    """Guide 1790-1796, 1837-1843."""

    returns = "package_dependencies"
    options: ClassVar = {"supi_version": {"type": "str"}, "beyondinsight_from": {"type": "str"}}

    def read(self) -> dict[str, Any]:
        wanted = {name: self.given[name] for name in ("supi_version", "beyondinsight_from")}
        found, sentences = dependencies(self.task.surfaces.console, **wanted)
        for sentence in sentences:
            self.warn(sentence)
        return found


DECLARATION = PackageDependenciesInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
