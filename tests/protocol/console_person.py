# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person with requests before a simulated console: signs in and presses buttons by their caption."""

from __future__ import annotations

from typing import Any

import requests
from lxml import html

from tests.support.simulator import Simulated, SimulatedNode
from tests.unit.simulator_console.reader import captions, controls, section


class Person:
    """Signed out at first.

    :param node: inventory name of the appliance.
    """

    def __init__(self, simulated: Simulated, node: str = "useries-1a") -> None:
        self.node: SimulatedNode = simulated.nodes[node]
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = str(simulated.ca)

    def get(self, path: str = "/Maintenance", **more: Any) -> requests.Response:
        """Open an address."""
        return self.session.get(self.node.url + path, timeout=10, **more)

    def sign_in(self) -> requests.Response:
        """Through the sign-in page."""
        page = html.fromstring(self.get().text)
        names = {found.name: found.elements[0].get("name") for found in controls(page)}
        return self.press(page, "Login", {names["username"]: self.node.username, names["password"]: self.node.password})

    def press(self, part: html.HtmlElement, caption: str, values: dict[str, Any]) -> requests.Response:
        """Press a button."""
        button = next(element for name, element in captions(part) if name == caption.casefold())
        form = button.xpath("ancestor::form[1]")[0]
        data = {**dict(form.form_values()), button.get("name"): button.get("value"), **values}
        for area in form.iter("textarea"):
            data[area.get("name")] = (area.text or "").removeprefix("\n")
        return self.session.post(self.node.url + form.get("action"), data=data, timeout=10)

    def open(self, *links: str) -> html.HtmlElement:
        """Sign in when needed, and follow links by their text."""
        page = html.fromstring(self.get().text)
        if "login" in dict(captions(page)):
            page = html.fromstring(self.sign_in().text)
        for link in links:
            here = next(element for name, element in captions(page) if name == link.casefold())
            page = html.fromstring(self.get(here.get("href")).text)
        return page

    def save_export(self) -> requests.Response:
        """Press Update Export Settings on General Settings: a harmless write."""
        part = section(self.open("General Settings"), "Export Settings")
        return self.press(part, "Update Export Settings", {})
