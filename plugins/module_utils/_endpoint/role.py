# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The high-availability role as a load balancer reads it: ``GET /UVMInterface/api/HighAvailability`` (guide 1131-1161).

The guide asks for JSON in the *Content-Type* header of the GET; both headers are sent, and JSON, XML and plain text are
understood (open point A-75).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Literal

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = optional("lxml.etree")

PATH = "/UVMInterface/api/HighAvailability"
CONTENT_TYPE = "application/json;charset=UTF-8"
#: What the health checks of the documentation look for in the body.
EXPRESSION = r'"Role"\s*:\s*"Active"'
Role = Literal["Off", "Active", "Passive"]
ROLES: tuple[Role, ...] = ("Off", "Active", "Passive")


def read_role(target: Target, clock: Clock) -> Role:
    """The node's role; no credentials are sent.

    :raises UseriesError: surface ``endpoint``; kind ``unexpected`` when the answer is none of the three words.
    """
    return read_role_and_date(target, clock)[0]


def read_role_and_date(target: Target, clock: Clock) -> tuple[Role, datetime | None]:
    """The role, and the node's clock from the *Date* header of that answer (RFC 9110, 6.6.1): UTC, whatever its zone.

    The date is None where there is none, or none that can be read. Errors as of :func:`read_role`.
    """
    session = HttpSession(target, surface="endpoint", clock=clock)
    try:
        response = session.request(
            "GET",
            PATH,
            operation="read the high-availability role",
            repeat=True,
            headers={"Content-Type": CONTENT_TYPE, "Accept": "application/json"},
        )
        if response.status_code != 200:
            raise _unexpected(target, f"status {response.status_code}")
        return _role(target, response.content), _date(response.headers.get("Date"))
    finally:
        session.close()


@dataclass(frozen=True)
class Check:
    """What a load balancer learns from one request.

    :param sends_traffic: whether a health check by :data:`EXPRESSION` lets traffic through to this address.
    :param milliseconds: real time from the connection to the end of the answer.
    """

    url: str
    role: Role
    sends_traffic: bool
    content_type: str
    milliseconds: int


def check_as_balancer(target: Target, clock: Clock) -> Check:
    """One request as a load balancer sends it: no credentials, one attempt, no Accept header, no redirect followed.

    :raises UseriesError: as :func:`read_role`; an answer that is none of the three words, or no 200, is ``unexpected``.
    """
    session = HttpSession(target, surface="endpoint", clock=clock)
    try:
        started = clock.wall()
        response = session.request(
            "GET",
            PATH,
            operation="ask as a load balancer does",
            headers={"Content-Type": CONTENT_TYPE, "Accept": None},  # type: ignore[dict-item]
            allow_redirects=False,
        )
        took = round((clock.wall() - started) * 1000)
        if response.is_redirect:
            raise _unexpected(target, f"status {response.status_code}, which sends on to {_shown(response.headers)},")
        if response.status_code != 200:
            raise _unexpected(target, f"status {response.status_code}")
        return Check(
            target.url + PATH,
            _role(target, response.content),
            re.search(EXPRESSION.encode(), response.content) is not None,
            str(response.headers.get("Content-Type", "")),
            took,
        )
    finally:
        session.close()


def _shown(headers: Mapping[str, str]) -> str:
    return repr(str(headers.get("Location", ""))[:100])


def _role(target: Target, body: bytes) -> Role:
    word = parse(body)
    for role in ROLES:
        if word.lower() == role.lower():
            return role
    raise _unexpected(target, repr(word[:60]))


def parse(body: bytes) -> str:
    """The word in a JSON object with one member ``Role``, in XML, or alone."""
    text = body.decode("utf-8-sig", errors="replace").strip()
    try:
        answer = json.loads(text)
    except ValueError:
        return _from_xml(text) if text.startswith("<") else text.strip("\"' ")
    if isinstance(answer, dict):
        answer = next((value for key, value in answer.items() if key.lower() == "role"), "")
    return str(answer)


def _date(text: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None


def _from_xml(text: str) -> str:
    try:
        root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return text
    for element in root.iter():
        if isinstance(element.tag, str) and re.sub(r"^\{.*\}", "", element.tag).lower() == "role":
            return (element.text or "").strip()
    return (root.text or "").strip()


def _unexpected(target: Target, found: str) -> UseriesError:
    return UseriesError(
        f"The high-availability endpoint of {target.url} answered {found} instead of Off, Active or Passive.",
        surface="endpoint",
        operation="read the high-availability role",
        target=target.url,
        kind="unexpected",
        remedy=f"Open {target.url}{PATH} in a browser; is this a U-Series Appliance?",
    )
