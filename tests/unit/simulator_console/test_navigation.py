# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The menus of later versions, as far as they are publicly seen, and menus of no appliance."""

from __future__ import annotations

import pytest
from lxml import html

from simulator.pages.later import navigation
from tests.unit.simulator_console.bench import Visitor
from tests.unit.simulator_console.reader import captions

SEEDS = range(8)
SIDEBAR = ["LA", "Business Continuity", "Features and Services", "Integrations", "Network", "Software and Licensing"]
NEW = [
    ("High Availability", "Business Continuity"),
    ("Appliance Feature Configuration", "Features and Services"),
    ("Appliance API Keys", "Integrations"),
    ("Network", "Network"),
    ("Security Updates", "Software and Licensing"),
]


def visitor(name: str, seed: int) -> Visitor:
    """A person before a console with these menus."""
    menus = navigation(name)
    return Visitor(seed, menus.pages, entrance=menus.entrance, sidebar=menus.sidebar)


def links(page: html.HtmlElement) -> set[str]:
    """What can be clicked."""
    return {name for name, element in captions(page) if element.tag == "a"}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sidebar_is_there_and_la_leads_to_the_old_menu(seed: int) -> None:
    person = visitor("later", seed)
    page = person.open("LA")
    assert {"maintenance", "security settings"} <= links(page)
    assert not {"general settings", "diagnostics", "roles editor"} & links(page)
    assert page.xpath("string(//h1)") == "Security Settings"
    assert "generate ssl certificate" in " ".join(page.text_content().split()).casefold()
    buttons = dict(captions(page))
    assert {"export certificate", "update fips setting"} <= set(buttons)
    assert not {"generate api key", "update maximum age", "export and download certificate"} & set(buttons)
    for title, site in NEW:
        page = person.open(title)
        assert {entry.casefold() for entry in (*SIDEBAR, site)} <= links(page)
        assert page.xpath("string(//h1)") == title
        assert "not modelled" in page.text_content()


@pytest.mark.parametrize("name", ["later", "other"])
def test_the_old_address_is_gone_or_leads_on(name: str) -> None:
    answers = set()
    for seed in SEEDS:
        answer = visitor(name, seed).client.get("/Maintenance", base_url="https://node")
        answers.add((answer.status_code, answer.headers.get("Location")))
    assert answers == {(404, None), (302, "/appliance")}


@pytest.mark.parametrize("seed", SEEDS)
def test_other_menus_name_nothing_of_an_appliance(seed: int) -> None:
    met = links(visitor("other", seed).open("Reports"))
    assert {"overview", "reports", "users"} <= met
    assert not {entry.casefold() for entry in (*SIDEBAR, "Maintenance", "Diagnostics", "Roles Editor")} & met


def test_in_33_one_signs_in_at_the_old_address_only() -> None:
    answer = visitor("3.3", 1).client.get("/appliance", base_url="https://node")
    assert answer.status_code == 404
