"""Complaints as cases: who may work on them, their story, their photos, whom to answer.

Nobody but the owner reads these tables without a right of their own. What staff see of them follows
from the credential that they name (geo_api/accounts/functions: credentials.sql, row_policies.sql).
"""

from alembic import op

revision = "2026_11_29_casework"
down_revision = "2026_11_29_named_factory"


def upgrade() -> None:
    """Forward only."""
    op.execute(_ACCOUNTS)
    op.execute(_AUDIT)
    op.execute(_CASES)
    op.execute(_CONTACTS)
    op.execute(_RIGHTS)


# Of a secret only the SHA-256 is kept: whoever reads the table can sign in with nothing of it.
_ACCOUNTS = """
    CREATE TABLE account (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        email text NOT NULL UNIQUE
            CHECK (email = lower(email) AND email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        role text NOT NULL CHECK (role IN ('officer', 'analyst', 'national', 'admin')),
        province_code text COLLATE "C",
        password_hash text,
        oidc_issuer text,
        oidc_subject text,
        created_at timestamptz NOT NULL DEFAULT now(),
        disabled_at timestamptz,
        UNIQUE (oidc_issuer, oidc_subject),
        CHECK ((role = 'officer') = (province_code IS NOT NULL))
    );
    COMMENT ON COLUMN account.password_hash IS
        'argon2id; null: signs in by a link or by OIDC alone';

    CREATE TABLE account_session (
        token_hash bytea PRIMARY KEY,
        account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now(),
        seen_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
    );
    CREATE INDEX account_session_of_account ON account_session (account_id);

    CREATE TABLE sign_in_link (
        token_hash bytea PRIMARY KEY,
        account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        used_at timestamptz
    );

    CREATE TABLE api_key (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key_hash bytea NOT NULL UNIQUE,
        prefix text NOT NULL CHECK (length(prefix) = 8),
        account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
        name text NOT NULL,
        scopes text[] NOT NULL CHECK (scopes <@ ARRAY['intake', 'read', 'work']),
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz
    );
    CREATE INDEX api_key_of_account ON api_key (account_id);
    COMMENT ON COLUMN api_key.prefix IS 'the first characters of the key, by which people tell it';
"""

# Each row holds the hash of the row before it, so that none can be changed or left
# out, and none put between.
_AUDIT = """
    CREATE TABLE audit_log (
        seq bigint PRIMARY KEY,
        at timestamptz NOT NULL,
        account_id bigint,
        action text NOT NULL,
        subject text NOT NULL,
        detail jsonb NOT NULL,
        previous_hash bytea NOT NULL,
        hash bytea NOT NULL
    );
    COMMENT ON TABLE audit_log IS 'who did what; no words of a complaint and nobody''s contact';
"""

_CASES = """
    ALTER TABLE complaint
        ALTER COLUMN geom DROP NOT NULL,
        ALTER COLUMN public_geom DROP NOT NULL,
        ADD COLUMN channel text NOT NULL DEFAULT 'import'
            CHECK (channel IN ('import', 'form', 'open311', 'staff')),
        ADD COLUMN state text NOT NULL DEFAULT 'received',
        ADD COLUMN happened_at timestamptz,
        ADD COLUMN device_at timestamptz,
        ADD COLUMN received_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN closed_at timestamptz,
        ADD COLUMN strength smallint CHECK (strength BETWEEN 1 AND 5),
        ADD COLUMN address text CHECK (length(address) <= 500),
        ADD COLUMN accuracy_m real CHECK (accuracy_m >= 0),
        ADD COLUMN province_code text COLLATE "C",
        ADD COLUMN district_code text COLLATE "C",
        ADD COLUMN subdistrict_code text COLLATE "C",
        ADD COLUMN home_key text,
        ADD COLUMN client_id text CHECK (length(client_id) BETWEEN 8 AND 64),
        ADD COLUMN tracking_hash bytea UNIQUE,
        ADD COLUMN assigned_to bigint REFERENCES account,
        ADD COLUMN duplicate_of text COLLATE "C" REFERENCES complaint,
        ADD COLUMN recurred_at timestamptz,
        ADD COLUMN is_spam boolean NOT NULL DEFAULT false,
        ADD UNIQUE (channel, client_id);
    COMMENT ON COLUMN complaint.ticket_id IS
        'as its source numbers it; of what we received, 128 random bits in hexadecimal';
    COMMENT ON COLUMN complaint.status IS 'as the source of an imported complaint says';
    COMMENT ON COLUMN complaint.happened_at IS
        'as the resident says, where it is not when it was sent';
    COMMENT ON COLUMN complaint.device_at IS 'by the clock of the phone that sent it';
    COMMENT ON COLUMN complaint.home_key IS
        'what complaints of one home share: a verified contact''s hash, else a key of the place';
    COMMENT ON COLUMN complaint.client_id IS 'what the sender calls it: sent twice, it is one';
    CREATE INDEX complaint_queue ON complaint (province_code, state, received_at DESC);
    CREATE INDEX complaint_geography ON complaint USING gist ((geom::geography));

    CREATE TABLE complaint_event (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        complaint_id text COLLATE "C" NOT NULL REFERENCES complaint,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        kind text NOT NULL CHECK (kind IN (
            'received', 'transition', 'note', 'assigned', 'merged', 'unmerged', 'recurred', 'spam',
            'reminder', 'photo', 'inspection', 'contact_read', 'contact_erased'
        )),
        from_state text,
        to_state text,
        account_id bigint REFERENCES account,
        why text CHECK (length(why) <= 4000),
        detail jsonb NOT NULL DEFAULT '{}'
    );
    CREATE INDEX complaint_event_of_complaint ON complaint_event (complaint_id, id);
    COMMENT ON COLUMN complaint_event.account_id IS 'null: the resident, or the service itself';

    CREATE TABLE complaint_photo (
        id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{32}$'),
        complaint_id text COLLATE "C" NOT NULL REFERENCES complaint,
        account_id bigint REFERENCES account,
        kind text NOT NULL CHECK (kind IN ('report', 'evidence')),
        added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        width integer NOT NULL,
        height integer NOT NULL,
        sha256 bytea NOT NULL
    );
    CREATE INDEX complaint_photo_of_complaint ON complaint_photo (complaint_id);
    COMMENT ON COLUMN complaint_photo.id IS 'the name of its file in FAHSAI_HOME/photos, random';
"""

# Sealed by the service before it comes here: who reads the table, or a backup, reads nobody's name.
_CONTACTS = """
    CREATE SCHEMA contact;
    CREATE TABLE contact.complainant (
        complaint_id text COLLATE "C" PRIMARY KEY REFERENCES complaint,
        sealed bytea,
        received_at timestamptz NOT NULL DEFAULT now(),
        erased_at timestamptz,
        CHECK ((sealed IS NULL) = (erased_at IS NOT NULL))
    );
    COMMENT ON COLUMN contact.complainant.sealed IS
        'name, telephone and mail as JSON, encrypted with a key of the settings';
"""

# Columns that a case is worked on by; everything else of a complaint is as it was received.
_RIGHTS = """
    GRANT fahsai_reader TO fahsai_staff;
    GRANT SELECT ON complaint, complaint_text, complaint_event, complaint_photo TO fahsai_staff;
    GRANT UPDATE (
        state, closed_at, category, province_code, district_code, subdistrict_code, assigned_to,
        duplicate_of, recurred_at, is_spam
    ) ON complaint TO fahsai_staff;
    GRANT INSERT (complaint_id, kind, from_state, to_state, account_id, why, detail)
        ON complaint_event TO fahsai_staff;
    GRANT INSERT (id, complaint_id, account_id, kind, width, height, sha256)
        ON complaint_photo TO fahsai_staff;
    GRANT SELECT (id, name, role, province_code) ON account TO fahsai_staff;

    GRANT SELECT, INSERT, UPDATE ON account, api_key, sign_in_link TO fahsai_accounts;
    GRANT SELECT, INSERT, UPDATE, DELETE ON account_session TO fahsai_accounts;
    GRANT USAGE ON SCHEMA contact TO fahsai_contacts;
"""
