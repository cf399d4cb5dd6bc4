# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rendering by script without a browser: shell, modules, views as data, and what is counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from lxml import html
from werkzeug.test import TestResponse

from tests.unit.simulator_console.bench import Visitor

DATA = {"Accept": "application/json"}
COOKIE, HEADER = 1, 2  # seeds whose sessions are kept in a cookie, and by the script


class Browserless:
    """Asks as the script does."""

    def __init__(self, seed: int) -> None:
        self.visitor = Visitor(seed, rendering="script")
        self.headers = dict(DATA)

    def ask(self, path: str, form: Mapping[str, str] | None = None) -> dict[str, Any]:
        more: dict[str, Any] = {"method": "POST", "data": form} if form is not None else {}
        answer = self.visitor.client.open(
            path, base_url="https://node", headers=self.headers, follow_redirects=True, **more
        )
        view: dict[str, Any] = answer.json
        return view

    def press(self, view: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
        return self.ask(view["address"], {**dict(view["hidden"]), **values, view["button"]["name"]: "1"})

    def sign_in(self) -> dict[str, Any]:
        door = self.ask("/Maintenance")
        admin = self.visitor.appliance.users["admin"]
        user, password = (field["name"] for field in door["fields"])
        view = self.press(door, {user: admin.username, password: admin.password})
        if view["view"] == "session":
            self.headers[self.visitor.node.console.script.header] = view["token"]  # type: ignore[union-attr]
            view = self.ask(view["address"])
        return view


def get(visitor: Visitor, path: str, **more: Any) -> TestResponse:
    """As a browser that opens an address."""
    return visitor.client.get(path, base_url="https://node", headers={"Accept": "text/html"}, **more)


def addresses(visitor: Visitor) -> list[str]:
    """Everything that the shell loads, modules of modules too."""
    page = html.fromstring(get(visitor, "/Maintenance").text)
    waiting = [*page.xpath("//script/@src"), *page.xpath("//link/@href")]
    found: list[str] = []
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.append(path)
            folder = path.rpartition("/")[0]
            waiting += [f"{folder}/{name}" for name in re.findall(r'from "\./([^"]+)"', get(visitor, path).text)]
    return found


@pytest.mark.parametrize("seed", (COOKIE, HEADER))
def test_every_address_answers_the_same_shell(seed: int) -> None:
    visitor = Visitor(seed, rendering="script")
    shells = {get(visitor, path).text for path in ("/Maintenance", "/maintenance/", "/some/where")}
    assert len(shells) == 1
    assert "Username" not in shells.pop()


def test_modules_are_found_under_drawn_addresses() -> None:
    first, second = (addresses(Visitor(seed, rendering="script")) for seed in (1, 2))
    assert len(first) == len(second) > 12
    assert not set(first) & set(second)
    kinds = {get(Visitor(1, rendering="script"), path).content_type for path in first}
    assert kinds == {"text/javascript; charset=utf-8", "text/css; charset=utf-8"}


def test_class_names_are_drawn() -> None:
    texts = [get(visitor, path).text for visitor in [Visitor(1, rendering="script")] for path in addresses(visitor)]
    assert not any(re.search(r"\bu-[a-z]", text) for text in texts)


def test_what_the_browser_loads_means_nothing_and_takes_no_fault() -> None:
    asker = Browserless(COOKIE)
    asker.visitor.log.faults.add(fault("status"))
    assert all(get(asker.visitor, path).status_code == 200 for path in addresses(asker.visitor))
    assert {entry.what for entry in asker.visitor.log.entries()} == {""}
    assert asker.ask("/Maintenance")["view"] == "message"


def fault(kind: Any) -> Any:
    """An order to misbehave once."""
    from simulator.wires import Fault

    return Fault("*", "console", kind)


@pytest.mark.parametrize("seed", (COOKIE, HEADER))
def test_reads_writes_and_sign_ins_are_counted_as_in_forms(seed: int) -> None:
    asker = Browserless(seed)
    home = asker.sign_in()
    page = asker.ask(next(entry["href"] for entry in home["menu"]["pages"] if entry["text"] == "Demo Page"))
    (settings,) = (block for block in page["blocks"] if "main" in block["title"].lower())
    values = {one["name"]: one["value"] for one in settings["controls"] if not one["options"]}
    values |= {one["name"]: o["token"] for one in settings["controls"] for o in one["options"] if o["chosen"]}
    button = settings["buttons"][0]
    after = asker.ask(page["address"], {**dict(settings["hidden"]), **values, button["name"]: button["value"]})
    assert after["outcome"]["message"] == "The settings were saved."
    counts = asker.visitor.log.counts()["UVM-1A"]["console"]
    assert (counts["login"], counts["write"]) == (1, 1)
    assert [entry.what for entry in asker.visitor.log.entries() if entry.kind == "write"] == ["demo.settings.save"]


def test_a_token_is_no_cookie_and_a_cookie_no_token() -> None:
    for seed, cookies in ((COOKIE, 2), (HEADER, 1)):
        asker = Browserless(seed)
        assert asker.sign_in()["view"] == "page"
        assert len(asker.visitor.client._cookies) == cookies  # type: ignore[attr-defined]


def test_without_a_session_every_page_is_the_door() -> None:
    asker = Browserless(HEADER)
    home = asker.sign_in()
    asker.headers = dict(DATA)
    assert asker.ask(home["address"])["view"] == "sign_in"


def test_a_file_from_an_address_is_given_once_and_only_to_its_session() -> None:
    asker = Browserless(COOKIE)
    home = asker.sign_in()
    page = asker.ask(next(entry["href"] for entry in home["menu"]["pages"] if entry["text"] == "Demo Page"))
    (files,) = (block for block in page["blocks"] if "key files" in block["title"].lower())
    button = next(one for one in files["buttons"] if "download" in " ".join(one["label"].lower().split()))
    told = asker.ask(page["address"], {**dict(files["hidden"] or page["blocks"][0]["hidden"]), button["name"]: "1"})
    assert told["view"] == "download"
    first, second = (get(asker.visitor, told["address"]) for _time in range(2))
    assert first.headers["Content-Disposition"] == "attachment; filename=key.zip"
    assert (first.data, second.status_code) == (b"PK content", 404)
