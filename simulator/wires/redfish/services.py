# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The services: sessions, accounts with roles, registries.

Source: DMTF schemas of the same names; Dell's fixed account slots.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from simulator.wires.redfish import bios, manager
from simulator.wires.redfish.controller import (
    CONFIGURE_MANAGER,
    CONFIGURE_SELF,
    CONFIGURE_USERS,
    ROLES,
    Controller,
)
from simulator.wires.redfish.messages import BASE, RedfishError, registry, success
from simulator.wires.redfish.resource import (
    ROOT,
    Arguments,
    Body,
    Reply,
    Resource,
    collection,
    head,
    link,
    missing,
)

LONGEST_PASSWORD = 40
SESSIONS = f"{ROOT}/SessionService/Sessions"
ACCOUNTS = f"{ROOT}/AccountService/Accounts"
ROLE_PATH = f"{ROOT}/AccountService/Roles"
REGISTRY = f"{ROOT}/Registries/BaseMessages"
REGISTRY_FILE = f"{REGISTRY}/BaseRegistry.v1_12_0.json"
ENABLED = {"State": "Enabled", "Health": "OK"}


def typed(body: Body, name: str, kind: type, required: bool = False) -> Any:
    """A property of a request, refused when it is missing though required, or of another type."""
    value = body.get(name)
    if value is None and required:
        raise RedfishError(400, f"{BASE}.PropertyMissing", name, properties=(f"#/{name}",))
    if value is not None and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
        shown = "********" if name == "Password" else str(value)
        raise RedfishError(400, f"{BASE}.PropertyValueTypeError", shown, name, properties=(f"#/{name}",))
    return value


def known(body: Body, allowed: tuple[str, ...], current: Body) -> None:
    """Refuse properties that cannot be written, one error naming the first."""
    if not body:
        raise RedfishError(400, f"{BASE}.MalformedJSON")
    for name in body:
        if name not in allowed:
            message = "PropertyNotWritable" if name in current else "PropertyUnknown"
            raise RedfishError(400, f"{BASE}.{message}", name, properties=(f"#/{name}",))


def _own(controller: Controller, arguments: Arguments, slot: int, otherwise: str) -> None:
    """Refuse unless the slot is the caller's own, or the caller has the privilege for those of others."""
    caller = int(arguments["caller"])
    if slot != caller and otherwise not in controller.accounts[caller].privileges:
        raise RedfishError(403, f"{BASE}.InsufficientPrivilege")


def session_service(controller: Controller, arguments: Arguments) -> Body:
    """How long an idle session lives."""
    return {
        **head(f"{ROOT}/SessionService", "SessionService", "SessionService", "Session Service"),
        "ServiceEnabled": True,
        "SessionTimeout": controller.sessions.idle_seconds,
        "Sessions": link(SESSIONS),
        "Status": ENABLED,
    }


def patch_session_service(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """Set the idle time (60 to 10800 s)."""
    known(body, ("SessionTimeout",), session_service(controller, arguments))
    seconds = typed(body, "SessionTimeout", int, required=True)
    if not 60 <= seconds <= 10800:
        properties = ("#/SessionTimeout",)
        raise RedfishError(400, f"{BASE}.PropertyValueNotInList", str(seconds), "SessionTimeout", properties=properties)
    controller.sessions.idle_seconds = seconds
    return Reply(200, success())


def sessions(controller: Controller, arguments: Arguments) -> Body:
    """The open sessions."""
    members = [f"{SESSIONS}/{session.id}" for session in controller.sessions.all()]
    return collection(SESSIONS, "SessionCollection", "Session Collection", members)


def session(controller: Controller, arguments: Arguments) -> Body:
    """One session; never its token."""
    for found in controller.sessions.all():
        if found.id == arguments["session"]:
            created = dt.datetime.fromtimestamp(int(found.created), dt.timezone.utc).isoformat()
            return {
                **head(f"{SESSIONS}/{found.id}", "Session", found.id, "User Session"),
                "UserName": found.account.username,
                "Password": None,
                "SessionType": "Redfish",
                "CreatedTime": created,
                "ClientOriginIPAddress": found.client,
            }
    raise missing(f"{SESSIONS}/{arguments['session']}")


def sign_in(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """Open a session: 201 with token and place, 401, or 503 with RAC0218."""
    username = typed(body, "UserName", str, required=True)
    password = typed(body, "Password", str, required=True)
    account = controller.sign_in(username, password)
    if account is None or not account.privileges:
        raise RedfishError(401, f"{BASE}.AccessDenied")
    opened = controller.sessions.open(account, arguments.get("client", ""))
    path = f"{SESSIONS}/{opened.id}"
    content = session(controller, {"session": opened.id})
    return Reply(201, content, {"X-Auth-Token": opened.token, "Location": path})


def sign_out(controller: Controller, arguments: Arguments) -> Reply:
    """End a session; that of somebody else only as an administrator."""
    for found in controller.sessions.all():
        if found.id == arguments["session"]:
            _own(controller, arguments, found.account.slot, CONFIGURE_MANAGER)
    if not controller.sessions.close(arguments["session"]):
        raise missing(f"{SESSIONS}/{arguments['session']}")
    return Reply(200, success())


def account_service(controller: Controller, arguments: Arguments) -> Body:
    """Accounts and roles."""
    return {
        **head(f"{ROOT}/AccountService", "AccountService", "AccountService", "Account Service"),
        "ServiceEnabled": True,
        "MinPasswordLength": 0,
        "MaxPasswordLength": LONGEST_PASSWORD,
        "Accounts": link(ACCOUNTS),
        "Roles": link(ROLE_PATH),
        "Status": ENABLED,
    }


def accounts(controller: Controller, arguments: Arguments) -> Body:
    """The fixed slots."""
    members = [f"{ACCOUNTS}/{slot}" for slot in controller.accounts]
    return collection(ACCOUNTS, "ManagerAccountCollection", "Accounts Collection", members)


def account(controller: Controller, arguments: Arguments) -> Body:
    """One slot, also a free one."""
    found = controller.accounts.get(int(arguments["slot"]))
    if found is None:
        raise missing(f"{ACCOUNTS}/{arguments['slot']}")
    return {
        **head(f"{ACCOUNTS}/{found.slot}", "ManagerAccount", str(found.slot), "User Account"),
        "UserName": found.username,
        "Password": None,
        "Enabled": found.enabled,
        "Locked": False,
        "RoleId": found.role,
        "AccountTypes": ["Redfish", "WebUI", "ManagerConsole"] if found.enabled else [],
        "Links": {"Role": link(f"{ROLE_PATH}/{found.role}")},
    }


def patch_account(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """Change a slot; slot 1 is reserved."""
    current = account(controller, arguments)
    known(body, ("UserName", "Password", "Enabled", "RoleId"), current)
    found = controller.accounts[int(arguments["slot"])]
    _own(controller, arguments, found.slot if set(body) == {"Password"} else 0, CONFIGURE_USERS)
    if found.slot == 1:
        raise RedfishError(400, f"{BASE}.PropertyNotWritable", next(iter(body)))
    username, password = typed(body, "UserName", str), typed(body, "Password", str)
    enabled, role = typed(body, "Enabled", bool), typed(body, "RoleId", str)
    if role is not None and role not in ROLES:
        raise RedfishError(400, f"{BASE}.PropertyValueNotInList", role, "RoleId", properties=("#/RoleId",))
    found.username = found.username if username is None else username
    if password is not None and len(password) > LONGEST_PASSWORD:
        raise RedfishError(400, f"{BASE}.PropertyValueFormatError", password, "Password", properties=("#/Password",))
    if password is not None and not controller.machine.appliance.take_fault("idrac_password"):
        found.password = password
    found.enabled = found.enabled if enabled is None else enabled
    found.role = found.role if role is None else role
    controller.keep(found)
    return Reply(200, success())


def roles(controller: Controller, arguments: Arguments) -> Body:
    """The predefined roles."""
    return collection(ROLE_PATH, "RoleCollection", "Roles Collection", [f"{ROLE_PATH}/{role}" for role in ROLES])


def role(controller: Controller, arguments: Arguments) -> Body:
    """One role with its privileges."""
    name = arguments["role"]
    if name not in ROLES:
        raise missing(f"{ROLE_PATH}/{name}")
    return {
        **head(f"{ROLE_PATH}/{name}", "Role", name, "User Role"),
        "RoleId": name,
        "IsPredefined": True,
        "AssignedPrivileges": list(ROLES[name]),
    }


def registries(controller: Controller, arguments: Arguments) -> Body:
    """The registries in use."""
    path = f"{ROOT}/Registries"
    found = [REGISTRY, bios.REGISTRY_FILE]
    if not controller.machine.lifecycle.older:
        found.append(manager.REGISTRY_FILE)
    return collection(path, "MessageRegistryFileCollection", "Registry File Collection", found)


def registry_file(controller: Controller, arguments: Arguments) -> Body:
    """Where the Base messages are."""
    return {
        **head(REGISTRY, "MessageRegistryFile", "BaseMessages", "Base Message Registry File"),
        "Registry": BASE,
        "Languages": ["En"],
        "Location": [{"Language": "En", "Uri": REGISTRY_FILE}],
    }


def base_registry(controller: Controller, arguments: Arguments) -> Body:
    """The Base messages."""
    return registry()


RESOURCES = (
    Resource(
        f"{ROOT}/SessionService",
        get=session_service,
        patch=patch_session_service,
        needs={"PATCH": CONFIGURE_MANAGER},
    ),
    Resource(SESSIONS, get=sessions, post=sign_in, needs={"POST": ""}),
    Resource(f"{SESSIONS}/Members", post=sign_in, needs={"POST": ""}),
    Resource(f"{SESSIONS}/<session>", get=session, delete=sign_out, needs={"DELETE": CONFIGURE_SELF}),
    Resource(f"{ROOT}/AccountService", get=account_service),
    Resource(ACCOUNTS, get=accounts),
    Resource(f"{ACCOUNTS}/<int:slot>", get=account, patch=patch_account, needs={"PATCH": CONFIGURE_SELF}),
    Resource(ROLE_PATH, get=roles),
    Resource(f"{ROLE_PATH}/<role>", get=role),
    Resource(f"{ROOT}/Registries", get=registries),
    Resource(REGISTRY, get=registry_file),
    Resource(REGISTRY_FILE, get=base_registry),
)
