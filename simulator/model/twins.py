# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes simulated appliances like those of a snapshot: versions, roles, sizes; then partners of those that were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulator.model.backups import Location
from simulator.model.errors import Refused
from simulator.model.mirror import SUSPENDED
from simulator.model.role_data import MIRROR_ALL, MIRROR_SERVICES

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance
    from simulator.model.world import World

PORT = 5022
#: As the snapshot names it, and the words of the console.
MIRRORING = {"server_and_database": MIRROR_ALL, "services_only": MIRROR_SERVICES}


def resemble(world: World, twins: Sequence[Any]) -> None:
    """Give every appliance of the world what its twin had.

    :param twins: as :class:`simulator.twins.Twin`, of which ``key`` names the appliance.
    :raises Refused: the model cannot be brought there; its words say why.
    """
    by_host = {twin.host: twin for twin in twins}
    for twin in twins:
        appliance = world.appliance(twin.key)
        _versions(appliance, twin.versions)
        _roles(appliance, twin)
        if twin.name != appliance.machine_name:
            appliance.take_name(twin.name)
        _spare(appliance, twin)
    for twin in twins:
        other = by_host.get(twin.partner)
        if other is not None and _leads(twin, other):
            _partners(world, world.appliance(twin.key), world.appliance(other.key), twin)
    for twin in twins:  # now, because a first synchronization of its size might take longer than its settings allow
        if twin.size_gb is not None:
            database = world.appliance(twin.key).database
            database.measured(twin.size_gb, database.sync_rate)
        if not twin.reachable:
            world.appliance(twin.key).power_off()


def _leads(twin: Any, other: Any) -> bool:
    """Of a pair: the active one, or the first by name where both are (services only) or none is.

    Without an active node, its settings tell whether it has a partner at all.
    """
    if (twin.role == "Active") != (other.role == "Active"):
        return bool(twin.role == "Active")
    return bool(twin.host < other.host and (twin.role == "Active" or twin.settings))


def _versions(appliance: Appliance, versions: Mapping[str, str]) -> None:
    """Its own versions; what the manufacturer offers is one newer of the same products."""
    if not versions:
        return
    appliance.versions = [[product, version] for product, version in versions.items()]
    offers = {product for product, _version in appliance.updates.offers}
    appliance.updates.offer([[product, _next(version)] for product, version in versions.items() if product in offers])


def _next(version: str) -> str:
    """3.3.0.812 -> 3.3.0.813; a version that ends in no number stays."""
    head, dot, last = version.rpartition(".")
    return f"{head}{dot}{int(last) + 1}" if last.isdigit() else version


def _roles(appliance: Appliance, twin: Any) -> None:
    for role, on in twin.roles.items():
        if role in appliance.roles.applied and role != "cold_spare":
            appliance.roles.applied[role]["enabled"] = on
    if twin.mirroring in MIRRORING:
        appliance.roles.applied["high_availability"]["mirroring"] = MIRRORING[twin.mirroring]
    if twin.backup_locations:
        appliance.backups.locations = [
            Location(one["name"], one["path"], nfs="/" in one["path"]) for one in twin.backup_locations
        ]
    appliance.services.settle()


def _spare(appliance: Appliance, twin: Any) -> None:
    if not twin.roles.get("cold_spare"):
        return
    applied = appliance.roles.applied["cold_spare"]
    applied.update({"enabled": True, "temporary_machine_name.name": f"SPARE-{twin.host}".upper()[:15]})
    appliance.cold_spare.role_changed(before=False)
    appliance.cold_spare.booted()
    appliance.services.settle()


def _partners(world: World, first: Appliance, second: Appliance, twin: Any) -> None:
    """As administrators would: keys, exchange, mirroring; simulated time passes meanwhile."""
    for side, other in ((first, second), (second, first)):
        side.roles.applied["high_availability"]["enabled"] = True
        side.ha.register_key(other.api_key)
    second.database.erase()
    if not first.has_data:
        first.database.write(f"data of {first.name}")
    first.ha.start_exchange(second.machine_name)
    world.advance(900)
    if not first.ha.partner:
        raise Refused(f"{first.name} and {second.name} did not become partners: {first.ha.exchange_details}")
    known = {key: value for key, value in twin.settings.items() if key in first.ha.settings and value is not None}
    if known:
        first.ha.update_settings(known)
    if twin.role == "Active":
        first.ha.set_state(True, PORT)
        world.advance(36000)
        if twin.mirror_state == SUSPENDED:
            first.ha.suspend()
            world.advance(60)
