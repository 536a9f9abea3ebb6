"""Search: the names under which provinces, districts, factories and estates are found."""

from alembic import op

revision = "2026_11_28_search"
down_revision = ("2026_11_28_day_counts", "2026_11_28_factory_names")


def upgrade() -> None:
    """Forward only."""
    op.execute(_TABLE)


# Trigrams take letters from the database's locale: with the locale C, Thai has none. Names are then
# found by their beginnings and parts, and not when they are misspelt.
_TABLE = """
    CREATE EXTENSION IF NOT EXISTS pg_trgm;

    CREATE TABLE search_name (
        kind text COLLATE "C" NOT NULL,
        id text COLLATE "C" NOT NULL,
        part text COLLATE "C" NOT NULL,
        given text NOT NULL,
        key text COLLATE "C" NOT NULL,
        sound text COLLATE "C" NOT NULL,
        PRIMARY KEY (kind, id, part)
    );
    COMMENT ON COLUMN search_name.part IS
        'which name it is: name_th, name_en, number, or short for one without its kind';
    COMMENT ON COLUMN search_name.key IS 'what counts of the name: layers/methods/name_keys.py';
    COMMENT ON COLUMN search_name.sound IS 'the same in Latin letters by sound, romanised if Thai';
    CREATE INDEX search_name_key ON search_name (kind, key);
    CREATE INDEX search_name_sound ON search_name (kind, sound);
    CREATE INDEX search_name_key_part ON search_name USING gin (key gin_trgm_ops);
    CREATE INDEX search_name_sound_part ON search_name USING gin (sound gin_trgm_ops);
"""
