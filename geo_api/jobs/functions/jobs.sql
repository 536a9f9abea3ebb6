-- Puts a job into the queue, in the caller's transaction, unless it waits there already. The queue's
-- own functions name its tables without their schema.
CREATE FUNCTION defer_job(job text) RETURNS boolean LANGUAGE plpgsql SET search_path = jobs, pg_temp
AS $$
BEGIN
    PERFORM procrastinate_defer_jobs_v1(ARRAY[ROW(
        'jobs', 'run_job', 0, job, job, jsonb_build_object('name', job), NULL
    )::procrastinate_job_to_defer_v1]);
    RETURN true;
EXCEPTION WHEN unique_violation THEN
    RETURN false;
END $$;

-- Puts help with the parts of a Run into the queue, after all else.
CREATE FUNCTION defer_help(run bigint, number integer) RETURNS boolean LANGUAGE plpgsql
SET search_path = jobs, pg_temp AS $$
BEGIN
    PERFORM procrastinate_defer_jobs_v1(ARRAY[ROW(
        'jobs', 'help_run', -1, NULL, format('help %s %s', run, number),
        jsonb_build_object('run', run, 'number', number), NULL
    )::procrastinate_job_to_defer_v1]);
    RETURN true;
EXCEPTION WHEN unique_violation THEN
    RETURN false;
END $$;

-- Takes out of the queue what nobody has begun of it.
CREATE FUNCTION withdraw_help(run bigint) RETURNS void LANGUAGE sql
SET search_path = jobs, pg_temp AS $$
    DELETE FROM jobs.procrastinate_jobs
    WHERE status = 'todo' AND task_name = 'help_run' AND (args ->> 'run')::bigint = run
$$;

-- Pauses, resumes or runs a job.
CREATE FUNCTION act_on_job(job text, act text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO jobs.standing AS s (name, paused_at)
    VALUES (job, CASE act WHEN 'pause' THEN now() END)
    ON CONFLICT (name) DO UPDATE SET paused_at = CASE act
        WHEN 'pause' THEN coalesce(s.paused_at, now())
        WHEN 'run' THEN s.paused_at
    END;
    IF act = 'run' THEN
        PERFORM defer_job(job);
    END IF;
END $$;

-- How jobs stand, and whether each waits in the queue or is at work.
CREATE FUNCTION job_standings() RETURNS TABLE (
    name text, paused_at timestamptz, started_at timestamptz, finished_at timestamptz,
    succeeded_at timestamptz, outcome text, message text, failures integer, next_at timestamptz,
    waits_for text, detail text, queued boolean, running boolean, parts_done bigint, parts bigint
) LANGUAGE sql STABLE AS $$
    SELECT
        s.name, s.paused_at, s.started_at, s.finished_at, s.succeeded_at, s.outcome, s.message,
        s.failures, s.next_at, s.waits_for, s.detail, coalesce(q.queued, false),
        coalesce(q.running, false), p.done, p.parts
    FROM jobs.standing AS s
    LEFT JOIN (
        SELECT
            p.queueing_lock, bool_or(p.status = 'todo') AS queued,
            bool_or(p.status = 'doing') AS running
        FROM jobs.procrastinate_jobs AS p
        WHERE p.status IN ('todo', 'doing')
        GROUP BY p.queueing_lock
    ) AS q ON q.queueing_lock = s.name
    LEFT JOIN (
        SELECT r.source, count(a.done_at) AS done, count(*) AS parts
        FROM jobs.part AS a
        JOIN run AS r ON r.id = a.run_id AND r.status = 'running'
        GROUP BY r.source
    ) AS p ON p.source = s.name AND q.running
$$;

-- Workers that were heard of within the time.
CREATE FUNCTION job_workers(within interval) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT count(*) FROM jobs.procrastinate_workers WHERE last_heartbeat > now() - within
$$;

-- The same for staff, by their credential.
CREATE FUNCTION require_job_operator(scope text) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM signed_in() AS s
        WHERE s.role IN ('national', 'admin') AND require_job_operator.scope = ANY (s.scopes)
    ) THEN
        RAISE EXCEPTION 'jobs are for national staff and admins'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

CREATE FUNCTION staff_job_standings() RETURNS TABLE (
    name text, paused_at timestamptz, started_at timestamptz, finished_at timestamptz,
    succeeded_at timestamptz, outcome text, message text, failures integer, next_at timestamptz,
    waits_for text, detail text, queued boolean, running boolean, parts_done bigint, parts bigint
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_job_operator('read');
    RETURN QUERY SELECT * FROM job_standings();
END $$;

CREATE FUNCTION staff_job_workers(within interval) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_job_operator('read');
    RETURN job_workers(within);
END $$;

CREATE FUNCTION staff_act_on_job(job text, act text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_job_operator('work');
    PERFORM act_on_job(job, act);
    PERFORM audit_own('job_' || act, job);
END $$;

REVOKE EXECUTE ON FUNCTION
    defer_job(text), defer_help(bigint, integer), withdraw_help(bigint), act_on_job(text, text), job_standings(), job_workers(interval),
    require_job_operator(text), staff_job_standings(), staff_job_workers(interval),
    staff_act_on_job(text, text)
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    staff_job_standings(), staff_job_workers(interval), staff_act_on_job(text, text)
TO fahsai_staff;
