# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process that takes leases when it is told to: JSON orders on standard input, JSON answers on standard output."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._state.files import StateDirectory
from ansible_collections.useries.appliance.plugins.module_utils._state.identity import Appliance, Pair
from ansible_collections.useries.appliance.plugins.module_utils._state.lease import Lease, release_all


class Actor:
    def __init__(self, path: str) -> None:
        self.directory = StateDirectory(path)
        self.clock = Clock()
        self.lease: Lease | None = None

    def acquire(self, names: list[str], **options: Any) -> dict[str, Any]:
        pair = Pair.of(*(Appliance(name, serial=f"S-{name}") for name in names))
        self.lease = Lease.acquire(self.directory, pair, version="1.0.0", clock=self.clock, **options)
        return {"warnings": self.lease.warnings}

    def before_write(self) -> dict[str, Any]:
        assert self.lease
        self.lease.before_write()
        return {}

    def parent_alive(self) -> dict[str, Any]:
        assert self.lease
        return {"alive": self.lease.parent_alive()}

    def still_ours(self) -> dict[str, Any]:
        assert self.lease
        return {"ours": self.lease.still_ours()}

    def release(self) -> dict[str, Any]:
        assert self.lease
        self.lease.release()
        return {}

    def release_all(self, run_id: str) -> dict[str, Any]:
        return {"released": release_all(self.directory, run_id, self.clock)}

    def write(self, name: str, letter: str, times: int) -> dict[str, Any]:
        for _turn in range(times):
            self.directory.write(name, "test/1", {"text": letter * 50_000})
        return {}

    def pid(self) -> dict[str, Any]:
        return {"pid": os.getpid()}


def main() -> None:
    actor = Actor(sys.argv[1])
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer = getattr(actor, order.pop("order"))(**order)
        except UseriesError as error:
            answer = {"error": error.kind, "message": error.message, "remedy": error.remedy}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
