# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The snapshot of real appliances (``playbooks/snapshot.yml``), of which a rehearsal makes twins: read and checked."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: What the file says of itself; the same in ``roles/rehearsal/vars`` (a test compares them with galaxy.yml).
FORMAT = 1
COLLECTION = "0.1.0"
FILE = "snapshot.json"
AGAIN = (
    "Take the snapshot again: ansible-playbook -i INVENTORY useries.appliance.snapshot -e "
    "rehearsal_directory=$PWD/DIRECTORY"
)
MOST = 240
#: Groups of the live inventory that say what a role was at one moment.
MOMENTARY = re.compile(r"role_(active|passive|off|unreachable)|all|ungrouped")


class Unusable(ValueError):
    """The snapshot cannot be rehearsed; the text says why, and what to do."""


@dataclass(frozen=True)
class Twin:
    """One appliance of the snapshot.

    :param host: inventory name; :param name: network name; :param key: its name in the simulated world, the network
        name unless that is taken (a cold spare has the one of its source).
    :param partner, cold_spare_of: inventory names, or empty; :param pair: its group.
    :param role: Off, Active or Passive; :param roles: role to whether it is on; :param size_gb: of the database.
    """

    host: str
    name: str
    key: str
    partner: str = ""
    cold_spare_of: str = ""
    pair: str = ""
    groups: tuple[str, ...] = ()
    reachable: bool = True
    role: str = "Off"
    mirror_state: str = ""
    mirroring: str = ""
    size_gb: float | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, bool] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    backup_locations: Sequence[Mapping[str, str]] = ()


def digest(body: Mapping[str, Any]) -> str:
    """SHA-256 of everything but the digest itself, as JSON with sorted keys."""
    rest = {key: value for key, value in body.items() if key != "sha256"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def read_twins(path: Path) -> list[Twin]:
    """The appliances of a snapshot.

    :param path: the file, or its directory.
    :raises Unusable: it is not there, of another collection, changed by hand, or names a partner that it does not hold.
    """
    file = path / FILE if path.is_dir() else path
    try:
        body = json.loads(file.read_text(encoding="utf-8"))
        told = (body["format"], body["collection"], body["sha256"])
        hosts = dict(body["hosts"])
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}. {AGAIN}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{file} is no snapshot of appliances. {AGAIN}") from error
    if told[0] != FORMAT or told[1] != COLLECTION:
        raise Unusable(
            f"{file} was written by useries.appliance {told[1]}, and this is the simulator of {COLLECTION}; appliances "
            f"may be read differently. Use the same version of both. {AGAIN}"
        )
    if told[2] != digest(body):
        raise Unusable(f"{file} was changed after it was written, so it tells of no real appliance. {AGAIN}")
    if not hosts or len(hosts) > MOST:
        raise Unusable(f"{file} holds {len(hosts)} appliances; 1 to {MOST} can be simulated. Use --limit for fewer.")
    for host, known in hosts.items():
        missing = known["partner"] and hosts.get(known["partner"], {}).get("partner") != host
        if missing:
            raise Unusable(
                f"{file}: the partner of {host} is {known['partner']}, which is not in the snapshot as its partner. "
                "Take it of both nodes of a pair, and correct useries_partner."
            )
    return _twins(hosts)


def _twins(hosts: Mapping[str, Mapping[str, Any]]) -> list[Twin]:
    found: list[Twin] = []
    taken: set[str] = set()
    numbers: dict[str, str] = {}
    # whoever has a source comes last, so that the source has its own name
    for host, known in sorted(hosts.items(), key=lambda item: (bool(item[1]["cold_spare_of"]), item[0])):
        name = str(known["network_name"] or host).upper()
        key = name if name not in taken else f"{name}-{host}".upper()
        taken.add(key)
        both = " ".join(sorted((host, known["partner"]))) if known["partner"] else host
        numbers.setdefault(both, f"pair_{len(numbers) + 1}")
        groups = tuple(group for group in known["groups"] if not MOMENTARY.fullmatch(group))
        of_pair = next((group for group in groups if group.startswith("pair_")), numbers[both])
        facts = {one: known[one] for one in _FACTS if known.get(one) is not None}
        found.append(Twin(host, name, key, pair=of_pair if known["partner"] else "", groups=groups, **facts))
    return found


_FACTS = (
    "partner", "cold_spare_of", "reachable", "role", "mirror_state", "mirroring", "size_gb", "versions", "roles",
    "settings", "backup_locations",
)  # fmt: skip
