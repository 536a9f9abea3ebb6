"""Licences and annual fees beside the register."""

from alembic import op

revision = "2026_11_29_licence"
down_revision = "2026_11_29_return_item"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE licence (
            factory_ref text NOT NULL,
            factory_id text COLLATE "C" REFERENCES factory ON DELETE SET NULL,
            licence_no text NOT NULL,
            kind text NOT NULL CHECK (kind IN ('operating', 'notification', 'expansion', 'other')),
            status text NOT NULL CHECK (status IN ('valid', 'suspended', 'revoked', 'ended')),
            issued_on date,
            expires_on date,
            source text NOT NULL,
            run_id bigint REFERENCES run,
            PRIMARY KEY (factory_ref, licence_no)
        );
        COMMENT ON COLUMN licence.expires_on IS 'as given; never reckoned';
        CREATE INDEX licence_of_factory ON licence (factory_id);

        CREATE TABLE annual_fee (
            factory_ref text NOT NULL,
            factory_id text COLLATE "C" REFERENCES factory ON DELETE SET NULL,
            fee_year integer NOT NULL,
            due_on date,
            paid_on date,
            state text NOT NULL CHECK (state IN ('paid', 'unpaid', 'exempt')),
            source text NOT NULL,
            run_id bigint REFERENCES run,
            PRIMARY KEY (factory_ref, fee_year)
        );
        COMMENT ON COLUMN annual_fee.due_on IS 'as given; null where not told';
        CREATE INDEX annual_fee_of_factory ON annual_fee (factory_id);

        CREATE TABLE staging.licence (
            factory_ref text, licence_no text, kind text, status text, issued_on date,
            expires_on date, source text
        );
        CREATE TABLE staging.annual_fee (
            factory_ref text, fee_year integer, due_on date, paid_on date, state text, source text
        );
        """
    )
