# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What PowerShell prints: JSON on standard output, CLIXML error records on standard error.

Sources: about_ConvertTo-Json of Windows PowerShell 5.1 (dates as ``/Date(ms)/``, one item as an object, none as
nothing), MS-PSRP 2.2.5.3.2 (``_xHHHH_`` escapes). Not yet compared with a real Windows.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

MASK = "********"

_NAMESPACE = "{http://schemas.microsoft.com/powershell/2004/04}"
_DATE = re.compile(r"/Date\((-?\d+)\)/")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RECOVERY_PASSWORD = re.compile(r"\d{6}(?:-\d{6}){7}")
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class ErrorRecord:
    """What a command complains about.

    :param message: its words, without the position message (which would repeat the command and its values).
    :param identifier: FullyQualifiedErrorId, the same in every language; empty when there is none.
    """

    message: str
    identifier: str = ""


def parse_json(text: str) -> list[Any]:
    """The objects that ``ConvertTo-Json`` printed, always as a list; dates as ISO 8601 in UTC.

    :raises ValueError: not JSON (the text itself is not part of the error).
    """
    text = text.lstrip("\ufeff").strip()
    if not text:
        return []
    try:
        value = json.loads(text)
    except ValueError:
        raise ValueError(f"{len(text)} characters that are not JSON") from None
    value = _normalise(value)
    return value if isinstance(value, list) else [value]


def _normalise(value: Any) -> Any:
    if isinstance(value, str):
        return _date(value)
    if isinstance(value, list):
        return [_normalise(item) for item in value]
    if isinstance(value, dict):
        if set(value) == {"value", "Count"} and isinstance(value["value"], list):
            return _normalise(value["value"])  # an array that PowerShell has wrapped
        if set(value) <= {"value", "DisplayHint", "DateTime"} and {"value", "DateTime"} <= set(value):
            return _normalise(value["value"])  # a date with its display text
        return {key: _normalise(item) for key, item in value.items()}
    return value


def _date(text: str) -> str:
    match = _DATE.fullmatch(text)
    if not match:
        return text
    try:
        moment = _EPOCH + timedelta(milliseconds=int(match[1]))
    except OverflowError:
        return text
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_errors(text: str, secrets: Iterable[str] = ()) -> ErrorRecord | None:
    """The first error record in standard error, or None; progress, warnings and verbose text are no errors.

    :param secrets: texts to be masked in the message (recovery passwords always are).
    """
    plain = _decode(text) if text.lstrip("\ufeff").startswith("#< CLIXML") else text
    if not plain.strip():
        return None
    return ErrorRecord(hide(_message(plain), secrets), _identifier(plain))


def hide(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without recovery passwords and without ``secrets``."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, MASK)
    return _RECOVERY_PASSWORD.sub(MASK, text)


def _decode(text: str) -> str:
    """The error texts of CLIXML; text that is no CLIXML although it says so comes back as it is."""
    body = text[text.index("\n") + 1 :] if "\n" in text else ""
    if "<!DOCTYPE" in body:
        return "an answer with a document type, which is not read"
    try:
        root = ET.fromstring(body[: body.rindex(">") + 1])
    except (ET.ParseError, ValueError):
        return text
    return "".join(_unescape(node.text or "") for node in root.iter(f"{_NAMESPACE}S") if node.get("S") == "Error")


def _unescape(text: str) -> str:
    units = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _message(text: str) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines):
        if line.lstrip().startswith("+ "):
            lines = lines[: max(number - 1, 0)]
            break
    return " ".join(" ".join(lines).split()) or "no message"


def _identifier(text: str) -> str:
    _before, found, rest = text.replace("\r\n", "\n").partition("FullyQualifiedErrorId")
    if not found:
        return ""
    record = re.split(r"\n\s*\n", rest.lstrip(" :"), maxsplit=1)[0]
    return "".join(record.split())
