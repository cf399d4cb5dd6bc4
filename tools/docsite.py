#!/usr/bin/env python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build the documentation site, offline: build/docs/html/index.html.

The pages of modules and roles come from antsibull-docs, the guides from docs/docsite/rst in the order of
extra-docs.yml, the first page from docs/site/index.rst. Sphinx's warnings are errors, and so is everything that a page
would load from elsewhere.

usage: tools/docsite.py
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
SITE, GUIDES = ROOT / "docs/site", ROOT / "docs/docsite"
BUILD = ROOT / "build/docs"
SOURCE, HTML = BUILD / "source", BUILD / "html"
NAME = "useries.appliance"

#: Names of Ansible's documentation that generated pages refer to -> their place in it.
ANSIBLE = {
    "ansible_configuration_settings": "reference_appendices/config.html#ansible-configuration-settings",
    "action_plugins": "plugins/action.html#action-plugins",
    "common_return_values": "reference_appendices/common_return_values.html#common-return-values",
}
#: Environment variables of Ansible itself that they name: those of the cache of inventories.
CACHE = [f"ANSIBLE_CACHE_PLUGIN{end}" for end in ("", "_CONNECTION", "_PREFIX", "_TIMEOUT")]
#: Page of an index -> its title, and the endings of the names of the pages that it lists.
INDEXES = {
    "modules": ("Modules", ("_module",)),
    "roles": ("Roles", ("_role",)),
    "plugins": ("Other plugins", ("_inventory", "_callback", "_lookup", "_filter", "_event_source")),
}
#: What makes a browser load something: an attribute of a tag that is no link to follow, or an address in a style sheet.
LOADED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object|input)\b[^>]*?\s(?:src|srcset|data|poster)\s*=\s*["']?([^"'\s>]+)"""
    r"""|<link\b(?=[^>]*rel=["']?(?:stylesheet|icon|shortcut|preload|prefetch|preconnect|dns-prefetch|modulepreload))"""
    r"""[^>]*?\shref\s*=\s*["']?([^"'\s>]+)|url\(\s*["']?([^"')\s]+)|@import\s+["']([^"']+)""",
    re.IGNORECASE,
)


CONTENTS = re.compile(r"^\.\. contents::\n(?:   :.*\n)+", re.MULTILINE)


def elsewhere(content: str) -> list[str]:
    """The addresses outside of the site that a page or a style sheet makes a browser load."""
    found = (next(filter(None, match.groups())) for match in LOADED.finditer(content))
    return sorted({address for address in found if re.match(r"(?:[a-z][a-z0-9+.-]*:)?//", address, re.IGNORECASE)})


def collect() -> None:
    """The generated pages and the guides, in SOURCE."""
    SOURCE.mkdir(mode=0o700, parents=True, exist_ok=True)
    BUILD.chmod(0o700)  # antsibull-docs writes only where nobody else can
    SOURCE.chmod(0o700)
    words = ["--config-file", str(SITE / "antsibull-docs.cfg"), "collection", "--use-current", "--squash-hierarchy"]
    more = ["--cleanup", "everything", "--fail-on-error", "--dest-dir", str(SOURCE)]
    subprocess.run(["antsibull-docs", *words, *more, NAME], check=True)
    for page in SOURCE.glob("*.rst"):  # the theme has a table of contents of its own, and complains about a second one
        page.write_text(CONTENTS.sub("", page.read_text(encoding="utf-8")), encoding="utf-8")
    for picture in (GUIDES / "rst").rglob("*.webp"):
        target = SOURCE / "docsite" / picture.relative_to(GUIDES / "rst")
        target.parent.mkdir(exist_ok=True)
        shutil.copy2(picture, target)


def toctree(pages: list[str], caption: str) -> str:
    """One part of the table of contents, which is also the one beside every page: so modules are not in it."""
    head = [".. toctree::", "   :maxdepth: 1", f"   :caption: {caption}", ""]
    return "\n".join([*head, *(f"   {page}" for page in pages), "", ""])


def described(page: Path) -> str:
    """A line of an index: the page's title without the name of the collection, linked."""
    title = next(line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith(f"{NAME}."))
    name, _dash, about = title.removeprefix(f"{NAME}.").partition(" -- ")
    return f"- :doc:`{name.rsplit(' ', 1)[0]} <{page.stem}>`" + (f": {about}" if about.strip() else "")


def contents() -> None:
    """The first page, and an index for each kind of plugin."""
    listed = []
    for index, (title, endings) in INDEXES.items():
        pages = sorted(page for page in SOURCE.glob("*.rst") if page.stem.endswith(endings))
        if pages:
            listed.append(index)
            lines = [title, "=" * len(title), "", *map(described, pages), ""]
            (SOURCE / f"{index}.rst").write_text("\n".join(lines), encoding="utf-8")
    sections = yaml.safe_load((GUIDES / "extra-docs.yml").read_text(encoding="utf-8"))["sections"]
    trees = [(part["title"], [f"docsite/{page}" for page in part["toctree"]]) for part in sections]
    trees[-1][1].extend(listed)
    first = (SITE / "index.rst").read_text(encoding="utf-8")
    (SOURCE / "index.rst").write_text(
        first + "\n" + "".join(toctree(pages, title) for title, pages in trees), encoding="utf-8"
    )


def names_of_ansible() -> None:
    """An inventory for intersphinx, so that it asks nobody."""
    lines = "".join(f"{name} std:label -1 {place} {name}\n" for name, place in ANSIBLE.items())
    lines += "".join(f"{name} std:envvar -1 reference_appendices/config.html#envvar-{name} -\n" for name in CACHE)
    head = "# Sphinx inventory version 2\n# Project: Ansible\n# Version:\n# The rest is compressed using zlib.\n"
    (BUILD / "ansible.inv").write_bytes(head.encode() + zlib.compress(lines.encode()))


def loaded() -> Iterator[str]:
    """What the built pages would load from elsewhere, one line each."""
    for path in sorted(HTML.rglob("*")):
        if path.suffix in {".html", ".css", ".svg"}:
            for address in elsewhere(path.read_text(encoding="utf-8")):
                yield f"{path.relative_to(HTML)} would load {address}"


def main() -> int:
    """Build it; 1 when something is wrong with it."""
    collect()
    contents()
    names_of_ansible()
    strict = ["-b", "html", "-q", "-n", "-W", "--keep-going", "-j", "auto", "-a"]
    places = ["-c", str(SITE), "-d", str(BUILD / "doctrees"), str(SOURCE), str(HTML)]
    built = subprocess.run(["sphinx-build", *strict, *places], check=False)
    wrong = list(loaded())
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    if built.returncode or wrong:
        return 1
    print(f"The site: {(HTML / 'index.html').relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
