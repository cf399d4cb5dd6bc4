#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_location
short_description: Manage the backup locations of an appliance
version_added: 0.1.0
description:
  - Creates or changes a location for backups. The appliance writes and deletes a test file when a location is created.
  - The guide describes no way to delete a location, so there is none here; files are never deleted by this module.
author:
  - The useries.appliance authors (@useries)
options:
  name:
    description:
      - Name of the location.
    type: str
    required: true
  path:
    description:
      - Local path or UNC path of a network share, as the appliance sees it. Needed to create a location.
    type: str
  nfs:
    description:
      - Whether the path is an NFS resource. Such a share takes no credentials.
    type: bool
  share_username:
    description:
      - User for the share.
    type: str
  share_password:
    description:
      - Password for the share.
    type: str
  retention:
    description:
      - Number of backups to keep, V(0) for no limit. The oldest beyond it are deleted for good, so lowering it below the
        number of backups present needs O(accept_data_loss).
    type: int
  update_password:
    description:
      - Whether O(share_password) is set each time or only when the location is created or something else changes.
    type: str
    choices: [always, on_create]
    default: on_create
  blank_keeps_secret:
    description:
      - Says that this appliance keeps the stored password when the form is saved with an empty one.
    type: bool
    default: false
  accept_data_loss:
    description:
      - Accepts that a lower retention deletes backups.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.backup_info
"""

EXAMPLES = r"""
- name: Backups go to a share
  useries.appliance.backup_location:
    name: nas
    path: '\\nas\useries'
    share_username: 'NAS\backup'
    share_password: "{{ vault_share_password }}"
    retention: 14
"""

RETURN = r"""
location:
  description: The location read back.
  returned: success
  type: dict
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import (
    FORM,
    LOCATIONS,
    listed,
    locations,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.items import Items
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan

FIELDS = {
    "name": "name",
    "path": "path",
    "nfs": "nfs",
    "share_username": "username",
    "share_password": "password",
    "retention": "retention",
}
FOLDER = re.compile(r"[A-Za-z]:\\.*|\\\\[^\\/]+\\[^\\/]+.*")
READ = ("name", "path", "nfs", "username", "retention")


class BackupLocation(Items):
    """Guide 1294-1307, 1330-1350."""

    impact = "none"
    returns = "location"
    secrets: ClassVar = frozenset({"share_password"})
    options: ClassVar = {
        "name": {"type": "str", "required": True},
        "path": {"type": "str"},
        "nfs": {"type": "bool"},
        "share_username": {"type": "str"},
        "share_password": {"type": "str", "no_log": True},
        "retention": {"type": "int"},
        "update_password": {"type": "str", "choices": ["always", "on_create"], "default": "on_create", "no_log": False},
        "blank_keeps_secret": {"type": "bool", "default": False, "no_log": False},
        "accept_data_loss": {"type": "bool", "default": False},
    }

    def what(self) -> str:
        return f"backup location {self.given['name']}"

    def check(self) -> None:
        path, retention = self.given.get("path") or "", self.given.get("retention")
        if not self.given["name"].strip() or (self.given.get("path") is not None and not path.strip()):
            raise self.refuse("name and path of a backup location must not be empty.", kind="invalid")
        if path and not self.given.get("nfs") and not FOLDER.fullmatch(path.strip()):
            raise self.refuse(
                f"path is {path}; a folder of the appliance has the form C:\\folder, a share \\\\host\\share.",
                kind="invalid",
                remedy="Correct path; in YAML put it in single quotes, so that backslashes stay as they are.",
            )
        if self.given.get("nfs") and (self.given.get("share_username") or self.given.get("share_password")):
            raise self.refuse("An NFS resource takes no share_username and share_password.", kind="invalid")
        if retention is not None and retention < 0:
            raise self.refuse(f"retention is {retention}; it must be 0 (no limit) or more.", kind="invalid")

    def find(self) -> dict[str, Any] | None:
        console = self.task.surfaces.console
        row = next((one for one in locations(console) if one.get("Name") == self.given["name"]), None)
        if row is None:
            return None
        console.press(LOCATIONS, "edit_backup_location", fresh=False, row=row)
        shown = console.read(FORM, READ, fresh=False)
        return {option: shown[field] for option, field in FIELDS.items() if field in shown}

    def wanted(self, present: Mapping[str, Any] | None) -> dict[str, Any]:
        wanted = {option: self.given.get(option) for option in FIELDS}
        if present is not None and self.given["update_password"] == "on_create":
            wanted["share_password"] = None
        return wanted

    def before_write(self, present: Mapping[str, Any] | None, plan: Plan) -> None:
        if present is None and not self.given.get("path"):
            raise self.refuse(f"The {self.what()} does not exist; path is needed to create it.", kind="invalid")
        if (
            present is not None
            and present["share_username"]
            and "share_password" not in plan.wanted
            and not self.given["blank_keeps_secret"]
        ):
            if self.given.get("share_password") is None:
                raise self.refuse(
                    f"The {self.what()} holds a password, and saving it without one could blank it. Nothing was changed.",
                    kind="invalid",
                    remedy="Give share_password as well, or blank_keeps_secret: true.",
                )
            plan.changes.append(Change("share_password", None, self.given["share_password"], secret=True))
        self._keep_backups(present, plan)

    def _keep_backups(self, present: Mapping[str, Any] | None, plan: Plan) -> None:
        limit = plan.wanted.get("retention")
        if present is None or not limit or self.given["accept_data_loss"]:
            return
        held = [
            one.name
            for one, _row in listed(self.task.surfaces.console)
            if one.location in {self.given["name"], present["path"]}
        ]
        if len(held) > limit:
            raise self.refuse(
                f"retention {limit} would delete {len(held) - limit} of the {len(held)} backups in {self.given['name']} for good. "
                "Nothing was changed.",
                remedy="Keep more, or repeat with accept_data_loss: true.",
            )

    def create(self, plan: Plan) -> None:
        console = self.task.surfaces.console
        console.press(LOCATIONS, "new_backup_location")
        console.write(FORM, self._values(plan), "create_backup_location", fresh=False)

    def change(self, present: Mapping[str, Any], plan: Plan) -> None:
        self.find()
        self.task.surfaces.console.write(FORM, self._values(plan), "save_backup_location", fresh=False)

    def _values(self, plan: Plan) -> dict[str, Any]:
        return {FIELDS[name]: value for name, value in plan.wanted.items() if name in FIELDS}

    def provides(self, plan: Plan) -> Iterable[str]:
        return [f"backup_location:{self.given['name']}"]


DECLARATION = BackupLocation


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
