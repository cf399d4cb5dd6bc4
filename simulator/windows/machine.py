# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows as it looks from inside a simulated appliance: a view on the model, and what the commands print of it.

``appliance.windows`` may hold a :class:`Windows` that says how this Windows differs from the usual one (an older
version, another language, more registry values); without it the usual one is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol


class Volume(Protocol):
    """A BitLocker volume of the model."""

    mount_point: str
    key_protector_id: str
    recovery_password: str
    protection: bool
    suspended_restarts: int
    locked: bool
    more_protectors: dict[str, str]

    def suspend(self, restarts: int) -> None:
        """Suspend it."""

    def resume(self) -> None:
        """Resume it."""


class User(Protocol):
    """An account of the model."""

    username: str
    password: str


class Appliance(Protocol):
    """What this wire reads of the model."""

    name: str
    machine_name: str
    service_tag: str
    bios_version: str
    fips: bool
    boot_time: datetime
    clock_offset: float

    @property
    def clock(self) -> Any:
        """The simulated clock."""

    @property
    def reachable(self) -> bool:
        """Whether it is on and on the network."""

    @property
    def services(self) -> Any:
        """Its services, see the model."""

    @property
    def volumes(self) -> Any:
        """Encrypted volumes, see the model."""

    @property
    def users(self) -> Any:
        """Accounts by what they are for."""

    @property
    def licensing(self) -> Any:
        """Activation of Windows, see the model."""

    @property
    def recovery(self) -> Any:
        """Desktop, scheduled tasks and encryption, see the model."""

    @property
    def audit(self) -> Any:
        """Its Security event log, see the model."""

    @property
    def server_roles(self) -> Any:
        """Features, IIS and firewall of a server, see the model."""

    @property
    def disk(self) -> Any:
        """Its files, see the model."""

    @property
    def devices(self) -> Any:
        """The devices of its server and their drivers, see the model."""

    @property
    def idrac_network(self) -> Any:
        """The network of the iDRAC in the same server, see the model."""

    @property
    def adapters(self) -> Any:
        """Network adapters and teams, see the model."""

    @property
    def scheduler(self) -> Any:
        """Scheduled tasks of the system, see the model."""

    @property
    def certificates(self) -> Any:
        """The certificates of the machine's store."""

    def take_fault(self, action_id: str) -> str:
        """A complaint that waits for this action."""

    def windows_shutdown(self, restart: bool, seconds: float) -> None:
        """Go down in that many seconds."""


@dataclass
class Windows:
    """How one Windows differs.

    :param missing: commands that this version does not have (2008 R2: see :func:`windows_2008_r2`).
    :param language: of the text of console programs: ``en`` or ``de``.
    :param transports: what WinRM accepts, of ``basic`` and ``ntlm``.
    :param registry: key in upper case -> value name -> value; comes in addition to what the model says.
    :param encryption: percent of every volume that is encrypted.
    :param program_seconds: real seconds that every program takes.
    :param racadm: Dell's tool: ``newest``, ``modern``, ``legacy`` or ``none``; see ``windows.racadm``.
    :param administrator: whether the account of the wire is one.
    :param hardware: values of Win32_ComputerSystem and Win32_BIOS that are others, by name.
    """

    caption: str = "Microsoft Windows Server 2016 Standard"
    version: str = "10.0.14393"
    tool_version: str = "10.0.14393"
    missing: frozenset[str] = frozenset()
    language: str = "en"
    transports: tuple[str, ...] = ("ntlm", "basic")
    encryption: int = 100
    program_seconds: float = 0.0
    racadm: str = "modern"
    administrator: bool = True
    registry: dict[str, dict[str, Any]] = field(default_factory=dict)
    hardware: dict[str, Any] = field(default_factory=dict)


def windows_2008_r2() -> Windows:
    """Windows Server 2008 R2 with PowerShell 2.0: no BitLocker, CIM or JSON commands."""
    return Windows(
        caption="Microsoft Windows Server 2008 R2 Standard ",
        version="6.1.7601",
        tool_version="6.1.7601",
        missing=frozenset({"get-bitlockervolume", "get-ciminstance", "convertto-json"}),
    )


class Machine:
    """One appliance's Windows: the model and how this Windows differs."""

    def __init__(self, appliance: Appliance, *, as_system: bool = False) -> None:
        self.appliance = appliance
        self._as_system = as_system

    @property
    def windows(self) -> Windows:
        """How it differs; the usual one when the appliance does not say."""
        found = getattr(self.appliance, "windows", None)
        if isinstance(found, dict):  # by the control port
            found = Windows(**found)
        windows = found if isinstance(found, Windows) else Windows()
        return replace(windows, administrator=True) if self._as_system else windows

    @property
    def user(self) -> User:
        """The account that may sign in."""
        account: User = self.appliance.users["windows"]
        return account

    @property
    def is_virtual(self) -> bool:
        """Whether it is a U-Series v20, which is a virtual machine; every other model is a server of Dell."""
        return getattr(self.appliance, "model", "") == "U-Series v20"

    @property
    def hardware_model(self) -> str:
        """The server in which it runs."""
        lifecycle = getattr(self.appliance, "lifecycle", None)
        return "PowerEdge R740" if lifecycle is None else lifecycle.hardware_model

    @property
    def encryption(self) -> int:
        """Percent of every volume that is encrypted."""
        recovery = getattr(self.appliance, "recovery", None)
        return min(self.windows.encryption, 100 if recovery is None else recovery.encryption)

    def registry(self) -> dict[str, dict[str, Any]]:
        """Key in upper case -> value name -> value."""
        software = "HKLM:\\SOFTWARE\\MICROSOFT"
        control = "HKLM:\\SYSTEM\\CURRENTCONTROLSET\\CONTROL"
        name = self.appliance.machine_name
        fips = int(self.appliance.fips)
        licensing = getattr(self.appliance, "licensing", None)
        recovery = getattr(self.appliance, "recovery", None)
        edition = {"Edition": recovery.sql_edition} if recovery else {}
        kms = {"KeyManagementServiceName": licensing.kms_server} if licensing and licensing.kms_server else {}
        local_service: dict[str, dict[str, Any]] = {"HKU\\S-1-5-19": {}} if self.windows.administrator else {}
        return {
            **local_service,
            "HKLM:\\SOFTWARE\\MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\SOFTWAREPROTECTIONPLATFORM": kms,
            f"{control}\\LSA\\FIPSALGORITHMPOLICY": {"Enabled": fips},
            f"{control}\\COMPUTERNAME\\ACTIVECOMPUTERNAME": {"ComputerName": name},
            f"{control}\\COMPUTERNAME\\COMPUTERNAME": {"ComputerName": name},
            f"{software}\\WINDOWS NT\\CURRENTVERSION": {"CurrentVersion": "6.1" if self._is_2008_r2() else "6.3"},
            f"{software}\\MICROSOFT SQL SERVER\\INSTANCE NAMES\\SQL": {"MSSQLSERVER": "MSSQL13.MSSQLSERVER"},
            f"{software}\\MICROSOFT SQL SERVER\\MSSQL13.MSSQLSERVER\\SETUP": edition,
            **self.windows.registry,
        }

    def _is_2008_r2(self) -> bool:
        return self.windows.version.startswith("6.1.")
