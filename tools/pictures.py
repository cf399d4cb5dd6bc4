#!/usr/bin/env python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Take the pictures of the guides: docs/docsite/rst/pictures/<name>.webp.

Starts a simulated pair, runs the playbooks against it one after the other, and photographs the reports that they write
and some pages of the simulated console with the system's Chromium. Takes some minutes.

usage: tools/pictures.py [NAME...]      names of pictures; all of them without
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs/docsite/rst/pictures"
WIDTH, TALLEST = 1000, 1000
SPEED, SEED = "60", "3"
PAIR = "confirm=UVM-1A+UVM-1B"

#: Name of the picture -> playbook, its words, and the file that it writes ({} is a directory for it). In this order:
#: each leaves the pair as the next one needs it.
REPORTS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "calibration": ("calibrate", ("-e", "calibrate_directory={}"), "calibration.html"),
    "health": ("health_report", ("-e", "health_report_directory={}"), "health.html"),
    "readiness": ("dr_readiness", (), "*.html"),
    "drift": ("drift", ("-e", "settings_directory={}", "-e", "@drift.yml"), "drift.html"),
    "suspend": ("suspend_mirroring", (), "*.html"),
    "resume": ("resume_mirroring", (), "*.html"),
    "drill": ("failover_drill", ("-e", PAIR, "-e", "high_availability_drill_rto_target_minutes=15"), "*.html"),
    "upgrade": (
        "upgrade",
        ("-e", "upgrade_max_suspended_minutes=2400"),
        "*.html",
    ),
    "rotate": ("rotate", ("-e", "rotate_administrator_password=Example-9-rotated"), "*.html"),
}
#: Name of the picture -> what is clicked in the menus of the console after signing in.
CONSOLE: dict[str, tuple[str, ...]] = {
    "console_settings": ("Maintenance", "General Settings"),
    "console_pair": ("High Availability",),
}
#: A wish that the pair does not fulfil, so that the report of the drift has something to show.
WANTED = {"settings_wanted": {"login_banner": {"title": "Authorized use only", "text": "Access is recorded."}}}


class Camera:
    """Photographs pages, and writes them as WebP, which Chromium encodes itself."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def open(self) -> Page:
        """A page of the pictures' width."""
        return self.browser.new_page(viewport={"width": WIDTH, "height": 700}, ignore_https_errors=True)

    def take(self, page: Page, name: str) -> None:
        """What a page shows, from its top down to ``TALLEST``."""
        height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": height}
        png = base64.b64encode(page.screenshot(full_page=True, clip=clip)).decode()  # type: ignore[arg-type]
        blank = self.browser.new_page()
        encoded: str = blank.evaluate(
            """async (png) => {
                const picture = new Image();
                picture.src = `data:image/png;base64,${png}`;
                await picture.decode();
                const canvas = document.createElement("canvas");
                [canvas.width, canvas.height] = [picture.width, picture.height];
                canvas.getContext("2d").drawImage(picture, 0, 0);
                return canvas.toDataURL("image/webp", 0.8).split(",")[1];
            }""",
            png,
        )
        blank.close()
        TARGET.mkdir(exist_ok=True)
        (TARGET / f"{name}.webp").write_bytes(base64.b64decode(encoded))
        print(f"{name}.webp")


@contextmanager
def simulator(folder: Path) -> Iterator[Path]:
    """A simulated pair; its inventory directory."""
    words = [sys.executable, "-m", "simulator", "--directory", str(folder / "simulator")]
    subprocess.run([*words, "--background", "--speed", SPEED, "--seed", SEED], check=True, cwd=ROOT)
    try:
        inventory = folder / "inventory"
        shutil.copytree(ROOT / "inventories/simulator/group_vars", inventory / "group_vars")
        shutil.copy(folder / "simulator/inventory.yml", inventory / "inventory.yml")
        yield inventory
    finally:
        subprocess.run([*words, "--stop"], check=True, cwd=ROOT)


def play(folder: Path, name: str, *words: str) -> str:
    """Run a playbook of the collection; what it printed. A run may fail: some reports tell of a failure."""
    settings = {"useries_state_dir": folder / "state", "useries_report_dir": folder / "reports" / name}
    extra = [word for key, value in settings.items() for word in ("-e", f"{key}={value}")]
    command = ["ansible-playbook", "-i", str(folder / "inventory"), f"useries.appliance.{name}", *extra, *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def report(folder: Path, camera: Camera, picture: str) -> None:
    """Run the playbook of a picture and photograph the page that it writes."""
    name, words, pattern = REPORTS[picture]
    target = folder / "reports" / name
    printed = play(folder, name, *(word.format(target) for word in words))
    found = sorted(target.glob(pattern), key=lambda path: path.stat().st_mtime)
    if not found:
        raise SystemExit(f"{name} wrote no page:\n{printed[-3000:]}")
    page = camera.open()
    page.goto(found[-1].as_uri())
    camera.take(page, picture)
    page.close()


def console(folder: Path, camera: Camera, picture: str) -> None:
    """Sign in to the first appliance and follow the menus."""
    told: dict[str, Any] = yaml.safe_load((folder / "inventory/inventory.yml").read_text(encoding="utf-8"))
    group = next(iter(told["useries"]["children"].values()))
    host = group["hosts"]["useries-1a"]
    page = camera.open()
    page.goto(f"https://{host['ansible_host']}:{host['useries_port']}/Maintenance")
    if not page.locator("input[type=password]").count():  # a banner comes first
        page.locator("button, input[type=submit], a").last.click()
    page.locator("input:not([type=hidden]):not([type=password])").first.fill(host["useries_username"])
    page.locator("input[type=password]").first.fill(host["useries_password"])
    page.locator("input[type=password]").first.press("Enter")
    for entry in CONSOLE[picture]:
        page.get_by_role("link", name=entry, exact=True).first.click()
    camera.take(page, picture)
    page.close()


def main(wanted: list[str]) -> int:
    """Take them."""
    unknown = set(wanted) - {*REPORTS, *CONSOLE}
    if unknown:
        print(f"No such picture: {', '.join(sorted(unknown))}. There are: {', '.join((*REPORTS, *CONSOLE))}.")
        return 1
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as name, simulator(Path(name)), sync_playwright() as playwright:
        folder = Path(name)
        (folder / "drift.yml").write_text(yaml.safe_dump(WANTED), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        camera = Camera(browser)
        play(folder, "site")
        for picture in CONSOLE:
            if not wanted or picture in wanted:
                console(folder, camera, picture)
        for picture in REPORTS:
            if not wanted or picture in wanted:
                report(folder, camera, picture)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
