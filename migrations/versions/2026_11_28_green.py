"""Certificates, yearly returns and their emission factors, and the industrial estates."""

from alembic import op

revision = "2026_11_28_green"
down_revision = "2026_11_28_factory"


def upgrade() -> None:
    """Forward only."""
    op.execute(_CERTIFICATES)
    op.execute(_RETURNS)
    op.execute(_EMISSION_FACTORS)
    op.execute(_ESTATES)


_CERTIFICATES = """
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

    CREATE TABLE staging.green_certificate (
        factory_ref text, certificate_no text, level smallint, issued_on date,
        expires_on date, source text
    );
"""

_RETURNS = """
    CREATE TABLE emission_factor (
        energy text COLLATE "C" NOT NULL,
        unit text NOT NULL,
        kgco2e_per_unit float8 NOT NULL CHECK (kgco2e_per_unit >= 0),
        biogenic_kgco2_per_unit float8 NOT NULL DEFAULT 0 CHECK (biogenic_kgco2_per_unit >= 0),
        gases text NOT NULL,
        gwp text NOT NULL,
        valid_from date NOT NULL DEFAULT '-infinity',
        valid_to date NOT NULL DEFAULT 'infinity' CHECK (valid_to >= valid_from),
        source text NOT NULL,
        PRIMARY KEY (energy, unit, valid_from)
    );
    COMMENT ON COLUMN emission_factor.biogenic_kgco2_per_unit IS
        'CO2 of biomass, reported apart and no part of kgco2e_per_unit';
    COMMENT ON COLUMN emission_factor.gases IS 'the gases that CO2e comprises';
    COMMENT ON COLUMN emission_factor.gwp IS 'the set of global warming potentials behind CO2e';
    COMMENT ON COLUMN emission_factor.valid_from IS '-infinity where the edition states no start';

    CREATE TABLE factory_return (
        factory_ref text NOT NULL,
        factory_id text COLLATE "C" REFERENCES factory ON DELETE SET NULL,
        year integer NOT NULL,
        energy text COLLATE "C" NOT NULL,
        unit text NOT NULL,
        quantity float8 NOT NULL CHECK (quantity >= 0),
        source text NOT NULL,
        run_id bigint REFERENCES run,
        PRIMARY KEY (factory_ref, year, energy, unit)
    );
    COMMENT ON COLUMN factory_return.factory_ref IS 'the factory as the return names it';
    COMMENT ON COLUMN factory_return.year IS 'calendar year of the common era';
    CREATE INDEX factory_return_of_factory ON factory_return (factory_id);
    CREATE INDEX factory_return_of_year ON factory_return (year);

    CREATE TABLE staging.factory_return (
        factory_ref text, year integer, energy text COLLATE "C", unit text, quantity float8,
        source text
    );
"""

# TGO's values come from a public copy of its table, not from TGO itself.
_EMISSION_FACTORS = """
    INSERT INTO emission_factor
        (energy, unit, kgco2e_per_unit, biogenic_kgco2_per_unit, gases, gwp, source)
    SELECT
        energy, unit, kgco2e, biogenic, 'as published', 'as published',
        'TGO emission factors, April 2022 (secondary copy)'
    FROM (VALUES
        ('natural_gas', 'scf', 0.0573, 0),
        ('natural_gas', 'MJ', 0.0562, 0),
        ('diesel', 'litre', 2.7078, 0),
        ('gasoline', 'litre', 2.1894, 0),
        ('jet_kerosene', 'litre', 2.4775, 0),
        ('fuel_oil_a', 'litre', 3.2200, 0),
        ('fuel_oil_c', 'litre', 3.2457, 0),
        ('lpg', 'litre', 1.6812, 0),
        ('lpg', 'kg', 3.1134, 0),
        ('lignite', 'kg', 1.0619, 0),
        ('sub_bituminous', 'kg', 2.5454, 0),
        ('anthracite', 'kg', 3.1000, 0),
        ('bagasse', 'kg', 0.0143, 0.7530),
        ('fuel_wood', 'kg', 0.0304, 1.7909),
        ('palm_kernel_shell', 'kg', 0.0352, 1.8530),
        ('corn_cob', 'kg', 0.0319, 1.6780),
        ('biogas', 'm3', 0.0011, 1.1428)
    ) AS tgo (energy, unit, kgco2e, biogenic);

    INSERT INTO emission_factor
        (energy, unit, kgco2e_per_unit, gases, gwp, valid_from, valid_to, source)
    VALUES
        ('grid_electricity', 'kWh', 0.4999, 'as published', 'as published',
            '-infinity', '2026-03-31', 'TGO emission factors, April 2022 (secondary copy)'),
        ('grid_electricity', 'kWh', 0.4750, 'as published', 'as published',
            '2026-01-01', 'infinity',
            'TGO, Scope 2, announced for 2026 (nationthailand.com 40059019)');
"""

_ESTATES = """
    CREATE TABLE industrial_estate (
        id text COLLATE "C" PRIMARY KEY,
        name_th text NOT NULL,
        operations text,
        office boolean NOT NULL,
        lon float8 NOT NULL,
        lat float8 NOT NULL,
        source text NOT NULL,
        run_id bigint REFERENCES run,
        geom geometry(Point, 4326) NOT NULL
            GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED
    );
    COMMENT ON COLUMN industrial_estate.operations IS 'the IEAT operations line in charge';
    COMMENT ON COLUMN industrial_estate.office IS 'an office of IEAT, not an estate';
    CREATE INDEX industrial_estate_geom ON industrial_estate USING gist (geom);
    CREATE INDEX industrial_estate_geography
        ON industrial_estate USING gist ((geom::geography));
    CREATE INDEX industrial_estate_point ON industrial_estate (lon, lat);

    CREATE TABLE staging.industrial_estate (
        id text, name_th text, operations text, office boolean,
        lon float8, lat float8, source text
    );
"""
