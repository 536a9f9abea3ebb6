-- Row-level security of inspections: seen by who sees the case, or whose province the factory is in.
-- Made and edited by who may work on the case, or, where there is none, in the factory's province.

ALTER TABLE inspection ENABLE ROW LEVEL SECURITY;
ALTER TABLE inspection_revision ENABLE ROW LEVEL SECURITY;
ALTER TABLE inspection_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE inspection_photo ENABLE ROW LEVEL SECURITY;

CREATE POLICY of_case_or_province_read ON inspection FOR SELECT TO fahsai_staff USING (
    (SELECT signed_in_province('read')) IN ('*', province_code)
    OR EXISTS (SELECT FROM complaint AS c WHERE c.id = complaint_id)
);
-- A factory of their own lets nobody write into a case of another province.
CREATE POLICY of_case_or_province_work ON inspection FOR INSERT TO fahsai_staff WITH CHECK (
    account_id = (SELECT signed_in_account())
    AND CASE WHEN complaint_id IS NULL
        THEN (SELECT signed_in_province('work')) IN ('*', province_code)
        ELSE EXISTS (
            SELECT FROM complaint AS c
            WHERE c.id = complaint_id
                AND (SELECT signed_in_province('work')) IN ('*', c.province_code)
        )
    END
);

CREATE POLICY of_inspection_read ON inspection_revision FOR SELECT TO fahsai_staff USING (
    EXISTS (SELECT FROM inspection AS i WHERE i.id = inspection_id)
);
CREATE POLICY of_inspection_work ON inspection_revision FOR INSERT TO fahsai_staff WITH CHECK (
    account_id = (SELECT signed_in_account()) AND EXISTS (
        SELECT FROM inspection AS i LEFT JOIN complaint AS c ON c.id = i.complaint_id
        WHERE i.id = inspection_id AND (SELECT signed_in_province('work'))
            IN ('*', CASE WHEN i.complaint_id IS NULL THEN i.province_code ELSE c.province_code END)
    )
);
CREATE POLICY of_revision_read ON inspection_answer FOR SELECT TO fahsai_staff USING (
    EXISTS (SELECT FROM inspection_revision AS r WHERE r.id = revision_id)
);
-- With the edit it belongs to, and never later: an answer is written by who wrote the edit, in the
-- transaction that wrote it.
CREATE POLICY of_revision_work ON inspection_answer FOR INSERT TO fahsai_staff WITH CHECK (
    EXISTS (
        SELECT FROM inspection_revision AS r
        WHERE r.id = revision_id AND r.account_id = (SELECT signed_in_account())
            AND r.received_at >= transaction_timestamp()
    )
);
CREATE POLICY of_inspection_read ON inspection_photo FOR SELECT TO fahsai_staff USING (
    EXISTS (SELECT FROM inspection AS i WHERE i.id = inspection_id)
);
CREATE POLICY of_inspection_work ON inspection_photo FOR INSERT TO fahsai_staff WITH CHECK (
    account_id = (SELECT signed_in_account()) AND EXISTS (
        SELECT FROM inspection AS i LEFT JOIN complaint AS c ON c.id = i.complaint_id
        WHERE i.id = inspection_id AND (SELECT signed_in_province('work'))
            IN ('*', CASE WHEN i.complaint_id IS NULL THEN i.province_code ELSE c.province_code END)
    )
);
