# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session archive on the page of the role Password Safe Web Portal (guide 930-1039, A-56 to A-62)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.role_pages import (
    Entry,
    Press,
    RolePages,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.role_settings import ARCHIVING, SWITCH, Setting
from ansible_collections.useries.appliance.plugins.module_utils._compose.texts import SHARE
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._guide.role_settings import PROTOCOLS
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import role

PORTAL = role("password_safe_web_portal")
OF_BITS = ("repository_host", "certificate_name")
OF_SHARE = ("share_path", "share_username", "share_password")
PORTAL_IS_ON = "role_enabled"

RANGES: Mapping[str, Range] = {
    one.id: Range(one.minimum, one.maximum, one.unit)
    for one in PORTAL.page.section("session_archiving").fields
    if one.kind == "number"
}


class ArchiveSessions(RolePages):
    """Options are the fields of the section, ``test`` and ``adopt_pending``; group ``stored_secrets``."""

    ranges: ClassVar[Mapping[str, Range]] = RANGES

    def what(self) -> str:
        return f"Roles Editor > {PORTAL.name} > session archiving"

    def check(self) -> None:
        names = [one.name for one in ARCHIVING if self.given.get(one.name) is not None]
        wanted: dict[str, Any] = {name: self.given[name] for name in names}
        wrong = self._complaint(wanted)
        if wrong:
            raise self.refuse(wrong, kind="invalid")
        if "repository_host" in wanted:
            wanted.setdefault("certificate_name", wanted["repository_host"])
            if wanted["certificate_name"].casefold() != wanted["repository_host"].casefold():
                self.warn("certificate_name differs from repository_host; the guide says that they are the same name.")
        test = Press("session_archiving", "test_session_monitoring") if self.given["test"] else None
        portal = Setting(PORTAL_IS_ON, SWITCH.field)
        self.entries = [Entry(PORTAL, (portal, *ARCHIVING), wanted, test=test)]

    def before_change(self, entry: Entry, changes: Mapping[str, Any]) -> None:
        after = {**entry.present, **entry.wanted}
        if after["enabled"] and not after[PORTAL_IS_ON]:
            self.warn(f"The role {PORTAL.name} is off: nothing is archived before it is turned on.")
        if not changes or not after["enabled"]:
            return
        needs: Mapping[Any, tuple[str, ...]] = {"bits": OF_BITS, "windows_file_sharing": OF_SHARE[:2]}
        needed = needs.get(after.get("protocol"), ())
        missing = [name for name in needed if not after.get(name)]
        stored = entry.present.get("share_username") or self.given.get("blank_keeps_secret")
        if needed == OF_SHARE[:2] and not stored and not self.given.get("share_password"):
            missing.append("share_password")
        if missing:
            raise self.refuse(
                f"The archive would be on over {after['protocol']} without {', '.join(missing)}.",
                kind="invalid",
                remedy=f"Give {', '.join(missing)} as well.",
            )

    def _complaint(self, wanted: Mapping[str, Any]) -> str:
        protocol = wanted.get("protocol")
        if self.given.get("protocol") == "nfs":
            return "protocol: nfs is not to be had: the console offers BITS and Windows File Sharing only."
        empty = [name for name in (*OF_BITS, *OF_SHARE) if name in wanted and not wanted[name].strip()]
        if empty:
            return f"{', '.join(empty)} must not be empty."
        if wanted.get("enabled") and not protocol:
            return f"An archive that is on needs protocol: {' or '.join(PROTOCOLS)}."
        foreign = [name for name in (OF_SHARE if protocol == "bits" else OF_BITS) if protocol and name in wanted]
        if foreign:
            return f"{', '.join(foreign)} are not of protocol: {protocol}."
        if "share_path" in wanted and not SHARE.fullmatch(wanted["share_path"].strip()):
            return (
                f"share_path is {wanted['share_path']}; it must be a share of the form \\\\host\\share (in YAML in "
                "single quotes, so that backslashes stay as they are)."
            )
        if protocol == "windows_file_sharing" and wanted.get("enabled"):
            return self._without_account(wanted)
        if protocol == "bits" and wanted.get("enabled") and "repository_host" not in wanted:
            return "protocol: bits needs repository_host."
        return ""

    def _without_account(self, wanted: Mapping[str, Any]) -> str:
        missing = [name for name in OF_SHARE[:2] if name not in wanted]
        return f"protocol: windows_file_sharing needs {', '.join(missing)}." if missing else ""
