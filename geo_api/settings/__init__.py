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

from geo_api.settings.declared import LOGIN_VARIABLES, SERVICE_SETTINGS
from layers.model import Setting
from layers.plugins import VARIABLE, plugins
from layers.sources import sources

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
