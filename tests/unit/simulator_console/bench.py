# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A console in this process: the real model, pages written here, requests without a network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import html
from werkzeug.test import Client, TestResponse

from simulator.console.style import Style
from simulator.model.world import World
from simulator.pages.spec import Button, Download, Field, Outcome, Page, Section, Table, Upload
from simulator.wires import RequestLog
from simulator.wires.https import Node
from tests.unit.simulator_console.reader import captions, controls, section

ZONES = ("UTC", "CET", "EST")
STORED: dict[str, Any] = {
    "name": "first", "notes": "one\ntwo", "minutes": 5, "state": True, "quiet": False, "zone": "UTC", "level": 3,
    "day": "2026-05-01", "at": "10:30:00", "serial": "SN-1", "secret": 8,
}  # fmt: skip


class Demo:
    """The pages of the bench, and what their buttons were given."""

    def __init__(self) -> None:
        self.values = dict(STORED)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.rows = [{"Service": "One", "State": "Running"}, {"Service": "Two", "State": "Stopped"}]

    def _save(self, appliance: Any, values: Mapping[str, Any]) -> Outcome:
        self.calls.append(("save", dict(values)))
        if values["name"] == "refused":
            return Outcome(False, "Not this name.", {"name": "Choose another name."}, details="line 1 of the results")
        self.values.update({key: value for key, value in values.items() if key in self.values and key != "secret"})
        return Outcome(True, "The settings were saved.")

    def _wipe(self, appliance: Any, values: Mapping[str, Any]) -> Outcome:
        if not values.get("confirmed"):
            return Outcome(dialog="Really wipe everything?")
        self.calls.append(("wipe", dict(values)))
        return Outcome(True, "Wiped.")

    def _restart(self, appliance: Any, values: Mapping[str, Any]) -> Outcome:
        self.calls.append(("restart", dict(values)))
        return Outcome(True, f"{values['row']['Service']} restarts.")

    def _download(self, appliance: Any, values: Mapping[str, Any]) -> Outcome:
        return Outcome(True, download=Download("key.zip", b"PK content"))

    def _upload(self, appliance: Any, values: Mapping[str, Any]) -> Outcome:
        sent = values["file"]
        assert isinstance(sent, Upload)
        return Outcome(True, f"{sent.filename}: {len(sent.content)} bytes.")

    def pages(self) -> tuple[Page, ...]:
        """One page with everything, one that is not modelled, one of another site."""
        fields = (
            Field("name", "Display Name", "text", caption="As others see it"), Field("notes", "Notes", "multiline"),
            Field("minutes", "Timeout (minutes)", "number", minimum=1, maximum=60),
            Field("state", "FIPS State", "toggle", states=("Yes", "No")), Field("quiet", "Keep Quiet", "checkbox"),
            Field("zone", "time zone", "choice", True, ("Server Zone", "Zone of the Clock"), choices=ZONES),
            Field("level", "Compression", "slider", minimum=0, maximum=9), Field("day", "Start Day", "date"),
            Field("at", "Start Time", "time"), Field("serial", "Serial:", "readonly"),
            Field("secret", "Password", "password", secret=True),
        )  # fmt: skip
        settings = Section(
            "settings", "Main Settings", fields, (Button("save", "Update Settings", self._save),),
            read=lambda _appliance: self.values, notes=("All of it is made up.",),
        )  # fmt: skip
        restart = Button("restart", "Restart the service", self._restart, kind="icon")
        services = Section(
            "services",
            "Services",
            tables=(Table("list", ("Service", "State"), lambda _appliance: self.rows, (restart,)),),
        )
        files = Section(
            "files", "Key Files",
            (Field("file", "Key File", "file"), Field("secret", "Password", "password", secret=True)),
            (Button("get", "Download Key", self._download, writes=False), Button("put", "Upload Key", self._upload)),
        )  # fmt: skip
        danger = Section("danger", "Danger Zone", buttons=(Button("wipe", "Wipe", self._wipe),))
        return (
            Page("demo", "Demo Page", ("Maintenance", "Demo Page"), (settings, services, files, danger)),
            Page("blank", "Blank Page", ("Maintenance", "Blank Page"), modelled=False),
            Page("other", "Diagnostics", ("Diagnostics",), ()),
        )


class Visitor:
    """A person with a browser before one node."""

    def __init__(
        self,
        seed: int = 1,
        pages: tuple[Page, ...] | None = None,
        rendering: str = "html",
        entrance: str = "/Maintenance",
        sidebar: bool = False,
    ) -> None:
        self.entrance = entrance
        self.demo = Demo()
        self.world = World(pairs=1, speed=0, seed=0)
        self.world.ready()
        self.appliance = self.world.appliance("UVM-1A")
        self.log = RequestLog()
        self.node = Node(
            self.world,
            self.appliance,
            self.log,
            Style(seed),
            pages or self.demo.pages(),
            ("console", "endpoint"),
            rendering=rendering,
            entrance=entrance,
            sidebar=sidebar,
        )
        self.client = Client(self.node)

    def get(self, path: str, **more: Any) -> TestResponse:
        """Open an address, following redirects."""
        return self.client.get(path, base_url="https://node", follow_redirects=True, **more)

    def sign_in(self, password: str = "") -> TestResponse:
        """Through the sign-in page."""
        page = html.fromstring(self.get(self.entrance).text)
        by_name = {found.name: found.elements[0].get("name") for found in controls(page)}
        admin = self.appliance.users["admin"]
        return self.submit(
            page, "Login", {by_name["username"]: admin.username, by_name["password"]: password or admin.password}
        )

    def open(self, title: str) -> html.HtmlElement:
        """Sign in when needed and open a page by its link."""
        page = html.fromstring(self.get(self.entrance).text)
        if "login" in dict(captions(page)):
            page = html.fromstring(self.sign_in().text)
        link = next(element for name, element in captions(page) if name == title.casefold())
        return html.fromstring(self.get(link.get("href")).text)

    def submit(
        self, page: html.HtmlElement, caption: str, values: Mapping[str, Any], without: str = ""
    ) -> TestResponse:
        """Press a button of a page.

        :param values: form field name -> what to send instead of what stands there; None: not sent.
        :param without: kind of hidden fields that are left out ("hidden": all of them).
        """
        button = next(element for name, element in captions(page) if name == caption.casefold())
        return self.press(button, values, without)

    def press(self, button: html.HtmlElement, values: Mapping[str, Any], without: str = "") -> TestResponse:
        """Press a button that was found."""
        form = button.xpath("ancestor::form[1]")[0]
        data: dict[str, Any] = dict(form.form_values())
        for area in form.iter("textarea"):
            data[area.get("name")] = (area.text or "").removeprefix("\n")  # as HTML says; lxml keeps the line break
        if without:
            data = {
                key: value for key, value in data.items() if not form.xpath(".//input[@type='hidden'][@name=$n]", n=key)
            }
        data[button.get("name")] = button.get("value")
        data.update(values)
        return self.client.post(
            form.get("action"), base_url="https://node", follow_redirects=True,
            data={key: value for key, value in data.items() if value is not None},
        )  # fmt: skip

    def part(self, title: str, page: str = "Demo Page") -> html.HtmlElement:
        """A section of a page, freshly opened."""
        return section(self.open(page), title)
