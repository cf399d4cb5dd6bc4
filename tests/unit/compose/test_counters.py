# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of a counter's numbers: rising levels, a reset below them, durations and percentages in their range."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.useries.appliance.plugins.module_utils._compose.counters import complaints

NUMBER = st.none() | st.integers(-20, 130)
NAMES = ("reset_threshold", "low", "medium", "high")
ALL = st.fixed_dictionaries(dict.fromkeys((*NAMES, "threshold_duration", "reset_duration"), NUMBER))


def fits(numbers: dict[str, int | None], highest: int | None) -> bool:
    """The rules written down another way: what is known rises strictly from the reset threshold to high."""
    known = [numbers[name] for name in NAMES if numbers[name] is not None]
    durations = [numbers[name] for name in ("threshold_duration", "reset_duration") if numbers[name] is not None]
    within = highest is None or all(0 <= value <= highest for value in known)
    return known == sorted(set(known)) and within and all(value >= 0 for value in durations)


@given(ALL)
def test_percentages(numbers: dict[str, int | None]) -> None:
    assert (complaints("CPU Overall Usage", numbers) == []) is fits(numbers, 100)
    assert (complaints("Percent of Something", numbers) == []) is fits(numbers, 100)


@given(ALL)
def test_counters_of_another_unit(numbers: dict[str, int | None]) -> None:
    assert (complaints("Disk Queue Length", numbers) == []) is fits(numbers, None)


@given(ALL)
def test_a_complaint_names_a_number_that_was_given(numbers: dict[str, int | None]) -> None:
    for sentence in complaints("Disk Usage", numbers):
        assert any(name in sentence and str(value) in sentence for name, value in numbers.items() if value is not None)
