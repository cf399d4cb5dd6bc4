# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A world whose clock stands still, and pairs in the states that the tests start from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulator.model.world import World


@pytest.fixture
def world() -> World:
    made = World(pairs=1, speed=0, seed=7)
    made.ready()
    return made


@pytest.fixture
def roles_on(world: World) -> World:
    for appliance in world.appliances.values():
        appliance.roles.change("high_availability", {"enabled": True})
        appliance.roles.apply()
    world.advance(60)
    return world


@pytest.fixture
def configured(roles_on: World) -> World:
    first, second = roles_on.appliance("UVM-1A"), roles_on.appliance("UVM-1B")
    first.ha.register_key(second.api_key)
    second.ha.register_key(first.api_key)
    first.ha.start_exchange("UVM-1B")
    roles_on.advance(300)
    assert first.ha.phase == second.ha.phase == "configured"
    return roles_on


@pytest.fixture
def mirrored(configured: World) -> World:
    configured.appliance("UVM-1A").ha.set_state(True, 5022)
    configured.advance(1200)
    assert configured.appliance("UVM-1B").ha.mirror_state == "SYNCHRONIZED"
    return configured


@pytest.fixture
def press() -> Callable[..., Any]:
    """Press a button of a page as the console does: present values, overlaid by what was typed."""
    from simulator.pages import pages

    def do(appliance: Any, path: str, /, row: dict[str, str] | None = None, **typed: Any) -> Any:
        page_id, section_id, button_id = path.split(".")
        page = next(page for page in pages() if page.id == page_id)
        for section in page.sections:
            if section.id != section_id:
                continue
            buttons = [*section.buttons, *(button for table in section.tables for button in table.buttons)]
            for button in buttons:
                if button.id == button_id:
                    values = dict(section.read(appliance)) if section.read else {}
                    values.update({field.id: "" for field in section.fields if field.kind == "password"})
                    values.update(typed)
                    if row is not None:
                        values["row"] = row
                    return button.press(appliance, values)
        raise AssertionError(f"no button {path}")

    return do
