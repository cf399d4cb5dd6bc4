# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the iDRAC says: the messages it uses and the error body they are wrapped in.

Source: DMTF DSP0268 (message registries), DSP0266 section "Error responses"; the iDRAC's own numbers (RAC0218, PSU501)
as reports of real hardware quote them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BASE = "Base.1.12"
IDRAC = "IDRAC.2.8"


@dataclass(frozen=True)
class Message:
    """One entry of a registry; ``text`` holds %1, %2 ... for its arguments."""

    text: str
    severity: str = "Critical"
    resolution: str = "None."


MESSAGES: Mapping[str, Message] = {
    f"{BASE}.Success": Message("The request completed successfully.", "OK"),
    f"{BASE}.AccessDenied": Message(
        "The authentication credentials included with this request are missing or invalid.",
        resolution="Ensure that the URI is correct and that the service has the appropriate credentials.",
    ),
    f"{BASE}.InsufficientPrivilege": Message(
        "There are insufficient privileges for the account or credentials associated with the current session to "
        "perform the requested operation.",
        resolution="Either abandon the operation or change the associated access rights and resubmit the request.",
    ),
    f"{BASE}.ResourceMissingAtURI": Message(
        "The resource at the URI %1 was not found.",
        resolution="Place a valid resource at the URI or correct the URI and resubmit the request.",
    ),
    f"{BASE}.OperationNotAllowed": Message(
        "The HTTP method is not allowed on this resource.", resolution="See the Allow header for the methods."
    ),
    f"{BASE}.ActionNotSupported": Message(
        "The action %1 is not supported by the resource.",
        resolution="The action supplied cannot be resubmitted to the implementation.",
    ),
    f"{BASE}.QueryNotSupported": Message(
        "Querying is not supported by the implementation.",
        "Warning",
        "Remove the query parameters and resubmit the request if the operation failed.",
    ),
    f"{BASE}.MalformedJSON": Message(
        "The request body submitted was malformed JSON and could not be parsed by the receiving service.",
        resolution="Ensure that the request body is valid JSON and resubmit the request.",
    ),
    f"{BASE}.NoOperation": Message(
        "The request body submitted contain no data to act upon and no changes to the resource took place.",
        "Warning",
        "Add properties in the JSON object and resubmit the request.",
    ),
    f"{BASE}.PropertyUnknown": Message(
        "The property %1 is not in the list of valid properties for the resource.",
        "Warning",
        "Remove the unknown property from the request body and resubmit the request if the operation failed.",
    ),
    f"{BASE}.PropertyNotWritable": Message(
        "The property %1 is a read only property and cannot be assigned a value.",
        "Warning",
        "Remove the property from the request body and resubmit the request if the operation failed.",
    ),
    f"{BASE}.PropertyValueNotInList": Message(
        "The value %1 for the property %2 is not in the list of acceptable values.",
        "Warning",
        "Choose a value from the enumeration list that the implementation can support and resubmit the request.",
    ),
    f"{BASE}.PropertyValueTypeError": Message(
        "The value %1 for the property %2 is of a different type than the property can accept.",
        "Warning",
        "Correct the value for the property in the request body and resubmit the request if the operation failed.",
    ),
    f"{BASE}.PropertyValueFormatError": Message(
        "The value %1 for the property %2 is of a different format than the property can accept.",
        "Warning",
        "Correct the value for the property in the request body and resubmit the request if the operation failed.",
    ),
    f"{BASE}.ActionParameterMissing": Message(
        "The action %1 requires the parameter %2 to be present in the request body.",
        resolution="Supply the action with the required parameter in the request body when the request is resubmitted.",
    ),
    f"{BASE}.PropertyMissing": Message(
        "The property %1 is a required property and must be included in the request.",
        "Warning",
        "Ensure that the property is in the request body and has a valid value and resubmit the request.",
    ),
    f"{BASE}.PreconditionFailed": Message(
        "The ETag supplied did not match the ETag required to change this resource.",
        resolution="Try the operation again using the appropriate ETag.",
    ),
    f"{BASE}.HeaderInvalid": Message(
        "Header %1 is invalid.", resolution="Resubmit the request with a valid value for the HTTP header."
    ),
    f"{BASE}.InternalError": Message(
        "The request failed due to an internal service error. The service is still operational.",
        resolution="Resubmit the request.",
    ),
    f"{BASE}.ServiceTemporarilyUnavailable": Message(
        "The service is temporarily unavailable. Retry in %1 seconds.",
        resolution="Wait for the indicated retry duration and retry the operation.",
    ),
    f"{IDRAC}.RAC0218": Message(
        "The maximum number of user sessions is reached.",
        resolution="Close existing sessions and retry the operation.",
    ),
    f"{IDRAC}.SYS011": Message(
        "Pending configuration values are already committed, unable to perform another set operation.",
        resolution="Wait for the scheduled job to be done, or delete it, before setting anything else.",
    ),
    f"{IDRAC}.SUP020": Message("The specified job was deleted.", "Informational", "No response action is required."),
    f"{IDRAC}.PSU501": Message("Server is already powered %1.", "Informational", "No response action is required."),
}


def extended(message_id: str, *arguments: str, properties: tuple[str, ...] = ()) -> dict[str, Any]:
    """One item of ``@Message.ExtendedInfo``; ``properties`` are JSON pointers of what is wrong."""
    message = MESSAGES[message_id]
    text = message.text
    for number, argument in enumerate(arguments, start=1):
        text = text.replace(f"%{number}", argument)
    item: dict[str, Any] = {
        "MessageId": message_id,
        "Message": text,
        "MessageArgs": list(arguments),
        "MessageSeverity": "OK" if message.severity == "Informational" else message.severity,
        "Severity": message.severity,
        "Resolution": message.resolution,
    }
    if properties:
        item["RelatedProperties"] = list(properties)
    return item


class RedfishError(Exception):
    """An answer that is an error.

    :param status: the HTTP status; :param message_id: a key of :data:`MESSAGES`.
    """

    def __init__(
        self,
        status: int,
        message_id: str,
        *arguments: str,
        properties: tuple[str, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message_id)
        self.status = status
        self.headers = dict(headers or {})
        self.body = {
            "error": {
                "code": f"{BASE}.GeneralError",
                "message": "A general error has occurred. See ExtendedInfo for more information.",
                "@Message.ExtendedInfo": [extended(message_id, *arguments, properties=properties)],
            }
        }


def success() -> dict[str, Any]:
    """The body of a write that was carried out."""
    return {"@Message.ExtendedInfo": [extended(f"{BASE}.Success")]}


def registry() -> dict[str, Any]:
    """The registry file of the Base messages in use."""
    entries = {}
    for message_id, message in MESSAGES.items():
        if not message_id.startswith(f"{BASE}."):
            continue
        count = sum(f"%{n}" in message.text for n in range(1, 4))
        entries[message_id.removeprefix(f"{BASE}.")] = {
            "Description": message.text,
            "Message": message.text,
            "MessageSeverity": message.severity,
            "NumberOfArgs": count,
            **({"ParamTypes": ["string"] * count} if count else {}),
            "Resolution": message.resolution,
        }
    return {
        "@odata.type": "#MessageRegistry.v1_6_3.MessageRegistry",
        "Id": f"{BASE}.0",
        "Name": "Base Message Registry",
        "Language": "en",
        "Description": "The part of the Base messages that this service uses.",
        "RegistryPrefix": "Base",
        "RegistryVersion": "1.12.0",
        "OwningEntity": "useries.appliance simulator",
        "Messages": entries,
    }
