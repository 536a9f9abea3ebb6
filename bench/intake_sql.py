"""What there is of reports by form."""

KEPT = """
    SELECT
        (SELECT count(*) FROM complaint WHERE channel = 'form'),
        (
            SELECT count(*) FROM complaint_photo AS p JOIN complaint AS c ON c.id = p.complaint_id
            WHERE c.channel = 'form' AND p.kind = 'report'
        )
"""
