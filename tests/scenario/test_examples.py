# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documentation shows is run as it stands there: the EXAMPLES of every module, the plays and inventories of
README and guides, against a pair that the main job has made.
"""

from __future__ import annotations

import ipaddress
import re
import subprocess
import textwrap
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from tests.support.modules import actions, constants
from tests.support.packages import CHIPSET, package
from tests.support.playbook import Core
from tests.support.project import project_files, text
from tests.support.site import A, Site, site

pytestmark = pytest.mark.one_way  # about what is written; the pages have tests of their own in every way

PREFIX = "useries.appliance."
VARIABLES = {
    "vault_backup_password": "Example-1-backup",
    "vault_share_password": "Example-2-share",
    "vault_smtp_password": "Example-4-mail",
    "vault_database_password": "Example-5-database",
    "vault_proxy_password": "Example-5-proxy",
    "vault_certificate_passphrase": "Example-3-certificate",
    "vault_key_password": "Example-5-key",
    "vault_pfx_password": "Example-6-client",
    "vault_bt_updater_password": "Example-5-updater",
    "vault_beyondinsight_password": "Example-5-insight",
    "vault_volume_license_key": "WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY",
    "vault_windows_key": "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE",
    "vault_sql_server_key": "FFFFF-GGGGG-HHHHH-IIIII-JJJJJ",
    "vault_beyondinsight_serial": "EXAMP-LE6BE-YONDI-NSIGH-TAAAA",
    "vault_update_server_serial": "EXAMP-LE7UP-DATES-ERVER-AAAAA",
}
#: Examples after which the others would not be met as a reader meets them, in the order in which they are run:
#: passwords are others than those of the inventory, the node is restarted by its updates, a schedule of what is left
#: would stand in the way of a run, the pair is restarted, signing in goes over RADIUS, the served certificate is
#: another one, the pair is given up, the appliance is empty, it is as it was once.
LAST = (
    "credentials",
    "product_update",
    "update_schedule",
    "reboot",
    "dell_firmware",
    "radius",
    "certificate",
    "ha_abandon",
    "wipe",
    "restore",
)

#: An appliance of the pair cannot become a cold spare; test_cold_spare_playbooks.py runs what is shown of that.
ELSEWHERE = ("cold_spare",)
RESTARTING = ("product_update", "reboot", "dell_firmware")
#: What a reader would wait for before the next one.
SETTLED = {
    "useries.appliance.ha_info": {},
    "register": "pair_now",
    "until": "pair_now.high_availability.mirror_state | default('') in ['SYNCHRONIZED', '']",
    "retries": 60,
    "delay": 1,
    "ignore_errors": True,
    "ignore_unreachable": True,
}


def certificate(path: Path, address: str, passphrase: str) -> None:
    """The company's certificate for UVM-1A, with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(timezone.utc)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "UVM-1A")])
    names = [x509.DNSName("UVM-1A"), x509.IPAddress(ipaddress.ip_address(address))]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=300))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    content = pkcs12.serialize_key_and_certificates(
        b"useries", key, made, None, BestAvailableEncryption(passphrase.encode())
    )
    path.parent.mkdir()
    path.write_bytes(content)


def modules() -> dict[str, list[dict[str, Any]]]:
    """Module -> the tasks of its EXAMPLES."""
    paths = [path for path in project_files() if re.fullmatch(r"plugins/modules/(?!_)\w+\.py", path)]
    names = {Path(path).stem: yaml.safe_load(constants(text(path)).get("EXAMPLES", "[]")) or [] for path in paths}
    for name in ELSEWHERE:
        del names[name]
    return dict(sorted(names.items(), key=lambda item: (place(item[0]), item[0])))


def place(module: str) -> int:
    """Where a module stands among those that are run last; the others come before."""
    return LAST.index(module) if module in LAST else -1


def examples_of_modules(pair: Site) -> list[str]:
    """What was wrong when the EXAMPLES were run, one line each."""
    tasks = []
    for module, listed in modules().items():
        for number, task in enumerate(listed, start=1):
            name = f"{module}, example {number}"
            tasks.append({**task, "name": name, "ignore_errors": True, "ignore_unreachable": True})
        if module in RESTARTING:
            tasks.append({**SETTLED, "name": f"{module}: the pair is well again"})
    play = {"name": "Examples", "hosts": A, "gather_facts": False, "tasks": tasks}
    more = {"escrow_directory": pair.folder / "escrow", "chipset_directory": pair.folder / "chipset"}
    for folder in more.values():
        folder.mkdir()
    for name in ("SMBus.inf", "SMBus.cat"):  # extracted, on the controller and on the appliance
        (more["chipset_directory"] / name).write_text("signed", encoding="utf-8")
        pair.control.do(A, "disk.put", f"D:\\drivers\\chipset\\{name}", "signed")
    package(pair.folder / "BIOS_0X1Y2_WN64_2.14.2.EXE", "2.14.2")
    package(pair.folder / "Chipset_Driver_0X1Y3_WN64_10.1.18_A00.EXE", "10.1.18", CHIPSET)
    folders = {name: str(folder) for name, folder in {**more, "firmware_directory": pair.folder}.items()}
    folders["firmware_address"] = "http://127.0.0.1:9"  # every device has its driver, so nothing is fetched
    ran = pair.run(playbook=[{**play, "vars": {**VARIABLES, **folders}}])
    status = {event["task"]: event for event in ran.events}
    wrong = [f"{task['name']} was not run:\n{ran.output}" for task in tasks if task["name"] not in status]
    for name, event in status.items():
        if event["status"] != "ok":
            wrong.append(f"{name}: {event['status']}: {event['result'].get('msg')}")
    for module, listed in modules().items():
        if PREFIX + module not in list(actions(listed)):
            wrong.append(f"{module} has no example of itself")
    return wrong


def shown(path: str) -> Iterator[Any]:
    """The YAML that a page shows, read."""
    page = text(path)
    if path.endswith(".md"):
        blocks = re.findall(r"^```ya?ml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    else:
        blocks = re.findall(r"^ *\.\. code-block:: yaml(?:\+jinja)?\n\n((?:(?: {3,}.*)?\n)+)", page, re.MULTILINE)
    for block in blocks:
        yield yaml.safe_load(textwrap.dedent(block))


def test_every_example_of_every_module(core: Core, tmp_path: Path) -> None:
    """Each task succeeds, and no module is without."""
    with site(core, tmp_path, surfaces=("console", "endpoint", "windows", "sql", "idrac")) as pair:
        pair.run().good()
        address = pair.simulated.nodes[A].address
        certificate(tmp_path / "files/useries.pfx", address, VARIABLES["vault_certificate_passphrase"])
        assert "\n".join(examples_of_modules(pair)) == ""


def test_what_the_pages_show(core: Core, tmp_path: Path) -> None:
    """Plays of README, guides and roles run; inventories are read by ansible-inventory with the hosts they name."""
    plays = inventories = 0
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        for path in project_files():
            if not path.endswith((".md", ".rst")) or path.startswith(("changelogs/", "tests/")):
                continue
            for content in shown(path):
                if isinstance(content, list) and "hosts" in content[0]:
                    plays += 1
                    ran = pair.run("-e", "@" + str(variables(tmp_path)), playbook=content)
                    assert ran.code == 0, f"{path}:\n{ran.output}"
                elif isinstance(content, dict) and "useries" in content:
                    inventories += 1
                    assert hosts(core, tmp_path, content), path
    assert plays
    assert inventories


def variables(folder: Path) -> Path:
    """The variables of a reader's vault."""
    path = folder / "vault.yml"
    path.write_text(yaml.safe_dump(VARIABLES), encoding="utf-8")
    return path


def hosts(core: Core, folder: Path, content: Any) -> list[str]:
    """The hosts of the group useries as ansible-inventory sees them."""
    path = folder / "shown.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    program = core.bin / "ansible-inventory"
    listed = subprocess.run(
        [str(program), "-i", str(path), "--graph", "useries"], capture_output=True, text=True, check=True
    )
    return re.findall(r"--([\w.-]+)$", listed.stdout, re.MULTILINE)
