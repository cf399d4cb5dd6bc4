# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Setting roles: what each takes, and what is told about it before it is changed (guide 744-881)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.role_pages import (
    LOAD_DEFAULT,
    Entry,
    Press,
    RolePages,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.role_options import (
    ENDPOINT_PROTECTION,
    EVENT_SERVER_PORT,
    OF_HIGH_AVAILABILITY,
    USER_INTERFACES,
    complaints,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.role_settings import AREAS, SETTINGS, SWITCH
from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import read_role
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import role
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

NOT_FIELDS = ("test", "with_technical_support")


class SetRole(RolePages):
    """Options ``name``, ``enabled``, ``settings`` and those of the role high_availability, or ``roles`` with a list of
    them; and ``adopt_pending``.
    """

    def check(self) -> None:
        listed = self.given.get("roles")
        asked = [_together(one) for one in ([self.given] if listed is None else listed)]
        names = [one["name"] for one in asked]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice or not names:
            what = f"names {', '.join(twice)} more than once" if twice else "is empty"
            raise self.refuse(f"roles {what}.", kind="invalid")
        self.entries = [self._entry(one, "" if listed is None else f"{one['name']}.") for one in asked]

    def before_change(self, entry: Entry, changes: Mapping[str, Any]) -> None:
        if not changes:
            return
        wanted, surfaces = entry.wanted, self.task.surfaces
        if entry.role.id == "cold_spare" and "enabled" in changes:
            raise self.refuse(
                "The role Cold Spare renames the appliance and stops its services; turning it off activates the spare, "
                "which takes the name of its source.",
                remedy="Set it up with useries.appliance.cold_spare, and activate it with "
                "useries.appliance.cold_spare_activation, which makes sure that the source is off.",
            )
        if entry.role.id == "event_collector" and "port" in wanted and self._after(entry, "service") == "appbus":
            raise self.refuse(
                "port is of the Event Server, and the Event Collector uses the AppBus.",
                kind="invalid",
                remedy="Set service: event_server as well.",
            )
        if entry.role.id == "biul" and changes.get("enabled") and not self._after(entry, "username"):
            raise self.refuse(
                "BeyondInsight for Unix & Linux needs an account at its database, and its page holds none.",
                kind="invalid",
                remedy="Give settings with location, username and password.",
            )
        if entry.role.id == "beyondinsight_omniworker" and changes.get("enabled") and not surfaces.has_partner:
            self.warn("The Omniworker service is meant for more than one appliance; no partner of this one is known.")
        if entry.role.id == ENDPOINT_PROTECTION and (not wanted.get("enabled") or changes.get("disable_policy")):
            self.warn("The appliance is less protected now: turn End Point Protection on again afterwards.")
        if entry.role.id == "high_availability":
            self._standalone(entry)
            self._compare_nodes(entry)

    def provides(self, plan: Plan) -> Iterable[str]:
        return [f"role:{entry.role.id}" for entry in self.entries if self.changes_of(entry, plan).get("enabled")]

    # -- inner steps ---------------------------------------------------------------------------------------------------
    def _entry(self, asked: Mapping[str, Any], prefix: str) -> Entry:
        one = role(asked["name"])
        given = {name: value for name, value in (asked.get("settings") or {}).items() if value is not None}
        wrong = list(complaints(one.id, asked["enabled"], given, blank_kept=bool(self.given.get("blank_keeps_secret"))))
        if wrong:
            raise self.refuse(" ".join(wrong), kind="invalid")
        if given.get("service") == "event_server":
            given.setdefault("port", EVENT_SERVER_PORT)
        if given.get("server") and one.id == "auto_update":
            given["server_mode"] = "one_server"
        if given.get(AREAS):
            given.update({"server_mode": "per_area", AREAS: {str(k): str(v) for k, v in given[AREAS].items()}})
        test = Press("remote_database", "test_remote_connection") if given.get("test") else None
        load = Press("default_settings", "load_default_settings") if given.get(LOAD_DEFAULT) else None
        unset = {LOAD_DEFAULT} if not load else set()
        wanted = {name: value for name, value in given.items() if name not in {*NOT_FIELDS, *unset}}
        settings = (SWITCH, *SETTINGS.get(one.id, ()))
        return Entry(one, settings, {"enabled": asked["enabled"], **wanted}, prefix, test, load)

    def _standalone(self, entry: Entry) -> None:
        off = [name for name in USER_INTERFACES if entry.wanted.get(name)]
        if off and not self._after(entry, "standalone_worker_node"):
            raise self.refuse(
                f"{', '.join(off)}: only on a standalone worker node, and this node is none.",
                kind="invalid",
                remedy="Set standalone_worker_node: true as well.",
            )

    @staticmethod
    def _after(entry: Entry, name: str) -> Any:
        """What a setting will be."""
        return entry.wanted.get(name, entry.present.get(name))

    def _compare_nodes(self, entry: Entry) -> None:
        """Say so when the nodes of a pair would mirror differently, or when the worker is the active node."""
        surfaces = self.task.surfaces
        mine = self._after(entry, "mirroring")
        try:
            if surfaces.has_partner and entry.wanted["enabled"]:
                other = read_role(surfaces.partner.console, entry.role) or {}
                if other.get("enabled") and other.get("mirroring") not in (None, mine):
                    self.warn(
                        f"The mirroring option will be {mine} here and is {other['mirroring']} on the partner: it must "
                        "be the same on both nodes."
                    )
            if entry.wanted.get("standalone_worker_node") and surfaces.role() == "Active":
                self.warn("This node is active; a standalone worker node is meant for secondary appliances.")
        except UseriesError as error:
            self.warn(f"The nodes of the pair could not be compared: {error.message}")


def _together(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The options of one role; those of high_availability may stand beside ``settings``."""
    own = {name: asked[name] for name in OF_HIGH_AVAILABILITY if asked.get(name) is not None}
    return {**asked, "settings": {**(asked.get("settings") or {}), **own}}
