# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A settings page of Quasar's components (Vue), by NiceGUI; what was saved is in the file RECORD.

usage: serve.py PORT RECORD    (PASSWORD in the environment; the user is "admin")
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from nicegui import app, events, ui

PORT, RECORD = int(sys.argv[1]), Path(sys.argv[2])
STORED = {
    "host": "relay-1",
    "zone": "Lisbon",
    "retries": 3,
    "relay": False,
    "verbose": False,
    "notes": "",
    "day": "2026-01-31",
    "at": "07:30",
    "level": 20,
    "mode": "Fast",
    "secret": "",
    "file": "",
}
ROWS = [
    {"name": "alpha", "state": "Running"},
    {"name": "beta", "state": "Running"},
    {"name": "gamma", "state": "Stopped"},
]


def record(**more: object) -> None:
    """Keep what is stored now, and what was done last."""
    RECORD.write_text(json.dumps({**STORED, "rows": ROWS, **more}), encoding="utf-8")


def menu() -> None:
    with ui.header():
        ui.label("Relay")
        for text, path in (("Settings", "/"), ("Jobs", "/jobs")):
            ui.link(text, path).classes("text-white")
        ui.button("Log out", on_click=lambda: (app.storage.user.clear(), ui.navigate.to("/login")))


def signed_in() -> bool:
    if app.storage.user.get("known"):
        return True
    ui.navigate.to("/login")
    return False


@ui.page("/login", title="Sign in")
def login() -> None:
    def enter() -> None:
        if (user.value, password.value) == ("admin", os.environ["PASSWORD"]):
            app.storage.user["known"] = True
            ui.navigate.to("/")
        else:
            ui.notify("Wrong user name or password", type="negative")

    with ui.card().classes("absolute-center"):
        user = ui.input("Username")
        password = ui.input("Password", password=True, password_toggle_button=True)
        ui.button("Log in", on_click=enter)


@ui.page("/", title="Settings")
def settings() -> None:
    if not signed_in():
        return
    menu()
    ui.html("<h1>Settings</h1>", sanitize=False)
    with ui.tabs() as tabs:
        general, timing = ui.tab("General"), ui.tab("Timing")
    with ui.tab_panels(tabs, value=general).classes("w-full"):
        with ui.tab_panel(general):
            general_panel()
        with ui.tab_panel(timing):
            timing_panel()


def general_panel() -> None:
    fields = {}

    def save() -> None:
        if not fields["host"].value:
            fields["host"].error = "A host name is needed"
            return
        fields["host"].error = None
        STORED.update({name: field.value for name, field in fields.items()})
        record()
        ui.notify("The settings were saved", type="positive")

    async def upload(arrived: events.UploadEventArguments) -> None:
        STORED["file"] = (await arrived.file.read()).decode()
        record()
        ui.notify("The file was uploaded", type="positive")

    with ui.card(), ui.element("section").props('aria-label="Identity"'):
        ui.label("Identity").classes("text-h6")
        fields["host"] = ui.input("Host name", value=STORED["host"])
        fields["zone"] = ui.select(["Amsterdam", "Lisbon", "Oslo"], label="Time zone", value=STORED["zone"])
        fields["retries"] = ui.number("Retries", value=STORED["retries"], min=1, max=9)
        fields["relay"] = ui.switch("Act as relay", value=STORED["relay"])
        fields["verbose"] = ui.checkbox("Verbose log", value=STORED["verbose"])
        fields["mode"] = ui.radio(["Fast", "Careful"], value=STORED["mode"]).props("inline")
        fields["notes"] = ui.textarea("Notes", value=STORED["notes"])
        fields["secret"] = ui.input("Relay password", value=STORED["secret"], password=True)
        ui.upload(label="Certificate", on_upload=upload, auto_upload=True)
        ui.button("Save identity", on_click=save)
    with ui.expansion("Expert options"):
        ui.input("Peer", value="peer-9")
        ui.button("Forget peer", on_click=lambda: ui.notify("The peer was forgotten", type="positive"))


def timing_panel() -> None:
    fields = {}

    def save() -> None:
        STORED.update({name: field.value for name, field in fields.items()})
        record()
        ui.notify("The timing was saved", type="positive")

    with ui.card(), ui.element("section").props('aria-label="Schedule"'):
        ui.label("Schedule").classes("text-h6")
        fields["day"] = ui.date_input("First day", value=STORED["day"])
        fields["at"] = ui.time_input("Start time", value=STORED["at"])
        ui.label("Log level").props('id="level-label"')
        fields["level"] = ui.slider(min=0, max=100, value=STORED["level"]).props('aria-label="Log level"')
        ui.button("Save schedule", on_click=save)


@ui.page("/jobs", title="Jobs")
def jobs() -> None:
    if not signed_in():
        return
    menu()
    ui.html("<h1>Jobs</h1>", sanitize=False)
    with ui.dialog() as dialog, ui.card():
        asked = ui.label("")
        with ui.row():
            ui.button("Yes", on_click=lambda: dialog.submit("yes"))
            ui.button("Cancel", on_click=lambda: dialog.submit("no"))
    columns = [
        {"name": "name", "label": "Name", "field": "name", "align": "left"},
        {"name": "state", "label": "State", "field": "state", "align": "left"},
        {"name": "act", "label": "Actions", "field": "act"},
    ]
    table = ui.table(columns=columns, rows=ROWS, row_key="name")
    table.add_slot(
        "body-cell-act",
        """<q-td :props="props">
        <q-btn flat icon="delete" aria-label="Delete" @click="$parent.$emit('drop', props.row)"/>
        <q-btn flat icon="stop" title="Stop" @click="$parent.$emit('halt', props.row)"/></q-td>""",
    )

    async def drop(event: events.GenericEventArguments) -> None:
        asked.text = f"Delete the job {event.args['name']}?"
        if await dialog == "yes":
            ROWS[:] = [row for row in ROWS if row["name"] != event.args["name"]]
            record()
            table.rows = list(ROWS)
            ui.notify("The job was deleted", type="positive")

    def halt(event: events.GenericEventArguments) -> None:
        for row in ROWS:
            if row["name"] == event.args["name"]:
                row["state"] = "Stopped"
        record()
        table.rows = list(ROWS)
        ui.notify("The job was stopped", type="positive")

    table.on("drop", drop)
    table.on("halt", halt)


record()
ui.run(host="127.0.0.1", port=PORT, show=False, reload=False, storage_secret=os.urandom(20).hex())
