"""What factories return beside energy: products, water, waste and workers, with every revision."""

from alembic import op

revision = "2026_11_29_return_item"
down_revision = "2026_11_29_kpi"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE return_item (
            factory_ref text NOT NULL,
            factory_id text COLLATE "C" REFERENCES factory ON DELETE SET NULL,
            item text COLLATE "C" NOT NULL
                CHECK (item IN ('product', 'water', 'waste', 'workers')),
            code text NOT NULL,
            period_start date NOT NULL,
            period_end date NOT NULL CHECK (period_end > period_start),
            returned_on date NOT NULL,
            due_on date,
            quantity double precision NOT NULL CHECK (quantity >= 0),
            unit text NOT NULL,
            given_quantity double precision NOT NULL,
            given_unit text NOT NULL,
            source text NOT NULL,
            run_id bigint REFERENCES run,
            PRIMARY KEY (factory_ref, item, code, period_start, period_end, returned_on)
        );
        COMMENT ON TABLE return_item IS 'every revision: returns_as_of tells which counts';
        COMMENT ON COLUMN return_item.code IS
            'the product, the source of the water or the code of the waste; or all';
        COMMENT ON COLUMN return_item.due_on IS 'null where no deadline is known';
        CREATE INDEX return_item_of_factory ON return_item (factory_id);

        CREATE TABLE staging.return_item (
            factory_ref text, item text COLLATE "C", code text, period_start date, period_end date,
            returned_on date, due_on date, quantity double precision, unit text,
            given_quantity double precision, given_unit text, source text
        );
        """
    )
