"""Statements that count what staff did; row-level security decides of which cases."""

# An officer's offices are districts, of the country's they are provinces.
_OFFICE = """
    LEFT JOIN published.districts AS t ON %(by_district)s AND t.code = g.code
    LEFT JOIN published.provinces AS p ON NOT %(by_district)s AND p.code = g.code
"""

# Every closing that said the matter is over, and whether a report contradicted it before the next
# of the same case. One of spam contradicts nothing. Too recent is one whose days are not over.
RECURRENCES = f"""
    WITH closing AS (
        SELECT e.complaint_id, e.id, e.at,
            lead(e.id) OVER (PARTITION BY e.complaint_id ORDER BY e.id) AS next_id
        FROM complaint_event AS e
        WHERE e.kind = 'transition' AND e.to_state IN ('resolved', 'no_cause_found')
            AND e.at >= %(since)s
    ), contradiction AS MATERIALIZED (
        SELECT e.complaint_id, e.id, e.detail ->> 'by' AS by_id
        FROM complaint_event AS e WHERE e.kind = 'recurred' AND e.at >= %(since)s
    ), sound AS MATERIALIZED (
        SELECT r.complaint_id, r.id FROM contradiction AS r
        LEFT JOIN complaint AS b ON b.id = r.by_id
        WHERE b.is_spam IS NOT TRUE
    ), closed AS MATERIALIZED (
        SELECT n.complaint_id, n.at, coalesce(
            bool_or(s.id > n.id AND (n.next_id IS NULL OR s.id < n.next_id)), false
        ) AS has_recurred
        FROM closing AS n LEFT JOIN sound AS s ON s.complaint_id = n.complaint_id
        GROUP BY n.complaint_id, n.id, n.at
    ), told AS (
        SELECT
            CASE WHEN %(by_district)s THEN c.district_code ELSE c.province_code END AS code,
            n.at + make_interval(days => r.recurrence_days) <= %(now)s AS is_over,
            n.has_recurred
        FROM closed AS n
        JOIN complaint AS c ON c.id = n.complaint_id
        CROSS JOIN LATERAL nearness(c.category) AS r
        WHERE NOT c.is_spam AND c.category IS NOT NULL
    ), g AS (
        SELECT code,
            count(*) FILTER (WHERE has_recurred) AS recurred,
            count(*) FILTER (WHERE has_recurred OR is_over) AS counted,
            count(*) FILTER (WHERE NOT (has_recurred OR is_over)) AS waiting
        FROM told GROUP BY code
    )
    SELECT g.code, coalesce(t.name_th, p.name_th), coalesce(t.name_en, p.name_en),
        g.recurred, g.counted, g.waiting
    FROM g {_OFFICE}
    ORDER BY g.counted DESC, g.code
"""

HAS_PROCEDURE = "SELECT EXISTS (SELECT FROM procedure_step)"

# A step ends when the case comes to its last state, or to an end: what was rejected at once needed
# no inspection. What has not ended counts once its time is over.
STEP_SHARES = f"""
    WITH cases AS (
        SELECT c.id, c.received_at, c.category, v.version,
            CASE WHEN %(by_district)s THEN c.district_code ELSE c.province_code END AS code,
            (c.received_at AT TIME ZONE 'Asia/Bangkok')::date AS day
        FROM complaint AS c
        CROSS JOIN LATERAL (
            SELECT s.version FROM procedure_step AS s
            WHERE s.valid_from <= (c.received_at AT TIME ZONE 'Asia/Bangkok')::date
            ORDER BY s.valid_from DESC, s.version DESC LIMIT 1
        ) AS v
        WHERE c.received_at >= %(since)s AND c.category IS NOT NULL AND NOT c.is_spam
            AND c.state <> 'duplicate'
    ), steps AS (
        SELECT c.code, date_trunc('month', c.day)::date AS month, s.version, s.category, s.step,
            s.title_th, s.title_en, s.target_hours, c.id, s.to_state,
            CASE WHEN s.from_state = 'received' THEN c.received_at ELSE (
                SELECT min(e.at) FROM complaint_event AS e
                WHERE e.complaint_id = c.id AND e.to_state = s.from_state
            ) END AS began
        FROM cases AS c
        JOIN procedure_step AS s ON s.version = c.version AND s.category = CASE
            WHEN EXISTS (
                SELECT FROM procedure_step AS o
                WHERE o.version = c.version AND o.category = c.category
            ) THEN c.category ELSE '*' END
    ), timed AS (
        SELECT s.code, s.month, s.version, s.category, s.step, s.title_th, s.title_en,
            s.target_hours, s.began + make_interval(secs => s.target_hours * 3600) AS due_at,
            (
                SELECT min(e.at) FROM complaint_event AS e
                LEFT JOIN complaint_transition AS m
                    ON (m.from_state, m.to_state) = (e.from_state, e.to_state)
                WHERE e.complaint_id = s.id AND e.at >= s.began
                    AND (e.to_state = s.to_state OR m.closes)
            ) AS ended
        FROM steps AS s
        WHERE s.began IS NOT NULL
    ), g AS (
        SELECT code, month, version, category, step, title_th, title_en, target_hours,
            count(*) FILTER (WHERE ended <= due_at) AS within,
            count(*) FILTER (WHERE ended IS NOT NULL OR due_at < %(now)s) AS counted,
            count(*) FILTER (WHERE ended IS NULL AND due_at >= %(now)s) AS waiting
        FROM timed
        GROUP BY code, month, version, category, step, title_th, title_en, target_hours
    )
    SELECT g.code, coalesce(t.name_th, p.name_th), coalesce(t.name_en, p.name_en), g.month,
        g.version, g.category, g.step, g.title_th, g.title_en, g.target_hours, g.within, g.counted,
        g.waiting
    FROM g {_OFFICE}
    ORDER BY g.month DESC, g.code, g.version, g.category, g.step
"""

# Of each case the newest visit that stands without contradiction. What the model says follows from
# no finding, so that it may be held against them. Ranks are by the pooled answer.
MODEL_AGAINST_FINDINGS = """
    WITH visited AS (
        SELECT DISTINCT ON (i.complaint_id) i.complaint_id, i.finding, i.cause_factory_id
        FROM inspection AS i
        WHERE i.complaint_id IS NOT NULL AND i.heads = 1
            AND i.finding IN ('cause_found', 'no_cause')
        ORDER BY i.complaint_id, i.visited_at DESC, i.id
    ), judged AS (
        SELECT
            v.finding, v.cause_factory_id AS cause, a.none_pooled AS none,
            a.complaint_id IS NOT NULL AND a.reason IS NULL AS answered,
            (
                SELECT c.share_pooled FROM complaint_candidate AS c
                WHERE c.complaint_id = v.complaint_id AND c.factory_id = v.cause_factory_id
            ) AS share,
            (
                SELECT 1 + count(*) FROM complaint_candidate AS c
                JOIN complaint_candidate AS mine ON mine.complaint_id = c.complaint_id
                    AND mine.factory_id = v.cause_factory_id
                WHERE c.complaint_id = v.complaint_id AND c.share_pooled > mine.share_pooled
            ) AS rank
        FROM visited AS v
        LEFT JOIN complaint_attribution AS a USING (complaint_id)
    )
    SELECT
        count(*) FILTER (WHERE cause IS NOT NULL),
        count(*) FILTER (WHERE cause IS NOT NULL AND answered),
        count(*) FILTER (WHERE answered AND share IS NOT NULL AND rank = 1 AND share > none),
        count(*) FILTER (WHERE answered AND share IS NOT NULL AND rank <= 3),
        count(*) FILTER (WHERE finding = 'no_cause' AND answered),
        count(*) FILTER (WHERE finding = 'no_cause' AND answered AND none >= 0.5),
        avg(share) FILTER (WHERE cause IS NOT NULL AND answered),
        count(*) FILTER (WHERE finding = 'cause_found' AND cause IS NULL)
    FROM judged
"""
