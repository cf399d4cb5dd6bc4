# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom the browser driver gives a password: whoever shows the certificate that Python has verified, and nobody else."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from tests.protocol.trust_bench import PASSWORD, Answer, Made, Proxy, Site, make
from tests.support.project import ROOT
from tests.support.ways import Opened

pytestmark = pytest.mark.skipif(
    not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")), reason="no Chromium"
)


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The appliance's certificate."""
    return make(tmp_path_factory.mktemp("mine"), "appliance")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Somebody else's, for the same address."""
    return make(tmp_path_factory.mktemp("other"), "other")


@pytest.fixture
def site(mine: Made) -> Iterator[Site]:
    running = Site(mine)
    yield running
    running.stop()


SignedIn = Callable[..., Opened]


@pytest.fixture
def sign_in(site: Site) -> Iterator[SignedIn]:
    """Signs in with the browser driver; options are those of Target."""
    opened: list[Opened] = []

    def attempt(directory: Path | None = None, **options: object) -> Opened:
        target = Target("127.0.0.1", site.port, timeout=10, **options)  # type: ignore[arg-type]
        opened.append(Opened(target, Credentials("admin", PASSWORD), "browser", directory=directory))
        assert opened[-1].driver.navigation() == ["Maintenance"]
        return opened[-1]

    yield attempt
    for one in opened:
        one.close()


def by_browser(site: Site) -> list[str]:
    """Who asked, as far as it was a browser."""
    return [agent for agent in site.agents if "Mozilla" in agent]


def test_no_plugin_accepts_any_certificate() -> None:
    offers = re.compile("ignore_https_errors|--ignore-certificate-errors(?!-spki-list)|--allow-insecure")
    hits = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "plugins").rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if offers.search(line.replace("``ignore_https_errors`` accepts anything and is never used", ""))
    ]
    assert hits == []


def test_the_ca_file_lets_the_browser_in(site: Site, mine: Made, sign_in: SignedIn) -> None:
    sign_in(ca_path=str(mine.certificate))
    assert site.passwords() == ["POST /Maintenance"]
    assert by_browser(site)


def test_one_of_two_pins_lets_the_browser_in(site: Site, mine: Made, other: Made, sign_in: SignedIn) -> None:
    sign_in(fingerprints=(other.fingerprint, mine.fingerprint))
    assert site.passwords() == ["POST /Maintenance"]


@pytest.mark.parametrize("trust", ["system", "other CA", "other pin"])
def test_a_wrong_certificate_ends_it_before_a_browser_comes(
    site: Site, other: Made, sign_in: SignedIn, trust: str
) -> None:
    options = {
        "system": {},
        "other CA": {"ca_path": str(other.certificate)},
        "other pin": {"fingerprints": (other.fingerprint,)},
    }
    with pytest.raises(UseriesError) as caught:
        sign_in(**options[trust])
    assert caught.value.kind == "untrusted"
    assert "useries_fingerprints" in caught.value.remedy
    assert (site.received, site.agents) == ([], [])


def test_a_certificate_that_changes_before_the_browser_looks(
    site: Site, mine: Made, other: Made, sign_in: SignedIn
) -> None:
    def changing(method: str, path: str) -> Answer | None:
        site.made = other  # from the next connection on
        return None

    site.before = changing
    with pytest.raises(UseriesError) as caught:
        sign_in(fingerprints=(mine.fingerprint,))
    assert caught.value.kind == "untrusted"
    assert "not the one that was verified" in caught.value.message
    assert by_browser(site) == []
    assert site.passwords() == []


def test_another_certificate_of_the_same_key_is_told_before_the_password(
    tmp_path: Path, site: Site, sign_in: SignedIn
) -> None:
    """Chromium accepts the key, and so it is the comparison that refuses."""
    key = ec.generate_private_key(ec.SECP256R1())
    first, second = make(tmp_path, "first", key), make(tmp_path, "second", key)
    site.made = first

    def changing(method: str, path: str) -> Answer | None:
        site.made = second
        return None

    site.before = changing
    with pytest.raises(UseriesError) as caught:
        sign_in(fingerprints=(first.fingerprint,))
    assert caught.value.kind == "untrusted"
    assert "No password was typed" in caught.value.message
    assert by_browser(site)
    assert site.passwords() == []


def test_a_certificate_that_changes_while_one_types(site: Site, mine: Made, other: Made, sign_in: SignedIn) -> None:
    def changing(method: str, path: str) -> Answer | None:
        if path == "/typing":
            site.change(other)
        return None

    site.before = changing
    with pytest.raises(UseriesError) as caught:
        sign_in(fingerprints=(mine.fingerprint,))
    assert caught.value.kind == "untrusted", caught.value
    assert "not the one that was verified" in caught.value.message
    assert site.made is other
    assert site.passwords() == []


def test_a_certificate_that_changes_in_a_run_ends_it(
    site: Site, mine: Made, other: Made, sign_in: SignedIn, tmp_path: Path
) -> None:
    """Of two tasks of one run; the first one verified nothing, and yet the second one is held to what it met."""
    directory = tmp_path / "run"
    sign_in(directory, validate_certs=False).close()
    site.received.clear()
    site.change(other)
    with pytest.raises(UseriesError) as caught:
        sign_in(directory, validate_certs=False)
    assert caught.value.kind == "untrusted"
    assert site.passwords() == []


def test_the_proxy_of_the_option_is_used_and_its_password_is_no_argument(
    site: Site, mine: Made, sign_in: SignedIn
) -> None:
    secret = "Canary-Proxy-77"
    proxy = Proxy(f"user:{secret}")
    try:
        sign_in(fingerprints=(mine.fingerprint,), proxy=proxy.url.replace("//", f"//user:{secret}@"))
        said = "Basic " + base64.b64encode(f"user:{secret}".encode()).decode()
        ours = [said for wanted, said in proxy.asked if wanted == f"127.0.0.1:{site.port}"]
        assert len(ours) > 1, "Python and the browser"  # Chromium may ask for a host of its maker's besides
        assert {one for one in ours if one} == {said}  # Chromium waits until it is asked
        assert site.passwords() == ["POST /Maintenance"]
        arguments = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if _readable(path)]
        assert not [one for one in arguments if secret.encode() in one]
    finally:
        proxy.stop()


def _readable(path: Path) -> bool:
    try:
        return bool(path.read_bytes())
    except OSError:
        return False


def test_a_proxy_of_the_environment_is_not_used(
    site: Site, mine: Made, sign_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = Proxy()
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy.url)
    try:
        sign_in(fingerprints=(mine.fingerprint,))
        assert proxy.asked == []
    finally:
        proxy.stop()


@pytest.fixture
def elsewhere() -> Iterator[Site]:
    """A site without TLS that would like to have a password."""
    running = Site(None, "0.0.0.0")
    yield running
    running.stop()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2"])
def test_a_redirect_of_the_sign_in_page_is_not_followed_with_credentials(
    site: Site, mine: Made, elsewhere: Site, sign_in: SignedIn, host: str
) -> None:
    """Only the browser is sent away, so that it is not Python that refuses."""
    away = f"http://{host}:{elsewhere.port}/Maintenance"

    def changing(method: str, path: str) -> Answer | None:
        return Answer(302, "", {"Location": away}) if by_browser(site) and method == "GET" else None

    site.before = changing
    with pytest.raises(UseriesError) as caught:
        sign_in(fingerprints=(mine.fingerprint,))
    assert caught.value.kind == "unexpected"
    assert "leads the browser to another host" in caught.value.message or "leads elsewhere" in caught.value.message
    assert site.passwords() + elsewhere.passwords() == []
    assert all("typing" not in path for _method, path, _body in elsewhere.received)


def test_a_form_that_posts_elsewhere_is_not_filled_in(
    site: Site, mine: Made, elsewhere: Site, sign_in: SignedIn
) -> None:
    site.action = f"{elsewhere.url}/Maintenance"
    with pytest.raises(UseriesError) as caught:
        sign_in(fingerprints=(mine.fingerprint,))
    assert elsewhere.url in caught.value.message
    assert site.passwords() + elsewhere.passwords() == []


def test_a_password_is_not_sent_on_to_another_host(site: Site, mine: Made, sign_in: SignedIn, elsewhere: Site) -> None:
    """Status 307 asks a browser to post the same body to another address."""

    def changing(method: str, path: str) -> Answer | None:
        away = f"http://127.0.0.2:{elsewhere.port}/Maintenance"
        return Answer(307, "", {"Location": away}) if method == "POST" else None

    site.before = changing
    with pytest.raises(UseriesError):
        sign_in(fingerprints=(mine.fingerprint,))
    assert site.passwords() == ["POST /Maintenance"]
    assert elsewhere.received == []


def test_a_console_without_tls_is_held_to_its_address_too(elsewhere: Site) -> None:
    second = Site(None)
    away = f"{second.url}/Maintenance"
    elsewhere.before = lambda method, path: Answer(302, "", {"Location": away})
    opened = Opened(
        Target("127.0.0.1", elsewhere.port, scheme="http", timeout=10), Credentials("admin", PASSWORD), "browser"
    )
    try:
        with pytest.raises(UseriesError):
            opened.driver.navigation()
        assert second.passwords() == []
    finally:
        opened.close()
        second.stop()
