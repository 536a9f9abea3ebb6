"""Inspections: what is to be looked at, what was found, and every edit of it that a phone sent.

An inspection's id and those of its revisions are made on the phone, so that what was sent twice is
one. Revisions are only added to: two that were made of the same one stand side by side.
"""

from alembic import op

revision = "2026_11_29_inspection"
down_revision = "2026_11_29_case_steps"


def upgrade() -> None:
    """Forward only."""
    op.execute(_CHECKLISTS)
    op.execute(_INSPECTIONS)
    op.execute(_RIGHTS)


# References to shipped rows are looked at in the end: `fahsai migrate` writes those rows anew.
_CHECKLISTS = """
    CREATE TABLE checklist_template (
        id text COLLATE "C" CHECK (id ~ '^[a-z0-9-]{1,64}$'),
        version integer CHECK (version > 0),
        title_th text NOT NULL,
        title_en text NOT NULL,
        official boolean NOT NULL,
        source text NOT NULL,
        withdrawn_on date,
        run_id bigint REFERENCES run,
        PRIMARY KEY (id, version)
    );
    COMMENT ON COLUMN checklist_template.official IS 'an authority has issued this very text';

    CREATE TABLE checklist_item (
        template_id text COLLATE "C",
        template_version integer,
        code text COLLATE "C" CHECK (code ~ '^[a-z][a-z0-9_]{0,39}$'),
        position smallint NOT NULL,
        text_th text NOT NULL,
        text_en text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('yes_no_na', 'number', 'choice', 'text', 'photo')),
        unit text,
        required boolean NOT NULL,
        law text,
        run_id bigint REFERENCES run,
        PRIMARY KEY (template_id, template_version, code),
        UNIQUE (template_id, template_version, position),
        FOREIGN KEY (template_id, template_version) REFERENCES checklist_template
            DEFERRABLE INITIALLY DEFERRED,
        CHECK ((kind = 'number') = (unit IS NOT NULL))
    );
    COMMENT ON COLUMN checklist_item.law IS 'the provision it rests on, where that is verified';

    CREATE TABLE checklist_choice (
        template_id text COLLATE "C",
        template_version integer,
        item_code text COLLATE "C",
        code text COLLATE "C" CHECK (code ~ '^[a-z][a-z0-9_]{0,39}$'),
        position smallint NOT NULL,
        text_th text NOT NULL,
        text_en text NOT NULL,
        run_id bigint REFERENCES run,
        PRIMARY KEY (template_id, template_version, item_code, code),
        FOREIGN KEY (template_id, template_version, item_code) REFERENCES checklist_item
            DEFERRABLE INITIALLY DEFERRED
    );
"""

_INSPECTIONS = """
    CREATE TABLE inspection (
        id uuid PRIMARY KEY,
        complaint_id text COLLATE "C" REFERENCES complaint,
        factory_id text COLLATE "C" REFERENCES factory,
        template_id text COLLATE "C" NOT NULL,
        template_version integer NOT NULL,
        template_sha256 bytea NOT NULL,
        province_code text COLLATE "C",
        account_id bigint NOT NULL REFERENCES account,
        received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        revision_id uuid,
        heads integer NOT NULL DEFAULT 0,
        visited_at timestamptz,
        finding text CHECK (finding IN ('cause_found', 'no_cause', 'not_accessible')),
        order_section text CHECK (order_section IN ('s37', 's39', 'other')),
        order_number text,
        order_due_on date,
        distance_m double precision,
        CHECK (complaint_id IS NOT NULL OR factory_id IS NOT NULL),
        FOREIGN KEY (template_id, template_version) REFERENCES checklist_template
            DEFERRABLE INITIALLY DEFERRED
    );
    COMMENT ON COLUMN inspection.province_code IS 'of the factory';
    COMMENT ON COLUMN inspection.revision_id IS
        'the edit that stands, whose values follow: the first, then what was made of it';
    COMMENT ON COLUMN inspection.heads IS
        'edits of which no other was made: more than one contradict each other';
    CREATE INDEX inspection_of_complaint ON inspection (complaint_id);
    CREATE INDEX inspection_of_factory ON inspection (factory_id, visited_at DESC);
    CREATE INDEX inspection_of_template
        ON inspection (template_id, template_version, template_sha256);

    CREATE TABLE inspection_revision (
        id uuid PRIMARY KEY,
        inspection_id uuid NOT NULL REFERENCES inspection,
        based_on uuid[] NOT NULL,
        account_id bigint NOT NULL REFERENCES account,
        device_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        started_at timestamptz NOT NULL,
        geom geometry(Point, 4326),
        accuracy_m double precision CHECK (accuracy_m >= 0),
        fixed_at timestamptz,
        no_fix text CHECK (no_fix IN ('refused', 'unavailable', 'slow', 'not_asked')),
        registered_geom geometry(Point, 4326),
        registered_precision text,
        distance_m double precision,
        finding text CHECK (finding IN ('cause_found', 'no_cause', 'not_accessible')),
        order_section text CHECK (order_section IN ('s37', 's39', 'other')),
        order_number text CHECK (length(order_number) BETWEEN 1 AND 100),
        order_due_on date,
        notes text CHECK (length(notes) <= 4000),
        content_sha256 bytea NOT NULL,
        CHECK ((geom IS NULL) = (no_fix IS NOT NULL)),
        CHECK ((geom IS NULL) = (accuracy_m IS NULL)),
        CHECK ((geom IS NULL) = (fixed_at IS NULL))
    );
    CREATE INDEX inspection_revision_of ON inspection_revision (inspection_id, received_at);
    COMMENT ON COLUMN inspection_revision.based_on IS
        'the edits that it was made of: none of the first, several where somebody chose';
    COMMENT ON COLUMN inspection_revision.device_at IS 'by the clock of the phone';
    COMMENT ON COLUMN inspection_revision.distance_m IS
        'from the fix to the point that the register gave for the factory as it was received';
    COMMENT ON COLUMN inspection_revision.content_sha256 IS
        'of what was sent: the same id with other content is refused';

    CREATE TABLE inspection_answer (
        revision_id uuid REFERENCES inspection_revision,
        item_code text COLLATE "C",
        value jsonb NOT NULL,
        PRIMARY KEY (revision_id, item_code)
    );

    CREATE TABLE inspection_photo (
        id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{32}$'),
        inspection_id uuid NOT NULL REFERENCES inspection,
        client_id uuid NOT NULL,
        item_code text COLLATE "C",
        account_id bigint NOT NULL REFERENCES account,
        device_at timestamptz NOT NULL,
        added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        width integer NOT NULL,
        height integer NOT NULL,
        sha256 bytea NOT NULL,
        UNIQUE (inspection_id, client_id)
    );
    COMMENT ON COLUMN inspection_photo.id IS 'the name of its file in FAHSAI_HOME/photos, random';
"""

_RIGHTS = """
    GRANT SELECT ON checklist_template, checklist_item, checklist_choice TO fahsai_staff;
    GRANT SELECT ON inspection, inspection_revision, inspection_answer, inspection_photo
        TO fahsai_staff;
    GRANT INSERT (id, complaint_id, factory_id, template_id, template_version, account_id)
        ON inspection TO fahsai_staff;
    GRANT INSERT (
        id, inspection_id, based_on, account_id, device_at, started_at, geom, accuracy_m, fixed_at,
        no_fix, finding, order_section, order_number, order_due_on, notes, content_sha256
    ) ON inspection_revision TO fahsai_staff;
    GRANT INSERT (revision_id, item_code, value) ON inspection_answer TO fahsai_staff;
    GRANT INSERT (
        id, inspection_id, client_id, item_code, account_id, device_at, width, height, sha256
    ) ON inspection_photo TO fahsai_staff;
"""
