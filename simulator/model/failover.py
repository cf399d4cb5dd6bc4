# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loss of a node, failover, and the return of a node that was lost.

Source: guide lines 1083-1111 (timeouts), 1163-1187 (test, medium mode), 1229-1240 (states after a failover).
Decisions where the guide is silent: a node that returns within EXPOSED_AFTER of the failover finds the mirror
SUSPENDED, a later one EXPOSED; the node that became active last stays active; high availability stays set to on.
"""

from __future__ import annotations

from simulator.model.errors import Refused
from simulator.model.mirror import DISCONNECTED, PENDING, SUSPENDED, SYNCHRONIZED, Mirroring
from simulator.model.pairing import EXPOSED

EXPOSED_AFTER = 3600.0
PROMOTE_SECONDS = 40.0


class HighAvailability(Mirroring):
    """Everything of one side of a pair; see Pairing for the attributes."""

    # --- the link

    def went_down(self, graceful: bool) -> None:
        """This node stops (``appliance.booted`` is false already)."""
        self.stop_processes()
        self.appliance.starting = False
        if self.link_since is not None:
            self._link_lost(graceful)

    def link_changed(self) -> None:
        """The network between the two changed while this node runs."""
        if self.link_since is not None and not self.connected():
            self._link_lost(graceful=False)
        elif self.link_since is None and self.connected():
            self._link_found()

    def came_up(self) -> None:
        """This node has started."""
        if not self.partner:
            return
        if self.connected():
            self._link_found()
        elif self.mirrored:
            self.appliance.starting = True
            minutes = float(self.settings["partner_contact_timeout"])
            self.timer = self.appliance.clock.schedule(minutes * 60, self._start_alone)

    def _link_lost(self, graceful: bool) -> None:
        other = self.other()
        for side in (self, other):
            if side is not None and side.link_since is not None:
                side.frozen_heartbeat, side.link_since = side.last_heartbeat(), None
                side._lost(graceful)

    def _lost(self, graceful: bool) -> None:
        """What a side does when its partner is silent."""
        self.stop_processes()
        if not self.mirrored:
            return
        clock, database = self.appliance.clock, self.appliance.database
        self.synced = self.mirror_state == SYNCHRONIZED
        if self.mirror_state in (SYNCHRONIZED, *PENDING):
            self.mirror_state = DISCONNECTED
        if not self.appliance.booted:
            return
        self.appliance.notify("Medium", "The partner U-Series Appliance does not respond.")
        if self.role == "Active":
            if database.log_growing_since is None:
                database.log_growing_since = clock.now()
        elif self.synced:
            window = "reboot_blackout_window" if graceful else "partner_failover_timeout"
            self.timer = clock.schedule(float(self.settings[window]) * 60, self._failover_due)

    def _link_found(self) -> None:
        other = self.other()
        if other is None:
            return
        now = self.appliance.clock.now()
        for side in (self, other):
            side.stop_processes()
            side.link_since = now
            side.appliance.starting = False
        if self.enabled != other.enabled:
            self._off_with_partner(other)
        elif self.mirrored:
            self._reunite(other)
        for side in (self, other):
            side.appliance.services.settle()

    def _off_with_partner(self, other: HighAvailability) -> None:
        """One side was turned off while the other was away: the other follows."""
        for side in (self, other):
            if side.enabled:
                side.enabled, side.role, side.mirror_state, side.synced = False, "Off", EXPOSED, False
                side.active_since = side.failed_over_at = None

    def _reunite(self, other: HighAvailability) -> None:
        newest = max((self, other), key=lambda side: side.active_since if side.active_since is not None else -1.0)
        oldest = other if newest is self else self
        if newest.failed_over_at is not None:
            oldest.role, oldest.active_since = "Passive", None
            newest._after_failover()
        elif newest.mirror_state == DISCONNECTED and newest.synced and oldest.synced:
            newest._synchronize()
        elif newest.mirror_state in (DISCONNECTED, EXPOSED):
            newest.show(EXPOSED)
            if newest.settings["attempt_auto_resync"]:
                newest.start_sync()
        else:
            newest.show(newest.mirror_state)

    def _after_failover(self) -> None:
        """The old active is back (this side is the new one)."""
        if self.settings["attempt_auto_resync"]:
            self.start_sync()
            return
        assert self.failed_over_at is not None
        late = self.appliance.clock.now() - self.failed_over_at > EXPOSED_AFTER
        self.show(EXPOSED if late else SUSPENDED)

    # --- promotion of this side

    def _may_promote(self) -> bool:
        return self.mirrored and self.role == "Passive" and self.synced and self.mirror_state == DISCONNECTED

    def may_fail_over(self) -> bool:
        """Whether Failover to this U-Series Appliance is active: only when the primary is down."""
        return self._may_promote() and not self.connected() and not self.busy and self.appliance.booted

    def _failover_due(self) -> None:
        self.timer = None
        if not self.may_fail_over():
            return
        if self.settings["medium_failover_mode"]:
            self.failover_pending = True
            self._alert("A failover is pending. Action is required: start it on this U-Series Appliance.")
            return
        self._promote()

    def _start_alone(self) -> None:
        """Started without contact: the active goes on, the passive becomes the active one."""
        self.timer = None
        self.appliance.starting = False
        if self.may_fail_over():
            self._failover_due()
        self.appliance.services.settle()

    def fail_over(self) -> None:
        """Failover to this U-Series Appliance."""
        if not self.may_fail_over():
            raise Refused(
                "A failover can be started on the passive U-Series Appliance only, while the primary is down."
            )
        self._promote()

    def _promote(self) -> None:
        self.failover_pending = False
        self.busy = "Failing Over"
        self.process = self.appliance.clock.schedule(PROMOTE_SECONDS, self._promoted)

    def _promoted(self) -> None:
        self.process = None
        self.busy = ""
        now = self.appliance.clock.now()
        self.role, self.active_since, self.failed_over_at = "Active", now, now
        self.appliance.database.log_growing_since = now
        self.appliance.services.settle()
        self._alert("A failover has occurred: this U-Series Appliance is active.")

    def _alert(self, text: str) -> None:
        self.appliance.notify("High", text)
        if self.settings["send_alerts_on_failover"]:
            self.appliance.alerts_sent.append({"at": self.appliance.clock.now(), "text": text})

    def healthy(self) -> bool:
        """Mirrored and in contact."""
        return self.mirrored and self.mirror_state == SYNCHRONIZED and self.connected()
