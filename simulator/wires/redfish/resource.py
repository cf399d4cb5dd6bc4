# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a Redfish resource is, and the helpers that all of the tree uses: types, collections, ETags, $expand, $select.

Source: DMTF DSP0266 (ETags, query parameters, @odata properties).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import quoteattr

from simulator.wires.redfish.controller import LOGIN, Controller
from simulator.wires.redfish.messages import BASE, RedfishError

ROOT = "/redfish/v1"
Body = dict[str, Any]
Arguments = Mapping[str, str]

SCHEMAS: Mapping[str, str] = {
    "ServiceRoot": "v1_17_0",
    "ComputerSystem": "v1_22_0",
    "Bios": "v1_2_3",
    "Manager": "v1_19_1",
    "EthernetInterface": "v1_12_1",
    "NetworkInterface": "v1_2_3",
    "NetworkAdapter": "v1_14_0",
    "NetworkDeviceFunction": "v1_11_1",
    "AttributeRegistry": "v1_4_0",
    "Settings": "v1_4_0",
    "ManagerNetworkProtocol": "v1_10_1",
    "Chassis": "v1_25_0",
    "SessionService": "v1_1_9",
    "Session": "v1_7_2",
    "AccountService": "v1_15_1",
    "ManagerAccount": "v1_12_1",
    "Role": "v1_3_2",
    "UpdateService": "v1_14_0",
    "SoftwareInventory": "v1_10_2",
    "JobService": "v1_0_5",
    "Job": "v1_2_4",
    "TaskService": "v1_2_1",
    "Task": "v1_7_4",
    "MessageRegistryFile": "v1_1_4",
    "MessageRegistry": "v1_6_3",
    "DellAttributes": "v1_0_0",
    "DellNetworkAttributes": "v1_0_0",
    "DellJob": "v1_4_0",
    "DellJobService": "v1_0_0",
    "DellLCService": "v1_0_0",
    "DellSoftwareInventory": "v1_2_0",
}
COLLECTIONS = (
    "ComputerSystemCollection",
    "ManagerCollection",
    "ChassisCollection",
    "EthernetInterfaceCollection",
    "NetworkInterfaceCollection",
    "NetworkAdapterCollection",
    "NetworkDeviceFunctionCollection",
    "SessionCollection",
    "ManagerAccountCollection",
    "RoleCollection",
    "SoftwareInventoryCollection",
    "JobCollection",
    "TaskCollection",
    "MessageRegistryFileCollection",
)


@dataclass(frozen=True)
class Reply:
    """An answer: ``body`` None is an empty one."""

    status: int = 200
    body: Body | str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json;odata.metadata=minimal;charset=utf-8"


@dataclass(frozen=True)
class Form:
    """A multipart/form-data request: fields by name, files by name as (file name, content)."""

    fields: Mapping[str, str]
    files: Mapping[str, tuple[str, bytes]]


Read = Callable[[Controller, Arguments], Body | Reply]
Write = Callable[[Controller, Arguments, Body], Reply]
Remove = Callable[[Controller, Arguments], Reply]
Upload = Callable[[Controller, Arguments, Form], Reply]


@dataclass(frozen=True, eq=False)
class Resource:
    """One URI pattern (werkzeug's rule syntax) and what can be done there.

    :param form: a POST that is a form with files.
    :param public: GET needs no sign-in (DSP0266: service root, /redfish, odata, $metadata).
    :param needs: privilege per method; GET and HEAD need Login unless public; "" is for everybody (sign-in itself).
    """

    rule: str
    get: Read | None = None
    patch: Write | None = None
    post: Write | None = None
    delete: Remove | None = None
    form: Upload | None = None
    public: bool = False
    needs: Mapping[str, str] = field(default_factory=dict)

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods of the Allow header."""
        found = ["GET", "HEAD"] if self.get else []
        found += ["PATCH"] if self.patch else []
        found += ["POST"] if self.post or self.form else []
        found += ["DELETE"] if self.delete else []
        return tuple(found)

    def privilege(self, method: str) -> str:
        """What the account must be allowed; empty: no sign-in."""
        if method in ("GET", "HEAD"):
            return "" if self.public else LOGIN
        return self.needs[method]


def missing(path: str) -> RedfishError:
    """Nothing at this URI."""
    return RedfishError(404, f"{BASE}.ResourceMissingAtURI", path)


def link(path: str) -> Body:
    """A reference to another resource."""
    return {"@odata.id": path}


def head(path: str, schema: str, identifier: str, name: str) -> Body:
    """The first properties of every resource."""
    return {
        "@odata.context": f"{ROOT}/$metadata#{schema}.{schema}",
        "@odata.id": path,
        "@odata.type": f"#{schema}.{SCHEMAS[schema]}.{schema}",
        "Id": identifier,
        "Name": name,
    }


def collection(path: str, schema: str, name: str, members: Iterable[str]) -> Body:
    """A collection; ``members`` are paths."""
    found = [link(member) for member in members]
    return {
        "@odata.context": f"{ROOT}/$metadata#{schema}.{schema}",
        "@odata.id": path,
        "@odata.type": f"#{schema}.{schema}",
        "Name": name,
        "Members": found,
        "Members@odata.count": len(found),
    }


def etag(body: Body) -> str:
    """A weak ETag over the content, so that it changes exactly when the resource does."""
    content = json.dumps(body, sort_keys=True).encode()
    return f'W/"{hashlib.sha256(content).hexdigest()[:16]}"'


def described_by(body: Body) -> str:
    """The Link header that names the schema."""
    schema = str(body.get("@odata.type", "")).removeprefix("#").rsplit(".", maxsplit=1)[0]
    return f"<http://redfish.dmtf.org/schemas/v1/{schema}.json>; rel=describedby" if schema else ""


def select(body: Body, names: Iterable[str]) -> Body:
    """``$select``: the named properties, and those that must always be there."""
    wanted = {name.strip().split("/", maxsplit=1)[0] for name in names}
    return {key: value for key, value in body.items() if key in wanted or key.startswith("@odata.")}


def expand(value: Any, fetch: Callable[[str], Body | None], kind: str, in_links: bool = False) -> Any:
    """``$expand`` by one level: references become what they refer to.

    :param fetch: gives a resource by path, or None when it cannot be read.
    :param kind: ``.`` (all but Links), ``~`` (only Links) or ``*`` (both).
    """
    if isinstance(value, dict):
        if set(value) == {"@odata.id"}:
            wanted = kind == "*" or (kind == "~") is in_links
            return (fetch(value["@odata.id"]) or value) if wanted else value
        return {k: expand(v, fetch, kind, in_links or k == "Links") for k, v in value.items()}
    if isinstance(value, list):
        return [expand(item, fetch, kind, in_links) for item in value]
    return value


def metadata() -> str:
    """The ``$metadata`` document: which schema files describe this service."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">',
    ]
    for schema, version in SCHEMAS.items():
        if not schema.startswith("Dell"):
            lines += _reference(f"{schema}_v1.xml", (schema, f"{schema}.{version}"))
    for schema in COLLECTIONS:
        lines += _reference(f"{schema}_v1.xml", (schema,))
    lines += _reference("RedfishExtensions_v1.xml", ("RedfishExtensions.v1_0_0",), "Redfish")
    container = f"ServiceRoot.{SCHEMAS['ServiceRoot']}.ServiceContainer"
    lines += [
        "<edmx:DataServices>",
        '<Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Service">',
        f"<EntityContainer Name='Service' Extends={quoteattr(container)}/>",
        "</Schema></edmx:DataServices></edmx:Edmx>",
    ]
    return "\n".join(lines)


def _reference(file: str, namespaces: Iterable[str], alias: str = "") -> list[str]:
    uri = quoteattr(f"http://redfish.dmtf.org/schemas/v1/{file}")
    extra = f" Alias={quoteattr(alias)}" if alias else ""
    includes = [f"<edmx:Include Namespace={quoteattr(namespace)}{extra}/>" for namespace in namespaces]
    return [f"<edmx:Reference Uri={uri}>", *includes, "</edmx:Reference>"]
