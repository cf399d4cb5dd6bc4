# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The profiles' data: what they name exists, menus tell them apart, and the documentation says what to do by hand."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
import yaml

from ansible_collections.useries.appliance.plugins.module_utils import _guide
from ansible_collections.useries.appliance.plugins.module_utils._compose.execute import module_of
from ansible_collections.useries.appliance.plugins.module_utils._guide.profiles import (
    PROFILES,
    Refusal,
    sign_in_addresses,
    told_by,
)
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import ROLES
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Page
from tests.support.project import ROOT, text

LATER = PROFILES["later"]
REFUSALS = pytest.mark.parametrize("refusal", LATER.refusals, ids=lambda one: one.subject)
MODULES = sorted(path.stem for path in (ROOT / "plugins/modules").glob("*.py"))
DOCUMENT = "docs/docsite/rst/versions.rst"

#: Menus of 3.3 that are refused, and for whose pages there is no capability yet.
NOT_BUILT: set[tuple[str, ...]] = set()


def pages() -> Iterator[Page]:
    """Every page of _guide."""
    for found in pkgutil.iter_modules(_guide.__path__, f"{_guide.__name__}."):
        yield from (one for one in vars(importlib.import_module(found.name)).values() if isinstance(one, Page))
    yield from (role.page for role in ROLES)


def sections() -> set[str]:
    """page.section of every section of _guide."""
    return {f"{page.id}.{part.id}" for page in pages() for part in page.parts}


# -- what is named exists


def test_pages_and_sections_exist() -> None:
    for profile in PROFILES.values():
        assert set(profile.stated) <= {page.id for page in pages()}
        assert set(profile.labels) <= sections()
        assert {part for one in profile.refusals for part in one.parts} <= sections()


def test_menus_lead_to_pages_or_are_known_not_to_be_built() -> None:
    known = {page.menu[:length] for page in pages() for length in range(1, len(page.menu) + 1)}
    refused = {menu for one in LATER.refusals for menu in one.menus}
    assert refused - known == NOT_BUILT


@REFUSALS
def test_a_refusal_names_modules_rows_and_sources(refusal: Refusal) -> None:
    assert set(refusal.modules) <= set(MODULES)
    listed = yaml.safe_load(text("tests/capabilities.yml"))["capabilities"]
    assert refusal.rows
    assert set(refusal.rows) <= set(listed)
    assert refusal.sources
    assert all(re.fullmatch(r"S\d+", source) for source in refusal.sources)
    built = {name for row in refusal.rows for name in _listed(listed[row].get("module"))}
    assert built <= set(refusal.modules), "a module of these rows would try all the same"


def _listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


@REFUSALS
def test_the_documentation_says_what_to_do_by_hand(refusal: Refusal) -> None:
    shown = " ".join(text(DOCUMENT).split())
    for name in refusal.modules:
        assert f"useries.appliance.{name}#module" in shown
    for caption in re.findall(r'"([^"]+)"', refusal.by_hand):
        assert f"*{caption}*" in shown


def test_a_module_is_known_by_its_class() -> None:
    """The profile's names are those of files; a task knows the class of its declaration."""
    for name in MODULES:
        module = importlib.import_module(f"ansible_collections.useries.appliance.plugins.modules.{name}")
        assert module_of(module.DECLARATION) == name


# -- what the menus tell

TOLD = [
    ("3.3", ("Maintenance", "Diagnostics", "Roles Editor", "High Availability", "General Settings")),
    ("3.3", ("MAINTENANCE", " roles\n editor ")),
    ("later", ("LA", "Business Continuity", "Features and Services", "Integrations", "Network")),
    ("later", ("LA", "Software and Licensing", "Maintenance", "Diagnostics", "High Availability")),
    (None, ("Maintenance", "Reports")),
    (None, ("LA", "Reports")),
    (None, ("Network", "Integrations", "Users")),
    (None, ()),
]


@pytest.mark.parametrize(("name", "met"), TOLD)
def test_the_menus_tell_the_profile(name: str | None, met: tuple[str, ...]) -> None:
    told = told_by(met)
    assert (told.name if told else None) == name


def test_the_address_of_33_is_tried_first() -> None:
    assert sign_in_addresses("auto") == ("/Maintenance", "/appliance")
    assert sign_in_addresses("3.3") == ("/Maintenance",)
    assert sign_in_addresses("later")[0] == "/appliance"


def test_only_33_is_confirmed() -> None:
    assert [one.name for one in PROFILES.values() if one.confirmed] == ["3.3"]
