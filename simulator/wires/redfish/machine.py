# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server in which the iDRAC sits, as the appliance's model knows it.

The model knows the appliance and what its Lifecycle Controller keeps; the board's serial number is made up here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from simulator.model.appliance import Appliance
from simulator.model.idrac_network import IdracNetwork
from simulator.model.lifecycle import Lifecycle
from simulator.model.world import World


class Machine:
    """One appliance, seen from its iDRAC. Nothing is kept here, so that a restored world is seen at once."""

    def __init__(self, world: World, appliance: Appliance) -> None:
        self.world = world
        self.appliance = appliance

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Hold the world still, with everything done that is due."""
        with self.world.lock:
            self.world.clock.tick()
            yield

    def now(self) -> float:
        """Seconds since the epoch: the time that sessions live on."""
        return self.world.clock.real_now().timestamp()

    def date(self) -> datetime:
        """The time that the iDRAC shows: the one by which the server starts and jobs are made."""
        return self.world.clock.datetime()

    @property
    def lifecycle(self) -> Lifecycle:
        """Jobs, firmware and health; replaced when a world is restored, so never kept."""
        return self.appliance.lifecycle

    @property
    def network(self) -> IdracNetwork:
        """The iDRAC's own; replaced likewise."""
        return self.appliance.idrac_network

    @property
    def is_silent(self) -> bool:
        """Whether the iDRAC is being started after its firmware was written."""
        return self.world.clock.now() < self.lifecycle.flash.silent_until

    @property
    def is_starting(self) -> bool:
        """Whether its Lifecycle Controller is not ready yet."""
        return self.world.clock.now() < self.lifecycle.flash.starting_until

    @property
    def hardware_model(self) -> str:
        """What is printed on the server."""
        return self.lifecycle.hardware_model

    @property
    def generation(self) -> str:
        """As the iDRAC calls the generation of its server."""
        return "13G Monolithic" if self.lifecycle.older else "14G Monolithic"

    @property
    def service_tag(self) -> str:
        """Seven letters and digits."""
        return self.appliance.service_tag

    @property
    def serial_number(self) -> str:
        """The board's serial number, made of the service tag."""
        return f"CNFCP00{self.appliance.service_tag}"

    @property
    def bios_version(self) -> str:
        """As the BIOS shows it."""
        return self.appliance.bios_version

    @property
    def idrac_version(self) -> str:
        """Firmware of the iDRAC."""
        return self.appliance.idrac_version

    @property
    def host_name(self) -> str:
        """The Windows name; nobody tells the iDRAC before Windows runs."""
        return self.appliance.machine_name if self.appliance.booted else ""

    @property
    def power_state(self) -> str:
        """On or Off."""
        return "On" if self.appliance.powered else "Off"

    @property
    def boot_progress(self) -> str:
        """BootProgress.LastState of the ComputerSystem schema."""
        if not self.appliance.powered:
            return "None"
        return "OSRunning" if self.appliance.booted else "OSBootStarted"

    @property
    def boot_time(self) -> datetime:
        """The last start, on the simulated clock."""
        return self.appliance.boot_time

    @property
    def root(self) -> tuple[str, str]:
        """Name and password of the account in slot 2."""
        user = self.appliance.users["idrac"]
        return user.username, user.password

    def set_root(self, username: str, password: str) -> None:
        """Change the account in slot 2."""
        user = self.appliance.users["idrac"]
        user.username, user.password = username, password

    def power(self, reset_type: str) -> None:
        """Carry a ResetType out; a graceful one ends after the time that Windows takes, or, with the fault
        ``graceful_power``, never: Windows does not do what it is asked.
        """
        appliance = self.appliance
        if not appliance.powered:
            appliance.power_on()
        elif reset_type.startswith("Graceful") and appliance.take_fault("graceful_power"):
            return
        elif reset_type in ("GracefulShutdown", "PushPowerButton"):
            appliance.schedule_shutdown(restart=False)
        elif reset_type == "GracefulRestart":
            appliance.schedule_shutdown(restart=True)
        elif reset_type in ("ForceRestart", "PowerCycle"):
            appliance.restart(graceful=False)
        else:
            appliance.power_off(graceful=False)
