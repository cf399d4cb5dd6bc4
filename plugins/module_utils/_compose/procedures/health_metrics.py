# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The health of appliances as a file of metrics."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.health import ORDER
from ansible_collections.useries.appliance.plugins.module_utils._compose.metrics import written
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._state.files import private_file


class WriteMetrics(Capability):
    """Options ``hosts``, ``path``, ``mode``, ``format`` and ``at``."""

    def check(self) -> None:
        for host, health in self.given["hosts"].items():
            if not isinstance(health, Mapping) or health.get("verdict") not in ORDER:
                raise self._refused(f"hosts holds no health data of {host}")
        if not re.fullmatch(r"0?[0-7]{3}", self.given["mode"]):
            raise self.refuse(f"mode is {self.given['mode']!r}; it is an octal number such as '0644'.", kind="invalid")

    def run(self) -> dict[str, Any]:
        """Replace the file when it would be another one."""
        self.inspect()
        at, path = self._at(), os.path.abspath(os.path.expanduser(self.given["path"]))
        try:
            text = written(self.given["hosts"], at, self.given["format"])
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise self._refused(f"hosts holds health data that is not understood ({error})") from error
        before = _content(path)
        if text != before and not self.task.gate.check_mode:
            private_file(path, text, mode=int(self.given["mode"], 8))
        diff = {"before": before, "after": text, "before_header": path, "after_header": path}
        told = {"path": path, "hosts": len(self.given["hosts"])}
        return {"changed": text != before, "diff": diff, self.returns: told}

    def _at(self) -> datetime:
        given = self.given.get("at")
        if not given:
            return datetime.fromtimestamp(Clock().wall(), timezone.utc)
        with contextlib.suppress(ValueError):
            at = datetime.fromisoformat(given.replace("Z", "+00:00"))
            if at.tzinfo:
                return at
        raise self.refuse(f"at is {given!r}; it is a time such as 2026-01-31T12:00:00Z.", kind="invalid")

    def _refused(self, what: str) -> Exception:
        return self.refuse(
            f"{what}.",
            kind="invalid",
            remedy="Give what useries.appliance.health_check_info returned as health, or the hosts of a health.json.",
        )


def _content(path: str) -> str:
    """What is there now, as far as it can be read; a file that is replaced need not be one of ours."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return ""
