# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what callbacks are told, one JSON object a line, into the file that RECORDED_RESULTS names.

ansible-core brings no callback for machines, and a test wants the words for people on standard output as well.
"""

from __future__ import annotations

import json
import os
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: recorded
type: aggregate
short_description: Results as JSON lines for tests
description: Writes the results of tasks into a file.
"""


class CallbackModule(CallbackBase):  # type: ignore[misc, unused-ignore]
    """One line per result: host, task, status, result."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "recorded"
    CALLBACK_NEEDS_ENABLED = True

    def _note(self, status: str, result: Any) -> None:
        shown = result.result if hasattr(result, "result") else result._result
        task = result.task if hasattr(result, "task") else result._task
        host = result.host if hasattr(result, "host") else result._host
        line = {"status": status, "host": host.get_name(), "task": task.get_name().strip(), "result": shown}
        with open(os.environ["RECORDED_RESULTS"], "a", encoding="utf-8") as file:
            file.write(json.dumps(line, default=str) + "\n")

    def v2_runner_on_ok(self, result: Any) -> None:
        self._note("ok", result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._note("failed", result)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._note("unreachable", result)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._note("skipped", result)

    def v2_runner_item_on_ok(self, result: Any) -> None:
        self._note("item ok", result)

    def v2_runner_item_on_failed(self, result: Any) -> None:
        self._note("item failed", result)
