"""Every environment variable of the service, as the README's table has them."""

from layers.model import Setting
from layers.plugins import VARIABLE

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
