# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a session says when it ends or a page does not come: alike by requests and in a browser."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import Place
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.recognise import is_sign_in
from ansible_collections.useries.appliance.plugins.module_utils._console.signin import SignIn
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, UseriesError


def ended_by_step(place: Place, page: Page) -> UseriesError:
    """A step was answered with the sign-in page or the banner before it: nobody can say whether it was carried out."""
    said = SignIn.words(page) if is_sign_in(page) else ""
    return place.error(
        "The console answered with its sign-in page: the session ended before or by this step"
        + (f"; it says: {said}" if said else "")
        + ".",
        "silent",
        remedy="Read the state before you repeat this.",
    )


def bad_status(place: Place, target: str, page: Page) -> UseriesError:
    """A page to be read was answered with an error of HTTP (400 and above)."""
    later = page.status in (429, 502, 503, 504)
    kind: Kind = "silent" if later else ("failed" if page.status >= 500 else "unexpected")
    return place.error(
        f"{target} answered with error {page.status}: {page.title()}.",
        kind,
        remedy="The console may still be starting; try again later."
        if later
        else "Open the page in a browser; where it fails as well, the appliance's own log says why.",
    )


def bad_part(place: Place, target: str, path: str, status: int) -> UseriesError:
    """A part of a page broke off (status 0) or was answered by a server in trouble: the page may lack things."""
    said = f"answered with error {status} for" if status else "broke off"
    return place.error(
        f"{target} {said} {path}, a part of this page.",
        "failed" if status == 500 else "silent",
        remedy="Try again later; if it stays so, the developer tools of a browser show the same request (Network).",
    )


def renewed_in_vain(place: Place, times: int) -> UseriesError:
    """The session ended each time soon after it was renewed."""
    return place.error(
        f"The console ended the session again and again; it was renewed {times} times in this task.",
        "login_refused",
        remedy="Look whether somebody else signs in with the same user, and whether it may open this page.",
    )
