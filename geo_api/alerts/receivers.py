"""Sends to addresses that anybody may name, and so to nothing of our own network."""

import http.client
import re
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit, urlunsplit

_LONGEST = 2000
_PORTS = {"https": 443, "http": 80}
_NAME = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
# IPv4 within IPv6, by which a gateway would reach what is not public (RFC 6052, 8215).
_TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
TIMEOUT_S = 10.0
_MOST_TRIED = 2  # of the addresses of a name, each for so long

# The addresses of a name and port, as text. Raises OSError.
Resolve = Callable[[str, int], Sequence[str]]


class BadReceiver(ValueError):
    """Nothing is sent to this address, whoever answers there; the message says what would do."""


class Unreachable(RuntimeError):
    """Nobody answered, or not in time; the message names the kind of failure alone."""


@dataclass(frozen=True)
class Receiver:
    """An address of the web, taken apart."""

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return urlunsplit((self.scheme, host + port, "", "", "")) + self.target


def addresses(host: str, port: int) -> Sequence[str]:
    """As the system resolves them; how long that may take is the system's, too."""
    return [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def receiver(given: str) -> Receiver:
    """The same for the same address however it is written. Only what nobody outside could reach by
    its name may do without TLS. Raises BadReceiver."""
    text = given.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
        host = _host(parts.hostname or "")
    except ValueError:
        raise BadReceiver("an address is needed, as https://example.go.th/hook") from None
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if len(text) > _LONGEST or not target.isascii() or re.search(r"[\s\x00-\x1f\x7f\\]", text):
        raise BadReceiver(f"an address has at most {_LONGEST} letters of ASCII, and no blanks")
    if parts.username is not None or parts.password is not None:
        raise BadReceiver("an address has no user name and no password")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_inner(host)):
        raise BadReceiver("an address begins with https://")
    return Receiver(parts.scheme, host, _PORTS[parts.scheme] if port is None else port, target)


def post(
    to: Receiver,
    body: bytes,
    headers: Mapping[str, str],
    named_hosts: Sequence[str] = (),
    resolve: Resolve = addresses,
    timeout_s: float = TIMEOUT_S,
) -> int:
    """The status of the answer, of which nothing else is read; redirects are not followed. Resolves
    the name once and connects to what was checked, so that it cannot be another the second time.
    Raises BadReceiver and Unreachable."""
    try:
        found = resolve(to.host, to.port)
    except (OSError, UnicodeError) as problem:
        raise Unreachable("the name has no address") from problem
    if to.host not in named_hosts:
        if to.scheme != "https":
            raise BadReceiver("an address begins with https://")
        if not found or not all(is_public(ip_address(one.partition("%")[0])) for one in found):
            raise BadReceiver("the address is not a public one")
    connection = _connection(to, found, timeout_s)
    # A timeout of a socket begins anew with every byte that comes.
    over = threading.Event()
    deadline = threading.Timer(timeout_s, _shut, (connection, over))
    deadline.start()
    try:
        connection.request("POST", to.target, body, {"User-Agent": "Fahsai", **headers})
        status = connection.getresponse().status
        if over.is_set():
            raise TimeoutError
        return status
    except ssl.SSLError as problem:
        raise Unreachable("TLS failed") from problem
    except TimeoutError as problem:
        raise Unreachable("no answer in time") from problem
    except (OSError, http.client.HTTPException) as problem:
        raise Unreachable(f"no answer ({type(problem).__name__})") from problem
    finally:
        deadline.cancel()
        connection.close()


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is reached through the internet by anybody (IANA's registries of special
    addresses), with what lies in an IPv6 address that stands for one of IPv4."""
    if isinstance(address, IPv6Address):
        within = address.ipv4_mapped or address.sixtofour
        if within is None and any(address in one for one in _TRANSLATED):
            within = IPv4Address(int(address) & 0xFFFFFFFF)
        if within is not None:
            return is_public(within)
    return address.is_global and not address.is_multicast


class _Connection(http.client.HTTPConnection):
    """To an address, while it speaks to a host by its name."""

    def __init__(self, to: Receiver, found: Sequence[str], timeout_s: float) -> None:
        super().__init__(to.host, to.port, timeout=timeout_s)
        self._to, self._found = to, found

    def connect(self) -> None:
        """One of the addresses that were checked. Raises OSError."""
        self.sock = _first(self._found, self.port, self.timeout)
        if self._to.scheme == "https":
            # The deadline shuts what `sock` is: the handshake, too, is then under it.
            self.sock = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self._to.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()


def _connection(to: Receiver, found: Sequence[str], timeout_s: float) -> _Connection:
    connection = _Connection(to, found, timeout_s)
    # What http.client leaves out of Host is the port of its own scheme, 80.
    connection.default_port = _PORTS[to.scheme]
    return connection


def _first(found: Sequence[str], port: int, timeout_s: float | None) -> socket.socket:
    last: OSError = ConnectionError("no address")
    for one in found[:_MOST_TRIED]:
        try:
            return socket.create_connection((one, port), timeout_s)
        except OSError as problem:
            last = problem
    raise last


def _shut(connection: http.client.HTTPConnection, over: threading.Event) -> None:
    over.set()
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _host(text: str) -> str:
    """In lower case and ASCII (IDNA). Raises ValueError."""
    with suppress(ValueError):
        return str(ip_address(text))
    host = text.rstrip(".").encode("idna").decode().lower()
    # 127.1 and 0x7f.1 are addresses to some resolvers, and names to us.
    if not _NAME.fullmatch(host) or host.rpartition(".")[2][:1].isdigit():
        raise ValueError(text)
    return host


def _is_inner(host: str) -> bool:
    with suppress(ValueError):
        return not is_public(ip_address(host))
    return "." not in host or host.endswith((".local", ".internal", ".localhost"))
