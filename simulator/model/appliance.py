# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One simulated appliance: everything that pages and wires read."""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from simulator.model.adapters import Adapters
from simulator.model.audit import SecurityLog
from simulator.model.backups import Backups
from simulator.model.certificates import CertificateStore, self_signed
from simulator.model.cold_spare import ColdSpare
from simulator.model.connectors import Connectors
from simulator.model.counters import Counters
from simulator.model.database import Database
from simulator.model.devices import Devices, Disk
from simulator.model.errors import Refused
from simulator.model.failover import HighAvailability
from simulator.model.identity import (
    LICENSED,
    TIME_ZONES,
    VERSIONS,
    User,
    make_api_key,
    make_password,
    make_serial,
    make_service_tag,
    make_volumes,
)
from simulator.model.idrac_network import IdracNetwork
from simulator.model.licensing import Licensing
from simulator.model.lifecycle import Lifecycle
from simulator.model.mail import Mail
from simulator.model.network import Network
from simulator.model.recovery import Recovery
from simulator.model.roles import Roles
from simulator.model.scheduler import Scheduler
from simulator.model.server_roles import ServerRoles
from simulator.model.services import Services
from simulator.model.storage import folder_key
from simulator.model.updater import Updater
from simulator.model.updates import Updates

if TYPE_CHECKING:
    from simulator.model.clock import SimClock
    from simulator.model.world import World

RADIUS_SERVERS = {
    "Corporate RADIUS": ("radius.example.com", "1812", "30", "PAP", "Send password"),
    "Branch RADIUS": ("radius.branch.example.com", "1645", "45", "MSCHAPv2", "Send password"),
}
BOOT_SECONDS = 180.0
SHUTDOWN_SECONDS = 20.0


class Appliance:
    """State of one appliance. Plain attributes unless said otherwise; hold the appliance, never one of its parts:
    ``world.restore`` replaces the parts.

    Identity: ``name`` (key in the world, never changes), ``own_name`` (the name that it was given), ``machine_name``
    (Windows name now; differs from the own one on a waiting cold spare), ``address`` (loopback IP, set before
    ``issue_certificate``), ``ports`` (wire -> TCP port, filled by the process), ``host`` (its name in the inventory),
    ``pair`` (name of its pair), ``partner_name`` (the other of the pair; empty without), ``model`` ("U-Series 50" or
    "U-Series v20"), ``service_tag``, ``bios_version``,
    ``idrac_version``, ``versions`` (list of [product, version]), ``licensed`` (set of product names), ``serials``
    (product -> serial number), ``sql_free`` (no SQL Server on board).

    ``load`` (percentages cpu, sql_cpu, sql_memory, disk_c), ``crypto_key``.

    Accounts: ``users`` ("admin" appliance, "beyondinsight", "bt_updater", "windows", "sql", "idrac" -> User).

    ``radius_servers``: alias -> what BeyondInsight knows of that RADIUS server.

    Parts: ``licensing``, ``roles``, ``ha``, ``backups``, ``updates``, ``updater``, ``cold_spare``, ``certificates``,
    ``services``, ``network``, ``counters``, ``mail``, ``connectors`` (of BeyondInsight), ``database``, ``recovery``,
    ``lifecycle`` (of the server in which it sits), ``idrac_network`` (of its iDRAC), ``audit`` (the Security log),
    ``volumes`` (BitLocker), ``disk`` (files of Windows), ``devices`` (of the server, and drivers), ``adapters``
    (network of Windows), ``scheduler`` (tasks of the system), ``server_roles``, ``settings`` ("page.section" -> field
    id -> value), ``notifications`` (list of dicts with ``at`` simulated second, ``severity`` Info/Low/Medium/High,
    ``text``).

    State: ``powered``, ``booted``, ``reachable`` (property), ``starting``, ``boot_time`` (aware UTC on the simulated
    clock), ``link_blocked`` (fault: no network to anybody), ``partner_link_blocked`` (fault: none to the
    partner only), ``mirror_port_blocked`` (fault), ``alerts_sent``, ``ports_in_use`` (set),
    ``clock_offset`` (seconds that this node's clock is wrong by), ``time_zone``, ``api_key``, ``api_maximum_age``
    (minutes), ``banner`` (title, message), ``minimum_tls``, ``hsts``, ``fips`` (in effect), ``fips_wanted``,
    ``pinged`` (what the page Tools shows of its last ping),
    ``newly_licensed`` (product names whose new key is not in the licence cache yet), ``endpoints_refreshed`` (times),
    ``windows`` (how its Windows differs, see ``windows.machine``; None for the usual one).
    """

    def __init__(self, world: World, name: str, partner_name: str, pair: str, data: bool) -> None:
        self.world = world
        self.name = self.own_name = self.machine_name = name
        self.partner_name, self.pair = partner_name, pair
        self.host = "useries-" + name.removeprefix("UVM-").lower()
        self.rng = random.Random(f"{world.seed}/{name}")
        self.address = "127.0.0.1"
        self.ports: dict[str, int] = {}
        self._identity()
        self.settings: dict[str, dict[str, Any]] = {}
        self.notifications: list[dict[str, Any]] = []
        self.faults: dict[str, list[str]] = {}
        self.powered = self.booted = True
        self.starting = False
        self.link_blocked = self.partner_link_blocked = self.mirror_port_blocked = False
        self.alerts_sent: list[dict[str, Any]] = []
        self.ports_in_use = {80, 443, 1433, 5985, 5986, 21690}
        self.boot_time = world.clock.datetime()
        self._boot_event: int | None = None
        self.clock_offset = 0.0
        self.time_zone = "UTC"
        self.api_key, self.api_maximum_age = make_api_key(self.rng), 600
        self.banner = ("", "")
        self.minimum_tls, self.hsts = "TLS 1.2", False
        self.fips = self.fips_wanted = False
        self.pinged: dict[str, str] = {}
        self.newly_licensed: set[str] = set()
        self.endpoints_refreshed = 0
        self.windows: Any = None
        self.certificates = CertificateStore()
        self.database = Database(size_gb=1.44, records=[f"data of {name}"]) if data else Database()
        self.ha = HighAvailability(self)
        self.cold_spare = ColdSpare(self)
        self.roles = Roles(self)
        self.services = Services(self)
        self.backups = Backups(self)
        self.licensing = Licensing(self)
        self.radius_servers = dict(RADIUS_SERVERS)
        self.updates = Updates(self)
        self.updater = Updater(self)
        self.network = Network(self)
        self.counters = Counters()
        self.mail = Mail()
        self.connectors = Connectors()
        self.recovery = Recovery(self)
        self.lifecycle = Lifecycle(self)
        self.idrac_network = IdracNetwork(self)
        self.audit = SecurityLog(self)
        self.adapters = Adapters(self)
        self.scheduler = Scheduler(self)

    def _identity(self) -> None:
        rng = self.rng
        self.model = "U-Series 50"
        self.service_tag = make_service_tag(rng)
        self.bios_version, self.idrac_version = "2.12.2", "6.10.30.00"
        self.users = {
            "admin": User("administrator", make_password(rng)),
            "beyondinsight": User("btadmin", make_password(rng)),
            "bt_updater": User("updater", make_password(rng)),
            "windows": User("btadmin", make_password(rng)),
            "sql": User("useries_monitor", make_password(rng)),
            "idrac": User("root", make_password(rng)),
        }
        self.versions = [list(row) for row in VERSIONS]
        self.licensed = set(LICENSED)
        self.serials = {
            "BeyondInsight": make_serial(rng),
            "BeyondTrust Network Security Scanner": make_serial(rng),
            "Enterprise Update Server": make_serial(rng),
        }
        self.sql_free = False
        self.volumes = make_volumes(rng)
        self.disk, self.devices, self.server_roles = Disk(), Devices(), ServerRoles()
        self.crypto_key = make_api_key(rng)
        self.load = {"cpu": 12, "sql_cpu": 7, "sql_memory": 41, "disk_c": 38}

    # --- identity and accounts

    def __repr__(self) -> str:
        return f"Appliance({self.name!r})"

    @property
    def clock(self) -> SimClock:
        return self.world.clock

    @property
    def network_name(self) -> str:
        """The name that the appliance shows."""
        return self.machine_name

    @property
    def peer(self) -> Appliance:
        """The other appliance of the inventory pair, whether paired or not."""
        return self.world.appliance(self.partner_name)

    @property
    def has_data(self) -> bool:
        """Whether the database holds data."""
        return self.database.has_data

    def take_name(self, name: str) -> None:
        """It was named so when it was deployed: a cold spare has the name of its source (guide 1473)."""
        self.own_name = self.machine_name = name
        self.issue_certificate()

    def namesakes(self) -> list[Appliance]:
        """The other appliances on the network that have the same name now."""
        return [
            other
            for other in self.world.appliances.values()
            if other is not self and other.reachable and other.machine_name.casefold() == self.machine_name.casefold()
        ]

    def meet_namesakes(self) -> None:
        """What comes onto the network second is told about a name that is taken, as Windows does it."""
        if self.reachable and self.namesakes():
            self.notify("High", f"A duplicate name has been detected on the network: {self.machine_name}.")

    def check_login(self, user: str, password: str, account: str = "admin") -> bool:
        """Whether the console (or, with ``account``, another surface) lets somebody in."""
        known = self.users[account]
        return user.casefold() == known.username.casefold() and password == known.password

    def wipe(self) -> None:
        """Wipe Appliance: database, user configuration data and events are gone."""
        self.database.erase()
        self.settings.clear()
        self.notifications.clear()
        self.mail = Mail()
        self.banner = ("", "")

    def image(self) -> None:
        """The manufacturing image: nothing of before is left, on its own drives neither (guide 1533, 1574)."""
        self.wipe()
        for location in self.backups.locations:
            if re.match(r"[A-Za-z]:", location.path):
                self.world.shares.pop(folder_key(self, location.path), None)
        self.ha, self.cold_spare, self.roles = HighAvailability(self), ColdSpare(self), Roles(self)
        self.backups, self.updates, self.updater = Backups(self), Updates(self), Updater(self)
        self.audit = SecurityLog(self)
        self.volumes = make_volumes(self.rng)
        for volume in self.volumes:
            volume.protection = False
        self.users["admin"].password = make_password(self.rng)
        self.generate_api_key()
        self.generate_certificate()

    def issue_certificate(self) -> None:
        """A certificate of the world's authority for the network name and ``address``, served at once."""
        self.certificates.add(self.world.authority.issue(self.machine_name, self.address), bind=True)

    def generate_certificate(self) -> None:
        """Generate Certificate: self-signed for the network name."""
        self.certificates.add(self_signed(self.machine_name, self.address), bind=True)

    def reset_at_panel(self) -> str:
        """What a person does at the LCD panel: a random password for the administrator (guide 209)."""
        panel = {"lcd_reset_password": True, "lcd_buttons": True, **self.settings.get("general_settings.lcd_panel", {})}
        if not all(panel.values()):
            raise Refused("The LCD panel does not do that.")
        self.users["admin"].password = make_password(self.rng)
        return self.users["admin"].password

    def generate_api_key(self) -> str:
        self.api_key = make_api_key(self.rng)
        return self.api_key

    # --- time

    def wall_clock(self) -> datetime:
        """The appliance's own clock (aware UTC): real time, the control port's offset and this node's error."""
        return self.clock.real_now() + timedelta(seconds=self.clock_offset)

    def local_time(self, moment: datetime) -> datetime:
        """A moment in the appliance's time zone, naive."""
        return (moment + timedelta(hours=TIME_ZONES[self.time_zone])).replace(tzinfo=None)

    # --- events and faults

    def notify(self, severity: str, text: str) -> None:
        """Add to the notifications (Diagnostics)."""
        self.notifications.append({"at": self.clock.now(), "severity": severity, "text": text})

    def fail_next(self, action_id: str, message: str) -> None:
        """Make the next run of an action fail: a button id, or one of exchange, initial_sync, create_backup, restore,
        import_backups, apply_roles, switch_roles, boot (which fail at their end). start_service: the service of that
        name does not come up with Windows."""
        self.faults.setdefault(action_id, []).append(message)

    def take_fault(self, action_id: str) -> str:
        """The message of a fault waiting for this action, used up by asking; "" without."""
        waiting = self.faults.get(action_id)
        return waiting.pop(0) if waiting else ""

    # --- roles

    def role_endpoint(self) -> str:
        """What GET /UVMInterface/api/HighAvailability answers: Off, Active or Passive."""
        if self.ha.enabled and self.starting:
            return "Passive"
        return self.ha.role

    def standby(self) -> bool:
        """Whether the services of a passive node or waiting cold spare are held back."""
        return self.ha.role == "Passive" or self.starting or self.cold_spare.waiting

    def database_accessible(self) -> bool:
        """False on the passive node of a mirrored pair."""
        return self.booted and not (self.ha.mirrored and self.ha.role == "Passive")

    def roles_changed(self, before: dict[str, bool]) -> None:
        """After Apply Pending Changes."""
        self.cold_spare.role_changed(before["cold_spare"])
        self.services.settle()

    # --- power

    @property
    def reachable(self) -> bool:
        """Whether the appliance answers on the network (its iDRAC always does)."""
        on = self.powered and self.booted
        return on and not self.link_blocked and not self.network.silent and self.adapters.connected

    def power_off(self, graceful: bool = False) -> None:
        """Off at once. ``graceful`` is a shutdown from the console: the partner is told first."""
        if not self.powered:
            raise Refused(f"{self.name} is already off.")
        self._stop_running(graceful)
        self.powered = False
        self.clock.cancel(self._boot_event)
        self._boot_event = None

    def power_on(self) -> None:
        """Start; it answers after BOOT_SECONDS of simulated time."""
        if self.powered:
            raise Refused(f"{self.name} is already on.")
        self.powered = True
        self._boot_event = self.clock.schedule(BOOT_SECONDS, self._booted)

    def restart(self, graceful: bool = True) -> None:
        """Down, and up again after BOOT_SECONDS."""
        if not self.powered:
            raise Refused(f"{self.name} is off.")
        self._stop_running(graceful)
        self.clock.cancel(self._boot_event)
        self._boot_event = self.clock.schedule(BOOT_SECONDS, self._booted)

    def schedule_shutdown(self, restart: bool) -> None:
        """The page Schedule a Reboot: the answer is sent first."""
        self.clock.schedule(SHUTDOWN_SECONDS, self._restart_now if restart else self._shut_down_now)

    def windows_shutdown(self, restart: bool, seconds: float) -> None:
        """Windows is told to go down: the partner is told nothing."""
        self.clock.schedule(seconds, self._restart_untold if restart else self._shut_down_untold)

    def _restart_now(self) -> None:
        if self.powered:
            self.restart(graceful=True)

    def _shut_down_now(self) -> None:
        if self.powered:
            self.power_off(graceful=True)

    def _restart_untold(self) -> None:
        if self.powered:
            self.restart(graceful=False)

    def _shut_down_untold(self) -> None:
        if self.powered:
            self.power_off(graceful=False)

    def _stop_running(self, graceful: bool) -> None:
        was = self.booted
        self.booted = False
        if was:
            self.ha.went_down(graceful)
            self.backups.interrupted()
            self.updates.interrupted()
            self.updater.interrupted()

    def _booted(self) -> None:
        self._boot_event = None
        fault = self.take_fault("boot")
        if fault:
            self.notify("High", fault)
            return
        if not self.lifecycle.flash.booted():
            return
        self.booted = True
        self.boot_time = self.clock.datetime()
        self.fips = self.fips_wanted
        for volume in self.volumes:
            if volume.suspended_restarts > 0:
                volume.suspended_restarts -= 1
                volume.protection = volume.suspended_restarts == 0
        self.devices.booted()
        self.server_roles.booted()
        self.cold_spare.booted()
        self.meet_namesakes()
        self.ha.came_up()
        self.services.started()
        self.updates.booted()
        self.updater.booted()

    def set_link(self, up: bool, partner_only: bool = False) -> None:
        """Fault: cut the network of this appliance (or only that to its partner), or bring it back."""
        if partner_only:
            self.partner_link_blocked = not up
        else:
            self.link_blocked = not up
        if self.booted:
            self.ha.link_changed()
            if up and not partner_only:
                self.meet_namesakes()
