"""Every setting of the service, read once from the environment."""

import os
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from layers.model import Setting
from layers.plugins import VARIABLE, plugins
from layers.sources import sources

LOGIN_VARIABLES = (
    "FAHSAI_READER_URL",
    "FAHSAI_WRITER_URL",
    "FAHSAI_STAFF_URL",
    "FAHSAI_ACCOUNTS_URL",
    "FAHSAI_CONTACTS_URL",
    "FAHSAI_JOBS_URL",
)
SERVICE_SETTINGS = (
    Setting(
        "FAHSAI_HOME",
        "Folder of the embedded PostGIS, the rasters, the payloads, and up to 4 GB of downloads.",
        "$XDG_DATA_HOME/fahsai, or ~/.local/share/fahsai",
    ),
    Setting(
        "FAHSAI_DATABASE_URL",
        "A PostGIS server to use instead of the embedded one, as the owner of the database, who"
        " migrates and ingests: postgresql://user@host/name.",
        secret=True,
    ),
    Setting(
        "FAHSAI_READER_URL",
        "The same database as the service reads it: logs in as fahsai_reader, or a member of it.",
        "FAHSAI_DATABASE_URL as fahsai_reader, with a password that follows from FAHSAI_SECRET",
        secret=True,
    ),
    Setting(
        "FAHSAI_WRITER_URL",
        "And as the service writes to it: as fahsai_writer, or a member of it.",
        "the same as fahsai_writer",
        secret=True,
    ),
    Setting(
        "FAHSAI_STAFF_URL",
        "And as staff read and work on cases: as fahsai_staff, whom row-level security binds.",
        "the same as fahsai_staff",
        secret=True,
    ),
    Setting(
        "FAHSAI_ACCOUNTS_URL",
        "And as it signs people in: as fahsai_accounts.",
        "the same as fahsai_accounts",
        secret=True,
    ),
    Setting(
        "FAHSAI_CONTACTS_URL",
        "And as it reads whom to answer, each reading logged: as fahsai_contacts.",
        "the same as fahsai_contacts",
        secret=True,
    ),
    Setting(
        "FAHSAI_JOBS_URL",
        "And as workers take jobs from the queue, which is all that it may: as fahsai_jobs.",
        "the same as fahsai_jobs",
        secret=True,
    ),
    Setting(
        "FAHSAI_REPLICA_URL",
        "Streaming replicas that the public is read from while they are fresh, as"
        " postgresql://one,two/name; in what it leaves open as FAHSAI_READER_URL.",
        secret=True,
    ),
    Setting("FAHSAI_REPLICA_LAG_S", "So many seconds behind the primary, a replica is left.", "10"),
    Setting("PORT", "Port that `fahsai up` and `fahsai serve` listen on.", "8000"),
    Setting("FAHSAI_HOST", "Address that they listen on; 0.0.0.0 for all of IPv4.", "127.0.0.1"),
    Setting(
        "FAHSAI_TRUSTED_PROXIES",
        "Addresses or networks of proxies whose X-Forwarded-Proto, -Host, -Prefix and -For, and"
        " X-Request-Id, are believed, commas between.",
        "127.0.0.1,::1",
    ),
    Setting(
        "FAHSAI_METRICS_FROM",
        "Addresses or networks from which /metrics may be read, commas between; of what comes"
        " through a trusted proxy, the caller's.",
        "127.0.0.1,::1",
    ),
    Setting(
        "FAHSAI_LOG", "How the service writes its log: text, or json, an object a line.", "text"
    ),
    Setting("FAHSAI_WORKERS", "Processes that answer requests.", "one per core, at most 4"),
    Setting("FAHSAI_POOL_SIZE", "Database connections of each worker; requests beyond wait.", "8"),
    Setting(
        "FAHSAI_MAX_REQUESTS",
        "Requests that a worker works on at once; more are answered 503 at once.",
        "100",
    ),
    Setting(
        "FAHSAI_SECRET",
        "The key that signs cursors, and from which the passwords of the service's log-ins follow;"
        " the same on all machines that serve one address or one database.",
        "made once and kept in FAHSAI_HOME",
        secret=True,
    ),
    Setting(
        "FAHSAI_SESSION_IDLE_MINUTES",
        "After so many minutes without a request, whoever was signed in signs in again;",
        "480",
    ),
    Setting("FAHSAI_SESSION_HOURS", "and after so many hours in any case.", "24"),
    Setting(
        "FAHSAI_CONTACT_KEYS",
        "The keys that complainants' contacts are sealed with, commas between, the newest first;"
        " `fahsai contacts rotate` seals all with the first.",
        "made once and kept in FAHSAI_HOME",
        secret=True,
    ),
    Setting(
        "FAHSAI_PUBLIC_URL",
        "Where others reach the service, as https://fahsai.example.go.th; links in messages begin"
        " so.",
        "http://127.0.0.1 and PORT",
    ),
    Setting(
        "FAHSAI_SMTP_URL",
        "The mail server by which alerts are sent, as smtp://user:password@host:587 (with STARTTLS"
        " where it offers that) or smtps://…; without it they wait in the outbox.",
        secret=True,
    ),
    Setting(
        "FAHSAI_SMTP_FROM",
        "The address that mails come from, as alerts@example.go.th.",
        "fahsai@localhost",
    ),
    Setting(
        "FAHSAI_ALERT_DAYS",
        "So many days after somebody ended their alerts, or never confirmed them, all that is kept"
        " of them is erased.",
        "30",
    ),
    Setting(
        "FAHSAI_CONTACT_DAYS",
        "So many days after a complaint is closed, `up`, `serve` and `fahsai contacts erase` erase"
        " whom to answer.",
        "180",
    ),
    Setting(
        "FAHSAI_BACKUP_PASSPHRASE",
        "What seals the secrets in backups, and opens them; without it they are left out.",
        "asked for on a terminal",
        secret=True,
    ),
    Setting(
        "FAHSAI_OIDC_ISSUER",
        "An OpenID Connect provider by which staff may sign in, too, as https://login.example.go.th;"
        " off without it. Only who has an account here, by the same verified mail, may enter.",
    ),
    Setting("FAHSAI_OIDC_CLIENT_ID", "What the provider calls us,"),
    Setting("FAHSAI_OIDC_CLIENT_SECRET", "and by which it knows us.", secret=True),
    Setting(
        VARIABLE,
        "Folders of further layers, sources, analyses, routes and migrations, colons between.",
    ),
    Setting(
        "FAHSAI_TILE_URL",
        "One or more background tile layers from elsewhere, as https://…/{z}/{x}/{y}.png, with"
        " blanks between and a name before each: Satellite=https://… or ดาวเทียม/Satellite=https://…;"
        " several are chosen by a button on the map.",
    ),
    Setting(
        "FAHSAI_TILE_ATTRIBUTION",
        "The credit that each of the background tile layers asks for, upright strokes between.",
    ),
    Setting(
        "FAHSAI_CONTACT",
        "Whom people may write to about the data and their rights, on /about: mail or an address.",
    ),
    Setting(
        "FAHSAI_ALERT_HOSTS",
        "Hosts of your own network that alerts may be sent to by webhook or web push, commas"
        " between; all others must be public, and speak TLS.",
    ),
    Setting(
        "FAHSAI_BASEMAP",
        "A PMTiles file of roads, as `fahsai basemap make` makes it; drawn beneath the maps.",
    ),
)
_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")


@dataclass(frozen=True)
class OidcClient:
    """What we are at an OpenID Connect provider."""

    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True)
class Settings:
    """`sources` holds what sources declare, by variable name, where it is set or has a default;
    `login_urls` those of LOGIN_VARIABLES that are set."""

    home: Path
    database_url: str | None = None
    login_urls: Mapping[str, str] = field(default_factory=dict)
    replica_url: str | None = None
    replica_lag_s: int = 10
    port: int = 8000
    host: str = "127.0.0.1"
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    metrics_from: tuple[str, ...] = ("127.0.0.1", "::1")
    log: str = "text"
    workers: int = 1
    pool_size: int = 8
    max_requests: int = 100
    secret: str | None = None
    session_idle: timedelta = timedelta(minutes=480)
    session_longest: timedelta = timedelta(hours=24)
    oidc: OidcClient | None = None
    contact_keys: tuple[str, ...] = ()
    contact_kept: timedelta = timedelta(days=180)
    public_url: str | None = None
    smtp_url: str | None = None
    smtp_from: str | None = None
    alert_kept: timedelta = timedelta(days=30)
    backup_passphrase: str | None = None
    tile_url: str | None = None
    tile_attribution: str | None = None
    contact: str | None = None
    basemap: Path | None = None
    alert_hosts: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)


# What a command runs within: the settings, and the URL of a database that is up to date.
Opens = Callable[[], AbstractContextManager[tuple[Settings, str]]]


class BadSetting(ValueError):
    """An environment variable has a value that cannot be used; the message names both."""


def documented() -> tuple[Setting, ...]:
    """Every variable that is read, the service's first, then those of the sources by name."""
    ours = [setting for source in sources().values() for setting in source.settings]
    return SERVICE_SETTINGS + tuple(sorted(set(ours), key=lambda setting: setting.variable))


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """An empty variable counts as unset. Raises BadSetting."""
    for folder in plugins():
        if not folder.is_dir():
            raise BadSetting(f"{VARIABLE} must name folders; {folder} is none")
    read = {name: value for name, value in environment.items() if value.strip()}
    data = Path(read.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return Settings(
        home=_folder(read.get("FAHSAI_HOME") or str(data / "fahsai")),
        database_url=read.get("FAHSAI_DATABASE_URL"),
        login_urls={name: read[name] for name in LOGIN_VARIABLES if name in read},
        replica_url=read.get("FAHSAI_REPLICA_URL"),
        replica_lag_s=_whole(read, "FAHSAI_REPLICA_LAG_S", 10, highest=86_400),
        port=_whole(read, "PORT", 8000, highest=65535),
        host=_host(read),
        trusted_proxies=_networks(read, "FAHSAI_TRUSTED_PROXIES", "127.0.0.1,::1"),
        metrics_from=_networks(read, "FAHSAI_METRICS_FROM", "127.0.0.1,::1"),
        log=_choice(read, "FAHSAI_LOG", ("text", "json")),
        workers=_whole(read, "FAHSAI_WORKERS", min(os.cpu_count() or 1, 4), highest=64),
        pool_size=_whole(read, "FAHSAI_POOL_SIZE", 8, highest=500),
        max_requests=_whole(read, "FAHSAI_MAX_REQUESTS", 100, highest=10_000),
        secret=read.get("FAHSAI_SECRET"),
        session_idle=timedelta(
            minutes=_whole(read, "FAHSAI_SESSION_IDLE_MINUTES", 480, highest=10_080)
        ),
        session_longest=timedelta(hours=_whole(read, "FAHSAI_SESSION_HOURS", 24, highest=720)),
        oidc=_oidc(read),
        contact_keys=_keys(read, "FAHSAI_CONTACT_KEYS"),
        contact_kept=timedelta(days=_whole(read, "FAHSAI_CONTACT_DAYS", 180, highest=36_500)),
        public_url=_address(read, "FAHSAI_PUBLIC_URL", ("http", "https")),
        smtp_url=_address(read, "FAHSAI_SMTP_URL", ("smtp", "smtps")),
        smtp_from=_mail(read, "FAHSAI_SMTP_FROM"),
        alert_kept=timedelta(days=_whole(read, "FAHSAI_ALERT_DAYS", 30, highest=3650)),
        backup_passphrase=read.get("FAHSAI_BACKUP_PASSPHRASE"),
        tile_url=read.get("FAHSAI_TILE_URL"),
        tile_attribution=read.get("FAHSAI_TILE_ATTRIBUTION"),
        contact=read.get("FAHSAI_CONTACT"),
        basemap=_file(read, "FAHSAI_BASEMAP"),
        alert_hosts=_hosts(read, "FAHSAI_ALERT_HOSTS"),
        sources={
            setting.variable: value
            for source in sources().values()
            for setting in source.settings
            if (value := read.get(setting.variable, setting.default)) is not None
        },
    )


def _folder(text: str) -> Path:
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:
        raise BadSetting(f"FAHSAI_HOME must be a folder; there is no user for {text!r}") from None


def _file(read: Mapping[str, str], variable: str) -> Path | None:
    if variable not in read:
        return None
    path = Path(read[variable]).absolute()
    if not path.is_file():
        raise BadSetting(f"{variable} must name a file; {path} is none")
    return path


def _address(read: Mapping[str, str], variable: str, schemes: tuple[str, ...]) -> str | None:
    """No value is repeated in what is said: it may hold a password."""
    text = read.get(variable, "").strip().rstrip("/")
    if not text:
        return None
    try:
        parts = urlsplit(text)
        usable = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise BadSetting(f"{variable} must be an address that begins with {schemes[0]}://")
    return text


def _mail(read: Mapping[str, str], variable: str) -> str | None:
    text = read.get(variable, "").strip()
    if text and not re.fullmatch(r"[!-~]+@[A-Za-z0-9.-]+", text):
        raise BadSetting(f"{variable} must be an address as alerts@example.go.th, got {text!r}")
    return text or None


def _host(read: Mapping[str, str]) -> str:
    text = read.get("FAHSAI_HOST", "127.0.0.1").strip()
    try:
        return str(ip_address(text))
    except ValueError:
        raise BadSetting(f"FAHSAI_HOST must be an IP address, as 0.0.0.0, got {text!r}") from None


def _hosts(read: Mapping[str, str], variable: str) -> tuple[str, ...]:
    named = [part.strip().lower() for part in read.get(variable, "").split(",") if part.strip()]
    for one in named:
        if re.search(r"[/@\s\[\]]|:\d+$", one) and not one.startswith("::"):
            raise BadSetting(
                f"{variable} must be names or addresses without port, as hooks.example.go.th,"
                f" got {one!r}"
            )
    return tuple(named)


def _networks(read: Mapping[str, str], variable: str, default: str) -> tuple[str, ...]:
    named = tuple(part.strip() for part in read.get(variable, default).split(",") if part.strip())
    for one in named:
        try:
            ip_network(one)
        except ValueError:
            raise BadSetting(
                f"{variable} must be IP addresses or networks, as 127.0.0.1,10.0.0.0/8, got {one!r}"
            ) from None
    return named


def _choice(read: Mapping[str, str], variable: str, choices: tuple[str, ...]) -> str:
    """The first unless one is chosen."""
    text = read.get(variable, choices[0]).strip()
    if text not in choices:
        raise BadSetting(f"{variable} must be {' or '.join(choices)}, got {text!r}")
    return text


def _oidc(read: Mapping[str, str]) -> OidcClient | None:
    names = [f"FAHSAI_OIDC_{what}" for what in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")]
    given = [read[name].strip() for name in names if name in read]
    if not given:
        return None
    if len(given) < len(names):
        raise BadSetting(f"{', '.join(names)}: set all of them or none")
    address = urlsplit(given[0])
    if address.scheme != "https" and address.hostname not in ("127.0.0.1", "::1", "localhost"):
        raise BadSetting(f"{names[0]} must begin with https://, got {given[0]!r}")
    return OidcClient(*given)


def _keys(read: Mapping[str, str], variable: str) -> tuple[str, ...]:
    """Of Fernet: 32 bytes as base64 for addresses. No value is repeated in what is said."""
    keys = tuple(part.strip() for part in read.get(variable, "").split(",") if part.strip())
    for number, key in enumerate(keys, start=1):
        if not _KEY.fullmatch(key):
            raise BadSetting(
                f"{variable}: key {number} must be 43 letters of base64 and an equals sign, as"
                " `openssl rand -base64 32 | tr +/ -_` gives them"
            )
    return keys


def _whole(read: Mapping[str, str], variable: str, default: int, highest: int) -> int:
    text = read.get(variable, str(default))
    if not text.isdecimal() or not 1 <= int(text) <= highest:
        raise BadSetting(f"{variable} must be a whole number from 1 to {highest}, got {text!r}")
    return int(text)
