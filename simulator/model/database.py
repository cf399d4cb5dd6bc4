# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The BeyondInsight database of one appliance, as far as mirroring, backup and size need it."""

from __future__ import annotations

from dataclasses import dataclass, field

EMPTY_GB = 0.05


@dataclass
class Database:
    """A database.

    :param name: name in SQL Server; :param size_gb: size in GB; :param sync_rate: MB per minute that this appliance has
        transferred in earlier synchronizations; :param records: markers of data, in the order written (tests write
        their own and look where they survive); :param log_mb_per_minute: growth of the transaction log under load.
    """

    name: str = "BeyondInsight"
    size_gb: float = EMPTY_GB
    sync_rate: float = 226.81
    records: list[str] = field(default_factory=list)
    log_mb_per_minute: float = 2.5
    log_capacity_mb: float = 20480.0
    log_growing_since: float | None = None

    @property
    def has_data(self) -> bool:
        return bool(self.records)

    def write(self, marker: str) -> None:
        """Store a marker of data."""
        self.records.append(marker)
        self.size_gb = max(self.size_gb, 0.5)

    def measured(self, size_gb: float, sync_rate: float) -> None:
        """What earlier synchronizations have shown, for tests."""
        self.size_gb, self.sync_rate = size_gb, sync_rate

    def overwrite(self, source: Database) -> None:
        """What the initial synchronization does: everything of its own is gone."""
        self.records = list(source.records)
        self.size_gb = source.size_gb

    def erase(self) -> None:
        self.records = []
        self.size_gb = EMPTY_GB

    def log_used_mb(self, now: float) -> float:
        """MB of the transaction log in use at a simulated second; it grows while mirroring does not drain it."""
        if self.log_growing_since is None:
            return 64.0
        return min(self.log_capacity_mb, 64.0 + (now - self.log_growing_since) / 60 * self.log_mb_per_minute)
