"""Statements by which staff change a case: each writes one event, which PostgreSQL applies."""

# Nothing is answered where row-level security shows no such case.
STATE = "SELECT state, province_code FROM complaint WHERE id = %(id)s"

STATE_BEFORE_MERGE = """
    SELECT from_state, detail ->> 'duplicate_of' FROM complaint_event
    WHERE complaint_id = %(id)s AND kind = 'merged'
    ORDER BY id DESC LIMIT 1
"""

WRITE = """
    INSERT INTO complaint_event (
        complaint_id, kind, from_state, to_state, account_id, why, detail, after_event
    )
    VALUES (
        %(id)s, %(kind)s, %(from_state)s, %(to_state)s, signed_in_account(), %(why)s,
        %(detail)s::jsonb, %(version)s
    )
"""

ADD_PHOTO = """
    INSERT INTO complaint_photo (id, complaint_id, account_id, kind, width, height, sha256)
    VALUES (
        %(photo)s, %(id)s, signed_in_account(), 'evidence', %(width)s, %(height)s, %(sha256)s
    )
"""
