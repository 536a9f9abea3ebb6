-- Rows as they were, for what is asked as of a former time (geo_api/database/as_of.sql).

-- Versions are numbered in the order of commits: the lock is held until others see what was changed,
-- and who asks for a time waits for it (geo_api/database/as_of.py). Deferred to the commit, so that
-- a long Run keeps no other one waiting.
CREATE FUNCTION note_data_commit() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM history_table AS h WHERE h.table_name = NEW.table_name)
        OR EXISTS (SELECT FROM data_commit AS c WHERE c.transaction = NEW.version)
    THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('data_commit'));
    INSERT INTO data_commit (transaction, committed_at)
    -- A clock that was put back must not mix up the order.
    SELECT NEW.version, greatest(
        clock_timestamp(), max(c.committed_at) + interval '1 microsecond'
    )
    FROM (SELECT committed_at FROM data_commit ORDER BY version DESC LIMIT 1) AS c;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER note_commit AFTER INSERT OR UPDATE ON data_version
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_data_commit();

CREATE FUNCTION note_row_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_in := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;

-- What came and went within one transaction nobody has seen.
CREATE FUNCTION keep_former_rows() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    this_transaction bigint := pg_current_xact_id()::text::bigint;
BEGIN
    EXECUTE format(
        'INSERT INTO history.%1$I (%2$s, replaced_in)
        SELECT %2$s, $1 FROM %3$s AS r WHERE r.changed_in IS DISTINCT FROM $1',
        TG_TABLE_NAME, TG_ARGV[0],
        CASE TG_OP WHEN 'TRUNCATE' THEN TG_RELID::regclass::text ELSE 'former_rows' END
    ) USING this_transaction;
    RETURN NULL;
END $$;

-- The columns of a table that views of `published` read, and its key, in order. Nothing else is
-- kept of a row: what was never published must not outlive it.
CREATE FUNCTION kept_columns(kept text) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(a.attname::text ORDER BY a.attnum)
    FROM pg_attribute AS a
    WHERE a.attrelid = format('public.%I', kept)::regclass AND a.attnum > 0
        AND NOT a.attisdropped AND (
            EXISTS (
                SELECT FROM pg_depend AS d
                JOIN pg_rewrite AS w ON w.oid = d.objid
                JOIN pg_class AS v ON v.oid = w.ev_class
                WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
                    AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
                    AND v.relnamespace = to_regnamespace('published')
            )
            OR EXISTS (
                SELECT FROM pg_index AS i
                WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey)
            )
            OR a.attname = 'changed_in'
        )
$$;

-- Its indexes but for those with a column that is not kept, and but for its key.
CREATE FUNCTION copy_indexes_to_history(kept text, columns text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    definition text;
BEGIN
    FOR definition IN
        SELECT pg_get_indexdef(i.indexrelid)
        FROM pg_index AS i
        JOIN pg_class AS c ON c.oid = i.indexrelid
        JOIN pg_am AS m ON m.oid = c.relam
        WHERE i.indrelid = format('public.%I', kept)::regclass AND m.amname <> 'brin'
            AND NOT i.indisprimary
            AND NOT EXISTS (
                SELECT FROM pg_depend AS d
                JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = d.refobjsubid
                WHERE d.objid = i.indexrelid AND d.refobjid = i.indrelid
                    AND NOT a.attname = ANY (columns)
            )
            -- The dependencies of a unique constraint are not those of its index.
            AND NOT EXISTS (
                SELECT FROM pg_attribute AS a
                WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                    AND NOT a.attname = ANY (columns)
            )
    LOOP
        EXECUTE regexp_replace(
            definition, '^CREATE (?:UNIQUE )?INDEX .+? ON (?:ONLY )?.+? USING ',
            format('CREATE INDEX ON history.%I USING ', kept)
        );
    END LOOP;
    EXECUTE format('CREATE INDEX ON history.%I (replaced_in)', kept);
END $$;

-- The key, no longer unique, with `replaced_in`: of a former row that was replaced before the time that
-- is asked for, the index alone is read.
CREATE FUNCTION index_history_by_key(kept text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    listed text := (
        SELECT string_agg(format('%I', a.attname), ', ' ORDER BY k.place)
        FROM pg_index AS i
        CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
        JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        WHERE i.indrelid = format('public.%I', kept)::regclass AND i.indisprimary
    );
BEGIN
    IF listed IS NOT NULL THEN
        EXECUTE format(
            'CREATE INDEX IF NOT EXISTS %1$I ON history.%2$I (%3$s, replaced_in)',
            kept || '_key', kept, listed
        );
    END IF;
END $$;

-- Whatever a view of `published` reads of the table is kept from now on when it changes or goes.
CREATE FUNCTION keep_history(kept text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    columns text[]; listed text; missing record;
BEGIN
    PERFORM note_changes_of_rows(kept);
    columns := kept_columns(kept);
    listed := (SELECT string_agg(format('%I', name), ', ') FROM unnest(columns) AS name);
    IF to_regclass(format('history.%I', kept)) IS NULL THEN
        EXECUTE format(
            'CREATE TABLE history.%1$I AS SELECT %2$s, NULL::bigint AS replaced_in
            FROM public.%1$I WITH NO DATA', kept, listed
        );
        PERFORM copy_indexes_to_history(kept, columns);
        INSERT INTO history_table (table_name, since)
        SELECT kept, max(version) FROM data_commit
        ON CONFLICT (table_name) DO UPDATE SET since = excluded.since;
    END IF;
    PERFORM index_history_by_key(kept);
    FOR missing IN
        SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS type,
            (SELECT format(' COLLATE %s', o.oid::regcollation) FROM pg_collation AS o
            WHERE o.oid = a.attcollation AND o.collname <> 'default') AS collation
        FROM pg_attribute AS a
        WHERE a.attrelid = format('public.%I', kept)::regclass AND a.attname = ANY (columns)
            AND NOT EXISTS (
                SELECT FROM pg_attribute AS h
                WHERE h.attrelid = format('history.%I', kept)::regclass AND h.attname = a.attname
                    AND NOT h.attisdropped
            )
    LOOP
        EXECUTE format(
            'ALTER TABLE history.%I ADD COLUMN %I %s%s',
            kept, missing.attname, missing.type, missing.collation
        );
    END LOOP;
    EXECUTE format(
        'CREATE TRIGGER then_note_change BEFORE UPDATE ON public.%1$I
            FOR EACH ROW EXECUTE FUNCTION note_row_change();
        CREATE TRIGGER keep_updated AFTER UPDATE ON public.%1$I
            REFERENCING OLD TABLE AS former_rows
            FOR EACH STATEMENT EXECUTE FUNCTION keep_former_rows(%2$L);
        CREATE TRIGGER keep_deleted AFTER DELETE ON public.%1$I
            REFERENCING OLD TABLE AS former_rows
            FOR EACH STATEMENT EXECUTE FUNCTION keep_former_rows(%2$L);
        CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON public.%1$I
            FOR EACH STATEMENT EXECUTE FUNCTION keep_former_rows(%2$L)',
        kept, listed
    );
END $$;

-- The column that says in which transaction a row came to be as it is; NULL: before that was noted.
CREATE FUNCTION note_changes_of_rows(kept text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_attribute
        WHERE attrelid = format('public.%I', kept)::regclass AND attname = 'changed_in'
            AND NOT attisdropped
    ) THEN
        EXECUTE format('ALTER TABLE public.%I ADD COLUMN changed_in bigint', kept);
        EXECUTE format(
            'ALTER TABLE public.%I
            ALTER changed_in SET DEFAULT pg_current_xact_id()::text::bigint', kept
        );
    END IF;
END $$;

-- The version of the data that the transaction asks for.
CREATE FUNCTION as_of_version() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT current_setting('fahsai.as_of')::bigint
$$;

-- Transactions below this number were committed by then. Read, as stable functions are, in the
-- snapshot of the rows themselves: another that began earlier may commit at any time.
CREATE FUNCTION as_of_below(asked bigint) RETURNS bigint LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(min(c.transaction), 9223372036854775807)
    FROM data_commit AS c
    WHERE c.version > asked
$$;

-- And so were these above it, which had begun later than others and ended earlier.
CREATE FUNCTION as_of_among(asked bigint) RETURNS bigint[] LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(c.transaction), '{}')
    FROM data_commit AS c
    WHERE c.transaction > as_of_below(asked) AND c.version <= asked
$$;

REVOKE EXECUTE ON FUNCTION as_of_below(bigint), as_of_among(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION as_of_below(bigint), as_of_among(bigint) TO fahsai_reader;

-- The rows of a table as they were when `fahsai.as_of` was the newest version: those that had come
-- to be so till then, and were not replaced till then. The two tables are put together without a
-- condition, which stands outside: of such a union alone the planner reads each by its own index in
-- the order that is asked for. Subqueries of their own are worked out once, before any row is read.
CREATE FUNCTION rows_as_of(kept text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT format(
        'SELECT %2$s FROM (
            SELECT %2$s, 9223372036854775807 AS replaced_in FROM public.%1$I
            UNION ALL
            SELECT %2$s, replaced_in FROM history.%1$I
        ) AS r
        WHERE (r.changed_in IS NULL OR r.changed_in < (SELECT as_of_below(as_of_version()))
                OR r.changed_in = ANY ((SELECT as_of_among(as_of_version()))::bigint[]))
            AND r.replaced_in >= (SELECT as_of_below(as_of_version()))
            AND r.replaced_in <> ALL ((SELECT as_of_among(as_of_version()))::bigint[])',
        kept, (SELECT string_agg(format('%I', name), ', ') FROM unnest(kept_columns(kept)) AS name)
    )
$$;

CREATE FUNCTION show_table_as_of(kept text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE VIEW as_of.%I AS %s', kept, rows_as_of(kept));
END $$;

-- Of these rows those that were not the same at the version `fahsai.compared_with`: what was replaced
-- till then, where it is later, and what had not come to be so by then, where it is earlier. Each
-- condition is true of every row where the other one is asked for.
CREATE FUNCTION show_changes_of_table(kept text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE VIEW as_of_changes.%I AS %s
            AND (r.replaced_in <= (SELECT b.till FROM as_of_changes.bounds AS b)
                OR r.replaced_in = ANY ((SELECT b.till_also FROM as_of_changes.bounds AS b)::bigint[]))
            AND coalesce(r.changed_in, 0) >= (SELECT b.since FROM as_of_changes.bounds AS b)
            AND coalesce(r.changed_in, 0)
                <> ALL ((SELECT b.since_without FROM as_of_changes.bounds AS b)::bigint[])',
        kept, rows_as_of(kept)
    );
END $$;

-- Whether any row of a table was not the same at two versions, the older of which comes first.
CREATE FUNCTION has_changed(kept text, older bigint, newer bigint) RETURNS boolean LANGUAGE plpgsql
STABLE AS $$
DECLARE
    after_older text := 'r.%1$s >= $1 AND r.%1$s <> ALL ($2)';
    till_newer text := '(r.%1$s < $3 OR r.%1$s = ANY ($4))';
    found boolean;
BEGIN
    EXECUTE format(
        'SELECT EXISTS (SELECT FROM public.%1$I AS r WHERE %2$s AND %3$s) OR EXISTS (
            SELECT FROM history.%1$I AS r
            WHERE %4$s AND (r.changed_in IS NULL OR %3$s) AND (%5$s OR %2$s)
        )',
        kept, format(after_older, 'changed_in'), format(till_newer, 'changed_in'),
        format(after_older, 'replaced_in'), format(till_newer, 'replaced_in')
    ) INTO found
    USING as_of_below(older), as_of_among(older), as_of_below(newer), as_of_among(newer);
    RETURN found;
END $$;

-- Whether what a layer shows one by one, rows of one table, is otherwise at two versions where those
-- rows are, and nowhere else: nothing else changed that its view reads.
CREATE FUNCTION only_own_rows_changed(asked text, older bigint, newer bigint)
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM point_count_source AS s
        WHERE s.layer = asked
            AND NOT EXISTS (SELECT FROM published.daily AS d WHERE d.view_name = asked)
            AND NOT EXISTS (
                SELECT FROM published.reads AS r
                WHERE r.view_name = asked AND r.table_name <> s.table_name
                    AND has_changed(r.table_name, older, newer)
            )
    );
END $$;

REVOKE EXECUTE ON FUNCTION only_own_rows_changed(text, bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION only_own_rows_changed(text, bigint, bigint) TO fahsai_reader;

-- What a question about former views gives as of a version, compared with an other: ids, and of each
-- a number for all that is said of it. Stable, so that two of them in one statement see the same.
CREATE FUNCTION answered_as_of(question text, version bigint, at timestamptz, other bigint)
RETURNS TABLE (id text, said bigint) LANGUAGE plpgsql STABLE ROWS 100000 AS $$
BEGIN
    PERFORM set_config('fahsai.as_of', version::text, true),
        set_config('fahsai.as_of_time', at::text, true),
        set_config('fahsai.compared_with', other::text, true);
    RETURN QUERY EXECUTE question;
END $$;

-- `now` of a view that is asked as of a former time.
CREATE FUNCTION as_of_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT current_setting('fahsai.as_of_time')::timestamptz
$$;

-- Takes former rows out for good, those with the values of `wanted` as to_jsonb writes them, where
-- nobody may read any more what they say; answers how many. The present row is deleted before, in the
-- same transaction. That rows were erased stays known, and ends what caches hold.
CREATE FUNCTION erase_history(kept text, wanted jsonb, why text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    erased bigint;
BEGIN
    IF wanted = '{}' THEN
        RAISE EXCEPTION 'name what to erase: {} would be everything';
    END IF;
    EXECUTE format('DELETE FROM history.%I AS r WHERE to_jsonb(r) @> $1', kept) USING wanted;
    GET DIAGNOSTICS erased = ROW_COUNT;
    INSERT INTO history_erasure (table_name, rows, reason) VALUES (kept, erased, why);
    RETURN erased;
END $$;

-- Takes out all former rows that nothing shows any more which is asked for from a version on; answers
-- how many. What is asked for from before it is refused then.
CREATE FUNCTION forget_history(first bigint, why text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    kept text; forgotten bigint; in_all bigint := 0;
BEGIN
    FOR kept IN
        SELECT h.table_name FROM history_table AS h WHERE h.since < first ORDER BY h.table_name
    LOOP
        EXECUTE format(
            'DELETE FROM history.%I WHERE replaced_in < $1 OR replaced_in = ANY ($2)', kept
        ) USING as_of_below(first), as_of_among(first);
        GET DIAGNOSTICS forgotten = ROW_COUNT;
        UPDATE history_table AS h SET since = first WHERE h.table_name = kept;
        INSERT INTO history_erasure (table_name, rows, reason) VALUES (kept, forgotten, why);
        in_all := in_all + forgotten;
    END LOOP;
    RETURN in_all;
END $$;
