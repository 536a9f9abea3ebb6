"""Statements by which a complaint is received and followed."""

RECEIVE = """
    SELECT ticket_id, received_at, is_new
    FROM receive_complaint(%(report)s::jsonb, %(tracking)s, %(sealed)s)
"""
TRACK = """
    SELECT state, category, received_at, happened_at, photos, steps
    FROM track_complaint(%(tracking)s)
"""
# Of complaints and of inspections, whose files lie in one folder.
PHOTO_IDS = "SELECT id FROM complaint_photo UNION ALL SELECT id FROM inspection_photo"
