# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registry values by literal path. Source: about_Registry_Provider; error ids of the registry provider."""

from __future__ import annotations

import re
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

_KEY = re.compile(r"HK(?:LM|CU):(?:\\[^\\/\x00-\x1f]+)+")
_ABSENT = ("PathNotFound,", "System.Management.Automation.PSArgumentException,")


def read_value(session: Session, key: str, name: str) -> Any:
    r"""One value of a key, or None when the key or the value does not exist.

    :param key: like ``HKLM:\SYSTEM\CurrentControlSet\Control\Lsa``; a ``/`` in it is refused, because the provider
        takes it for a separator.
    :returns: int for numbers, str, a list of str for several lines, a list of int for binary values.
    :raises UseriesError: kind ``invalid`` for such a key, else as :class:`Session`.
    """
    if not _KEY.fullmatch(key):
        raise UseriesError(
            r"A registry key must look like HKLM:\SOFTWARE\Name, without a slash.",
            surface="windows",
            operation="read the registry",
            target=session.target.url,
            kind="invalid",
        )
    try:
        found = session.run(
            Command("Get-ItemProperty", LiteralPath=key, Name=name) | Command("Select-Object", Property=[name])
        )
    except CommandFailed as error:
        if error.error_id.startswith(_ABSENT):
            return None
        raise
    return found[0].get(name) if found and isinstance(found[0], dict) else None
