# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dell's racadm on the appliance: the iDRAC in the same server, without its network and without its passwords.

Which syntax it understands is found out by reading: the modern one first, since tools that know both call the other
deprecated. Text and formats: :mod:`racadm_text`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command, Program
from ansible_collections.useries.appliance.plugins.module_utils._windows.racadm_text import (
    LEGACY_NUMBERS,
    READ_LEGACY,
    READ_MODERN,
    SLOTS,
    Answer,
    Line,
    Network,
    Syntax,
    legacy_network,
    modern_network,
    name_in,
    name_line,
    network_lines,
    parse,
    password_line,
    slot_in,
    slot_line,
)
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

PLACES = tuple(
    f"C:\\{programs}\\Dell\\SysMgt\\{folder}\\racadm.exe"
    for programs in ("Program Files", "Program Files (x86)")
    for folder in ("iDRACTools\\racadm", "idrac", "rac5")
)
"""Where Dell's packages put it, the newest first (iDRAC Tools, OpenManage Server Administrator, older ones)."""
SECONDS = 180.0  # for one command: a local one may take half a minute


class Racadm:
    """The racadm of one appliance.

    :raises UseriesError: as :class:`Session`; ``precondition`` when there is none, or the account may not use it;
        ``unexpected`` for an answer that is not understood; ``rejected`` in its own words for a refused order.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.syntax: Syntax = "modern"
        self.default_password: bool | None = None

    @cached_property
    def path(self) -> str:
        """Where it is."""
        there = self._session.run(Command("Test-Path", LiteralPath=list(PLACES), PathType="Leaf"))
        found = [place for place, is_there in zip(PLACES, there, strict=False) if is_there is True]
        if not found:
            raise self._error(
                f"There is no racadm on {self._session.target.host} (looked at {', '.join(PLACES)}).",
                "precondition",
                "Install Dell iDRAC Tools for Windows there, or give the iDRAC its address at the F2 setup menu at "
                "startup. A virtual appliance has no iDRAC.",
            )
        return found[0]

    def network(self) -> Network:
        """The network settings of the iDRAC; finds out the syntax."""
        readers: tuple[tuple[Syntax, tuple[Line, ...], Callable[..., Network | None]], ...] = (
            ("modern", READ_MODERN, modern_network),
            ("legacy", READ_LEGACY, legacy_network),
        )
        complaints = []
        for syntax, lines, understood in readers:
            answers = [self._ask(line) for line in lines]
            found = understood(*answers)
            if found is not None:
                self.syntax = syntax
                return found
            complaints.append(next((one.complaint for one in answers if one.complaint), ""))
        raise self._not_understood(complaints[0] if all(complaints) else "")

    def selectable(self, selection: str) -> bool:
        """Whether the iDRAC of this tool can be given that port."""
        return self.syntax == "modern" or selection in LEGACY_NUMBERS

    def set_network(self, wanted: Mapping[str, Any]) -> None:
        """Set these values, after :meth:`network`; stops at the first order that is refused."""
        for line in network_lines(self.syntax, wanted):
            self._order(line)

    # -- accounts ------------------------------------------------------------------------------------------------------
    def slot(self, name: str) -> int | None:
        """The slot of a user; None when there is no such user. Finds out the syntax."""
        answer = self._ask(name_line(SLOTS[0]))
        if name_in(answer, SLOTS[0]) is None:
            self.syntax = "legacy"
            older = self._ask(slot_line(name))
            found = slot_in(older)
            if found is None and older.complaint and answer.complaint == older.complaint:
                raise self._not_understood(older.complaint)
            return found
        self.syntax = "modern"
        names = {SLOTS[0]: name_in(answer, SLOTS[0])}
        for slot in SLOTS:
            if slot not in names:
                names[slot] = name_in(self._ask(name_line(slot)), slot)
            if names[slot] == name:
                return slot
        return None

    def check_password(self, password: str) -> None:
        """Refuse a password that cannot be an argument of a program, before anything is sent.

        :raises UseriesError: kind ``invalid``; the password is not part of it.
        """
        if password.startswith("-"):
            message = "racadm would take the password for a switch, as it begins with -."
            raise self._error(message, "invalid", "Choose another one.")
        path = self.path
        Program(path, [password])

    def set_password(self, slot: int, password: str) -> None:
        """Set the password of a slot, after :meth:`slot`. It stands in the list of processes while racadm runs."""
        self._order(password_line(self.syntax, slot, password))

    # -- one command ---------------------------------------------------------------------------------------------------
    def _ask(self, line: Line) -> Answer:
        path = self.path
        output = self._session.run_program(Program(path, line), timeout=SECONDS)
        answer = parse(f"{output.stdout}\n{output.stderr}")
        if answer.defaults:
            self.default_password = True
        if output.exit_code == 0 or answer.complaint:
            return answer
        words = " ".join(answer.bare)[:300] or f"exit code {output.exit_code}, without a message"
        return Answer(complaint=words, defaults=answer.defaults)

    def _order(self, line: Line) -> None:
        """An order whose answer is neither a confirmation nor a complaint is left to the read back."""
        answer = self._ask(line)
        if answer.complaint:
            raise self._error(
                f"racadm on {self._session.target.host} refuses ({_shown(line)}): {answer.complaint}",
                "rejected",
                "Look at the words above. It needs an account that is an administrator of Windows, and an iDRAC that "
                "allows its configuration by local RACADM (iDRAC Settings > Services > Local Configuration).",
            )

    def _not_understood(self, complaint: str) -> UseriesError:
        host = self._session.target.host
        if complaint:
            return self._error(
                f"racadm on {host} tells nothing of the iDRAC: {complaint}",
                "precondition",
                f'Run "{self.path}" getniccfg on the appliance, as an administrator, and look at what it says. A '
                "virtual appliance has no iDRAC.",
            )
        return self._error(
            f"racadm on {host} answers in a language other than English, or in a form that is not known.",
            "unexpected",
            f'Run "{self.path}" get iDRAC.NIC and get iDRAC.IPv4 there, and use Redfish (via: redfish) meanwhile.',
        )

    def _error(self, message: str, kind: Kind, remedy: str) -> UseriesError:
        return UseriesError(
            message,
            surface="windows",
            operation="run racadm",
            target=self._session.target.url,
            kind=kind,
            remedy=remedy,
        )


def _shown(line: Line) -> str:
    """A command line without the value at its end."""
    return " ".join(line[:2] if line[0] != "config" else line[:5])
