# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""manage-bde.exe in two languages: ``-status`` and ``-protectors -get``.

Structure and wording after Microsoft's documentation of the program (Windows Commands, manage-bde); text differs
between versions, so a client may rely on letters, identifiers, digits and exit codes only.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.windows.machine import Machine, Volume

FAILED = 0xFFFFFFFF

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "head": "BitLocker Drive Encryption: Configuration Tool version {version}\n"
        "Copyright (C) 2013 Microsoft Corporation. All rights reserved.\n\n",
        "volume": "Volume {drive} []\n",
        "disks": "Disk volumes that can be protected with\nBitLocker Drive Encryption:\n",
        "all": "All Key Protectors\n\n",
        "numerical": "    Numerical Password:\n      ID: {identifier}\n      Password:\n        {password}\n\n",
        "tpm": "    TPM:\n      ID: {identifier}\n      PCR Validation Profile:\n        0, 2, 4, 11\n\n",
        "status": "[{kind} Volume]\n\n    Size:                 931.00 GB\n    BitLocker Version:    2.0\n"
        "    Conversion Status:    Used Space Only Encrypted\n    Percentage Encrypted: {percent}%\n"
        "    Encryption Method:    AES 128\n    Protection Status:    Protection {protection}\n"
        "    Lock Status:          Unlocked\n    Identification Field: Unknown\n\n",
        "os": "OS",
        "data": "Data",
        "on": "On",
        "off": "Off",
        "no volume": "ERROR: The volume {drive} could not be opened by BitLocker.\n",
        "usage": "ERROR: Invalid Syntax.\n",
    },
    "de": {
        "head": "BitLocker-Laufwerkverschl\u00fcsselung: Konfigurationstool, Version {version}\n"
        "Copyright (C) 2013 Microsoft Corporation. Alle Rechte vorbehalten.\n\n",
        "volume": 'Volume "{drive}" []\n',
        "disks": "Datentr\u00e4gervolumes, die mit BitLocker-Laufwerkverschl\u00fcsselung\n"
        "gesch\u00fctzt werden k\u00f6nnen:\n",
        "all": "Alle Schl\u00fcsselschutzvorrichtungen\n\n",
        "numerical": "    Numerisches Kennwort:\n      ID: {identifier}\n      Kennwort:\n        {password}\n\n",
        "tpm": "    TPM:\n      ID: {identifier}\n      PCR-Validierungsprofil:\n        0, 2, 4, 11\n\n",
        "status": "[{kind}]\n\n"
        "    Gr\u00f6\u00dfe:                          931,00 GB\n    BitLocker-Version:              2.0\n"
        "    Konvertierungsstatus:           Vollst\u00e4ndig verschl\u00fcsselt\n"
        "    Verschl\u00fcsselt (Prozent):        {percent},0 %\n    Verschl\u00fcsselungsmethode:        AES 128\n"
        "    Schutzstatus:                   Der Schutz ist {protection}.\n\n",
        "os": "Betriebssystemvolume",
        "data": "Datenvolume",
        "on": "aktiviert",
        "off": "deaktiviert",
        "no volume": "FEHLER: Das Volume {drive} konnte nicht von BitLocker ge\u00f6ffnet werden.\n",
        "usage": "FEHLER: Ung\u00fcltige Syntax.\n",
    },
}


def manage_bde(machine: Machine, arguments: Sequence[str]) -> tuple[int, str]:
    """Exit code and text. ``-status X: -protectionaserrorlevel`` ends with 0 when X: is protected, 1 when it is not."""
    texts = TEXTS[machine.windows.language]
    exit_code, body = _answer(machine, texts, [argument.lower() for argument in arguments])
    text = texts["head"].format(version=machine.windows.tool_version) + body
    return exit_code, text.replace("\n", "\r\n")


def _answer(machine: Machine, texts: dict[str, str], arguments: list[str]) -> tuple[int, str]:
    volumes: dict[str, Volume] = {volume.mount_point.lower(): volume for volume in machine.appliance.volumes}
    drive = next((argument for argument in arguments if len(argument) == 2 and argument[1] == ":"), None)
    if drive is not None and drive not in volumes:
        return FAILED, texts["no volume"].format(drive=drive.upper())
    if arguments[:1] == ["-status"] and drive is None and len(arguments) == 1:
        return 0, texts["disks"] + "".join(_status(machine, texts, volume) for volume in volumes.values())
    if arguments[:1] == ["-status"] and drive is not None:
        asked = arguments[2:] in (["-protectionaserrorlevel"], ["-p"])
        return int(asked and not volumes[drive].protection), _status(machine, texts, volumes[drive])
    if arguments[:2] == ["-protectors", "-get"] and drive is not None:
        return 0, _protectors(texts, volumes[drive])
    return FAILED, texts["usage"]


def _status(machine: Machine, texts: dict[str, str], volume: Volume) -> str:
    return texts["volume"].format(drive=volume.mount_point) + texts["status"].format(
        kind=texts["os" if volume.mount_point == "C:" else "data"],
        percent=machine.encryption,
        protection=texts["on" if volume.protection else "off"],
    )


def _protectors(texts: dict[str, str], volume: Volume) -> str:
    tpm = texts["tpm"].format(identifier="{00000000-0000-4000-8000-000000000043}") if volume.mount_point == "C:" else ""
    passwords = {volume.key_protector_id: volume.recovery_password} if volume.recovery_password else {}
    passwords |= {identifier: password for identifier, password in volume.more_protectors.items() if password}
    if volume.locked:
        passwords = dict.fromkeys(passwords, "")
    numerical = "".join(texts["numerical"].format(identifier=one, password=text) for one, text in passwords.items())
    return texts["volume"].format(drive=volume.mount_point) + texts["all"] + tpm + numerical
