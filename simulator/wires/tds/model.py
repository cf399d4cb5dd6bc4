# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The SQL Server of an appliance, read from the model: the one place of this wire that knows the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.model.sql_servers import CREATED, FIRST_ID, create_on_appliance
from simulator.wires.tds.catalogue import MIRROR_STATES, SYSTEM_DATABASES, Database, Instance, Mirroring, SqlLogin

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance
    from simulator.model.world import World

_MEGABYTE = 1024 * 1024
_SERVICE = "MSSQLSERVER"


def is_up(world: World, appliance: Appliance) -> bool:
    """Whether the appliance answers on its SQL port now."""
    with world.lock:
        world.tick()
        running = appliance.services.states.get(_SERVICE) == "Running"
        return appliance.reachable and running and not appliance.sql_free


def instance(world: World, appliance: Appliance) -> Instance:
    """Logins and databases at this moment."""
    with world.lock:
        world.tick()
        user = appliance.users["sql"]
        created = appliance.settings.get(CREATED, {})
        others = (Database(number, name) for name, number in created.items())
        return Instance(
            server=appliance.machine_name,
            logins=(SqlLogin(user.username, user.password),),
            databases=(*SYSTEM_DATABASES, _product(appliance), *others),
        )


def create(world: World, appliance: Appliance, name: str) -> None:
    """CREATE DATABASE: an empty one, kept with the appliance's state."""
    with world.lock:
        create_on_appliance(appliance, name)


def _product(appliance: Appliance) -> Database:
    database = appliance.database
    used = int(database.log_used_mb(appliance.clock.now()) * _MEGABYTE)
    step = 64 * _MEGABYTE
    mirroring = _mirroring(appliance)
    return Database(
        id=FIRST_ID,
        name=database.name,
        data_bytes=int(database.size_gb * 1024) * _MEGABYTE,
        log_bytes=-(-used // step) * step,
        log_used_bytes=used,
        log_limit_bytes=int(database.log_capacity_mb) * _MEGABYTE,
        restoring=mirroring is None and not appliance.database_accessible(),
        mirroring=mirroring,
    )


def _mirroring(appliance: Appliance) -> Mirroring | None:
    ha = appliance.ha
    if not ha.mirrored or ha.mirror_state not in MIRROR_STATES:
        return None
    return Mirroring(
        state=ha.mirror_state,
        role="PRINCIPAL" if ha.role == "Active" else "MIRROR",
        partner=f"TCP://{appliance.peer.machine_name}:{ha.port}",
        partner_instance=appliance.peer.machine_name,
    )
