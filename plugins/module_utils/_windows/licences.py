# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Product keys of Windows and SQL Server.

Windows: CIM methods ``SoftwareLicensingService.InstallProductKey`` and ``SoftwareLicensingProduct.Activate``. SQL
Server: its Setup with ``/ACTION=EditionUpgrade`` and ``/PID`` (Microsoft, "Install SQL Server from the command
prompt"); its edition is a value of its registry, in English everywhere. Either key is part of a command line on the
appliance, where programs of other administrators and process auditing can read it. Not yet compared with Windows.
"""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.activation import WINDOWS
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command, Program
from ansible_collections.useries.appliance.plugins.module_utils._windows.registry import read_value
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

SQL = "HKLM:\\SOFTWARE\\Microsoft\\Microsoft SQL Server"
SETUP_SECONDS = 3600.0
DONE = {0: False, 3010: True}  # exit code of Setup -> whether it wants a restart


def install_windows_key(session: Session, key: str) -> None:
    """Install a product key; Windows is not activated by that.

    :raises UseriesError: as :class:`Session`; a key that Windows refuses is ``failed``. No message holds the key.
    """
    _call(session, Command("Get-CimInstance", ClassName="SoftwareLicensingService") | Command(
        "Invoke-CimMethod", MethodName="InstallProductKey", Arguments={"ProductKey": key}
    ), key)  # fmt: skip


def activate_windows(session: Session) -> None:
    """Activate the edition that has a key, over the Internet or at its KMS server.

    :raises UseriesError: as :class:`Session`; without a connection ``failed``.
    """
    _call(
        session,
        Command("Get-CimInstance", ClassName="SoftwareLicensingProduct")
        | Command("Where-Object", Property="ApplicationID", EQ=True, Value=WINDOWS)
        | Command("Where-Object", Property="PartialProductKey", Match=True, Value=".")
        | Command("Invoke-CimMethod", MethodName="Activate"),
    )
    _call(
        session,
        Command("Get-CimInstance", ClassName="SoftwareLicensingService")
        | Command("Invoke-CimMethod", MethodName="RefreshLicenseStatus"),
    )


def _call(session: Session, pipeline: object, secret: str = "") -> None:
    answers = session.run(
        pipeline | Command("Select-Object", Property=["ReturnValue"]),  # type: ignore[operator]
        timeout=300.0,
        secrets=[secret],
    )
    for answer in answers:
        code = answer.get("ReturnValue") if isinstance(answer, dict) else None
        if code != 0:
            raise CommandFailed(
                f"The licensing of Windows on {session.target.host} ended with {code}.",
                operation="license Windows",
                target=session.target.url,
            )


def sql_edition(session: Session, instance: str) -> str | None:
    """The edition of an instance, like ``Standard Edition``; None without such an instance."""
    identifier = read_value(session, f"{SQL}\\Instance Names\\SQL", instance)
    if not identifier:
        return None
    return str(read_value(session, f"{SQL}\\{identifier}\\Setup", "Edition") or "") or None


def upgrade_sql_edition(session: Session, setup: str, instance: str, key: str) -> bool:
    """Give an instance the edition of a key, which restarts it; whether Setup wants Windows restarted.

    :param setup: full path of setup.exe of that version of SQL Server.
    :raises UseriesError: as :class:`Session`; ``failed`` with Setup's exit code.
    """
    output = session.run_program(
        Program(
            setup,
            [
                "/Q",
                "/IACCEPTSQLSERVERLICENSETERMS",
                "/ACTION=EditionUpgrade",
                f"/INSTANCENAME={instance}",
                f"/PID={key}",
            ],
        ),
        timeout=SETUP_SECONDS,
    )
    if output.exit_code not in DONE:
        raise UseriesError(
            f"Setup of SQL Server on {session.target.host} ended with exit code {output.exit_code} "
            f"({output.exit_code & 0xFFFFFFFF:#010x}).",
            surface="windows",
            operation="license SQL Server",
            target=session.target.url,
            kind="failed",
            remedy="Its reasons are in Summary.txt, in the folder Setup Bootstrap\\Log of SQL Server.",
        )
    return DONE[output.exit_code]
