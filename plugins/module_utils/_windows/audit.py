# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Remote Desktop in the Security event log of Windows, and what other programs than Windows wrote there (guide 439).

Sources: Microsoft's pages on the events 1102, 4624, 4625, 4634, 4778, 4779 and 4825, from which the order of their
values is; "Consuming Events" (Windows Event Log) for the part of XPath 1.0 that it knows. Values come by their place,
because their names stand only in the XML, which no command gives. Always ``-LogName`` with ``-FilterXPath``: with
``-FilterHashtable`` a log that may not be read answers as an empty one does. The filter is a language of its own, so it
is made here, of whole numbers, of fixed names and of a moment, and of nothing that a user wrote. Not yet compared with
a real Windows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, TypedDict

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

LOG = "Security"
WINDOWS = ("Microsoft-Windows-Security-Auditing", "Microsoft-Windows-Eventlog")
REMOTE_INTERACTIVE, NETWORK = 10, 3
EMPTY = "NoMatchingEventsFound,"
#: The Security log is always there; to an account that may not read it, it does not exist.
DENIED = ("System.UnauthorizedAccessException,", "LogInfoUnavailable,", "NoMatchingLogsFound,")
SECONDS = 300.0  # a large log is searched from its newest entry on


@dataclass(frozen=True)
class _Kind:
    """What an event is called here, and at which place of its values a fact stands."""

    name: str
    user: int
    domain: int
    logon_type: int | None = None
    address: int | None = None
    client: int | None = None
    session: int | None = None


_SIGN_INS: Mapping[int, _Kind] = {
    4624: _Kind("sign_in", 5, 6, logon_type=8, address=18, client=11),
    4625: _Kind("refused", 5, 6, logon_type=10, address=19, client=13),
    4634: _Kind("sign_out", 1, 2, logon_type=4),
}
_SESSIONS: Mapping[int, _Kind] = {
    4778: _Kind("reconnected", 0, 1, session=3, client=4, address=5),
    4779: _Kind("disconnected", 0, 1, session=3, client=4, address=5),
    4825: _Kind("refused", 0, 1, address=3),
    1102: _Kind("log_cleared", 1, 2),
}
_KINDS = {**_SIGN_INS, **_SESSIONS}


class Entry(TypedDict):
    """One entry; what the event does not say is empty.

    ``at`` ISO 8601 in UTC; ``kind`` sign_in, refused, sign_out, reconnected, disconnected, log_cleared or application;
    ``event_id`` and ``record`` numbers; ``source`` the program that wrote it; ``user`` like ``UVM-1A\\btadmin``;
    ``address`` and ``client`` where somebody came from; ``logon_type`` 10 for Remote Desktop, 3 for the network, or
    None; ``text`` the words of an entry of another program.
    """

    at: str
    kind: str
    event_id: int
    record: int
    source: str
    user: str
    address: str
    client: str
    logon_type: int | None
    text: str


@dataclass(frozen=True)
class Audit:
    """Entries, newest first; ``oldest``: of the whole log (None: it is empty); ``cut``: there are more."""

    entries: list[Entry]
    oldest: str | None
    cut: bool


def read(session: Session, *, since: datetime | None, limit: int, network: bool = False) -> Audit:
    """Entries about Remote Desktop, and those of other programs than Windows.

    :param since: aware; :param limit: entries at most, the newest; :param network: also refused sign-ins over the
        network, which is what those of Remote Desktop are with network level authentication.
    :raises UseriesError: kind ``failed`` when the account may not read the log, else as :class:`Session`.
    """
    others = " and ".join((_others(), *_from(since)))
    filters = [
        (f"*[{_system(_SIGN_INS, since)} and {_of_type(REMOTE_INTERACTIVE)}]", "Properties"),
        (f"*[{_system(_SESSIONS, since)}]", "Properties"),
        (f"*[System[{others}]]", "Message"),
    ]
    if network:
        filters.append((f"*[{_system([4625], since)} and {_of_type(NETWORK)}]", "Properties"))
    found: list[Entry] = []
    cut = False
    for one, facts in filters:
        raw = _events(session, one, facts, limit + 1)
        cut = cut or len(raw) > limit
        found += [entry for each in raw if (entry := _entry(session, each)) is not None]
    found.sort(key=lambda entry: (entry["at"], entry["record"]), reverse=True)
    return Audit(found[:limit], _oldest(session), cut or len(found) > limit)


def _system(ids: Iterable[int], since: datetime | None) -> str:
    wanted = " or ".join(f"EventID={number:d}" for number in ids)
    sources = " or ".join(f"@Name='{name}'" for name in WINDOWS)
    conditions = " and ".join((f"Provider[{sources}]", f"({wanted})", *_from(since)))
    return f"System[{conditions}]"


def _others() -> str:
    names = " and ".join(f"@Name!='{name}'" for name in WINDOWS)
    return f"Provider[{names}]"


def _from(since: datetime | None) -> list[str]:
    if since is None:
        return []
    moment = since.astimezone(timezone.utc)
    return [f"TimeCreated[@SystemTime>='{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z']"]


def _of_type(logon_type: int) -> str:
    return f"EventData[Data[@Name='LogonType']='{logon_type:d}']"


def _events(session: Session, filter_: str, facts: str, most: int) -> list[Any]:
    columns = ["Id", "RecordId", "TimeCreated", "ProviderName", facts]
    return _asked(
        session,
        Command("Get-WinEvent", literal=("FilterXPath",), LogName=LOG, FilterXPath=filter_, MaxEvents=most)
        | Command("Select-Object", Property=columns),
    )


def _oldest(session: Session) -> str | None:
    found = _asked(
        session,
        Command("Get-WinEvent", LogName=LOG, MaxEvents=1, Oldest=True)
        | Command("Select-Object", Property=["TimeCreated"]),
    )
    if found and not isinstance(found[0], dict):
        raise _strange(session)
    return str(found[0].get("TimeCreated") or "") or None if found else None


def _asked(session: Session, pipeline: Any) -> list[Any]:
    try:
        return session.run(pipeline, timeout=SECONDS)
    except CommandFailed as error:
        if error.error_id.startswith(EMPTY):
            return []
        if error.error_id.startswith(DENIED):
            raise CommandFailed(
                f"The account may not read the Security event log of Windows on {session.target.host}.",
                operation=error.operation,
                target=error.target,
                error_id=error.error_id,
                remedy="Put the user of useries_windows_username into the local group Event Log Readers (S-1-5-32-573) "
                "of the appliance; that right to read is enough. Administrators have it too.",
            ) from None
        raise


def _entry(session: Session, event: Any) -> Entry | None:
    """None for a session at the screen, which is no Remote Desktop."""
    try:
        number, source = int(event["Id"]), str(event["ProviderName"])
        at, record = str(event["TimeCreated"]), int(event["RecordId"])
        kind = _KINDS.get(number) if source in WINDOWS else None
        if kind is None:
            return _of_program(number, source, at, record, str(event.get("Message") or ""))
        values = _values(event["Properties"])
        if kind.session is not None and not str(values[kind.session]).upper().startswith("RDP"):
            return None
        return Entry(
            at=at,
            kind=kind.name,
            event_id=number,
            record=record,
            source=source,
            user="\\".join(part for part in (_text(values, kind.domain), _text(values, kind.user)) if part),
            address=_text(values, kind.address),
            client=_text(values, kind.client),
            logon_type=None if kind.logon_type is None else int(values[kind.logon_type]),
            text="",
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise _strange(session) from None


def _of_program(number: int, source: str, at: str, record: int, text: str) -> Entry:
    return Entry(
        at=at, kind="application", event_id=number, record=record, source=source, user="", address="", client="",
        logon_type=None, text=" ".join(text.split()),
    )  # fmt: skip


def _values(properties: Any) -> Sequence[Any]:
    """The values in their order; a single one comes without its list."""
    return [one["Value"] for one in (properties if isinstance(properties, list) else [properties])]


def _text(values: Sequence[Any], place: int | None) -> str:
    """A hyphen is how Windows writes that there is none."""
    text = "" if place is None else str(values[place] or "").strip()
    return "" if text == "-" else text


def _strange(session: Session) -> UseriesError:
    return UseriesError(
        f"Get-WinEvent on {session.target.host} answered with entries that are not understood.",
        surface="windows",
        operation="run Get-WinEvent",
        target=session.target.url,
        kind="unexpected",
    )
