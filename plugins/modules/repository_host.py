#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: repository_host
short_description: Prepare a Windows server for the session archives of Password Safe
version_added: 0.1.0
description:
  - Prepares another server, not an appliance, over WinRM. The variables C(useries_windows_*) are those of that server.
  - The features IIS, ASP.NET, ISAPI extensions and the BITS server extension are installed; ASP.NET and BITS are
    allowed under ISAPI and CGI Restrictions, in every line of the guide's table that is there; a rule of the Windows
    firewall lets HTTPS in. Read back afterwards.
  - It never restarts the server. C(restart_needed) says whether it has to be restarted, and then the task is to be run
    again.
  - The repository configuration tool, which makes the web site and the certificate, has windows only. A person runs it.
    The task looks whether it is there.
  - Windows before 2008 and IIS before 7.5 do not meet the requirements of the guide. Windows Server 2008 R2 has none of
    the commands and is prepared by hand.
  - The account must be an administrator of that server.
  - What is sent to Windows has been checked against cmdlet metadata and a model, not yet on Windows. The port is judged
    by the rules of the Windows firewall; other firewalls on the way are not seen.
author:
  - The useries.appliance authors (@useries)
options:
  tool_path:
    description:
      - Where the repository configuration tool is on that server.
    type: str
    default: C:\ApplianceTools\ConfigureRepository.exe
  tool_required:
    description:
      - Whether the task fails, before anything is changed, when the tool is not there. Otherwise it warns.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.windows
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.certificate
  - module: useries.appliance.session_archiving
"""

EXAMPLES = r"""
- name: The repository host has what it needs
  useries.appliance.repository_host:
"""

RETURN = r"""
repository_host:
  description: The server, read back; in check mode as it is before.
  returned: success
  type: dict
  contains:
    windows_version:
      description: Version of Windows, like C(10.0.14393).
      type: str
    iis_version:
      description: Version of IIS, like C(8.5); null while it is not installed.
      type: str
    features:
      description: Whether each feature is installed, by its name for PowerShell.
      type: dict
    restrictions:
      description: The lines of ISAPI and CGI Restrictions, each with C(description), C(path) and C(allowed).
      type: list
      elements: dict
    port_open:
      description: Whether a rule of the Windows firewall lets HTTPS in.
      type: bool
    tool:
      description: Whether the repository configuration tool is there.
      type: bool
    restart_needed:
      description: Whether the server has to be restarted.
      type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.repository_host import (
    PrepareRepositoryHost,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class RepositoryHost(PrepareRepositoryHost):
    """Guide 952-978 (PS-02)."""

    returns = "repository_host"
    groups: ClassVar = ("windows",)
    options: ClassVar = {
        "tool_path": {"type": "str", "default": "C:\\ApplianceTools\\ConfigureRepository.exe"},
        "tool_required": {"type": "bool", "default": False},
    }


DECLARATION = RepositoryHost


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
