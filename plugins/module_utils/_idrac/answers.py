# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a Redfish answer says: its body as data, and its errors in words for an administrator.

Source: DMTF DSP0266 "Error responses" (``error`` with ``@Message.ExtendedInfo``) and "Response codes".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, UseriesError

if TYPE_CHECKING:
    import requests

LONGEST_MESSAGE = 500
"""Characters of the iDRAC's own words that are passed on."""


@dataclass(frozen=True)
class Told:
    """What an error body says.

    :param messages: the sentences; :param ids: their message ids, e.g. ``IDRAC.2.8.RAC0218``.
    :param resolution: the first advice of the iDRAC, or empty; :param properties: property -> sentence about it.
    """

    messages: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    resolution: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)

    def says(self, message: str) -> bool:
        """Whether a message id ends in this, whatever registry version stands before it."""
        return any(identifier.rsplit(".", maxsplit=1)[-1] == message for identifier in self.ids)

    @property
    def sentence(self) -> str:
        """All messages in one line."""
        return " ".join(self.messages)[:LONGEST_MESSAGE]


def content_of(response: requests.Response) -> dict[str, Any] | None:
    """The JSON object of an answer, {} for an empty one, None for anything else (HTML, a cut-off body)."""
    if not response.content.strip():
        return {}
    try:
        content = json.loads(response.content)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def told(response: requests.Response) -> Told:
    """The messages of an error body; empty when it holds none."""
    content = content_of(response) or {}
    error = content.get("error")
    if not isinstance(error, dict):
        return Told()
    items = [item for item in _list(error.get("@Message.ExtendedInfo")) if isinstance(item, dict)]
    messages = [text for text in (_text(item.get("Message")) for item in items) if text]
    properties = {}
    for item in items:
        for name in _list(item.get("RelatedProperties")):
            properties[str(name).removeprefix("#/")] = _text(item.get("Message"))
    advice = [text for text in (_text(item.get("Resolution")) for item in items) if text.strip(". ").lower() != "none"]
    return Told(
        tuple(messages or filter(None, [_text(error.get("message"))])),
        tuple(_text(item.get("MessageId")) for item in items),
        next(filter(None, advice), ""),
        properties,
    )


def failure(response: requests.Response, *, target: str, operation: str) -> UseriesError:
    """The error that an answer with status 400 or above stands for."""
    status, words = response.status_code, told(response)
    kind, remedy = _meaning(status)
    sentence = words.sentence or f"HTTP {status} {response.reason}, without an explanation."
    return UseriesError(
        f"The iDRAC at {target} refuses ({operation}): {sentence}",
        surface="idrac",
        operation=operation,
        target=target,
        kind=kind,
        remedy=remedy or words.resolution,
        fields=words.properties,
    )


def unexpected(message: str, *, target: str, operation: str, candidates: tuple[str, ...] = ()) -> UseriesError:
    """An answer that is not understood."""
    return UseriesError(
        f"The iDRAC at {target} {message}.",
        surface="idrac",
        operation=operation,
        target=target,
        kind="unexpected",
        remedy="Open the address in a browser and look whether it is an iDRAC; restart the iDRAC if it is.",
        candidates=candidates,
    )


def mapping(value: Any) -> Mapping[str, Any]:
    """A part of a resource that must be an object; empty when it is none."""
    return value if isinstance(value, Mapping) else {}


def word(value: Any) -> str | None:
    """A text of a resource; None when it is none, or empty."""
    return value.strip() or None if isinstance(value, str) else None


def references(value: Any) -> list[str]:
    """The paths that a list of references names."""
    found = (mapping(item).get("@odata.id") for item in _list(value))
    return [path for path in found if isinstance(path, str)]


def _meaning(status: int) -> tuple[Kind, str]:
    if status == 401:
        return "login_refused", "Check useries_idrac_username and useries_idrac_password."
    if status == 403:
        return "precondition", "Give the account of useries_idrac_username a role that may do this."
    if status == 400:
        return "rejected", ""
    if status in (404, 501):
        return "unexpected", "This iDRAC's firmware does not offer it; look for a newer one."
    if status == 412:
        return "failed", "Somebody else changed it at the same time; run the task again."
    if status == 503:
        return "busy", "The iDRAC, or its Lifecycle Controller, is starting: wait some minutes and run the task again."
    return "failed", ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
