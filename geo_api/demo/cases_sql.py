"""Statements about the simulated work on complaints."""

HAS_STORIES = """
    SELECT EXISTS (
        SELECT FROM complaint_event AS e JOIN complaint AS c ON c.id = e.complaint_id
        WHERE c.source = 'demo' AND e.account_id IS NOT NULL
    )
"""

# Those that their source has not ended.
CASES = """
    SELECT id, state, province_code, category, reported_at FROM complaint
    WHERE source = 'demo' AND state IN ('received', 'acknowledged') AND category IS NOT NULL
        AND province_code IS NOT NULL AND reported_at >= %(since)s AND reported_at < %(until)s
    ORDER BY md5(ticket_id) LIMIT %(most)s
"""

MAKE_OFFICERS = """
    INSERT INTO account (email, name, role, province_code)
    SELECT v.email, v.name, 'officer', v.code FROM (VALUES %s) AS v (email, name, code)
    ON CONFLICT (email) DO NOTHING
"""
OFFICERS = """
    SELECT province_code, id FROM account WHERE email LIKE 'officer-__@demo.example'
"""

SAY = """
    INSERT INTO complaint_text (complaint_id, text)
    SELECT %(id)s, %(words)s WHERE %(words)s IS NOT NULL
    ON CONFLICT DO NOTHING
"""

ORIGINAL = """
    SELECT p.other FROM nearby_complaints(%(id)s) AS p
    JOIN complaint AS o ON o.id = p.other
    JOIN complaint AS c ON c.id = %(id)s
    WHERE o.source = 'demo' AND o.province_code = c.province_code
        AND coalesce(o.closed_at >= c.reported_at, true)
        AND NOT EXISTS (SELECT FROM complaint WHERE duplicate_of = %(id)s)
    ORDER BY p.distance_m, p.other LIMIT 1
"""

WRITE = """
    INSERT INTO complaint_event (
        complaint_id, at, kind, from_state, to_state, account_id, why, detail
    )
    VALUES %s
"""

RECUR = "SELECT mark_recurrences(%(ids)s)"
REMIND = "SELECT remind_overdue(%(at)s)"

# Events keep what was written, whoever asks; but for the owner, whose these tables are, and of what
# never happened. A complaint of a resident that was merged into a simulated one stays.
FORGET = """
    CREATE TEMPORARY TABLE forgotten ON COMMIT DROP AS
        SELECT id FROM complaint WHERE source = 'demo';
    CREATE TEMPORARY TABLE forgotten_visit ON COMMIT DROP AS
        SELECT i.id FROM inspection AS i
        WHERE i.complaint_id IN (SELECT id FROM forgotten)
            OR i.factory_id IN (SELECT id FROM factory WHERE source = 'demo');
    ALTER TABLE complaint_event DISABLE TRIGGER refuse_change;
    ALTER TABLE inspection_revision DISABLE TRIGGER refuse_change;
    ALTER TABLE inspection_answer DISABLE TRIGGER refuse_change;
    ALTER TABLE inspection_photo DISABLE TRIGGER refuse_change;
    DELETE FROM inspection_answer WHERE revision_id IN (
        SELECT r.id FROM inspection_revision AS r
        WHERE r.inspection_id IN (SELECT id FROM forgotten_visit)
    );
    DELETE FROM inspection_photo WHERE inspection_id IN (SELECT id FROM forgotten_visit);
    DELETE FROM inspection_revision WHERE inspection_id IN (SELECT id FROM forgotten_visit);
    DELETE FROM inspection WHERE id IN (SELECT id FROM forgotten_visit);
    DELETE FROM complaint_event WHERE complaint_id IN (SELECT id FROM forgotten);
    ALTER TABLE complaint_event ENABLE TRIGGER refuse_change;
    ALTER TABLE inspection_revision ENABLE TRIGGER refuse_change;
    ALTER TABLE inspection_answer ENABLE TRIGGER refuse_change;
    ALTER TABLE inspection_photo ENABLE TRIGGER refuse_change;
    DELETE FROM complaint_photo WHERE complaint_id IN (SELECT id FROM forgotten);
    DELETE FROM contact.complainant WHERE complaint_id IN (SELECT id FROM forgotten);
    UPDATE complaint SET duplicate_of = NULL WHERE duplicate_of IN (SELECT id FROM forgotten);
    DROP TABLE forgotten;
    DROP TABLE forgotten_visit
"""
