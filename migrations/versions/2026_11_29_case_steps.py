"""How cases move: declared transitions, what counts as near, deadlines and procedures as data.

Staff change a case by writing an event of it, and by nothing else (geo_api/complaints/functions:
events.sql), so that no change is without its who, when and why.
"""

from alembic import op

revision = "2026_11_29_case_steps"
down_revision = "2026_11_29_intake"


def upgrade() -> None:
    """Forward only."""
    op.execute(_RULES)
    op.execute(_EVENTS)
    op.execute(_RIGHTS)


_RULES = """
    CREATE TABLE complaint_transition (
        from_state text NOT NULL,
        to_state text NOT NULL,
        roles text[] NOT NULL,
        requires text[] NOT NULL CHECK (
            requires <@ ARRAY['reason', 'recipient', 'original', 'evidence', 'undo']
        ),
        closes boolean NOT NULL,
        run_id bigint REFERENCES run,
        PRIMARY KEY (from_state, to_state)
    );
    COMMENT ON TABLE complaint_transition IS
        'the state machine of complaints: layers/casework/seeds/complaint_transition.csv';
    COMMENT ON COLUMN complaint_transition.roles IS
        'of accounts; `source` is the provider of an imported complaint, whom no requirement binds';
    COMMENT ON COLUMN complaint_transition.closes IS 'whether to_state is an end';

    CREATE TABLE nearness_rule (
        category text COLLATE "C" PRIMARY KEY,
        within_m double precision NOT NULL CHECK (within_m > 0),
        duplicate_days integer NOT NULL CHECK (duplicate_days > 0),
        recurrence_days integer NOT NULL CHECK (recurrence_days > 0),
        run_id bigint REFERENCES run
    );
    COMMENT ON TABLE nearness_rule IS
        'which complaints of a category may be of one matter; * is for all without a rule';

    CREATE TABLE complaint_deadline (
        category text COLLATE "C" PRIMARY KEY,
        hours double precision NOT NULL CHECK (hours > 0),
        source text NOT NULL,
        run_id bigint REFERENCES run
    );
    COMMENT ON TABLE complaint_deadline IS
        'from its receipt to its end; a category without a row has none; * is for all others';
    CREATE TABLE staging.complaint_deadline (
        category text COLLATE "C", hours double precision, source text
    );

    CREATE TABLE procedure_step (
        version text COLLATE "C" NOT NULL,
        category text COLLATE "C" NOT NULL,
        step smallint NOT NULL CHECK (step > 0),
        title_th text NOT NULL,
        title_en text NOT NULL,
        from_state text NOT NULL,
        to_state text NOT NULL,
        target_hours double precision NOT NULL CHECK (target_hours > 0),
        valid_from date NOT NULL,
        source text NOT NULL,
        run_id bigint REFERENCES run,
        PRIMARY KEY (version, category, step)
    );
    COMMENT ON TABLE procedure_step IS
        'standard procedures by edition; a case keeps to the edition valid when it was received';
    COMMENT ON COLUMN procedure_step.category IS '* is for all without steps of their own';
    CREATE TABLE staging.procedure_step (
        version text COLLATE "C", category text COLLATE "C", step smallint, title_th text,
        title_en text, from_state text, to_state text, target_hours double precision,
        valid_from date, source text
    );
"""

_EVENTS = """
    ALTER TABLE complaint_event
        ADD COLUMN after_event bigint,
        DROP CONSTRAINT complaint_event_kind_check,
        ADD CONSTRAINT complaint_event_kind_check CHECK (kind IN (
            'received', 'transition', 'note', 'assigned', 'merged', 'unmerged', 'recategorised',
            'recurred', 'spam', 'reminder', 'photo', 'inspection', 'contact_read', 'contact_erased'
        ));
    COMMENT ON COLUMN complaint_event.after_event IS
        'the newest event that its author had seen; where there is a newer one, it is refused';
    CREATE INDEX complaint_event_of_original ON complaint_event ((detail ->> 'duplicate_of'))
        WHERE kind IN ('merged', 'unmerged');
    CREATE INDEX complaint_duplicate_of ON complaint (duplicate_of)
        WHERE duplicate_of IS NOT NULL;
    CREATE INDEX complaint_closed ON complaint (closed_at) WHERE closed_at IS NOT NULL;
"""

_RIGHTS = """
    REVOKE UPDATE (
        state, closed_at, category, province_code, district_code, subdistrict_code, assigned_to,
        duplicate_of, recurred_at, is_spam
    ) ON complaint FROM fahsai_staff;
    GRANT INSERT (after_event) ON complaint_event TO fahsai_staff;
    GRANT SELECT (disabled_at) ON account TO fahsai_staff;
    GRANT SELECT ON complaint_transition, nearness_rule, complaint_deadline, procedure_step
        TO fahsai_staff;
"""
