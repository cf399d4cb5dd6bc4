# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account of the iDRAC, seen over Redfish or by racadm on the appliance, and whether a password is let in.

The libraries of both are loaded when a task uses them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.idrac_network import Way
from ansible_collections.useries.appliance.plugins.module_utils._compose.links import target_of
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Task
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials

if TYPE_CHECKING:
    from ansible_collections.useries.appliance.plugins.module_utils._idrac.accounts import Account

FACTORY_USER, FACTORY_PASSWORD = "root", "calvin"
"""Of every iDRAC that was not ordered with a password of its own (guide 1683-1685)."""
NOBODY = frozenset({"unreachable", "silent"})


@dataclass(frozen=True)
class Seen:
    """One account as it is now.

    :param way: how it was looked at; :param slot: empty when there is no such account; :param role: None: not told.
    :param works: whether the wanted password is let in, None when that is not known (or none is wanted).
    :param default: whether its password is the one from the factory, None when that is not known.
    """

    way: Way
    slot: str
    enabled: bool | None = None
    role: str | None = None
    works: bool | None = None
    default: bool | None = None


def lets_in(task: Task, username: str, password: str) -> bool | None:
    """Whether the iDRAC lets somebody in, by a sign-in beside the run's session; None when nobody answers."""
    from ansible_collections.useries.appliance.plugins.module_utils._idrac.client import Idrac

    if not task.options.get("idrac_host"):
        return None
    credentials = Credentials(username, password)
    store = SessionStore(None, task.clock)
    with Idrac(target_of(task.options, "idrac"), credentials, store=store, clock=task.clock) as client:
        try:
            client.session.sign_in_and_out()
        except UseriesError as error:
            if error.kind == "login_refused":
                return False
            if error.kind in NOBODY:
                return None
            raise
    return True


def find(task: Task, name: str) -> tuple[Account | None, list[str]]:
    """An account over Redfish, and the names of all."""
    from ansible_collections.useries.appliance.plugins.module_utils._idrac.accounts import accounts

    found = accounts(task.surfaces.idrac)
    return next((one for one in found if one.name == name), None), [one.name for one in found]


def change(task: Task, account: Account, password: str) -> None:
    """Set its password over Redfish."""
    from ansible_collections.useries.appliance.plugins.module_utils._idrac.accounts import set_password

    set_password(task.surfaces.idrac, account, password)


def racadm(task: Task) -> Any:
    """The racadm on the appliance."""
    from ansible_collections.useries.appliance.plugins.module_utils._windows.racadm import Racadm

    return Racadm(task.surfaces.windows)
