# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which component library each of the first three seeds gets; together they show everything there is."""

from __future__ import annotations

import pytest

from simulator.console.style import Style
from simulator.console.traits import Traits

SESSION = {1: "cookie", 2: "header", 3: "cookie"}
DOWNLOAD = {1: "address", 2: "address", 3: "blob"}
KIT = {
    "shadow": (True, False, False),
    "list": ("combobox", "caret", "filter"),
    "virtual": (True, True, False),
    "toggle": ("pressed", "box", "switch"),
    "number": ("buttons", "buttons", "spinbutton"),
    "table": ("grid", "table", "table"),
    "menu": ("buttons", "items", "links"),
    "toast": ("alert", "class", "status"),
    "spinner": ("progressbar", "busy", "plain"),
    "warning": ("line", "dialog", "line"),
    "failures": ("toast", "inline", "toast"),
    "guard": (False, False, True),
    "dialog": ("dialog", "dialog", "alertdialog"),
}
PAGES = {
    "general_settings": (("plain", False), ("tabs", False), ("accordion", True)),
    "security_settings": (("accordion", False), ("plain", False), ("tabs", True)),
    "beyondtrust_updates": (("plain", False), ("tabs", True), ("accordion", False)),
    "backup_and_restore": (("tabs", True), ("accordion", False), ("plain", False)),
}


@pytest.mark.parametrize("seed", (1, 2, 3))
def test_the_library_of_a_seed(seed: int) -> None:
    traits = Traits(Style(seed))
    assert {key: traits.kit()[key] for key in KIT} == {key: turns[seed - 1] for key, turns in KIT.items()}
    assert (traits.session(), traits.download()) == (SESSION[seed], DOWNLOAD[seed])


@pytest.mark.parametrize("seed", (1, 2, 3))
def test_the_arrangement_of_a_page(seed: int) -> None:
    traits = Traits(Style(seed))
    found = {page: traits.page(page, 3) for page in PAGES}
    assert {page: (one["arrangement"], one["framed"]) for page, one in found.items()} == {
        page: turns[seed - 1] for page, turns in PAGES.items()
    }
    assert {one["late"] for one in found.values()} <= {0, 150, 400}


def test_notifications_vanish_and_answers_take_their_time() -> None:
    for seed in range(50):
        kit = Traits(Style(seed)).kit()
        assert 2000 <= kit["toastTime"] <= 4000
        assert kit["delay"] == [20, 250]


@pytest.mark.parametrize("first", (4, 7, 31))
def test_any_round_of_three_seeds_shows_all(first: int) -> None:
    kits = [Traits(Style(seed)).kit() for seed in range(first, first + 3)]
    for key, turns in KIT.items():
        assert {kit[key] for kit in kits} == set(turns), key


def test_rounds_differ() -> None:
    rounds = {tuple(str(Traits(Style(seed)).kit()[key]) for key in KIT) for seed in range(1, 31)}
    assert len(rounds) == 30


def test_a_page_with_one_section_has_no_tabs() -> None:
    assert Traits(Style(2)).page("general_settings", 1)["arrangement"] == "plain"
