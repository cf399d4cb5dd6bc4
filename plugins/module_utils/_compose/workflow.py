# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task as one step of a workflow: whether its gates were passed in this run, and what the checkpoint knows of it.

Gates: a write of a workflow needs the gates of *this run*, passed not longer ago than ``useries_gates_max_age``
minutes. Each task of the workflow that ends counts as a sign of life, so that an hour of waiting inside of a task makes
nothing stale; an hour between two tasks does.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.options import state_path
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._compose.version import COLLECTION_VERSION
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import Earlier
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._state.checkpoint import BECOMES, Checkpoint
from ansible_collections.useries.appliance.plugins.module_utils._state.files import StateDirectory, private_file
from ansible_collections.useries.appliance.plugins.module_utils._state.identity import Appliance, Pair

NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
MAX_AGE = 30  # minutes


def pair_of(surfaces: Surfaces, *, certificates: bool = False) -> Pair:
    """The appliances that a task is about, as leases name them.

    :param certificates: with the fingerprints of what the nodes serve, as far as they answer.
    """
    both = [surfaces, *([surfaces.partner] if surfaces.has_partner else [])]
    return Pair.of(*(Appliance(one.identity, fingerprint=_fingerprint(one) if certificates else "") for one in both))


def _fingerprint(surfaces: Surfaces) -> str:
    with contextlib.suppress(UseriesError):
        return str(surfaces.certificate().fingerprint)
    return ""


def named(given: Any) -> list[str]:
    """Steps that ``-e person_done=`` names: a text with commas, or a list."""
    parts = given if isinstance(given, list) else str(given or "").split(",")
    return [str(part).strip() for part in parts if str(part).strip()]


class Workflow:
    """What the options ``workflow`` and ``step`` mean for one task.

    :param directory: the run's private directory, or None; :param run_id: the run.
    """

    def __init__(self, surfaces: Surfaces, options: Mapping[str, Any], directory: Path | None, run_id: str) -> None:
        self._surfaces = surfaces
        self._options = options
        self.directory = directory
        self.run_id = run_id
        self.name = str(options.get("workflow") or "")
        self.step = str(options.get("step") or "")

    def check(self) -> None:
        """:raises UseriesError: ``invalid`` for names that cannot be."""
        if self.name and not NAME.fullmatch(self.name):
            raise _invalid(f"workflow is {self.name!r}; it is a word of small letters, digits and underscores.")
        if self.step and not self.name:
            raise _invalid("step is given without workflow: there is no checkpoint to record it in.")

    # -- gates ---------------------------------------------------------------------------------------------------------
    def permit(self) -> None:
        """:raises UseriesError: ``precondition`` unless this run passed the workflow's gates lately."""
        if not self.name:
            return
        found = self.gates()
        if not found or not found.get("passed"):
            said = "failed" if found else "were not checked"
            raise _refused(
                f"The gates of {self.name} {said} in this run, so nothing is written.",
                "Run the whole playbook: its gates have the tag gates, which must not be skipped.",
            )
        given = self._options.get("gates_max_age")
        limit = MAX_AGE if given is None else int(given)
        age = (Clock().wall() - float(found["at"])) / 60
        if age > limit:
            raise _refused(
                f"The gates of {self.name} were passed {age:.0f} minutes ago, longer than {limit}; "
                "the appliances may have changed since, so nothing is written.",
                "Run the playbook again; useries_gates_max_age sets the limit in minutes.",
            )

    def gates(self) -> dict[str, Any]:
        """What this run's gates of the workflow showed; empty when they were not looked at.

        ``passed``, ``at`` (epoch seconds), ``rows`` (named checks), ``pair`` (as :class:`Pair` stores itself).
        """
        path = self._mark(self._surfaces.identity)
        if path is None or not path.exists():
            return {}
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found

    def passed(self, rows: list[dict[str, Any]], *, passed: bool) -> None:
        """The gates have been looked at; known to the tasks of either node."""
        pair = pair_of(self._surfaces, certificates=True)
        self._write({"passed": passed, "at": Clock().wall(), "rows": rows, "pair": pair.to_data()})

    def touch(self) -> None:
        """A task of the workflow ended: what its gates saw was looked after until now."""
        found = self.gates()
        if found:
            self._write({**found, "at": Clock().wall()})

    def _write(self, data: Mapping[str, Any]) -> None:
        for appliance in data["pair"]:
            path = self._mark(appliance["name"])
            if path is not None:
                private_file(str(path), json.dumps(data))

    def _mark(self, identity: str) -> Path | None:
        if self.directory is None or not self.name:
            return None
        digest = hashlib.sha256(f"{self.name} {identity}".encode()).hexdigest()[:24]
        return self.directory / f"gates-{digest}"

    # -- the checkpoint ------------------------------------------------------------------------------------------------
    def checkpoint(self) -> Checkpoint:
        """The workflow's checkpoint on this pair; see :meth:`Checkpoint.open` for what it refuses."""
        known = self.gates().get("pair")  # a task of one node alone is told of the pair by the gates
        return Checkpoint.open(
            StateDirectory(state_path(self._options)),
            Pair.from_data(known) if known else pair_of(self._surfaces, certificates=True),
            workflow=self.name,
            run_id=self.run_id,
            version=COLLECTION_VERSION,
            clock=Clock(),
            adopt_run=self._options.get("adopt_run"),
        )

    def earlier(self) -> Earlier:
        """What became of this step in an earlier run, as far as the checkpoint and the person know."""
        if not self.step:
            return "unknown"
        checkpoint = self.checkpoint()
        if self.step in named(self._options.get("person_done")):
            if checkpoint.status(self.step) != "done":
                checkpoint.record(self.step, "done", {"by": "person"})
            return "done"
        if self.step in named(self._options.get("repeat_step")):
            return "unknown"
        status = checkpoint.status(self.step)
        return status if status in ("done", "intended") else "unknown"

    def intend(self) -> None:
        """Recorded before the order leaves."""
        if self.step:
            checkpoint = self.checkpoint()
            if checkpoint.status(self.step) == "done":  # reality was found to be different
                checkpoint.record(self.step, "undone")
            checkpoint.record(self.step, "intended")

    def announce(self, fingerprint: str) -> None:
        """This step is about to replace the certificate of the task's own appliance.

        A run that dies between the new certificate and :meth:`rebind` finds its checkpoint again by this.

        :param fingerprint: SHA-256 of the one to come.
        """
        if self.step:
            checkpoint = self.checkpoint()
            checkpoint.record(self.step, "intended", {BECOMES: [self._surfaces.identity, fingerprint]})

    def rebind(self) -> None:
        """This task replaced a certificate: what the gates saw and the checkpoint mean the one that is served now."""
        found = self.gates()
        if not found:
            return
        checkpoint = self.checkpoint()
        known, own = Pair.from_data(found["pair"]), Appliance(self._surfaces.identity)
        served = _fingerprint(self._surfaces)
        pair = Pair.of(
            *(Appliance(one.name, one.serial, served) if one.name == own.name else one for one in known.appliances)
        )
        self._write({**found, "pair": pair.to_data()})
        if checkpoint.exists():
            checkpoint.rebind(pair)

    def withdraw(self) -> None:
        """The order was refused: the step counts as not begun."""
        if self.step:
            self.checkpoint().record(self.step, "undone", {"by": "a refusal"})

    def done(self) -> None:
        """Recorded after the effect was read back (or was there already)."""
        if self.step:
            checkpoint = self.checkpoint()
            if checkpoint.status(self.step) != "done":
                checkpoint.record(self.step, "done")


def _invalid(message: str) -> UseriesError:
    return UseriesError(
        f"{message} Nothing was changed.",
        surface="local",
        operation="read the options",
        kind="invalid",
        remedy="Correct the option and run the task again.",
    )


def _refused(message: str, remedy: str) -> UseriesError:
    return UseriesError(message, surface="local", operation="pass the gates", kind="precondition", remedy=remedy)
