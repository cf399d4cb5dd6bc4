# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is exported is what the modules take: the same section, the same field behind each option."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose.exported import PARTS, WHOLE, Part
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from tests.support.project import ROOT

#: Settings that are not exported, and why.
NOT_EXPORTED = {
    "ha_settings": "there only while there is a partner; the role high_availability has variables of its own",
    "backup_schedule": "the role backup has variables of its own",
    "cold_spare": "what one spare alone is; the role cold_spare has variables of its own",
    "ip_address": "an address is a fact of the inventory",
    "performance_counters": "its counters are a list of the page, see performance_counters_info",
    "radius": "turning it on is tried out by a task of its own",
    "update_schedule": "a date that passes",
    "updater_subscription": "a state for the time of an upgrade, put back by it; its labels have to be named first",
}


def declaration(module: str) -> Any:
    return importlib.import_module(f"ansible_collections.useries.appliance.plugins.modules.{module}").DECLARATION


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.module)
def test_a_part_is_what_the_module_declares(part: Part) -> None:
    declared = declaration(part.module)
    assert (declared.section.id, declared.section.page.id) == (part.section.id, part.section.page.id)
    for option, field in {**{name: name for name in part.same}, **part.options}.items():
        assert option in declared.fields
        assert declared.option_names.get(option, option) == field
        assert not declared.spec()[option].get("no_log")


@pytest.mark.parametrize("whole", WHOLE, ids=lambda whole: whole.module)
def test_the_options_of_a_whole_are_the_modules(whole: Any) -> None:
    assert set(whole.options) <= set(declaration(whole.module).spec())


def test_every_settings_module_is_exported_or_has_a_reason() -> None:
    modules = sorted(path.stem for path in (ROOT / "plugins/modules").glob("*.py"))
    settings = {name for name in modules if issubclass(declaration(name), Settings)}
    exported = {one.module for one in (*PARTS, *WHOLE)}
    assert settings - exported == set(NOT_EXPORTED) & settings
    assert not exported & set(NOT_EXPORTED)
