# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mirroring of the database between two partners: initial synchronization, suspend, resume, switching roles.

Source: guide lines 1073-1080, 1189-1197, 1242-1266 (texts of the states). Durations are the simulator's own, the
transfer follows from database size and sync rate.
"""

from __future__ import annotations

from simulator.model.errors import Refused
from simulator.model.pairing import CONFIGURED, EXPOSED, Pairing

STARTED = "SYNC PENDING: INITIAL DB SYNC STARTED"
SET_MIRROR = "SYNC PENDING: SET MIRROR CALLED"
SYNCHRONIZING = "SYNCHRONIZING"
SYNCHRONIZED = "SYNCHRONIZED"
MAX_ATTEMPTS = "EXPOSED: MAX SYNC ATTEMPTS REACHED"
SUSPENDED = "SUSPENDED"
DISCONNECTED = "DISCONNECTED"
PENDING = (STARTED, SET_MIRROR, SYNCHRONIZING)

SET_MIRROR_SECONDS = 20.0
SYNCHRONIZING_SECONDS = 30.0
SWITCH_SECONDS = 45.0
ATTEMPTS = 5


class Mirroring(Pairing):
    """Adds turning on and off, and what happens to the mirror while both nodes live."""

    def both(self) -> list[Mirroring]:
        """This side and, when the two can talk, the other."""
        other = self.other()
        return [self] if other is None or not self.connected() else [self, other]

    def show(self, state: str) -> None:
        """A new mirror state on every side that can see it."""
        for side in self.both():
            if side.mirror_state != state:
                side.mirror_state = state
                side.appliance.notify("Info", f"The mirror state is {state}.")

    def state_text(self) -> str:
        """The sentence of the section PASSWORD SAFE HIGH AVAILABILITY FEATURES; only the one for off is the guide's."""
        if not self.enabled:
            return "High Availability Is Off"
        if self.failover_pending:
            return "High Availability Is On: Failover Pending"
        if self.busy:
            return f"High Availability Is On: {self.busy}"
        return f"High Availability Is On: {self.role}"

    # --- on and off

    def set_state(self, on: bool, port: int) -> str:
        """Set High Availability; returns the sentence shown."""
        if self.phase != CONFIGURED:
            raise Refused("Configure a partner first.")
        if not on:
            return self._turn_off()
        if self.busy:
            raise Refused(f"{self.busy}. Wait until it is complete.")
        other = self.connected_other()
        if self.enabled and self.mirror_state in (*PENDING, SYNCHRONIZED, SUSPENDED):
            if port != self.port:
                raise Refused("Turn off High Availability before changing the mirroring port.")
            return "High Availability is on already."
        for side in (self, other):
            if port in side.appliance.ports_in_use:
                raise Refused(
                    f"Port {port} is in use on {side.appliance.name}.", {"mirroring_port": f"Port {port} is in use."}
                )
        self._turn_on(other, port)
        return "High Availability is being turned on. The initial database synchronization has started."

    def _turn_on(self, other: Mirroring, port: int) -> None:
        now = self.appliance.clock.now()
        for side in (self, other):
            side.stop_processes()
            side.enabled, side.port, side.synced, side.failed_over_at = True, port, False, None
        self.role, self.active_since = "Active", now
        other.role, other.active_since = ("Active", now) if self.services_only else ("Passive", None)
        if self.services_only:
            self.show(EXPOSED)
        else:
            self.start_sync()
        for side in (self, other):
            side.appliance.services.settle()

    def _turn_off(self) -> str:
        if not self.enabled:
            return "High Availability is off already."
        for side in self.both():
            side.stop_processes()
            side.enabled, side.role, side.synced = False, "Off", False
            side.active_since = side.failed_over_at = None
            side.mirror_state = EXPOSED
            side.appliance.starting = False
            side.appliance.notify("Medium", "High Availability was turned off.")
            side._settle()
        return "High Availability was turned off."

    # --- initial synchronization, run by the active side

    def start_sync(self) -> None:
        """From this side's database to the partner's, up to five attempts."""
        self.attempts = 0
        self.appliance.database.log_growing_since = self.appliance.clock.now()
        self._attempt()

    def transfer_seconds(self) -> float:
        """Simulated seconds that backup and transfer take: size over rate."""
        database = self.appliance.database
        return database.size_gb * 1024 / database.sync_rate * 60

    def _attempt(self) -> None:
        self.show(STARTED)
        limit = float(self.settings["synchronization_timeout"]) * 60
        self.process = self.appliance.clock.schedule(min(self.transfer_seconds(), limit), self._transferred)

    def _transferred(self) -> None:
        other = self.other()
        if other is None:
            return
        if self.transfer_seconds() > float(self.settings["synchronization_timeout"]) * 60:
            self._attempt_failed("the synchronization timeout has passed")
            return
        other.appliance.database.overwrite(self.appliance.database)
        self.show(SET_MIRROR)
        self.process = self.appliance.clock.schedule(SET_MIRROR_SECONDS, self._mirror_set)

    def _mirror_set(self) -> None:
        other = self.other()
        if other is None:
            return
        problem = self.appliance.take_fault("initial_sync")
        if not problem and (self.appliance.mirror_port_blocked or other.appliance.mirror_port_blocked):
            problem = f"port {self.port} of the partner does not answer"
        if problem:
            self._attempt_failed(problem)
            return
        self._synchronize()

    def _attempt_failed(self, problem: str) -> None:
        self.attempts += 1
        self.appliance.notify("Medium", f"Attempt {self.attempts} to establish mirroring failed: {problem}.")
        if self.attempts < ATTEMPTS:
            self._attempt()
            return
        self.process = None
        self.show(MAX_ATTEMPTS)

    def _synchronize(self) -> None:
        """Apply transaction logs until both databases are equal."""
        self.show(SYNCHRONIZING)
        database = self.appliance.database
        waiting = database.log_used_mb(self.appliance.clock.now()) / database.sync_rate * 60
        self.process = self.appliance.clock.schedule(SYNCHRONIZING_SECONDS + waiting, self._synchronized)

    def _synchronized(self) -> None:
        self.process = None
        other = self.other()
        if other is None:
            return
        other.appliance.database.overwrite(self.appliance.database)
        self.appliance.database.log_growing_since = None
        for side in (self, other):
            side.synced, side.failed_over_at, side.attempts = True, None, 0
        self.show(SYNCHRONIZED)

    def write_data(self, marker: str) -> None:
        """Somebody uses the product: a marker is stored here and, while mirrored, on the partner."""
        if not self.appliance.database_accessible():
            raise Refused("The database is not accessible on this node.")
        self.appliance.database.write(marker)
        other = self.other()
        if other is not None and self.mirror_state == SYNCHRONIZED and self.connected():
            other.appliance.database.write(marker)

    # --- suspend, resume, switch roles

    def may_suspend(self) -> bool:
        return self.mirrored and self.mirror_state in (SYNCHRONIZED, SYNCHRONIZING) and not self.busy

    def may_resume(self) -> bool:
        return self.mirrored and self.mirror_state == SUSPENDED and not self.busy

    def may_switch(self) -> bool:
        return self.mirrored and self.mirror_state == SYNCHRONIZED and not self.busy

    def active_side(self) -> Mirroring:
        """The active one of the two."""
        other = self.connected_other()
        return self if self.role == "Active" else other

    def suspend(self) -> None:
        """Suspend: no failover can occur afterwards."""
        if not self.may_suspend():
            raise Refused(f"Mirroring cannot be suspended: the mirror state is {self.mirror_state}.")
        active = self.active_side()
        active.stop_processes()
        active.appliance.database.log_growing_since = self.appliance.clock.now()
        self.show(SUSPENDED)

    def resume(self) -> None:
        """Resume."""
        if not self.may_resume():
            raise Refused(f"Mirroring cannot be resumed: the mirror state is {self.mirror_state}.")
        self.active_side()._synchronize()

    def switch_roles(self) -> None:
        """Switch Roles: a controlled exchange of active and passive."""
        if not self.may_switch():
            raise Refused(f"Roles cannot be switched: the mirror state is {self.mirror_state}.")
        active = self.active_side()
        for side in active.both():
            side.busy = "Switching Roles"
        active.process = self.appliance.clock.schedule(SWITCH_SECONDS, active._switched)

    def _switched(self) -> None:
        self.process = None
        other = self.other()
        if other is None:
            return
        fault = self.appliance.take_fault("switch_roles")
        for side in (self, other):
            side.busy = ""
        if fault:
            self.appliance.notify("High", f"Switching roles failed: {fault}")
            return
        self.role, self.active_since = "Passive", None
        other.role, other.active_since = "Active", self.appliance.clock.now()
        for side in (self, other):
            side.appliance.services.settle()
            side.appliance.notify("Medium", f"Roles were switched: this node is {side.role.lower()}.")
