"""Statements about contacts, and about all that is kept of a person."""

READ = "SELECT read_contact(%(complaint)s)"

SEALED = """
    SELECT complaint_id, sealed FROM contact.complainant WHERE sealed IS NOT NULL
    ORDER BY complaint_id
"""

# Whoever erased it meanwhile is not undone.
SEAL_AGAIN = """
    UPDATE contact.complainant SET sealed = %(sealed)s
    WHERE complaint_id = %(complaint)s AND sealed = %(before)s
"""

# Of subscribers to alerts, sealed with the same keys.
SEALED_SUBSCRIBERS = "SELECT id, sealed FROM alert.recipient WHERE sealed IS NOT NULL ORDER BY id"
SEAL_SUBSCRIBER_AGAIN = """
    UPDATE alert.recipient SET sealed = %(sealed)s WHERE id = %(id)s AND sealed = %(before)s
"""

# Each erasure stands in the story of its case.
ERASE_CLOSED = """
    WITH due AS (
        SELECT k.complaint_id
        FROM contact.complainant AS k JOIN complaint AS c ON c.id = k.complaint_id
        WHERE k.sealed IS NOT NULL AND c.closed_at < %(before)s
        FOR UPDATE OF k
    ), erased AS (
        UPDATE contact.complainant AS k SET sealed = NULL, erased_at = %(now)s
        FROM due WHERE k.complaint_id = due.complaint_id
        RETURNING k.complaint_id
    ), told AS (
        INSERT INTO complaint_event (complaint_id, kind, detail)
        SELECT complaint_id, 'contact_erased', jsonb_build_object('why', 'retention') FROM erased
    )
    SELECT count(*) FROM erased
"""

BY_TRACKING = "SELECT id FROM complaint WHERE tracking_hash = %(tracking)s"

BY_TICKET = "SELECT id FROM complaint WHERE id = %(ticket)s OR ticket_id = %(ticket)s"

# What staff wrote about the case is theirs, and is not told here.
PERSON = """
    SELECT jsonb_build_object(
        'complaint', c.ticket_id, 'received_at', c.received_at, 'happened_at', c.happened_at,
        'category', c.category, 'state', c.state, 'strength', c.strength, 'address', c.address,
        'place', ST_AsGeoJSON(c.geom)::jsonb, 'words', t.text,
        'photos', (
            SELECT coalesce(jsonb_agg(p.id ORDER BY p.added_at), '[]')
            FROM complaint_photo AS p WHERE p.complaint_id = c.id AND p.kind = 'report'
        ),
        'steps', (
            SELECT coalesce(jsonb_agg(
                jsonb_build_object('at', e.at, 'kind', e.kind, 'state', e.to_state) ORDER BY e.id
            ), '[]')
            FROM complaint_event AS e WHERE e.complaint_id = c.id
        )
    ), k.sealed
    FROM complaint AS c
    LEFT JOIN complaint_text AS t ON t.complaint_id = c.id
    LEFT JOIN contact.complainant AS k ON k.complaint_id = c.id
    WHERE c.id = ANY (%(complaints)s)
    ORDER BY c.received_at, c.id
"""

# The case stays, and with it every count: which home it is counted for, where and when.
FORGET_CONTACT = """
    UPDATE contact.complainant SET sealed = NULL, erased_at = %(now)s
    WHERE complaint_id = ANY (%(complaints)s) AND sealed IS NOT NULL
"""

FORGET_WORDS = "DELETE FROM complaint_text WHERE complaint_id = ANY (%(complaints)s)"

FORGET_PHOTOS = """
    DELETE FROM complaint_photo
    WHERE complaint_id = ANY (%(complaints)s) AND kind = 'report'
    RETURNING id
"""

FORGET_ADDRESS = """
    UPDATE complaint SET address = NULL, tracking_hash = NULL, client_id = NULL
    WHERE id = ANY (%(complaints)s)
"""

TELL_ERASED = """
    INSERT INTO complaint_event (complaint_id, kind, detail)
    SELECT unnest(%(complaints)s), 'contact_erased', jsonb_build_object('why', 'request')
"""
