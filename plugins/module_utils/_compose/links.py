# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From options to addresses and sign-ins, with the sentences for what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface, UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target

#: Which prefix the options and variables of a surface carry.
PREFIXES: Mapping[str, str] = {
    "console": "",
    "endpoint": "",
    "windows": "windows_",
    "sql": "sql_",
    "idrac": "idrac_",
    "beyondinsight": "beyondinsight_",
    "updater": "updater_",
}
#: Web sites that stand on the appliance itself unless told otherwise: stated of BeyondInsight (guide 95); the Updater
#: is a role of the appliance (871-873).
ON_THE_APPLIANCE: Mapping[str, str] = {"beyondinsight": "BeyondInsight", "updater": "BeyondTrust Updater"}


def target_of(options: Mapping[str, Any], surface: Surface) -> Target:
    """Where the surface is and whom it trusts.

    :raises UseriesError: kind ``invalid`` when no host is known.
    """
    prefix = PREFIXES[surface]
    host = options.get(f"{prefix}host") or (options.get("host") if surface in ON_THE_APPLIANCE else None)
    if not host:
        raise _missing(surface, "host")
    return Target(
        host=str(host),
        port=int(options[f"{prefix}port"]),
        validate_certs=bool(options.get(f"{prefix}validate_certs", True)),
        ca_path=options.get(f"{prefix}ca_path"),
        fingerprints=tuple(options.get(f"{prefix}fingerprints") or ()),
        timeout=float(options.get(f"{prefix}timeout") or 30),
        proxy=options.get(f"{prefix}proxy"),
    )


def credentials_of(options: Mapping[str, Any], surface: Surface, *, partner: bool = False) -> Credentials:
    """The sign-in of the surface; ``partner``: these are the options of the partner node.

    :raises UseriesError: kind ``invalid`` naming what is missing, before any request.
    """
    prefix = PREFIXES[surface]
    for name in ("username", "password"):
        if not options.get(f"{prefix}{name}"):
            raise _missing_of_partner(options, name) if partner else _missing(surface, name)
    return Credentials(
        str(options[f"{prefix}username"]), str(options[f"{prefix}password"]), options.get(f"{prefix}previous_password")
    )


def _missing(surface: Surface, name: str) -> UseriesError:
    variable = f"useries_{PREFIXES[surface]}{name}"
    off = "" if surface in {"console", "endpoint"} else f" ({surface} is off until its variables are set)"
    what = ON_THE_APPLIANCE.get(surface, f"the {surface}")
    return UseriesError(
        f"No {name} is known for {what} of this appliance{off}.",
        surface=surface,
        operation="read the options",
        kind="invalid",
        remedy=f"Set the variable {variable} of this host, the option {PREFIXES[surface]}{name}, or the environment "
        f"variable {variable.upper()}.",
    )


def _missing_of_partner(options: Mapping[str, Any], name: str) -> UseriesError:
    return UseriesError(
        f"No {name} is known for the console of the partner {options.get('host', '')}.",
        surface="console",
        operation="read the options",
        kind="invalid",
        remedy=f"Set the variable useries_{name} of the partner's host, or the option partner.{name}.",
    )
