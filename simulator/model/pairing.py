# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How two appliances become partners: keys, exchange of certificates, configuration, and its removal.

Source: guide lines 1045-1080 and 1205-1213. What the guide leaves open is decided here and said where it is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.model.errors import Refused
from simulator.model.role_data import MIRROR_ALL

if TYPE_CHECKING:
    from typing import Self

    from simulator.model.appliance import Appliance

INITIAL, CONFIGURED = "initial_setup", "configured"
EXPOSED = "EXPOSED"
HEARTBEAT_SECONDS = 60.0
IN_PROGRESS = "The exchange of certificates is in progress. This can take up to approximately five minutes."
FIRST_SETTINGS: dict[str, Any] = {
    "partner_contact_timeout": 3,
    "partner_failover_timeout": 6,
    "reboot_blackout_window": 14,
    "attempt_auto_resync": False,
    "synchronize_session_archiving_files": False,
    "synchronization_timeout": 24,
    "send_alerts_on_failover": True,
    "failed_notification_rate": 15,
    "medium_failover_mode": False,
    "background_settings_update_rate": 1440,
}


class Pairing:
    """Partnership of one appliance, seen from its side.

    :ivar phase: "initial_setup" or "configured"; :ivar partner: network name of the partner ("" before);
    :ivar partner_key: the partner's API key as registered here; :ivar exchange: "", "in progress" or "failed", with
        ``exchange_message`` and ``exchange_details``;
    :ivar enabled: High Availability set to on; :ivar role: Off, Active or Passive; :ivar mirror_state: as shown;
    :ivar port: mirroring port; :ivar settings: the section HIGH AVAILABILITY SETTINGS;
    :ivar link_since: simulated second since which heartbeats come, None while they do not.
    """

    def __init__(self, appliance: Appliance) -> None:
        self.appliance = appliance
        self.reset()

    def reset(self) -> None:
        """The initial set-up state."""
        self.phase = INITIAL
        self.partner = self.partner_key = ""
        self.exchange = self.exchange_message = self.exchange_details = self.pending_host = ""
        self.enabled = False
        self.role = "Off"
        self.mirror_state = EXPOSED
        self.port = 5022
        self.settings = dict(FIRST_SETTINGS)
        self.link_since: float | None = None
        self.frozen_heartbeat: float | None = None
        self.attempts = 0
        self.synced = self.failover_pending = False
        self.busy = ""
        self.active_since: float | None = None
        self.failed_over_at: float | None = None
        self.process: int | None = None
        self.timer: int | None = None
        self.local_session_files = 0
        self.last_file_synchronization: float | None = None
        self.appliance.starting = False

    # --- the partner

    def other(self) -> Self | None:
        """The partner's side, when both sides name each other."""
        if not self.partner:
            return None
        found: Any = self.appliance.world.appliance(self.partner).ha
        return found if found.partner == self.appliance.name else None

    def connected(self) -> bool:
        """Whether the two nodes can talk."""
        other = self.other()
        if other is None or self.appliance.partner_link_blocked or other.appliance.partner_link_blocked:
            return False
        return self.appliance.reachable and other.appliance.reachable

    def connected_other(self) -> Self:
        """The partner's side, or a refusal when it does not answer."""
        other = self.other()
        if other is None or not self.connected():
            raise Refused("The partner U-Series Appliance does not respond.")
        return other

    @property
    def services_only(self) -> bool:
        return bool(self.appliance.roles.applied["high_availability"]["mirroring"] != MIRROR_ALL)

    @property
    def mirrored(self) -> bool:
        """High availability is on and mirrors the database."""
        return self.enabled and not self.services_only

    def last_heartbeat(self) -> float | None:
        """Simulated second of the last heartbeat, None before the first."""
        if self.link_since is None:
            return self.frozen_heartbeat
        now = self.appliance.clock.now()
        return self.link_since + (now - self.link_since) // HEARTBEAT_SECONDS * HEARTBEAT_SECONDS

    # --- initial set-up

    def page_available(self) -> bool:
        """The site is there while the role is on."""
        return self.appliance.roles.enabled("high_availability")

    def register_key(self, key: str) -> None:
        """Register the partner's API key on this node."""
        cleaned = key.strip()
        if not cleaned:
            raise Refused("Enter the API registration key of the partner.", {"partner_api_key": "A key is required."})
        if cleaned == self.appliance.api_key:
            raise Refused(
                "This is the API key of this U-Series Appliance. Enter the key of the partner.",
                {"partner_api_key": "The key must be the partner's."},
            )
        self.partner_key = cleaned

    def start_exchange(self, host: str) -> float:
        """Apply on Initial Setup; returns the simulated seconds until the result shows."""
        field = "partner_host_name"
        if self.phase == CONFIGURED:
            raise Refused("A partner is configured already.")
        if self.exchange == "in progress":
            raise Refused(IN_PROGRESS)
        if not host.strip():
            raise Refused("Enter the host name of the partner.", {field: "A host name is required."})
        if not self.partner_key:
            raise Refused("Register the API key of the partner first.")
        world = self.appliance.world
        found = world.find(host)
        if found is self.appliance:
            raise Refused("The partner must be another U-Series Appliance.", {field: "This is the appliance itself."})
        seconds = 20.0 if found is None else float(self.appliance.rng.randrange(60, 301))
        self.exchange, self.exchange_message, self.exchange_details = "in progress", IN_PROGRESS, ""
        self.pending_host = host.strip()
        self.process = self.appliance.clock.schedule(seconds, self._exchanged)
        return seconds

    def _exchanged(self) -> None:
        self.process = None
        partner = self.appliance.world.find(self.pending_host)
        problem = self._exchange_problem(partner)
        if problem or partner is None:
            self.exchange = "failed"
            self.exchange_message = "The exchange of certificates failed."
            self.exchange_details = problem
            self.appliance.notify("High", f"The exchange with {self.pending_host} failed: {problem}")
            return
        now = self.appliance.clock.now()
        for side, name in ((self, partner.name), (partner.ha, self.appliance.name)):
            side.phase, side.partner = CONFIGURED, name
            side.exchange = side.exchange_message = side.exchange_details = ""
            side.link_since = now
            side.appliance.notify("Info", f"Certificates were exchanged with {name}.")

    def _exchange_problem(self, partner: Appliance | None) -> str:
        """Why the exchange fails; "" when it does not. The order is that of the steps."""
        me = self.appliance
        fault = me.take_fault("exchange")
        if fault:
            return fault
        if partner is None:
            return f"The host name {self.pending_host} could not be resolved."
        if not partner.reachable or not me.reachable or me.partner_link_blocked or partner.partner_link_blocked:
            return f"No connection to {self.pending_host} on port 443."
        if self.partner_key != partner.api_key:
            return f"{partner.name} refused the message: the API key registered here is not its key."
        if partner.ha.partner_key != me.api_key:
            return f"{partner.name} refused the message: it has not registered the API key of {me.name}."
        skew = abs(me.clock_offset - partner.clock_offset)
        if skew > min(me.api_maximum_age, partner.api_maximum_age) * 60:
            return f"{partner.name} refused the message: it is older than the maximum age. Compare the clocks."
        if not partner.roles.enabled("high_availability"):
            return f"The High Availability role is not turned on for {partner.name}."
        if partner.ha.phase == CONFIGURED:
            return f"{partner.name} is configured with another partner."
        if partner.ha.services_only != self.services_only:
            return "The mirroring options of the two appliances differ."
        mine, theirs = (".".join(node.versions[0][1].split(".")[:2]) for node in (me, partner))
        return "" if mine == theirs else f"The versions differ: {mine} here, {theirs} on {partner.name}."

    # --- settings and removal

    def update_settings(self, values: dict[str, Any]) -> None:
        """Save the settings here and, with ``world.settings_follow``, on a reachable partner."""
        self.settings.update(values)
        other = self.other()
        if other is not None and self.connected() and self.appliance.world.settings_follow:
            other.settings.update(values)

    def queue_files(self) -> None:
        """Queue File Synchronization."""
        self.connected_other()
        self.appliance.clock.schedule(30.0, self._files_copied)

    def _files_copied(self) -> None:
        other = self.other()
        if other is None or not self.connected():
            self.appliance.notify("Medium", "The file synchronization failed: the partner does not respond.")
            return
        self.last_file_synchronization = other.last_file_synchronization = self.appliance.clock.now()
        if self.settings["synchronize_session_archiving_files"]:
            most = max(self.local_session_files, other.local_session_files)
            self.local_session_files = other.local_session_files = most
        self.appliance.notify("Info", "The file synchronization is complete.")

    def abandon(self) -> None:
        """Abandon Configuration: here, and on a reachable partner with ``world.abandon_takes_both``. Without it the
        partner turns high availability off and keeps the rest of its configuration."""
        if self.phase != CONFIGURED:
            raise Refused("There is no high-availability configuration.")
        other = self.other() if self.connected() else None
        self.stop_processes()
        self.reset()
        self._settle()
        if other is None:
            return
        other.stop_processes()
        if self.appliance.world.abandon_takes_both:
            other.reset()
        else:
            other.frozen_heartbeat, other.link_since = other.last_heartbeat(), None
            other.enabled, other.role, other.mirror_state = False, "Off", EXPOSED
        other._settle()

    def stop_processes(self) -> None:
        """Nothing that was under way goes on."""
        for event in (self.process, self.timer):
            self.appliance.clock.cancel(event)
        self.process = self.timer = None
        self.busy = ""
        self.failover_pending = False

    def _settle(self) -> None:
        if self.role == "Off":
            self.appliance.database.log_growing_since = None
        self.appliance.services.settle()
