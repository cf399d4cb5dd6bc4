# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong between here and Windows, in the words and kinds of the collection.

Sources: MS-WSMV 2.2.4.43 and winerror.h / wsmerror.h (fault codes), pywinrm's and requests' exceptions.
"""

from __future__ import annotations

import contextlib
import ssl
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._net.adapter import Witness
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.fingerprints import readable
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._windows.output import ErrorRecord

if TYPE_CHECKING:
    import requests.exceptions
    import spnego.exceptions
    import urllib3.exceptions
    import winrm.exceptions
else:
    requests = optional("requests")
    spnego = optional("spnego.exceptions") and optional("spnego")
    urllib3 = optional("urllib3")
    winrm = optional("winrm")

ACCESS_DENIED = 5
FILE_NOT_FOUND = 0x80070002
SHELL_NOT_FOUND = 0x8033805B


class CommandFailed(UseriesError):
    """A command ran and reports an error (kind ``failed``).

    :param error_id: FullyQualifiedErrorId of the first error record, the same in every language; may be empty.
    """

    def __init__(self, message: str, *, operation: str, target: str, error_id: str = "", remedy: str = "") -> None:
        super().__init__(message, surface="windows", operation=operation, target=target, kind="failed", remedy=remedy)
        self.error_id = error_id

    @property
    def missing(self) -> bool:
        """Whether this Windows has no such command."""
        return self.error_id.startswith("CommandNotFoundException")


def failure(target: Target, operation: str, exit_code: int, record: ErrorRecord | None) -> CommandFailed:
    """The error of a pipeline: the words of its first error record, or the exit code where there is none."""
    words = record.message if record else f"exit code {exit_code}, without a message"
    return CommandFailed(
        f"Windows on {target.host} reports: {words}",
        operation=operation,
        target=target.url,
        error_id=record.identifier if record else "",
    )


@contextlib.contextmanager
def translate(target: Target, witness: Witness, operation: str) -> Iterator[None]:
    """Turn what pywinrm and requests raise into :class:`UseriesError`; operation timeouts pass through."""

    def error(kind: Kind, message: str, remedy: str = "") -> UseriesError:
        return UseriesError(
            message, surface="windows", operation=operation, target=target.url, kind=kind, remedy=remedy
        )

    try:
        yield
    except winrm.exceptions.AuthenticationError:
        raise error("login_refused", *_refused(target)) from None
    except (PermissionError, spnego.exceptions.SpnegoError):
        raise error("login_refused", *_refused(target)) from None
    except winrm.exceptions.WSManFaultError as fault:
        raise error(*_fault(target, fault)) from None
    except winrm.exceptions.WinRMTransportError as answer:
        message = f"{target.url} answered with HTTP status {answer.code} instead of WS-Management."
        raise error("unexpected", message, "Check that useries_windows_port is the HTTPS listener of WinRM.") from None
    except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError) as trouble:
        raise error(*_connection(target, witness, trouble)) from trouble
    except (ET.ParseError, StopIteration, AssertionError, KeyError, ValueError, winrm.exceptions.WinRMError) as strange:
        message = f"{target.url} answered with something that is not WS-Management ({type(strange).__name__})."
        raise error("unexpected", message) from None


def _refused(target: Target) -> tuple[str, str]:
    return (
        f"Windows on {target.host} refused the sign-in.",
        "Check useries_windows_username, useries_windows_password and useries_windows_transport; the account must be "
        "an administrator or a member of Remote Management Users.",
    )


def _fault(target: Target, fault: winrm.exceptions.WSManFaultError) -> tuple[Kind, str, str]:
    if fault.wsman_fault_code == ACCESS_DENIED:
        return ("login_refused", *_refused(target))
    if fault.wsman_fault_code == SHELL_NOT_FOUND:
        return (
            "silent",
            f"Windows on {target.host} no longer knows the session: it was restarted, or ended the session.",
            "Look at the appliance before you repeat this.",
        )
    if fault.wsman_fault_code == FILE_NOT_FOUND:
        return "failed", f"The program does not exist on {target.host}.", ""
    code = f" (code {fault.wsman_fault_code})" if fault.wsman_fault_code is not None else ""
    return "failed", f"WinRM on {target.host} reports: {fault.reason}{code}", ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    waiting: list[object] = [error]
    met: set[int] = set()
    while waiting:
        present = waiting.pop(0)
        if isinstance(present, BaseException) and id(present) not in met:
            met.add(id(present))
            yield present
            waiting += [getattr(present, "reason", None), present.__cause__, present.__context__, *present.args]


def _connection(target: Target, witness: Witness, error: Exception) -> tuple[Kind, str, str]:
    causes = list(_causes(error))
    if witness.refused or any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        shown = f" (SHA-256 {readable(witness.refused)})" if witness.refused and len(witness.refused) == 64 else ""
        return (
            "untrusted",
            f"The certificate of {target.url}{shown} is not the expected one.",
            "If you have checked that it is the appliance's certificate, set useries_windows_fingerprints to its "
            "SHA-256 fingerprint or useries_windows_ca_path to the file of the CA that issued it.",
        )
    words = next((c.strerror.lower() for c in causes if isinstance(c, OSError) and c.strerror), type(error).__name__)
    if witness.sent:
        return (
            "silent",
            f"{target.url} broke off before its answer was complete: {words}.",
            "Look at the appliance before you repeat this.",
        )
    return (
        "unreachable",
        f"{target.url} cannot be reached: {words}.",
        "Check useries_windows_host and useries_windows_port, the firewall, whether WinRM is open, and whether the "
        "appliance is running.",
    )
