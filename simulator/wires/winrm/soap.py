# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Envelopes of WS-Management as WinRS uses them: reading requests, writing answers and faults.

Sources: DSP0226 (WS-Management), MS-WSMV sections 2.2 and 3.1; fault codes from wsmerror.h and winerror.h.
"""

from __future__ import annotations

import base64
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

NAMESPACES = {
    "s": "http://www.w3.org/2003/05/soap-envelope",
    "a": "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    "x": "http://schemas.xmlsoap.org/ws/2004/09/transfer",
    "w": "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd",
    "p": "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd",
    "rsp": "http://schemas.microsoft.com/wbem/wsman/1/windows/shell",
    "f": "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault",
}
SHELL_URI = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd"
FAULT_ACTION = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault"
_ANONYMOUS = "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"

OPERATION_TIMEOUT = 2150858793
SHELL_NOT_FOUND = 2150858843
NOT_SUPPORTED = 50
BAD_PARAMETER = 87
BROKEN_PIPE = 109
FILE_NOT_FOUND = 2147942402


class WsmanFault(Exception):
    """A fault to answer with. :param subcode: like ``w:TimedOut``; :param provider: the shell itself reports it."""

    def __init__(self, code: int, subcode: str, reason: str, provider: bool = False) -> None:
        super().__init__(reason)
        self.code, self.subcode, self.reason, self.provider = code, subcode, reason, provider


@dataclass(frozen=True)
class Request:
    """What a client wants. ``action`` is the last part of its URI, ``timeout`` the operation timeout in seconds."""

    action: str
    message_id: str
    resource: str
    shell_id: str
    timeout: float
    options: dict[str, str]
    body: ET.Element

    def text(self, path: str) -> str:
        """Text of an element of the body, "" when it is not there."""
        return self.body.findtext(path, "", NAMESPACES) or ""

    def attribute(self, path: str, name: str) -> str:
        """Attribute of an element of the body."""
        found = self.body.find(path, NAMESPACES)
        return found.get(name, "") if found is not None else ""


def read(data: bytes) -> Request:
    """Read an envelope.

    :raises ValueError: it is none.
    """
    if b"<!DOCTYPE" in data:
        raise ValueError("document types are not read")
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        raise ValueError(str(error)) from None
    header, body = root.find("s:Header", NAMESPACES), root.find("s:Body", NAMESPACES)
    if header is None or body is None:
        raise ValueError("header or body is missing")
    selectors = header.findall("w:SelectorSet/w:Selector", NAMESPACES)
    options = header.findall("w:OptionSet/w:Option", NAMESPACES)
    return Request(
        action=(header.findtext("a:Action", "", NAMESPACES) or "").rsplit("/", 1)[-1],
        message_id=header.findtext("a:MessageID", "", NAMESPACES) or "",
        resource=header.findtext("w:ResourceURI", "", NAMESPACES) or "",
        shell_id=next((item.text or "" for item in selectors if item.get("Name") == "ShellId"), ""),
        timeout=_seconds(header.findtext("w:OperationTimeout", "PT60S", NAMESPACES) or ""),
        options={item.get("Name", ""): (item.text or "").strip() for item in options},
        body=body,
    )


def _seconds(duration: str) -> float:
    """Seconds of ``PT20S`` or ``PT20.000S``, the form that clients send."""
    if not (duration.startswith("PT") and duration.endswith("S")):
        raise ValueError(f"the duration {duration!r} is not modelled")
    return float(duration[2:-1])


def answer(request: Request, action: str, body: str) -> bytes:
    """An envelope that relates to the request."""
    return _envelope(action, request.message_id, body)


def _envelope(action: str, relates_to: str, body: str) -> bytes:
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><s:Envelope xml:lang="en-US" {spaces}><s:Header>'
        f"<a:Action>{escape(action)}</a:Action><a:MessageID>uuid:{str(uuid.uuid4()).upper()}</a:MessageID>"
        f"<a:To>{_ANONYMOUS}</a:To><a:RelatesTo>{escape(relates_to)}</a:RelatesTo></s:Header>"
        f"<s:Body>{body}</s:Body></s:Envelope>"
    ).encode()


def fault(relates_to: str, error: WsmanFault, machine: str) -> bytes:
    """The envelope of a fault."""
    reason = escape(error.reason)
    message = (
        '<f:ProviderFault provider="Shell cmd plugin" path="%systemroot%\\system32\\winrscmd.dll">'
        f"{reason}</f:ProviderFault>"
        if error.provider
        else reason
    )
    side = "s:Receiver" if error.subcode in ("w:TimedOut", "w:InternalError") else "s:Sender"
    return _envelope(
        FAULT_ACTION,
        relates_to,
        f"<s:Fault><s:Code><s:Value>{side}</s:Value><s:Subcode><s:Value>{error.subcode}</s:Value></s:Subcode></s:Code>"
        f'<s:Reason><s:Text xml:lang="en-US">{reason}</s:Text></s:Reason><s:Detail>'
        f'<f:WSManFault Code="{error.code}" Machine="{escape(machine)}"><f:Message>{message}</f:Message>'
        "</f:WSManFault></s:Detail></s:Fault>",
    )


def created(shell_id: str, options: dict[str, str]) -> str:
    """Body after Create."""
    return (
        f"<x:ResourceCreated><a:Address>{_ANONYMOUS}</a:Address><a:ReferenceParameters>"
        f"<w:ResourceURI>{SHELL_URI}</w:ResourceURI><w:SelectorSet>"
        f'<w:Selector Name="ShellId">{shell_id}</w:Selector></w:SelectorSet>'
        "</a:ReferenceParameters></x:ResourceCreated>"
        f"<rsp:Shell><rsp:ShellId>{shell_id}</rsp:ShellId><rsp:ResourceUri>{SHELL_URI}</rsp:ResourceUri>"
        f"<rsp:Owner>{escape(options['owner'])}</rsp:Owner><rsp:ClientIP>127.0.0.1</rsp:ClientIP>"
        "<rsp:IdleTimeOut>PT7200.000S</rsp:IdleTimeOut><rsp:InputStreams>stdin</rsp:InputStreams>"
        "<rsp:OutputStreams>stdout stderr</rsp:OutputStreams><rsp:ShellRunTime>P0DT0H0M0S</rsp:ShellRunTime>"
        "<rsp:ShellInactivity>P0DT0H0M0S</rsp:ShellInactivity></rsp:Shell>"
    )


def received(command_id: str, streams: Sequence[tuple[str, bytes]], exit_code: int) -> str:
    """Body after Receive of a command that is done."""
    parts = [
        f'<rsp:Stream Name="{name}" CommandId="{command_id}">{base64.b64encode(data).decode()}</rsp:Stream>'
        for name, data in streams
        if data
    ]
    parts += [f'<rsp:Stream Name="{name}" CommandId="{command_id}" End="true"></rsp:Stream>' for name, _data in streams]
    state = f"{NAMESPACES['rsp']}/CommandState/Done"
    return (
        f'<rsp:ReceiveResponse>{"".join(parts)}<rsp:CommandState CommandId="{command_id}" State="{state}">'
        f"<rsp:ExitCode>{exit_code}</rsp:ExitCode></rsp:CommandState></rsp:ReceiveResponse>"
    )
