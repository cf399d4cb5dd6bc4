# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates in the stores of a computer (Certificate provider of PowerShell). Not yet compared with a real Windows.

The guide does not say into which store the console puts a certificate, so all of them are looked through.
"""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

STORES = "Cert:\\LocalMachine"


def is_stored(session: Session, thumbprint: str) -> bool:
    """Whether a store of the computer holds a certificate.

    :param thumbprint: its SHA-1 in hexadecimal, as Windows shows it.
    :raises UseriesError: as :class:`Session`.
    """
    found = session.run(
        Command("Get-ChildItem", LiteralPath=STORES, Recurse=True)
        | Command("Where-Object", Property="Thumbprint", EQ=True, Value=thumbprint)
        | Command("Select-Object", Property=["Thumbprint"])
    )
    return bool(found)
