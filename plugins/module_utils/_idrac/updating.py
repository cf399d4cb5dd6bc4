# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Firmware over Redfish: a package is uploaded, or fetched by the iDRAC, and becomes a job of the Lifecycle Controller.

Sources: DMTF schema UpdateService (``MultipartHttpPushUri`` with the parts ``UpdateParameters`` and ``UpdateFile``,
action SimpleUpdate) and DSP0266 "Software update"; Dell's published example scripts, which send
``@Redfish.OperationApplyTime`` and find the job's id at the end of the header Location. Not yet compared with a real
iDRAC.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ansible_collections.useries.appliance.plugins.module_utils._idrac.answers import (
    content_of,
    failure,
    mapping,
    references,
    unexpected,
    word,
)
from ansible_collections.useries.appliance.plugins.module_utils._idrac.client import Idrac
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

OPERATION = "send the firmware"
READ = "read what updates the iDRAC takes"
UPLOAD_SECONDS = 1800.0
"""For a package of some hundred megabytes over a slow line (judgement)."""
PIECE = 1024 * 1024
ON_RESET, AT_ONCE = "OnReset", "Immediate"
JOB = re.compile(r"[A-Za-z]{1,8}_\d{1,20}", re.ASCII)


class Multipart:
    """A multipart/form-data body that is read from its file while it is sent (RFC 7578).

    :param parameters: the part UpdateParameters; :param tell: called with the bytes sent, and those of all.
    """

    def __init__(self, parameters: Mapping[str, Any], path: Path, name: str, tell: Callable[[int, int], None]) -> None:
        boundary = f"useries-{secrets.token_hex(16)}"
        self.content_type = f"multipart/form-data; boundary={boundary}"
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="UpdateParameters"\r\n'
            f"Content-Type: application/json\r\n\r\n{json.dumps(dict(parameters))}\r\n"
            f'--{boundary}\r\nContent-Disposition: form-data; name="UpdateFile"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        self._parts = [head.encode(), f"\r\n--{boundary}--\r\n".encode()]
        self._path = path
        self._tell = tell
        self.length = sum(map(len, self._parts)) + path.stat().st_size

    def open(self) -> _Stream:
        """A stream of the body from its begin, for one attempt."""
        return _Stream(self._parts, self._path, self.length, self._tell)


class _Stream:
    """What ``requests`` sends piece by piece: something with a length that can be read."""

    def __init__(self, parts: list[bytes], path: Path, length: int, tell: Callable[[int, int], None]) -> None:
        self._head, self._tail = parts
        self._file = path.open("rb")
        self._length, self._sent, self._tell = length, 0, tell

    def __len__(self) -> int:
        return self._length

    def read(self, size: int = -1) -> bytes:
        """The next bytes; empty at the end."""
        wanted = PIECE if size is None or size < 0 else size
        piece, self._head = self._head[:wanted], self._head[wanted:]
        if not piece and not self._file.closed:
            piece = self._file.read(wanted)
            if not piece:
                self._file.close()
        if not piece:
            piece, self._tail = self._tail[:wanted], self._tail[wanted:]
        self._sent += len(piece)
        self._tell(self._sent, self._length)
        return piece


class Updates:
    """The update service of one iDRAC.

    :raises UseriesError: as :class:`Idrac`; kind ``precondition`` when it does not take what is asked.
    """

    def __init__(self, client: Idrac) -> None:
        self._client = client
        paths = references([client.session.root().get("UpdateService")])
        self._service = mapping(client.find(paths[0], operation=READ)) if paths else {}

    def ready(self, uri: str | None) -> None:
        """Refuse unless it takes an upload or, with a URI, fetches by this protocol."""
        if self._service.get("ServiceEnabled") is False:
            raise self._lacks("has its update service turned off", "Turn it on in the iDRAC's settings.")
        if uri is None:
            if word(self._service.get("MultipartHttpPushUri")) is None:
                raise self._lacks("takes no upload of firmware", "Give image_uri, or run the package in Windows.")
            return
        protocols = self._simple().get("TransferProtocol@Redfish.AllowableValues")
        if word(self._simple().get("target")) is None:
            raise self._lacks("fetches no firmware by itself", "Leave image_uri out: the package is uploaded then.")
        if isinstance(protocols, list) and _protocol(uri) not in protocols:
            known = ", ".join(map(str, protocols))
            raise self._lacks(f"does not fetch by {_protocol(uri)}", f"It knows {known}.", tuple(map(str, protocols)))

    def upload(self, path: Path, name: str, *, at_once: bool, tell: Callable[[int, int], None]) -> str:
        """Send a package, once; the id of its job.

        :param at_once: for firmware that needs no restart of the server. Else it waits for one.
        :raises UseriesError: ``silent`` when the answer was lost.
        """
        body = Multipart({"Targets": [], "@Redfish.OperationApplyTime": _when(at_once), "Oem": {}}, path, name, tell)
        answer = self._client.session.request(
            "POST",
            _path(self._service["MultipartHttpPushUri"]),
            operation=OPERATION,
            data=body.open,
            headers={"Content-Type": body.content_type},
            timeout=UPLOAD_SECONDS,
        )
        return self._job_of(answer)

    def fetch(self, uri: str, *, at_once: bool) -> str:
        """Let the iDRAC fetch a package, once; the id of its job. As :meth:`upload`."""
        order = {"ImageURI": uri, "TransferProtocol": _protocol(uri), "@Redfish.OperationApplyTime": _when(at_once)}
        answer = self._client.session.request(
            "POST", _path(self._simple()["target"]), operation=OPERATION, json=order, timeout=UPLOAD_SECONDS
        )
        return self._job_of(answer)

    def _simple(self) -> Mapping[str, Any]:
        return mapping(mapping(self._service.get("Actions")).get("#UpdateService.SimpleUpdate"))

    def _job_of(self, answer: Any) -> str:
        where = self._client.session.target.url
        if answer.status_code >= 400:
            raise failure(answer, target=where, operation=OPERATION)
        place = answer.headers.get("Location") or word((content_of(answer) or {}).get("@odata.id")) or ""
        identifier = place.rstrip("/").rsplit("/", maxsplit=1)[-1]
        if not JOB.fullmatch(identifier):
            raise UseriesError(
                f"The iDRAC at {where} took the firmware, and names no job for it.",
                surface="idrac",
                operation=OPERATION,
                target=where,
                kind="outcome_unknown",
                remedy="Look at its job queue (useries.appliance.idrac_job_info) before you repeat this.",
            )
        return identifier

    def _lacks(self, what: str, remedy: str, candidates: tuple[str, ...] = ()) -> UseriesError:
        error = unexpected(what, target=self._client.session.target.url, operation=READ, candidates=candidates)
        error.kind, error.remedy = "precondition", remedy
        return error


def may_update(client: Idrac) -> bool | None:
    """Whether the signed-in account may change firmware (privilege ConfigureComponents of DMTF's privilege registry);
    None when it does not see its own account.

    :raises UseriesError: as :class:`Idrac`.
    """
    operation = "read the rights of the account"
    for service in references([client.session.root().get("AccountService")]):
        accounts = references([mapping(client.find(service, operation=operation)).get("Accounts")])
        for one in client.members(accounts[0], operation=operation) or [] if accounts else []:
            if word(one.get("UserName")) != client.session.credentials.username:
                continue
            for role in references([mapping(one.get("Links")).get("Role")]):
                granted = mapping(client.find(role, operation=operation)).get("AssignedPrivileges")
                return "ConfigureComponents" in granted if isinstance(granted, list) else None
    return None


def _path(place: Any) -> str:
    """The path of a reference that may be a full URL: a package goes to the address that was checked, no other."""
    return urlsplit(str(place)).path or "/"


def _protocol(uri: str) -> str:
    return urlsplit(uri).scheme.upper()


def _when(at_once: bool) -> str:
    return AT_ONCE if at_once else ON_RESET
