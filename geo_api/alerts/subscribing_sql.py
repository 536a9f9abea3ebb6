"""Calls of the functions by which one subscribes and ends it (functions/subscribing.sql)."""

PLACE = "SELECT name_th, name_en FROM alert_place_name(%(kind)s, %(code)s, %(radius_m)s)"
SUBSCRIBE = "SELECT subscribe_to_alert(%(asked)s, %(hashed)s, %(sealed)s)"
OWN_MAIL = "SELECT own_mail()"
STAFF_SUBSCRIBE = "SELECT staff_subscribe_to_alert(%(asked)s, %(hashed)s, %(sealed)s)"
QUESTION = """
    SELECT rule, parameters, kind, name_th, name_en, radius_m, label
    FROM alert_question(%(token)s)
"""
CONFIRM = "SELECT confirm_alert(%(token)s)"
MINE = "SELECT alerts_of(%(token)s)"
CHANGE = "SELECT change_alert(%(token)s, %(subscription)s::uuid, %(act)s)"
CHANGE_HOURS = """
    SELECT change_alert_hours(
        %(token)s, %(digest_hour)s, %(quiet_from)s, %(quiet_to)s, %(most_a_day)s
    )
"""
END = "SELECT end_alerts(%(token)s)"
OUTBOX = """
    SELECT recipient, way, kind, state, created_at, due_at, attempts, error, line
    FROM staff_alert_outbox(%(most)s)
"""
COUNTS = "SELECT staff_alert_counts()"
FEED = "SELECT alert_feed(%(token)s, %(most)s)"
FOLLOWED = "SELECT followed_alerts(%(rule)s, %(province)s, %(most)s)"

# By the owner, for accounts of the simulated world.
KEEP = """
    SELECT keep_alert(
        %(asked)s, %(hashed)s, %(sealed)s, %(account)s, %(audience)s, %(scope)s
    )
"""
DEMO_OFFICERS = """
    SELECT a.id, a.email, a.province_code
    FROM account AS a
    JOIN complaint AS c ON c.province_code = a.province_code
    WHERE a.email LIKE 'officer-__@demo.example' AND c.source = 'demo' AND c.reported_at > (
        SELECT max(reported_at) FROM complaint WHERE source = 'demo'
    ) - INTERVAL '30 days'
    GROUP BY a.id, a.email, a.province_code
    ORDER BY count(*) DESC, a.id
    LIMIT %(most)s
"""
