# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The firmware of a Dell server is updated by one package (guide lines 1598-1670)."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit

from ansible_collections.useries.appliance.plugins.module_utils._compose.firmware_guard import Guard
from ansible_collections.useries.appliance.plugins.module_utils._compose.firmware_idrac import IdracRoad
from ansible_collections.useries.appliance.plugins.module_utils._compose.firmware_road import Road, State
from ansible_collections.useries.appliance.plugins.module_utils._compose.firmware_windows import WindowsRoad
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import Impact
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._idrac.package import (
    Package,
    newer,
    read_package,
    same_version,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface, UseriesError

WORDS = {"bios": "the BIOS", "idrac": "the iDRAC with Lifecycle Controller", "chipset": "chipset drivers"}
LOST = frozenset({"silent", "outcome_unknown", "timeout"})


class UpdateFirmware(Action):
    """Options ``package``, ``component``, ``through``, ``image_uri``, ``restart``, ``downgrade`` and the guard's."""

    surface: ClassVar[Surface] = "idrac"
    ranges: ClassVar = {"suspend_restarts": Range(1, 15, unit="restarts")}

    def what(self) -> str:
        return f"update {WORDS[self.given['component']]}"

    def severity(self) -> Impact:
        return "restart" if self.road.restarts else "none"

    def find_out(self) -> str:
        if self.given["through"] == "windows":
            return (
                "Look at the appliance whether the package still runs, and read its log beside it (C:\\Windows\\Temp). "
                f"BitLocker stays suspended for {self.given['suspend_restarts']} restarts."
            )
        return (
            "Look at the job queue (useries.appliance.idrac_job_info). A job that is there goes on by itself, and "
            f"BitLocker stays suspended for {self.given['suspend_restarts']} restarts. Run the task again when it has "
            "ended."
        )

    @cached_property
    def package(self) -> Package:
        """What the file on the controller says of itself."""
        return read_package(self.given["package"])

    @cached_property
    def guard(self) -> Guard:
        """Around the change."""
        return Guard(self)

    @cached_property
    def road(self) -> Road:
        """How it gets to the server."""
        kind = WindowsRoad if self.given["through"] == "windows" else IdracRoad
        return kind(self, self.package, self.guard)

    # -- before anything is asked --------------------------------------------------------------------------------------
    def check(self) -> None:
        self._surfaces_are_there()
        if self.package.component != self.given["component"]:
            self._another_component()
        uri = self.given["image_uri"]
        if uri is not None and not self._names_the_package(uri):
            raise self.refuse(
                "image_uri must be an http or https address without a password that ends in the name of the package, "
                f"{self.package.name}.",
                kind="invalid",
            )

    def _surfaces_are_there(self) -> None:
        component, through = self.given["component"], self.given["through"]
        if component == "chipset" and through == "idrac":
            raise self.refuse("An iDRAC takes no drivers: component: chipset needs through: windows.", kind="invalid")
        needed: list[Surface] = ["windows" if through == "windows" else "idrac"]
        if component == "idrac" and through == "windows":
            needed.append("idrac")  # Windows does not tell its version
        for surface in needed:
            if not self.task.surfaces.configured(surface):
                raise self.refuse(
                    f"component: {component} with through: {through} needs useries_{surface}_host, which is not set: "
                    f"{surface} is off until its variables are set.",
                    kind="invalid",
                    remedy=f"Set useries_{surface}_host, useries_{surface}_username and useries_{surface}_password.",
                )

    def _another_component(self) -> None:
        found, wanted = WORDS.get(self.package.component or ""), WORDS[self.given["component"]]
        hint = ""
        if self.given["component"] == "idrac" and found is None:
            hint = " What is wanted is iDRAC with Lifecycle Controller, not the iDRAC Controller Integration."
        raise self.refuse(
            f"{self.package.name} is the package {self.package.title!r}"
            + (f", for {found} and" if found else ", which is")
            + f" not for {wanted}.{hint}",
            kind="invalid",
            remedy="Download the right one from Dell's support site, under the service tag of this server.",
        )

    def _names_the_package(self, uri: str) -> bool:
        try:
            parts = urlsplit(uri)
            is_plain = parts.scheme in ("http", "https") and parts.hostname and not (parts.username or parts.password)
        except ValueError:
            return False
        return bool(is_plain) and unquote(parts.path).rsplit("/", maxsplit=1)[-1] == self.package.name

    # -- reading and planning ------------------------------------------------------------------------------------------
    def read(self) -> State:
        number, model, tag = self.road.server()
        fits = self.package.is_for(number, model)
        if not fits:
            why = "is not for this server" if fits is False else "cannot be compared with this server"
            raise self.refuse(
                f"{self.package.name} {why}: it is for {self.package.for_models}, and the server with the service tag "
                f"{tag or 'unknown'} is a {model or 'machine without a model'}.",
                remedy="Download the package from Dell's support site under the service tag of this server.",
            )
        return self.road.state()

    def due(self, before: State) -> Plan:
        plan = Plan(header=self.what())
        if self._is_installed(before):
            return plan
        if before.open_job is not None and not self.road.restarts:
            self.warn(
                f"The job {before.open_job.id} ({before.open_job.name}) is open already, and nothing is sent beside "
                "it. Which version it brings is seen when it has ended."
            )
            return plan
        if self.given["component"] == "chipset":
            if before.devices:
                plan.changes.append(Change("devices_without_driver", list(before.devices), []))
            return plan
        plan.changes.append(Change("version", before.version, self.package.version))
        return plan

    def _is_installed(self, state: State) -> bool:
        if self.given["component"] == "chipset":
            return not state.devices
        return state.version is not None and same_version(state.version, self.package.version)

    def before_order(self, before: State) -> None:
        if newer(before.version or "", self.package.version) and not self.given["downgrade"]:
            raise self.refuse(
                f"{self.package.name} brings {self.package.version}, and the installed {before.version} is newer.",
                remedy="Repeat with downgrade: true if Dell's notes of both versions allow it.",
            )
        self.road.ready(before)
        self.guard.look()

    # -- the order and its effect --------------------------------------------------------------------------------------
    def order(self, before: State) -> None:
        self.guard.secure()
        try:
            self.road.send(before)
        except UseriesError as error:
            if error.kind not in LOST:
                self.guard.give_back()
            raise

    def happened(self, before: State) -> bool | None:
        return self.road.arrived(before)

    def effect(self, before: State) -> State:
        return self.road.finish(before)

    # -- the result ----------------------------------------------------------------------------------------------------
    def prove(self, state: State) -> tuple[Proof, dict[str, Any]] | None:
        return ("verified", {"road": self.road.called, "version": state.version}) if self._is_installed(state) else None

    def shown(self, state: State) -> dict[str, Any]:
        job = state.ended or state.open_job
        waits = state.staged or (job is not None and not self._is_installed(state))
        return {
            "component": self.given["component"],
            "name": state.name,
            "package": self.package.name,
            "wanted": self.package.version,
            "version": state.version,
            "state": "scheduled" if waits else "installed" if self._is_installed(state) else "other",
            "job": None if job is None else job.as_dict(),
            "restarted": state.restarted,
            "bitlocker": state.protection,
            "devices_without_driver": None if state.devices is None else list(state.devices),
        }
