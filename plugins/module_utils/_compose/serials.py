# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serial numbers and licensed components as the page Accounts and Licensing shows them (guide 343-360).

What is displayed about licensed components is not in the guide (A-22): a table whose first column names them is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.masking import last_characters
from ansible_collections.useries.appliance.plugins.module_utils._guide.accounts_and_licensing import (
    ACCOUNTS_AND_LICENSING,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

SERIALS = ACCOUNTS_AND_LICENSING.section("product_serial_numbers")
PRODUCTS = {one.id: one.label for one in SERIALS.fields}
NO_WORDS = frozenset({"", "no", "none", "false", "0", "unlicensed", "not licensed", "expired"})


@dataclass(frozen=True)
class Licences:
    """What is there.

    :param serials: product id -> what its field shows, whole or masked by the console: a secret.
    :param components: name -> the words beside it.
    """

    serials: dict[str, str]
    components: dict[str, str]

    def licensed(self, product: str) -> bool | None:
        """Whether the page says that a product is licensed; None when it says nothing about it."""
        name = PRODUCTS[product].casefold()
        words = next((text for shown, text in self.components.items() if shown.casefold() == name), None)
        return None if words is None else words.strip().casefold() not in NO_WORDS

    def has(self, product: str, serial: str) -> bool:
        """Whether this serial number is entered; of one that the console masks, what is left is compared."""
        shown, wanted = self.serials.get(product, "").strip(), serial.strip()
        if not any(mark in shown for mark in "*\u2022"):
            return shown.casefold() == wanted.casefold()
        rest = shown.strip("*\u2022").lstrip("-")
        return bool(rest) and wanted.casefold().endswith(rest.casefold())

    def products(self) -> dict[str, dict[str, Any]]:
        """As results show them."""
        return {
            product: {
                "name": PRODUCTS[product],
                "serial_number": last_characters(shown),
                "licensed": self.licensed(product),
            }
            for product, shown in self.serials.items()
        }


def read_licences(console: ConsoleSurface, *, fresh: bool = True) -> Licences:
    """Open the page and read both."""
    if fresh:
        console.open(SERIALS.page)
    there = console.there(SERIALS, list(PRODUCTS))
    shown = {name: str(value or "") for name, value in console.read(SERIALS, there, fresh=False).items()}
    return Licences(shown, _components(console))


def _components(console: ConsoleSurface) -> dict[str, str]:
    try:
        rows = console.table(SERIALS, fresh=False)
    except UseriesError as error:
        if error.kind not in {"label_missing", "label_ambiguous"}:
            raise
        return {}
    cells = (list(row.values()) for row in rows)
    return {each[0]: " ".join(each[1:]) for each in cells if each and each[0]}
