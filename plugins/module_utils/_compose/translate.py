# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one place where an error becomes an Ansible result."""

from __future__ import annotations

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import MissingLibrary, UseriesError


def failure(error: UseriesError, *, first_contact: bool) -> dict[str, Any]:
    """``failed`` or ``unreachable``, ``msg`` for a person and ``error`` as data.

    :param first_contact: nothing was written and the primary surface had not answered yet in this run; only then a
        host counts as unreachable (ansible-core skips ``rescue`` and ``always`` for unreachable hosts).
    """
    sentence = error.message if error.message.rstrip().endswith((".", "!", "?")) else f"{error.message}."
    result: dict[str, Any] = {
        "changed": False,
        "msg": f"{sentence} {error.remedy}".strip(),
        "error": {
            "surface": error.surface,
            "operation": error.operation,
            "target": error.target,
            "kind": error.kind,
            "remedy": error.remedy,
        },
    }
    if error.fields:
        result["error"]["fields"] = error.fields
    if error.candidates:
        result["error"]["candidates"] = list(error.candidates)
    if isinstance(error, MissingLibrary):
        result["msg"] = _missing(error)
    result["unreachable" if error.kind == "unreachable" and first_contact else "failed"] = True
    return result


def lost_after_write(error: UseriesError) -> UseriesError:
    """The connection was lost when a write had begun: nobody knows its outcome."""
    return UseriesError(
        f"The connection was lost after the change had been sent, and its end was not seen: {error.message}",
        surface=error.surface,
        operation=error.operation,
        target=error.target,
        kind="outcome_unknown",
        remedy="When the appliance answers again, run the task again: it reads the state first. " + error.remedy,
    )


def _missing(error: MissingLibrary) -> str:
    from ansible.module_utils.basic import missing_required_lib

    return f"{missing_required_lib(error.library)} ({error.reason})"
