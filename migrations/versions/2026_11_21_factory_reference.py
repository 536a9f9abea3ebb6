"""Tables that name a factory by any of its numbers find it, whichever of the two comes first."""

from alembic import op

revision = "2026_11_21_factory_reference"
down_revision = "2026_11_21_factory"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE FUNCTION factory_named(reference text) RETURNS text LANGUAGE sql STABLE AS $$
            SELECT coalesce(
                (SELECT f.id FROM factory AS f WHERE f.id = reference),
                (SELECT min(f.id) FROM factory AS f WHERE f.fid = reference),
                (SELECT min(f.id) FROM factory AS f WHERE f.registration_no = reference)
            )
        $$;
        COMMENT ON FUNCTION factory_named IS
            'id of the factory with this id, new 14-digit number or registration number';

        CREATE FUNCTION find_factory() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.factory_id := factory_named(NEW.factory_ref);
            RETURN NEW;
        END $$;
        COMMENT ON FUNCTION find_factory IS
            'trigger of a table with factory_ref, as given, and factory_id, once known';

        CREATE FUNCTION find_factories() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            EXECUTE format(
                'UPDATE %I SET factory_id = factory_named(factory_ref)
                WHERE factory_id IS NULL AND factory_named(factory_ref) IS NOT NULL',
                TG_ARGV[0]
            );
            RETURN NULL;
        END $$;
        COMMENT ON FUNCTION find_factories IS
            'trigger of the register: rows of the table named look again for their factory';
        """
    )
