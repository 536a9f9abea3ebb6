"""Green Industry certificates: the level a factory reached, and when."""

from alembic import op

revision = "2026_11_21_green_certificate"
down_revision = "2026_11_21_factory_reference"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE green_certificate (
            -- Of a registration number's letters and slashes an address can carry only a digest.
            id text COLLATE "C" NOT NULL UNIQUE GENERATED ALWAYS AS (
                md5(factory_ref || ' ' || (issued_on - DATE '2000-01-01'))
            ) STORED,
            factory_ref text NOT NULL,
            factory_id text COLLATE "C" REFERENCES factory ON DELETE SET NULL,
            certificate_no text,
            level smallint NOT NULL CHECK (level BETWEEN 1 AND 5),
            issued_on date NOT NULL,
            expires_on date CHECK (expires_on >= issued_on),
            source text NOT NULL,
            run_id bigint REFERENCES run,
            PRIMARY KEY (factory_ref, issued_on)
        );
        COMMENT ON COLUMN green_certificate.factory_ref IS 'the factory as the list names it';
        COMMENT ON COLUMN green_certificate.expires_on IS 'as given; never reckoned from issued_on';
        CREATE INDEX green_certificate_of_factory ON green_certificate (factory_id, issued_on);

        CREATE TRIGGER finds_factory BEFORE INSERT ON green_certificate
        FOR EACH ROW EXECUTE FUNCTION find_factory();
        CREATE TRIGGER factory_found_by_green_certificates
        AFTER INSERT OR UPDATE OF registration_no, fid ON factory
        FOR EACH STATEMENT EXECUTE FUNCTION find_factories('green_certificate');

        CREATE TABLE staging.green_certificate (
            factory_ref text, certificate_no text, level smallint, issued_on date,
            expires_on date, source text
        );
        """
    )
