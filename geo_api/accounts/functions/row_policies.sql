-- Row-level security for staff: the cases of their province, or all. What belongs to a case is seen by
-- whoever sees the case. Only the owner, who migrates and ingests, is above it.

ALTER TABLE complaint ENABLE ROW LEVEL SECURITY;
ALTER TABLE complaint_text ENABLE ROW LEVEL SECURITY;
ALTER TABLE complaint_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE complaint_photo ENABLE ROW LEVEL SECURITY;
ALTER TABLE complaint_attribution ENABLE ROW LEVEL SECURITY;
ALTER TABLE complaint_candidate ENABLE ROW LEVEL SECURITY;

-- Each credential is looked up once for a statement, as a subquery that refers to no row.
CREATE POLICY of_province_read ON complaint FOR SELECT TO fahsai_staff USING (
    (SELECT signed_in_province('read')) IN ('*', province_code)
);
CREATE POLICY of_province_work ON complaint FOR UPDATE TO fahsai_staff USING (
    (SELECT signed_in_province('work')) IN ('*', province_code)
);
CREATE POLICY of_case_read ON complaint_text FOR SELECT TO fahsai_staff USING (
    EXISTS (SELECT FROM complaint AS c WHERE c.id = complaint_id)
);
CREATE POLICY of_case_read ON complaint_event FOR SELECT TO fahsai_staff USING (
    EXISTS (SELECT FROM complaint AS c WHERE c.id = complaint_id)
);
CREATE POLICY of_case_work ON complaint_event FOR INSERT TO fahsai_staff WITH CHECK (
    account_id = (SELECT signed_in_account())
    AND EXISTS (
        SELECT FROM complaint AS c
        WHERE c.id = complaint_id AND (SELECT signed_in_province('work')) IN ('*', c.province_code)
    )
);
CREATE POLICY of_case_read ON complaint_attribution FOR SELECT TO fahsai_staff USING (
    EXISTS (SELECT FROM complaint AS c WHERE c.id = complaint_id)
);
CREATE POLICY of_case_read ON complaint_candidate FOR SELECT TO fahsai_staff USING (
    EXISTS (SELECT FROM complaint AS c WHERE c.id = complaint_id)
);
CREATE POLICY of_case_read ON complaint_photo FOR SELECT TO fahsai_staff USING (
    EXISTS (SELECT FROM complaint AS c WHERE c.id = complaint_id)
);
CREATE POLICY of_case_work ON complaint_photo FOR INSERT TO fahsai_staff WITH CHECK (
    account_id = (SELECT signed_in_account())
    AND EXISTS (
        SELECT FROM complaint AS c
        WHERE c.id = complaint_id AND (SELECT signed_in_province('work')) IN ('*', c.province_code)
    )
);
