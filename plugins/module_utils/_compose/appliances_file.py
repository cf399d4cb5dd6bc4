# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of the live inventory: pairs, and appliances without a partner. It is checked before anybody is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

KINDS = ("appliance", "cold_spare", "worker")

_NODE: dict[str, Any] = {
    "name": {"type": "str", "required": True},
    "host": {"type": "str"},
    "port": {"type": "int", "default": 443},
    "network_name": {"type": "str"},
    "fingerprints": {"type": "list", "elements": "str", "default": []},
    "vars": {"type": "dict", "default": {}},
}
_PAIR: dict[str, Any] = {
    "name": {"type": "str", "required": True},
    "site": {"type": "str"},
    "nodes": {"type": "list", "elements": "raw", "required": True},
    "vars": {"type": "dict", "default": {}},
}
_HOST: dict[str, Any] = {
    **_NODE,
    "kind": {"type": "str", "choices": list(KINDS), "default": "appliance"},
    "site": {"type": "str"},
    "cold_spare_of": {"type": "str"},
}


class Wrong(ValueError):
    """The file says something that cannot be meant; the text says what and what to do."""


@dataclass(frozen=True)
class Entry:
    """One appliance. ``pair``, ``partner``, ``site``, ``network_name``, ``cold_spare_of`` are empty when not given."""

    name: str
    host: str
    port: int
    kind: str = "appliance"
    pair: str = ""
    partner: str = ""
    site: str = ""
    network_name: str = ""
    cold_spare_of: str = ""
    fingerprints: tuple[str, ...] = ()
    variables: Mapping[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """host:port, as it tells two appliances apart."""
        return f"{self.host.casefold()}:{self.port}"


@dataclass(frozen=True)
class Appliances:
    """What the file names. :param of_pairs: pair to the variables of its group."""

    entries: tuple[Entry, ...]
    of_pairs: Mapping[str, Mapping[str, Any]]


def understood(pairs: Any, hosts: Any) -> Appliances:
    """Check and read the lists ``pairs`` and ``hosts``.

    :raises Wrong: the first thing that is wrong, with the next step.
    """
    entries: list[Entry] = []
    of_pairs: dict[str, Mapping[str, Any]] = {}
    for number, given in enumerate(pairs or (), start=1):
        pair = _checked(_PAIR, given, f"pairs, number {number}")
        if any(_group(pair["name"]) == _group(known) for known in of_pairs):
            raise Wrong(f"The pair {pair['name']} is there twice (or another one whose group has the same name).")
        of_pairs[pair["name"]] = pair["vars"]
        entries += _nodes(pair)
    for number, given in enumerate(hosts or (), start=1):
        entries.append(_entry(_checked(_HOST, _named(given), f"hosts, number {number}")))
    if not entries:
        raise Wrong("The file names no appliance. List pairs (name, nodes), or single appliances as hosts.")
    _once(entries)
    _sources(entries)
    return Appliances(tuple(entries), of_pairs)


def _nodes(pair: Mapping[str, Any]) -> Iterator[Entry]:
    where = f"pair {pair['name']}"
    nodes = [_checked(_NODE, _named(one), f"{where}, node {number}") for number, one in enumerate(pair["nodes"], 1)]
    names = [node["name"] for node in nodes]
    if len(nodes) != 2:
        raise Wrong(
            f"The {where} has {len(nodes)} node{'' if len(nodes) == 1 else 's'} ({', '.join(names) or 'none'}); a pair "
            "has two. Add the other one, or list an appliance without a partner under hosts."
        )
    for node, partner in zip(nodes, reversed(names), strict=True):
        yield _entry({**node, "site": pair["site"]}, pair["name"], partner)


def _entry(node: Mapping[str, Any], pair: str = "", partner: str = "") -> Entry:
    if node.get("cold_spare_of") and node.get("kind") != "cold_spare":
        raise Wrong(f"{node['name']} has cold_spare_of and is of kind {node['kind']}; set kind to cold_spare.")
    if not 1 <= node["port"] <= 65535:
        raise Wrong(f"{node['name']}: port is {node['port']}; it is a TCP port, 1 to 65535.")
    return Entry(
        name=node["name"],
        host=node["host"] or node["name"],
        port=node["port"],
        kind=node.get("kind") or "appliance",
        pair=pair,
        partner=partner,
        site=node.get("site") or "",
        network_name=node["network_name"] or "",
        cold_spare_of=node.get("cold_spare_of") or "",
        fingerprints=tuple(node["fingerprints"]),
        variables=node["vars"],
    )


def _named(given: Any) -> Any:
    """A name alone stands for an appliance whose address it is."""
    return {"name": given} if isinstance(given, str) else given


def _checked(spec: Mapping[str, Any], given: Any, where: str) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise Wrong(f"{where}: expected a dictionary with {', '.join(spec)}, got {type(given).__name__}.")
    answer = ArgumentSpecValidator(dict(spec)).validate(dict(given))
    if answer.unsupported_parameters:
        unknown = ", ".join(
            sorted(".".join(one) if isinstance(one, tuple) else one for one in answer.unsupported_parameters)
        )
        raise Wrong(f"{where}: {unknown} is not known here; known are {', '.join(spec)}.")
    if answer.error_messages:
        raise Wrong(f"{where}: {answer.error_messages[0]}.")
    checked = dict(answer.validated_parameters)
    if not re.fullmatch(r"[^\s,:\[\]{}]+", checked["name"]):
        raise Wrong(
            f"{where}: name is {checked['name']!r}; it needs characters, and no blank, comma, colon or bracket."
        )
    return checked


def _once(entries: Sequence[Entry]) -> None:
    """One appliance is one host: in two pairs it would be changed by two runs at once."""
    names: dict[str, Entry] = {}
    addresses: dict[str, Entry] = {}
    for entry in entries:
        if entry.name in names:
            raise Wrong(f"{entry.name} is there twice{_in(names[entry.name], entry)}. Keep one of them.")
        if entry.address in addresses:
            other = addresses[entry.address]
            raise Wrong(
                f"{other.name} and {entry.name} have the same address {entry.address}{_in(other, entry)}. One "
                "appliance is one host: correct host, or remove one of them."
            )
        names[entry.name] = addresses[entry.address] = entry


def _in(first: Entry, second: Entry) -> str:
    places = [f"pair {one.pair}" if one.pair else "hosts" for one in (first, second)]
    return f" (in {places[0]} and in {places[1]})" if places[0] != places[1] else f" (in {places[0]})"


def _sources(entries: Sequence[Entry]) -> None:
    known = {entry.name for entry in entries}
    for entry in entries:
        if entry.cold_spare_of and entry.cold_spare_of not in known - {entry.name}:
            raise Wrong(
                f"{entry.name}: cold_spare_of is {entry.cold_spare_of}, which is no other appliance of this file. Name "
                "the appliance that it shall replace."
            )


def _group(name: str) -> str:
    """As Ansible makes a name safe for a group."""
    return re.sub(r"\W", "_", name).casefold()
