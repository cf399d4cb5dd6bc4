# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether Windows is activated, as Windows itself sees it: CIM class SoftwareLicensingProduct.

The class has a row for every edition that could be installed; the one that has a product key is the one in use. A
filter would be a query language inside a parameter, so all rows come and are sorted out here. Not yet compared with a
real Windows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command
from ansible_collections.useries.appliance.plugins.module_utils._windows.registry import read_value
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

WINDOWS = "55c92734-d682-4d71-983e-d6ec3f16059f"  # ApplicationID of Windows
LICENSED = 1
PLATFORM = "HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform"
STATES = (
    "unlicensed",
    "licensed",
    "initial grace period",
    "out of tolerance grace period",
    "non-genuine grace period",
    "notification",
    "extended grace period",
)


@dataclass(frozen=True)
class Activation:
    """How Windows is licensed.

    :param status: ``LicenseStatus`` in words; :param partial_key: the last five characters of the product key.
    :param installation_id: what is read out on the phone; :param kms_server: the KMS server that was set, or empty.
    """

    activated: bool
    status: str
    partial_key: str
    installation_id: str
    kms_server: str


def read_activation(session: Session) -> Activation | None:
    """The Windows edition in use; None where this version of Windows cannot be asked, or names no product key.

    :raises UseriesError: as :class:`Session`.
    """
    columns = ["ApplicationID", "PartialProductKey", "LicenseStatus", "OfflineInstallationId"]
    try:
        products = session.run(
            Command("Get-CimInstance", ClassName="SoftwareLicensingProduct")
            | Command("Select-Object", Property=columns)
        )
    except CommandFailed as error:
        if error.missing:
            return None
        raise
    used = [one for one in products if _is_used(session, one)]
    if not used:
        return None
    one = next((each for each in used if each.get("LicenseStatus") == LICENSED), used[0])
    status = one.get("LicenseStatus")
    known = isinstance(status, int) and 0 <= status < len(STATES)
    return Activation(
        status == LICENSED,
        STATES[status] if known else f"status {status}",
        str(one.get("PartialProductKey") or ""),
        str(one.get("OfflineInstallationId") or ""),
        str(read_value(session, PLATFORM, "KeyManagementServiceName") or ""),
    )


def _is_used(session: Session, product: Any) -> bool:
    if not isinstance(product, dict):
        raise UseriesError(
            f"SoftwareLicensingProduct on {session.target.host} answered with objects that are not understood.",
            surface="windows",
            operation="read the activation of Windows",
            target=session.target.url,
            kind="unexpected",
        )
    return str(product.get("ApplicationID") or "").casefold() == WINDOWS and bool(product.get("PartialProductKey"))
