# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Facts about one appliance that Windows and the web server tell of what the page Security Settings has set."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession

FIPS = "HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy"
HSTS = "Strict-Transport-Security"


def fips_in_windows(surfaces: Surfaces) -> bool | str:
    """Whether the policy of Windows is on; a text says why that is not known."""
    if not surfaces.configured("windows"):
        return "Windows (WinRM) is not configured for this host"
    from ansible_collections.useries.appliance.plugins.module_utils._windows.registry import read_value

    try:
        return bool(read_value(surfaces.windows, FIPS, "Enabled") == 1)
    except UseriesError as error:
        return error.message


def hsts_proof(surfaces: Surfaces, clock: Clock, wanted: bool) -> tuple[Proof, dict[str, str]]:
    """Whether the web server sends the header, over the same trust as every other request."""
    http = HttpSession(surfaces.target, surface="console", clock=clock)
    address = surfaces.console.profile.sign_in[0]
    try:
        answer = http.request("GET", address, operation="look at the headers", allow_redirects=False, repeat=True)
    except UseriesError as error:
        return "unavailable", {"reason": error.message}
    finally:
        http.close()
    header = answer.headers.get(HSTS, "")
    if bool(header) == wanted:
        return "verified", {"header": header} if header else {}
    said = f"the web server sends {HSTS}: {header}" if header else f"the web server sends no {HSTS}"
    return "unavailable", {"reason": f"{said}; it may need a moment or a restart of the web site"}


def missing_patches(surfaces: Surfaces) -> list[str]:
    """Updates that TLS 1.2 needs and this Windows does not have; nothing where WinRM is not configured."""
    if not surfaces.configured("windows"):
        return []
    from ansible_collections.useries.appliance.plugins.module_utils._windows.patches import missing_for_tls12

    return missing_for_tls12(surfaces.windows)
