"""Statements about the log of what was done."""

# The first row that is not what it was sealed as, or does not follow the one before it.
FIRST_BROKEN = """
    WITH chain AS (
        SELECT
            l.*, lag(l.seq, 1, 0) OVER linked AS seq_before,
            lag(l.hash, 1, ''::bytea) OVER linked AS hash_before,
            audit_hash(
                l.previous_hash, l.seq, l.at, l.account_id, l.action, l.subject, l.detail
            ) AS hash_now
        FROM audit_log AS l
        WINDOW linked AS (ORDER BY l.seq)
    )
    SELECT seq, seq <> seq_before + 1, hash <> hash_now
    FROM chain
    WHERE seq <> seq_before + 1 OR previous_hash <> hash_before OR hash <> hash_now
    ORDER BY seq
    LIMIT 1
"""

LAST = "SELECT seq, encode(hash, 'hex') FROM audit_log ORDER BY seq DESC LIMIT 1"

HASH_OF = "SELECT encode(hash, 'hex') FROM audit_log WHERE seq = %(seq)s"

TAIL = """
    SELECT l.seq, l.at, coalesce(a.email, '-'), l.action, l.subject, l.detail
    FROM audit_log AS l LEFT JOIN account AS a ON a.id = l.account_id
    ORDER BY l.seq DESC
    LIMIT %(most)s
"""
