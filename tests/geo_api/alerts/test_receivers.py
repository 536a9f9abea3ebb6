"""What is sent to addresses that anybody may name, and what never is."""

from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path

import pytest

from geo_api.alerts.receivers import BadReceiver, Unreachable, is_public, post, receiver
from geo_api.settings import BadSetting, from_environment
from tests.geo_api.alerts.receiving import certificate_for, receiving

HOST = "hooks.example.org"


def at_home(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "fd00:ec2::254",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
    ],
)
def test_no_address_of_an_inner_network_is_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "203.150.1.1", "2606:4700::1111", "64:ff9b::101:101"]
)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_nothing_is_sent_to_a_public_name_with_an_inner_address() -> None:
    with receiving() as inner:
        to = receiver(f"https://{HOST}:{inner.port}/hook")
        with pytest.raises(BadReceiver, match="not a public one"):
            post(to, b"{}", {}, resolve=at_home)

    assert inner.received == []


def test_one_inner_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(BadReceiver, match="not a public one"):
        post(receiver(f"https://{HOST}/"), b"", {}, resolve=lambda *_: ["1.1.1.1", "10.0.0.1"])


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:7f00:1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/",
        "http://localhost/",
        "http://10.0.0.1/",
    ],
)
def test_inner_addresses_are_refused_unless_the_setting_names_them(url: str) -> None:
    with pytest.raises(BadReceiver):
        post(receiver(url), b"", {})


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://user:password@example.org/",
        "https://example.org:99999/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://2130706433/",
        "https:///hook",
        "https://exa mple.org/",
        "https://example.org/a\r\nHost: b",
        "https://example.org\\@127.0.0.1/",
        "https://example.org/" + "a" * 2000,
        "",
    ],
)
def test_what_is_no_plain_address_with_tls_is_refused(url: str) -> None:
    with pytest.raises(BadReceiver):
        receiver(url)


def test_one_address_is_the_same_however_it_is_written() -> None:
    assert str(receiver(" HTTPS://Example.ORG.:443#part ")) == "https://example.org/"
    assert (
        str(receiver("https://ตัวอย่าง.example/a?b=c")) == "https://xn--72c1a1bt4awk9o.example/a?b=c"
    )


def test_the_address_that_was_checked_is_the_one_it_connects_to() -> None:
    """A name whose address changes between the two (DNS rebinding) is asked once."""
    answers = [["127.0.0.1"], ["127.0.0.2"]]
    with receiving() as inner:
        to = receiver(f"http://inner.internal:{inner.port}/hook")
        status = post(to, b"{}", {}, ("inner.internal",), lambda *_: answers.pop(0))

    assert status == 204
    assert answers == [["127.0.0.2"]]
    assert inner.received[0].headers["Host"] == f"inner.internal:{inner.port}"


def test_tls_is_spoken_to_the_name_not_to_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certificate_for(HOST, tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with receiving(certificate) as inner:
        to = receiver(f"https://{HOST}:{inner.port}/hook?a=b")
        assert post(to, b"{}", {}, (HOST,), at_home) == 204
        other = receiver(f"https://other.example.org:{inner.port}/")
        with pytest.raises(Unreachable, match="TLS"):
            post(other, b"{}", {}, (other.host,), at_home)

    assert [one.path for one in inner.received] == ["/hook?a=b"]


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    certificate = certificate_for(HOST, tmp_path)
    with receiving(certificate) as inner, pytest.raises(Unreachable, match="TLS"):
        post(receiver(f"https://{HOST}:{inner.port}/"), b"{}", {}, (HOST,), at_home)

    assert inner.received == []


def test_redirects_are_not_followed() -> None:
    with receiving() as first, receiving() as second:
        first.status, first.location = 307, second.url
        status = post(receiver(first.url), b"{}", {}, ("127.0.0.1",))

    assert status == 307
    assert second.received == []


def test_an_answer_that_drips_is_given_up() -> None:
    with receiving() as slow:
        slow.drips = True
        with pytest.raises(Unreachable):
            post(receiver(slow.url), b"{}", {}, ("127.0.0.1",), timeout_s=0.5)


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with receiving() as gone:
        pass
    with pytest.raises(Unreachable):
        post(receiver(gone.url), b"{}", {}, ("127.0.0.1",))


def test_named_hosts_are_names_without_port() -> None:
    assert from_environment({"FAHSAI_ALERT_HOSTS": "Hooks.local, 10.0.0.1,::1"}).alert_hosts == (
        "hooks.local",
        "10.0.0.1",
        "::1",
    )
    with pytest.raises(BadSetting, match="FAHSAI_ALERT_HOSTS"):
        from_environment({"FAHSAI_ALERT_HOSTS": "https://hooks.local"})
