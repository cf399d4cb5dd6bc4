# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creating and changing backup locations (guide 1294-1307, 1330-1350); the guide describes no way to delete one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import (
    FORM,
    LOCATIONS,
    listed,
    locations,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.items import Items
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan

FOLDER = re.compile(r"[A-Za-z]:\\.*|\\\\[^\\/]+\\[^\\/]+.*")


class KeepLocation(Items):
    """Options are the fields of the form, and ``accept_data_loss``; group ``stored_secrets``."""

    section = FORM
    fields = ("name", "path", "nfs", "share_username", "share_password", "retention")
    option_names: ClassVar = {"share_username": "username", "share_password": "password"}

    def what(self) -> str:
        return f"backup location {self.given['name']}"

    def check(self) -> None:
        path = self.given.get("path")
        if not self.given["name"].strip() or (path is not None and not path.strip()):
            raise self.refuse("name and path of a backup location must not be empty.", kind="invalid")
        if path and not self.given.get("nfs") and not FOLDER.fullmatch(path.strip()):
            raise self.refuse(
                f"path is {path}; a folder of the appliance has the form C:\\folder, a share \\\\host\\share.",
                kind="invalid",
                remedy="Correct path; in YAML put it in single quotes, so that backslashes stay as they are.",
            )
        if self.given.get("nfs") and (self.given.get("share_username") or self.given.get("share_password")):
            raise self.refuse("An NFS resource takes no share_username and share_password.", kind="invalid")

    def find(self) -> dict[str, Any] | None:
        console = self.task.surfaces.console
        row = next((one for one in locations(console) if one.get("Name") == self.given["name"]), None)
        if row is None:
            return None
        console.press(LOCATIONS, "edit_backup_location", fresh=False, row=row)
        readable = [self.field_of_option(name) for name in self.fields if name not in self.secret_options()]
        shown = console.read(FORM, readable, fresh=False)
        return {self.option_of_field(id): value for id, value in shown.items()}

    def holds_secret(self, name: str, present: Mapping[str, Any]) -> bool:
        return bool(present["share_username"])

    def before_write(self, present: Mapping[str, Any] | None, plan: Plan) -> None:
        if present is None and not self.given.get("path"):
            raise self.refuse(f"The {self.what()} does not exist; path is needed to create it.", kind="invalid")
        limit = plan.wanted.get("retention")
        if present is None or not limit or self.given["accept_data_loss"]:
            return
        places = {self.given["name"], present["path"]}
        held = [one.name for one, _row in listed(self.task.surfaces.console) if one.location in places]
        if len(held) > limit:
            raise self.refuse(
                f"retention {limit} would delete {len(held) - limit} of the {len(held)} backups in "
                f"{self.given['name']} for good.",
                remedy="Keep more, or repeat with accept_data_loss: true.",
            )

    def create(self, plan: Plan) -> None:
        self.task.surfaces.console.press(LOCATIONS, "new_backup_location")
        self._save(plan, "create_backup_location")

    def change(self, present: Mapping[str, Any], plan: Plan) -> None:
        self.find()
        self._save(plan, "save_backup_location")

    def _save(self, plan: Plan, button: str) -> None:
        values = {name: value for name, value in plan.wanted.items() if name in self.fields}
        self.task.surfaces.console.write(FORM, self.field_values(values), button, fresh=False)

    def provides(self, plan: Plan) -> Iterable[str]:
        return [f"backup_location:{self.given['name']}"]
