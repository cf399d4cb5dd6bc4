# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The road through Windows: a package is copied to the appliance or fetched by it, checked, and run silently there."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.dell import hardware
from ansible_collections.useries.appliance.plugins.module_utils._compose.firmware_idrac import (
    SEEN_SECONDS,
    WINDOWS_SECONDS,
    IdracRoad,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.firmware_road import Road, State
from ansible_collections.useries.appliance.plugins.module_utils._compose.restarts import go_down
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._idrac.package import same_version
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

if TYPE_CHECKING:
    from ansible_collections.useries.appliance.plugins.module_utils._windows.dell_update import Exit
    from ansible_collections.useries.appliance.plugins.module_utils._windows.hardware import Hardware

DELL = "dell"
SUPPORTED = ("6.3.", "10.0.14393")
"""Versions of Windows for which the guide has chipset drivers (1637), as far as they have the commands for it."""


class WindowsRoad(Road):
    """See the module's docstring."""

    called: ClassVar[str] = "Windows"
    _exit: Exit | None = None
    _brought = False  # by this task, which removes it

    @cached_property
    def _inventory(self) -> IdracRoad:
        """Tells the version of an iDRAC, which Windows does not know."""
        return IdracRoad(self.owner, self.package, self.guard)

    @property
    def restarts(self) -> bool:
        return bool(self.given["restart"])

    # -- reading -------------------------------------------------------------------------------------------------------
    @cached_property
    def _hardware(self) -> Hardware:
        return hardware(self.task.surfaces)

    def server(self) -> tuple[int | None, str | None, str | None]:
        found = self._hardware
        if found.is_virtual:
            raise self.owner.refuse(
                f"This is a virtual appliance ({found.called}): it has no firmware of Dell.",
                surface="windows",
                remedy="Update the hypervisor's host by its own means.",
            )
        if self.package.component == "chipset":
            self._supported()
        return None, found.model, found.service_tag

    def _supported(self) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows.version import windows_version

        caption, version = windows_version(self.task.surfaces.windows)
        if not version.startswith(SUPPORTED):
            raise self.owner.refuse(
                f"This appliance runs {caption} ({version}); the guide has chipset drivers for Windows 2008 R2, "
                "2012 R2 and 2016, and this way works on 2012 R2 and 2016.",
                surface="windows",
                remedy="Ask BeyondTrust Support which driver fits this image.",
            )

    def state(self) -> State:
        if self.package.component == "idrac":
            return self._inventory.state()
        if self.package.component == "bios":
            return State("BIOS", self._hardware.bios_version)
        return State("Chipset", None, devices=self._without_driver())

    def _without_driver(self) -> tuple[str, ...]:
        from ansible_collections.useries.appliance.plugins.module_utils._windows.drivers import (
            NO_DRIVER,
            problem_devices,
        )

        found = problem_devices(self.task.surfaces.windows) or []  # 2008 R2, which has no such commands, was refused
        return tuple(sorted(one.name for one in found if one.code == NO_DRIVER))

    def ready(self, before: State) -> None:
        """Everything it needs is brought."""

    @property
    def path(self) -> str:
        """Where it lies on the appliance."""
        from ansible_collections.useries.appliance.plugins.module_utils._windows.dell_update import place_of

        return place_of(self.package.name)

    # -- the order -----------------------------------------------------------------------------------------------------
    def send(self, before: State) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import dell_update

        windows = self.task.surfaces.windows
        self._bring(windows)
        self._judge(dell_update.check(windows, self.path), "refuses to be installed", running=False)
        self.task.show(f"{self.owner.what()}: {self.package.name} is run silently")
        answer = dell_update.install(windows, self.path, older=self.given["downgrade"])
        self._judge(answer, "was run", running=True)
        self._exit = answer
        if self._brought:
            self._tidy(windows)

    def _tidy(self, windows: Any) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import dell_update

        try:
            dell_update.remove(windows, self.path)
        except UseriesError as error:
            self.owner.warn(f"{self.path} is left on the appliance and can be removed: {error}")

    def _bring(self, windows: Any) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import dell_update

        if dell_update.sha256_of(windows, self.path) != self.package.sha256:
            self._brought = True
            try:
                self._fetch(windows) if self.given["image_uri"] else self._copy(windows)
            except UseriesError as error:
                if error.kind not in ("silent", "unreachable", "timeout"):
                    raise
                raise self.owner.refuse(
                    f"{self.package.name} was not brought to the appliance completely: {error} Nothing was run.",
                    kind="failed",
                    surface="windows",
                    remedy=f"Run the task again; what there is of {self.path} is written anew.",
                ) from error
        self._require_signature(windows)

    def _copy(self, windows: Any) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import transfer

        source = Path(self.given["package"])
        transfer.copy_file(windows, source, self.path, self.package.sha256, self.task.show)

    def _fetch(self, windows: Any) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import dell_update

        self.task.show(f"{self.owner.what()}: the appliance fetches {self.package.name}")
        dell_update.fetch(windows, self.given["image_uri"], self.path)
        if dell_update.sha256_of(windows, self.path) != self.package.sha256:
            dell_update.remove(windows, self.path)
            raise self.owner.refuse(
                f"What the appliance fetched from image_uri is not {self.package.name} of the controller; it was "
                "removed, and nothing was run.",
                kind="failed",
                surface="windows",
                remedy="Put the same file there (compare their SHA-256).",
            )

    def _require_signature(self, windows: Any) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import dell_update

        signed = dell_update.signer(windows, self.path)
        if signed is None or DELL not in signed.casefold():
            raise self.owner.refuse(
                f"The signature of {self.path} is "
                + ("not valid" if signed is None else f"that of {signed}, and not of Dell")
                + "; it was not run.",
                kind="failed",
                surface="windows",
                remedy="Download the package from Dell's support site again.",
            )

    def _judge(self, answer: Exit, what: str, *, running: bool) -> None:
        good = (
            {"done", "restart", "restarting"} if running or not self.given["downgrade"] else {"done", "restart", "same"}
        )
        if answer.verdict in good:
            return
        raise self.owner.refuse(
            f"{self.package.name} {what} and says {answer.name}: {answer.words}.",
            kind="failed" if running else "rejected",
            surface="windows",
            remedy=answer.remedy,
        )

    def arrived(self, before: State) -> bool | None:
        return None

    # -- the effect ----------------------------------------------------------------------------------------------------
    def finish(self, before: State) -> State:
        answer, restarted = self._exit, False
        if answer is not None and answer.verdict == "restart" and not self.restarts:
            self.owner.warn(
                f"{self.package.version} is staged and not in effect: {answer.words}. BitLocker is suspended for "
                f"{self.given['suspend_restarts']} starts of Windows."
            )
            return State(before.name, before.version, staged=True, devices=before.devices)
        if answer is not None and answer.verdict in ("restart", "restarting"):
            if answer.verdict == "restart":
                go_down(self.task.surfaces, restart=True)
            self.guard.wait_for_windows(WINDOWS_SECONDS)
            restarted = True
        after = self._seen(before)
        protection = self.guard.confirm(restarted=False, timeout=WINDOWS_SECONDS)
        return State(before.name, after.version, restarted=restarted, protection=protection, devices=after.devices)

    def _seen(self, before: State) -> State:
        """The component again, with the effect of the package."""
        self.__dict__.pop("_hardware", None)
        if self.package.component == "chipset":
            after = self.state()
            if not set(after.devices or ()) < set(before.devices or ()):
                self._not_seen(f"Windows still has no driver for {', '.join(after.devices or ())}")
            return after
        if self.package.component == "bios":
            after = self.state()
            if not same_version(after.version or "", self.package.version):
                self._not_seen(f"the BIOS is still {after.version}")
            return after

        def look() -> Seen:
            now = self._inventory.state()
            there = same_version(now.version or "", self.package.version)
            return Seen(str(now.version), there or None, {"state": now})

        wait = self.owner.within(SEEN_SECONDS, interval=5.0, longest=20.0, silence=SEEN_SECONDS)
        seen = self.task.waiter.until(
            look, wait, what="the new version is seen", surface="idrac", target=self.task.label
        )
        found: State = seen.detail["state"]
        return found

    def _not_seen(self, what: str) -> None:
        raise self.owner.refuse(
            f"{self.package.name} ended well, and read again {what}.",
            kind="not_seen",
            surface="windows",
            remedy="Read its log beside the package on the appliance. BitLocker may be suspended still: resume it with "
            "useries.appliance.bitlocker_suspend.",
        )
