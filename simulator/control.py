# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control port: JSON over HTTP on 127.0.0.1 with a token, for tests and for rehearsing trouble.

Nothing here belongs to a real appliance. Requests and answers: see :mod:`simulator.control_client`.
"""

from __future__ import annotations

import dataclasses
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from simulator.console.oddities import ODDITIES
from simulator.model.errors import Refused
from simulator.wires import FAULT_KINDS, Fault
from simulator.wires.web import WebServer

if TYPE_CHECKING:
    from simulator.process import Simulation

TOKEN_HEADER = "X-Simulator-Token"
CALLS = (
    "fail_next", "set_link", "notify", "generate_certificate", "issue_certificate", "generate_api_key",
    "reset_at_panel", "take_name", "cold_spare.retrieve_weekly",
    "ha.suspend", "ha.resume", "ha.switch_roles", "ha.fail_over", "ha.abandon", "ha.update_settings", "ha.register_key",
    "ha.start_exchange", "ha.set_state", "ha.show", "roles.change", "roles.apply", "database.write",
    "services.set", "database.measured", "ha.write_data", "backups.create", "backups.resize",
    "licensing.switch", "connectors.add",
    "updates.receive", "updates.take_away", "updates.offer", "updates.disable", "updates.run_now", "updates.schedule",
    "updates.request",
    "updater.set_lock", "updater.stop", "updater.publish", "updater.update_now", "updater.install",
    "recovery.turn_bitlocker_off", "recovery.suspend_bitlocker", "recovery.lock",
    "recovery.add_protector", "recovery.drop_password",
    "recovery.imaged", "recovery.reset_pc", "recovery.configured", "recovery.set_up", "recovery.run",
    "server_roles.set_up", "server_roles.install", "server_roles.deny", "server_roles.close",
    "server_roles.forget_rule", "disk.put", "disk.copy", "devices.add", "devices.set_up",
    "lifecycle.add_job", "lifecycle.remove_job", "lifecycle.set_up",
    "idrac_network.set_up", "idrac_network.unconfigure",
    "audit.allow", "audit.forget", "audit.sign_in", "audit.refuse", "audit.sign_out", "audit.session", "audit.deny",
    "audit.clear", "audit.write",
    "network.issue_support_password", "network.offer", "network.lose_next_address", "network.ignore_next_address",
    "network.regenerate_at_next_address",
    "adapters.set_up", "adapters.static", "adapters.create_team", "adapters.add_nic",
    "scheduler.stop_triggers",
)  # fmt: skip
WORLD_SETTINGS = (
    "blank_keeps_secret", "settings_follow", "abandon_takes_both", "warn_before_danger", "unreachable_shares",
    "share_credentials", "radius_challenges", "confirms_passwords", "one_apply_button", "users_on_demand",
    "sql_servers", "full_shares", "restore_restarts", "restart_asked_first",
)  # fmt: skip
NODE_SETTINGS = (
    "mirror_port_blocked", "link_blocked", "ports_in_use", "clock_offset", "sql_free", "licensed", "model", "time_zone",
    "hsts", "minimum_tls", "banner", "fips", "versions", "service_tag", "bios_version", "idrac_version",
    "api_maximum_age",
    "newly_licensed", "windows",
    "radius_servers",
)  # fmt: skip
HIDDEN = ("world", "rng", "clock", "appliance", "key_pem", "own")


class Wrong(Exception):
    """The order cannot be understood; the text says why."""


def as_data(value: Any, depth: int = 7) -> Any:
    """Anything of the model as JSON data; appliances become their names, bytes their length."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if depth == 0 or callable(value):
        return repr(value)
    if isinstance(value, Mapping):
        return {str(key): as_data(item, depth - 1) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((as_data(item, depth - 1) for item in value), key=str)
    if isinstance(value, (list, tuple)):
        return [as_data(item, depth - 1) for item in value]
    if hasattr(value, "partner_name") and hasattr(value, "certificates"):
        return value.name
    if dataclasses.is_dataclass(value) or hasattr(value, "__dict__"):
        shown = {key: item for key, item in vars(value).items() if not key.startswith("_") and key not in HIDDEN}
        return {key: as_data(item, depth - 1) for key, item in shown.items()}
    return str(value)


def _like(present: Any, value: Any) -> Any:
    """A JSON value in the type of what is there now."""
    if isinstance(present, set):
        return set(value)
    if isinstance(present, tuple):
        return tuple(value)
    if isinstance(present, dict):
        return {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
    return value


class Control:
    """The control port of a simulation.

    :param token: what every request must carry in X-Simulator-Token; :param port: 0 for a free one.
    """

    def __init__(self, simulation: Simulation, token: str, port: int = 0) -> None:
        self._simulation, self._token = simulation, token
        self._snapshots: dict[str, Any] = {}
        self._orders: dict[tuple[str, str], Callable[[dict[str, Any]], Any]] = {
            ("GET", "/log"): self._log,
            ("GET", "/counts"): lambda order: simulation.log.counts(),
            ("POST", "/counts/reset"): lambda order: simulation.log.reset(),
            ("GET", "/faults"): lambda order: simulation.log.faults.open(),
            ("POST", "/fault"): self._fault,
            ("POST", "/faults/clear"): self._clear_faults,
            ("POST", "/clock"): self._clock,
            ("POST", "/snapshot"): self._snapshot,
            ("POST", "/restore"): self._restore,
            ("POST", "/reset"): self._reset,
            ("POST", "/node"): self._node,
            ("POST", "/labels"): self._labels,
            ("POST", "/oddity"): self._oddity,
            ("POST", "/set"): self._set,
            ("GET", "/state"): self._state,
        }
        self._server = WebServer(self._app, "127.0.0.1", port, threads=2)
        self.port = self._server.port

    def stop(self) -> None:
        """Close the port."""
        self._server.stop()

    def _app(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        status, answer = self._answer(request)
        response = Response(json.dumps(answer), status=status, content_type="application/json")
        return response(environ, start_response)

    def _answer(self, request: Request) -> tuple[int, Any]:
        if not hmac.compare_digest(request.headers.get(TOKEN_HEADER, "").encode(), self._token.encode()):
            return 401, {"error": f"the header {TOKEN_HEADER} is missing or wrong"}
        order = self._orders.get((request.method, request.path))
        if order is None:
            known = ", ".join(" ".join(key) for key in self._orders)
            return 404, {"error": f"unknown order; known: {known}"}
        try:
            sent = request.get_json(silent=True) or {} if request.method == "POST" else request.args.to_dict()
            with self._simulation.world.lock:
                result = order(sent)
        except (Wrong, Refused, KeyError, TypeError, ValueError) as error:
            return 400, {"error": f"{type(error).__name__}: {error}"}
        self._simulation.look()
        return 200, result

    def _appliance(self, name: str) -> Any:
        for appliance in self._simulation.world.appliances.values():
            if name.casefold() in (appliance.name.casefold(), appliance.host.casefold()):
                return appliance
        raise Wrong(f"no node {name!r}; there are {', '.join(self._simulation.world.appliances)}")

    def _log(self, order: dict[str, Any]) -> Any:
        node = self._appliance(order["node"]).name if order.get("node") else None
        return [dataclasses.asdict(entry) for entry in self._simulation.log.entries(node, order.get("wire"))]

    def _fault(self, order: dict[str, Any]) -> None:
        if order.get("kind") not in FAULT_KINDS:
            raise Wrong(f"kind is one of {', '.join(FAULT_KINDS)}")
        if order.get("when", "before") not in ("before", "after"):
            raise Wrong("when is before or after")
        node = order.get("node", "*")
        order = {**order, "node": node if node == "*" else self._appliance(node).name}
        self._simulation.log.faults.add(Fault(**{"surface": "console", **order}))

    def _clear_faults(self, order: dict[str, Any]) -> None:
        self._simulation.log.faults.clear()

    def _clock(self, order: dict[str, Any]) -> dict[str, Any]:
        world = self._simulation.world
        unknown = set(order) - {"advance", "advance_real", "speed", "align"}
        if unknown:
            raise Wrong(f"unknown: {', '.join(sorted(unknown))}")
        if "speed" in order:
            world.clock.set_speed(float(order["speed"]))
        if "advance_real" in order:
            world.clock.advance_real(float(order["advance_real"]))
        if "advance" in order:
            world.advance(float(order["advance"]))
        if order.get("align"):
            world.clock.align()
        return {"now": world.clock.now(), "real_now": world.clock.real_now().isoformat()}

    def _snapshot(self, order: dict[str, Any]) -> None:
        self._snapshots[str(order["name"])] = self._simulation.world.snapshot()

    def _restore(self, order: dict[str, Any]) -> None:
        if order["name"] not in self._snapshots:
            raise Wrong(f"no snapshot {order['name']!r}; there are: {', '.join(self._snapshots) or 'none'}")
        self._simulation.world.restore(self._snapshots[order["name"]])
        self._simulation.forget_sessions()

    def _reset(self, order: dict[str, Any]) -> None:
        self._simulation.world.reset()
        self._simulation.log.faults.clear()
        self._simulation.log.reset()
        self._simulation.forget_sessions()
        self._oddity({})

    def _oddity(self, order: dict[str, Any]) -> dict[str, str]:
        name = order.get("name") or ""
        if name and name not in ODDITIES:
            raise Wrong(f"name is one of {', '.join(ODDITIES)}, or empty for none")
        wanted = self._appliance(order["node"]).name if order.get("node") else None
        answer = ""
        for node, server in self._simulation.nodes.items():
            if wanted in (None, node):
                server.node.console.oddities.name = name
                answer = server.node.console.oddities.answer()
        return {"answer": answer}

    def _node(self, order: dict[str, Any]) -> dict[str, Any]:
        appliance = self._appliance(order["name"])
        actions = {"on": appliance.power_on, "off": appliance.power_off, "restart": appliance.restart}
        if order.get("power") not in actions:
            raise Wrong("power is on, off or restart")
        if "graceful" in order and order["power"] != "on":
            actions[order["power"]](graceful=bool(order["graceful"]))
        else:
            actions[order["power"]]()
        return {"powered": appliance.powered, "reachable": appliance.reachable}

    def _labels(self, order: dict[str, Any]) -> dict[str, Any]:
        world = self._simulation.world
        for key, target in (("hide", "hidden"), ("duplicate", "duplicated")):
            if key in order:
                setattr(world, target, set(order[key]))
        return {"hidden": sorted(world.hidden), "duplicated": sorted(world.duplicated)}

    def _set(self, order: dict[str, Any]) -> Any:
        world = self._simulation.world
        target = self._appliance(order["node"]) if order.get("node") else world
        if "call" in order:
            if target is world or order["call"] not in CALLS:
                raise Wrong(f"with a node one may call {', '.join(CALLS)}")
            return as_data(attrgetter(order["call"])(target)(*order.get("args", ())))
        allowed = WORLD_SETTINGS if target is world else NODE_SETTINGS
        if order.get("attribute") not in allowed:
            raise Wrong(f"attribute is one of {', '.join(allowed)}")
        setattr(target, order["attribute"], _like(getattr(target, order["attribute"]), order["value"]))
        return None

    def _state(self, order: dict[str, Any]) -> dict[str, Any]:
        world = self._simulation.world
        world.tick()
        nodes = {}
        for appliance in world.appliances.values():
            state = {key: as_data(value) for key, value in vars(appliance).items() if key not in (*HIDDEN, "users")}
            state |= {"reachable": appliance.reachable, "role": appliance.role_endpoint()}
            state = {key: value for key, value in state.items() if not key.startswith("_")}
            nodes[appliance.name] = state
        databases = {name: list(server["databases"]) for name, server in world.sql_servers.items()}
        shares = as_data(world.shares)
        return {"now": world.clock.now(), "shares": shares, "databases": databases, "nodes": nodes}
