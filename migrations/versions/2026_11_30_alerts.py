"""Who is told of what: places, rules that are watched, subscribers, events, and the outbox.

Nobody but the owner has a right on these tables: the service asks functions, which know a
subscriber by the hash of a token (geo_api/alerts/functions).
"""

from alembic import op

revision = "2026_11_30_alerts"
down_revision = "2026_11_30_jobs"


def upgrade() -> None:
    """Forward only."""
    op.execute("CREATE SCHEMA alert")
    op.execute(_WATCHED)
    op.execute(_SUBSCRIBERS)
    op.execute(_TOLD)


# What many subscribe to is watched once.
_WATCHED = """
    CREATE TABLE alert.place (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL CHECK (
            kind IN ('country', 'province', 'district', 'eco_town', 'factory', 'point', 'area')
        ),
        code text COLLATE "C" NOT NULL,
        radius_m integer NOT NULL DEFAULT 0 CHECK (radius_m BETWEEN 0 AND 100000),
        name_th text NOT NULL,
        name_en text NOT NULL,
        geom geometry(Geometry, 4326),
        province_code text COLLATE "C",
        UNIQUE (kind, code, radius_m),
        CHECK ((kind = 'country') = (geom IS NULL))
    );
    COMMENT ON COLUMN alert.place.code IS
        'as its layer has it; of a point longitude and latitude, of an own area a hash of it';
    COMMENT ON COLUMN alert.place.radius_m IS 'around a point; 0: what lies within the outline';

    CREATE TABLE alert.place_piece (
        place_id bigint NOT NULL REFERENCES alert.place ON DELETE CASCADE,
        geom geometry(Geometry, 4326) NOT NULL
    );
    COMMENT ON TABLE alert.place_piece IS 'outlines in small pieces, where points are found soon';
    CREATE INDEX place_piece_geom ON alert.place_piece USING gist (geom);
    CREATE INDEX place_piece_of_place ON alert.place_piece (place_id);

    CREATE TABLE alert.watch (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        rule text COLLATE "C" NOT NULL CHECK (rule ~ '^[a-z][a-z0-9_]{0,39}$'),
        place_id bigint NOT NULL REFERENCES alert.place,
        parameters jsonb NOT NULL,
        audience text NOT NULL CHECK (audience IN ('public', 'staff')),
        scope text COLLATE "C" NOT NULL DEFAULT '',
        created_at timestamptz NOT NULL DEFAULT now(),
        evaluated_at timestamptz,
        UNIQUE (rule, place_id, parameters, audience, scope),
        CHECK (audience = 'staff' OR scope = '')
    );
    COMMENT ON COLUMN alert.watch.scope IS
        'the province whose cases an officer may know of; empty: all, or none of anybody''s';
    COMMENT ON COLUMN alert.watch.evaluated_at IS 'null: how things stood when it began is unknown';

    CREATE TABLE alert.state (
        watch_id bigint NOT NULL REFERENCES alert.watch ON DELETE CASCADE,
        item text COLLATE "C" NOT NULL,
        is_over boolean NOT NULL,
        since timestamptz NOT NULL,
        told_at timestamptz,
        PRIMARY KEY (watch_id, item)
    );
    COMMENT ON TABLE alert.state IS 'hysteresis: what fired, and is not armed again yet';
    COMMENT ON COLUMN alert.state.item IS
        'of what a rule watches several at once: a station, a certificate; else empty';

    CREATE TABLE alert.evaluation (
        rule text COLLATE "C" PRIMARY KEY,
        data_version text NOT NULL,
        evaluated_at timestamptz NOT NULL,
        watches integer NOT NULL,
        events integer NOT NULL,
        took interval NOT NULL
    );
    COMMENT ON TABLE alert.evaluation IS 'the last one of each rule, and which data it saw';
"""

# Of a token only the SHA-256 is kept; an address is sealed, and known again by a keyed hash.
_SUBSCRIBERS = """
    CREATE TABLE alert.recipient (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        uid uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
        way text COLLATE "C" NOT NULL CHECK (way ~ '^[a-z][a-z0-9_]{0,39}$'),
        address_hash bytea,
        sealed bytea,
        token_hash bytea UNIQUE,
        language text NOT NULL DEFAULT 'th' CHECK (language IN ('th', 'en')),
        digest_hour smallint CHECK (digest_hour BETWEEN 0 AND 23),
        quiet_from smallint CHECK (quiet_from BETWEEN 0 AND 23),
        quiet_to smallint CHECK (quiet_to BETWEEN 0 AND 23),
        most_a_day smallint NOT NULL DEFAULT 10 CHECK (most_a_day BETWEEN 1 AND 100),
        sent_on date,
        sent_that_day smallint NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        confirmed_at timestamptz,
        ended_at timestamptz,
        erased_at timestamptz,
        UNIQUE (way, address_hash),
        CHECK ((quiet_from IS NULL) = (quiet_to IS NULL)),
        CHECK (erased_at IS NULL OR (sealed IS NULL AND address_hash IS NULL))
    );
    COMMENT ON COLUMN alert.recipient.sealed IS
        'where it is sent to, as JSON by the way, encrypted with a key of the settings';
    COMMENT ON COLUMN alert.recipient.digest_hour IS 'Thai time; null: at once';
    COMMENT ON COLUMN alert.recipient.ended_at IS
        'nothing is sent any more: unsubscribed, or never confirmed; erased some days later';

    CREATE TABLE alert.subscription (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        uid uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
        recipient_id bigint NOT NULL REFERENCES alert.recipient ON DELETE CASCADE,
        watch_id bigint NOT NULL REFERENCES alert.watch,
        account_id bigint REFERENCES account ON DELETE CASCADE,
        label text NOT NULL DEFAULT '' CHECK (length(label) <= 120),
        confirm_hash bytea UNIQUE,
        created_at timestamptz NOT NULL DEFAULT now(),
        confirmed_at timestamptz,
        paused_at timestamptz,
        UNIQUE (recipient_id, watch_id)
    );
    CREATE INDEX subscription_of_watch ON alert.subscription (watch_id);
    COMMENT ON COLUMN alert.subscription.account_id IS 'of the staff, for what only they may know';
    COMMENT ON COLUMN alert.subscription.label IS 'what the subscriber calls it';
"""

# A delivery is an event of a subscription by its way: made with the event, and never made again.
_TOLD = """
    CREATE TABLE alert.event (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        watch_id bigint NOT NULL REFERENCES alert.watch ON DELETE CASCADE,
        item text COLLATE "C" NOT NULL,
        kind text NOT NULL CHECK (kind IN ('began', 'lasts')),
        at timestamptz NOT NULL,
        value float8 NOT NULL,
        detail jsonb NOT NULL DEFAULT '{}',
        simulated boolean NOT NULL DEFAULT false
    );
    CREATE INDEX event_of_watch ON alert.event (watch_id, id);
    COMMENT ON COLUMN alert.event.detail IS 'what a message says of it: names, times, sources';

    CREATE TABLE alert.delivery (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('event', 'confirm')),
        recipient_id bigint NOT NULL REFERENCES alert.recipient ON DELETE CASCADE,
        subscription_id bigint NOT NULL REFERENCES alert.subscription ON DELETE CASCADE,
        event_id bigint REFERENCES alert.event ON DELETE CASCADE,
        way text COLLATE "C" NOT NULL,
        state text NOT NULL DEFAULT 'waiting'
            CHECK (state IN ('waiting', 'sent', 'given_up', 'withdrawn')),
        created_at timestamptz NOT NULL DEFAULT now(),
        due_at timestamptz NOT NULL,
        over_limit boolean NOT NULL DEFAULT false,
        attempts smallint NOT NULL DEFAULT 0,
        error text,
        message_id text,
        ended_at timestamptz,
        UNIQUE (event_id, subscription_id),
        CHECK ((kind = 'event') = (event_id IS NOT NULL))
    );
    COMMENT ON TABLE alert.delivery IS 'the outbox';
    COMMENT ON COLUMN alert.delivery.over_limit IS 'waits for a digest: the day had its messages';
    CREATE INDEX delivery_waiting ON alert.delivery (way, due_at, recipient_id, id)
        WHERE state = 'waiting';
    CREATE INDEX delivery_of_recipient ON alert.delivery (recipient_id, id);
    CREATE INDEX delivery_of_subscription ON alert.delivery (subscription_id);
"""
