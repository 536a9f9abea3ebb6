-- How a case changes: an event of it is written, and this applies the event, or refuses it. Staff may
-- write events and nothing else of a case, so that none changes without its who, when and why.
--
-- Refusals have a code of their own: CW001 no such transition, CW002 not by this role, CW003 something
-- that it requires is missing (the detail names what), CW004 the case is no longer as its author saw it.

-- Whatever writes, and be it the owner: no state is left but by a transition that is declared.
CREATE FUNCTION refuse_undeclared_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM complaint_transition WHERE (from_state, to_state) = (OLD.state, NEW.state)
    ) THEN
        RAISE EXCEPTION 'no transition leads from % to %', OLD.state, NEW.state
            USING ERRCODE = 'CW001';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER refuse_undeclared_transition BEFORE UPDATE OF state ON complaint
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION refuse_undeclared_transition();

-- Whether there is something to be read: blanks, marks without a width and marks of direction are not.
CREATE FUNCTION is_written(words text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT words ~
        '[^[:space:]\u00a0\u00ad\u115f\u1160\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3164\ufeff]'
$$;

-- An inspection with a finding, a photo of what was done, or the number of an order; of a case that
-- was opened again, only what came after that; of an inspection, what it says last.
CREATE FUNCTION has_evidence(id text) RETURNS boolean LANGUAGE sql STABLE AS $$
    WITH opened AS (
        SELECT coalesce(max(at), '-infinity') AS at FROM complaint_event
        WHERE complaint_id = has_evidence.id AND kind = 'transition' AND to_state = 'reopened'
    )
    SELECT EXISTS (
        SELECT FROM complaint_event AS e, opened
        WHERE e.complaint_id = has_evidence.id AND e.at >= opened.at AND (
            is_written(e.detail ->> 'order_number')
            OR (e.kind = 'inspection' AND is_written(e.detail ->> 'finding'))
        ) AND NOT EXISTS (
            SELECT FROM complaint_event AS later
            WHERE later.complaint_id = e.complaint_id AND later.id > e.id
                AND (later.kind, e.kind) = ('inspection', 'inspection')
                AND later.detail ->> 'inspection' = e.detail ->> 'inspection'
        )
    ) OR EXISTS (
        SELECT FROM complaint_photo AS p, opened
        WHERE p.complaint_id = has_evidence.id AND p.kind = 'evidence' AND p.added_at >= opened.at
    )
$$;

-- Of what the transition requires that which the event, already written, does not bring.
CREATE FUNCTION missing_requirements(requires text[], event complaint_event) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(required), '{}') FROM unnest(requires) AS required
    WHERE NOT coalesce(
        CASE required
            WHEN 'reason' THEN is_written(event.why)
            WHEN 'recipient' THEN is_written(event.detail ->> 'recipient')
            WHEN 'original' THEN is_written(event.detail ->> 'duplicate_of')
            WHEN 'evidence' THEN has_evidence(event.complaint_id)
            WHEN 'undo' THEN event.to_state = (
                SELECT e.from_state FROM complaint_event AS e
                WHERE e.complaint_id = event.complaint_id AND e.kind = 'merged'
                ORDER BY e.id DESC LIMIT 1
            )
        END,
        false
    )
$$;

CREATE FUNCTION move_complaint(current complaint, event complaint_event) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    declared complaint_transition;
    acting CONSTANT text := (SELECT role FROM account WHERE id = event.account_id);
    missing text[];
BEGIN
    IF event.from_state IS DISTINCT FROM current.state THEN
        RAISE EXCEPTION 'the complaint is %, no longer %', current.state, event.from_state
            USING ERRCODE = 'CW004';
    END IF;
    SELECT * INTO declared FROM complaint_transition
    WHERE (from_state, to_state) = (event.from_state, event.to_state);
    IF declared IS NULL
        OR (event.to_state = 'duplicate') <> (event.kind = 'merged')
        OR (event.from_state = 'duplicate') <> (event.kind = 'unmerged')
    THEN
        RAISE EXCEPTION 'no transition leads from % to %', event.from_state, event.to_state
            USING ERRCODE = 'CW001';
    END IF;
    IF NOT acting = ANY (declared.roles) THEN
        RAISE EXCEPTION 'from % to % is for: %', event.from_state, event.to_state,
            array_to_string(declared.roles, ', ') USING ERRCODE = 'CW002';
    END IF;
    missing := missing_requirements(declared.requires, event);
    IF missing <> '{}' THEN
        RAISE EXCEPTION 'from % to % requires: %', event.from_state, event.to_state,
            array_to_string(missing, ', ')
            USING ERRCODE = 'CW003', DETAIL = array_to_string(missing, ',');
    END IF;
    UPDATE complaint SET
        state = event.to_state,
        closed_at = CASE WHEN declared.closes THEN event.at END,
        duplicate_of = CASE WHEN event.kind = 'merged' THEN event.detail ->> 'duplicate_of' END
    WHERE id = current.id;
END $$;

-- The original must be a case that the account may work on, and no duplicate itself: whoever looks
-- one up is led to its original at once. What was closed before is over: who complains since then is
-- not answered by it.
CREATE FUNCTION require_original(event complaint_event) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM complaint AS o JOIN account AS a ON a.id = event.account_id
        JOIN complaint AS c ON c.id = event.complaint_id
        WHERE o.id = event.detail ->> 'duplicate_of' AND o.id <> event.complaint_id
            AND o.state <> 'duplicate' AND coalesce(a.province_code = o.province_code, true)
            AND coalesce(o.closed_at >= c.reported_at, true)
    ) OR EXISTS (SELECT FROM complaint WHERE duplicate_of = event.complaint_id) THEN
        RAISE EXCEPTION 'the original must be another complaint, not closed before this one was '
            'reported, and none may be merged into this one'
            USING ERRCODE = 'CW003', DETAIL = 'original';
    END IF;
END $$;

CREATE FUNCTION assign_complaint(current complaint, event complaint_event) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    assignee CONSTANT bigint := (event.detail ->> 'assignee')::bigint;
BEGIN
    IF assignee IS NOT NULL AND NOT EXISTS (
        SELECT FROM account AS a
        WHERE a.id = assignee AND a.disabled_at IS NULL AND a.role <> 'analyst'
            AND (a.role <> 'officer' OR a.province_code = current.province_code)
    ) THEN
        RAISE EXCEPTION 'nobody of this number works on complaints here'
            USING ERRCODE = 'CW003', DETAIL = 'assignee';
    END IF;
    UPDATE complaint SET assigned_to = assignee WHERE id = current.id;
END $$;

-- Complaints are locked for the moment, so that of two officers the second is told what the first
-- did. Merging locks all others who merge: two complaints never become each other's duplicate.
CREATE FUNCTION apply_complaint_event() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    current complaint;
BEGIN
    IF NEW.kind = 'merged' THEN
        PERFORM pg_advisory_xact_lock(hashtext('complaint.duplicate_of'));
    END IF;
    SELECT * INTO current FROM complaint WHERE id = NEW.complaint_id FOR NO KEY UPDATE;
    -- Of two at once, that with the higher number may have been applied first.
    IF EXISTS (
        SELECT FROM complaint_event
        WHERE complaint_id = NEW.complaint_id AND id > NEW.after_event AND id <> NEW.id
    ) THEN
        RAISE EXCEPTION 'something was done since with the complaint, which is %', current.state
            USING ERRCODE = 'CW004';
    END IF;
    CASE
        WHEN NEW.kind IN ('transition', 'merged', 'unmerged') THEN
            PERFORM move_complaint(current, NEW);
            IF NEW.kind = 'merged' THEN
                PERFORM require_original(NEW);
            END IF;
        WHEN NEW.kind = 'assigned' THEN
            PERFORM assign_complaint(current, NEW);
        WHEN NEW.kind = 'spam' THEN
            UPDATE complaint SET is_spam = (NEW.detail ->> 'is_spam')::boolean
            WHERE id = current.id;
        WHEN NEW.kind = 'recategorised' THEN
            UPDATE complaint SET category = NEW.detail ->> 'category' WHERE id = current.id;
        WHEN NEW.kind = 'placed' THEN
            PERFORM place_case(current, NEW);
        ELSE NULL;
    END CASE;
    RETURN NULL;
END $$;

-- What the service itself writes, without an account, it has applied before.
CREATE TRIGGER apply_complaint_event AFTER INSERT ON complaint_event
    FOR EACH ROW WHEN (NEW.account_id IS NOT NULL) EXECUTE FUNCTION apply_complaint_event();

CREATE POLICY of_staff ON complaint_event AS RESTRICTIVE FOR INSERT TO fahsai_staff WITH CHECK (
    kind IN (
        'transition', 'merged', 'unmerged', 'recategorised', 'assigned', 'spam', 'note', 'photo',
        'inspection', 'placed'
    )
);

-- Whether somebody can be answered, and not who: of cases that whoever asks sees.
CREATE FUNCTION complaint_has_contact(id text) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM contact.complainant AS a
        JOIN complaint AS c ON c.id = a.complaint_id
        WHERE c.id = complaint_has_contact.id AND a.sealed IS NOT NULL
            AND (SELECT signed_in_province('read')) IN ('*', c.province_code)
    )
$$;

REVOKE EXECUTE ON FUNCTION
    complaint_has_contact(text), is_written(text), has_evidence(text),
    missing_requirements(text[], complaint_event),
    move_complaint(complaint, complaint_event), require_original(complaint_event),
    assign_complaint(complaint, complaint_event)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION complaint_has_contact(text), is_written(text), has_evidence(text)
    TO fahsai_staff;
