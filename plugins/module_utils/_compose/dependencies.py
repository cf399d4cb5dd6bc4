# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What packages need before an upgrade, compared with what the console shows (guide 1790-1796, 1837-1843).

The guide prints no names of packages. Six digits (210201) or a month (2021-03) in a name count as the version; of a
month that is the same as the needed one nobody can say whether it is late enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.overview import versions
from ansible_collections.useries.appliance.plugins.module_utils._compose.updates import Package, history, packages

SUPPORTING = "U-Series Appliance Supporting Software"
SUPPORTING_NEEDED = "210201"
DOTNET_NEEDED = "3.1"
SOFTWARE = "U-Series Appliance software 3.2.6 and later"
RELEASE_NOTES = "https://www.beyondtrust.com/docs/release-notes/beyondinsight-password-safe/index.htm"
SUPI = re.compile(r"security update package installer|\bSUPI\b(?!-\d{4}-)", re.IGNORECASE)
DOTNET = re.compile(r"\.NET Core", re.IGNORECASE)
BEYONDINSIGHT = re.compile(r"BeyondInsight\b(?! (?:for|Analytics))", re.IGNORECASE)
DIGITS = re.compile(r"(?<![\d.])(\d{6})(?![\d.])")
MONTH = re.compile(r"(?<!\d)20(\d\d)-(\d\d)(?:-(\d\d))?(?!\d)")


@dataclass(frozen=True)
class Dependency:
    """One thing that is needed.

    :param met: None when nothing tells; :param found: the version or package that tells.
    """

    id: str
    name: str
    needed: str | None
    needed_by: tuple[str, ...]
    found: str | None
    met: bool | None
    reason: str

    @property
    def title(self) -> str:
        """Name, and version where one is needed."""
        return f"{self.name} {self.needed}" if self.needed else self.name

    @property
    def told(self) -> str:
        """All of it in a sentence."""
        return f"{self.title}: {self.reason}"


def dependencies(
    console: ConsoleSurface, supi_version: str | None, beyondinsight_from: str | None
) -> tuple[dict[str, Any], list[str]]:
    """All of them, and a sentence for each that is not met."""
    products = versions(console)
    available = [one for one in packages(console) if one.state != "applied"]
    applied = history(console)
    software = _supporting(available, applied)
    found = [
        _dotnet(products, software),
        software,
        _supi(products, available, supi_version),
        _path(products, beyondinsight_from),
    ]
    sentences = [
        f"{one.title} is needed by {' and '.join(one.needed_by)}: {one.reason}" for one in found if one.met is False
    ]
    return {
        "packages": [{**asdict(one), "needed_by": list(one.needed_by), "told": one.told} for one in found],
        "missing": [one.id for one in found if one.met is False],
        "unknown": [one.id for one in found if one.met is None],
    }, sentences


def _supporting(available: Iterable[Package], applied: Iterable[Package]) -> Dependency:
    """Applied decides; one that is only available is named."""
    done = [(one, late_enough(one.name)) for one in applied if one.type == SUPPORTING]
    ready = [one for one in available if one.type == SUPPORTING and late_enough(one.name) is not False]
    enough = next((one for one, verdict in done if verdict), None)
    unclear = next((one for one, verdict in done if verdict is None), None)
    if enough is not None:
        found, met, reason = enough.name, True, "It is applied."
    elif unclear is not None:
        found, met, reason = unclear.name, None, "Its name does not tell whether it is late enough."
    elif ready:
        found, met, reason = ready[0].name, False, f"{ready[0].name} is available and not applied."
    elif done:
        found, met, reason = done[0][0].name, False, "Only earlier ones are applied."
    else:
        found, met, reason = None, None, "Neither the history nor the list of updates names such a package."
    by = (f".NET Core {DOTNET_NEEDED}, which it installs, and with it the {SOFTWARE}",)
    return Dependency("supporting_software", SUPPORTING, SUPPORTING_NEEDED, by, found, met, reason)


def _dotnet(products: Mapping[str, str], software: Dependency) -> Dependency:
    """By its own row, else by the package that holds its installer (1793)."""
    name, version = _product(products, DOTNET)
    if version is not None:
        shown = " ".join(f"{name} {version}".split())
        number = re.search(r"\d+(\.\d+)+", shown)
        met = None if number is None else not before(number.group(), DOTNET_NEEDED)
        return Dependency("dotnet_core", ".NET Core", DOTNET_NEEDED, (SOFTWARE,), shown, met, f"Installed is {shown}.")
    reason = {
        True: "Supporting Software that holds its installer is applied.",
        False: "The Supporting Software that holds its installer is not applied.",
        None: "The console lists no such product, and no package tells.",
    }[software.met]
    return Dependency("dotnet_core", ".NET Core", DOTNET_NEEDED, (SOFTWARE,), software.found, software.met, reason)


def _supi(products: Mapping[str, str], available: Iterable[Package], latest: str | None) -> Dependency:
    """Without the latest version only a package that waits tells that there is a later one."""
    version = _product(products, SUPI)[1]
    waiting = next((one.name for one in available if SUPI.search(one.name)), None)
    by = ("packages of the types Environment and Supporting Software",)
    met: bool | None
    if waiting is not None:
        met, reason = False, f"{waiting} is available and not applied; apply it before the appliance software."
    elif version is None:
        met, reason = None, "The console lists no version of it."
    elif latest is None:
        met, reason = None, "No later one is available; supi_version was not given, so the latest is not known."
    else:
        met = not before(version, latest)
        reason = f"Installed is {version}" + ("." if met else f", and the latest is {latest}.")
    return Dependency("supi", "Security Update Package Installer", latest, by, version, met, reason)


def _path(products: Mapping[str, str], lowest: str | None) -> Dependency:
    """Which versions lead to which only the release notes tell (1795-1796)."""
    version = _product(products, BEYONDINSIGHT)[1]
    met = None if version is None or lowest is None else not before(version, lowest)
    if version is None:
        reason = "The console lists no version of BeyondInsight."
    elif lowest is None:
        reason = f"Installed is {version}; see the upgrade path in {RELEASE_NOTES}."
    else:
        reason = f"Installed is {version}; the path begins with {lowest} ({RELEASE_NOTES})."
    by = ("an upgrade of BeyondInsight",)
    return Dependency("beyondinsight_path", "BeyondInsight", lowest, by, version, met, reason)


def _product(products: Mapping[str, str], pattern: re.Pattern[str]) -> tuple[str, str | None]:
    return next(((name, version) for name, version in products.items() if pattern.match(name)), ("", None))


def late_enough(name: str, needed: str = SUPPORTING_NEEDED) -> bool | None:
    """Whether a package is this version or a later one, by its name; None when the name does not tell."""
    digits = DIGITS.search(name)
    if digits:
        return digits.group(1) >= needed
    month = MONTH.search(name)
    if month is None:
        return None
    year_and_month, day = month.group(1) + month.group(2), month.group(3)
    if day:
        return year_and_month + day >= needed
    return None if year_and_month == needed[:4] else year_and_month > needed[:4]


def before(version: str, other: str) -> bool:
    """Whether a version is lower than another one, number by number."""
    pairs = zip_longest(_numbers(version), _numbers(other), fillvalue=0)
    return next((one < two for one, two in pairs if one != two), False)


def _numbers(version: str) -> list[int]:
    return [int(one) for one in re.findall(r"\d+", version)]
