# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The accounts of the iDRAC over Redfish.

Source: DMTF schemas AccountService and ManagerAccount; on an iDRAC they are fixed slots, a free one has no user name.
"""

from __future__ import annotations

from dataclasses import dataclass

from ansible_collections.useries.appliance.plugins.module_utils._idrac.answers import (
    failure,
    references,
    unexpected,
    word,
)
from ansible_collections.useries.appliance.plugins.module_utils._idrac.client import Idrac

READ, CHANGE = "read the accounts of the iDRAC", "change the password of an account of the iDRAC"


@dataclass(frozen=True)
class Account:
    """One account.

    :param path: its resource; :param slot: its id, as ``2``; :param role: as ``Administrator``, None for none.
    """

    path: str
    slot: str
    name: str
    enabled: bool
    role: str | None


def accounts(client: Idrac) -> list[Account]:
    """Those that have a user name.

    :raises UseriesError: as :class:`Idrac`; an account without the right to configure users may see only itself.
    """
    for service in references([client.session.root().get("AccountService")]):
        for path in references([client.get(service, operation=READ).get("Accounts")]):
            found = client.members(path, operation=READ) or []
            return [
                Account(
                    path=str(one["@odata.id"]),
                    slot=str(one.get("Id") or ""),
                    name=name,
                    enabled=one.get("Enabled") is not False,
                    role=word(one.get("RoleId")),
                )
                for one in found
                if (name := word(one.get("UserName"))) is not None and one.get("@odata.id")
            ]
    raise unexpected("has no accounts", target=client.session.target.url, operation=READ)


def set_password(client: Idrac, account: Account, password: str) -> None:
    """Set a password, once.

    :raises UseriesError: as :class:`Idrac`; the iDRAC's words may repeat the password, so the caller masks them.
    """
    answer = client.session.request("PATCH", account.path, operation=CHANGE, json={"Password": password})
    if answer.status_code >= 400:
        raise failure(answer, target=client.session.target.url, operation=CHANGE)
