# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a hand could not do, in the collection's words."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._console.browser.fingers import HandError
from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import Place
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind as ErrorKind
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError


def told(error: HandError, place: Place, url: str) -> UseriesError:
    """The words for what did not work.

    :param url: of the appliance.
    """
    if error.kind == "untrusted":
        return place.error(
            f"The browser does not accept the certificate of {url} ({error.message}): it is not the one that was "
            "verified at the start of this run.",
            "untrusted",
            remedy="Find out who answers at this address. If the certificate was just replaced, start a new run.",
        )
    if error.kind == "elsewhere":  # Python found the name a moment ago
        return place.error(
            f"{url} leads the browser to another host, which it may not go to ({error.message}).",
            "unexpected",
            remedy="If the console is at another address, set useries_host to it. If not, does this machine find "
            "the name of the appliance?",
        )
    if error.kind == "unreachable":
        return place.error(
            f"{url} cannot be reached by the browser: {error.message}.",
            "unreachable",
            remedy="Check useries_host and useries_port, name resolution, firewall, and whether the appliance is "
            "running.",
        )
    if error.kind == "missing_library":
        return place.error(f"The browser driver needs {error.message}.", "precondition")
    if error.kind == "covered":
        return place.error(
            f"Something covers what was to be clicked: '{error.message}'.",
            "precondition",
            remedy="Look at the page in a browser, and close what lies over it.",
        )
    if error.kind == "gone":
        return place.error(
            f"The browser has ended: {error.message}.",
            "silent",
            remedy="Look at the appliance before you repeat this; then start a new run.",
        )
    if error.kind == "precondition":
        return place.error(f"The browser does not start: {error.message}", "precondition", remedy="Try it by hand.")
    kind: ErrorKind = "silent" if error.kind == "silent" else "unexpected"
    return place.error(
        f"The browser could not do this at {url}: {error.message}.",
        kind,
        remedy="Look at the page before you repeat this.",
    )
