-- define interactions
CREATE TABLE IF NOT EXISTS `freshet`.`interactions` (
  `pseudonym` string,
  `event_id` string,
  `occurred_ns` bigint,
  `occurred_at` timestamp,
  `corrected_at` timestamp,
  `received_at` timestamp,
  `type` string,
  `target_kind` string,
  `target_id` string,
  `strength` double,
  `value` double,
  `currency` string,
  `anonymous` boolean,
  `retracts` string,
  `recommendation_id` string,
  `placement` string,
  `arm` string,
  `segment` string,
  `model_version` bigint,
  `issued_at` timestamp,
  `position` int,
  `sources` int,
  `listed` array<string>,
  `session` string,
  `device` string,
  `os` string,
  `browser` string,
  `locale` string,
  `country` string,
  `region` string,
  `local_hour` int,
  `properties` map<string,string>,
  `shard` string,
  `sequence` string,
  `occurred_day` date)
PARTITIONED BY (occurred_day)
LOCATION 's3://lake/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5')
-- define exposures
CREATE TABLE IF NOT EXISTS `freshet`.`exposures` (
  `pseudonym` string,
  `event_id` string,
  `occurred_ns` bigint,
  `occurred_at` timestamp,
  `corrected_at` timestamp,
  `received_at` timestamp,
  `recommendation_id` string,
  `placement` string,
  `arm` string,
  `segment` string,
  `model_version` bigint,
  `places` array<struct<item_id:string,position:int,propensity:double,sources:int,drawn:boolean,newcomer:boolean>>,
  `device` string,
  `country` string,
  `local_hour` int,
  `shard` string,
  `sequence` string,
  `occurred_day` date)
PARTITIONED BY (occurred_day)
LOCATION 's3://lake/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5')
-- define merges
CREATE TABLE IF NOT EXISTS `freshet`.`merges` (
  `pseudonym` string,
  `merged_into` string,
  `corrected_at` timestamp,
  `received_at` timestamp,
  `shard` string,
  `sequence` string)
LOCATION 's3://lake/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5')
-- define erasures
CREATE TABLE IF NOT EXISTS `freshet`.`erasures` (
  `erased` string,
  `erasure_id` string,
  `erased_at` timestamp,
  `received_at` timestamp,
  `shard` string,
  `sequence` string)
LOCATION 's3://lake/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5')
-- define items
CREATE TABLE IF NOT EXISTS `freshet`.`items` (
  `item_id` string,
  `version` bigint,
  `type` string,
  `item_group` string,
  `title` string,
  `tags` array<string>,
  `author` string,
  `published_at` timestamp,
  `valid_from` timestamp,
  `deleted` boolean)
LOCATION 's3://lake/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5')
-- define neighbours
CREATE TABLE IF NOT EXISTS `freshet`.`neighbours` (
  `job` string,
  `item_id` string,
  `neighbour_id` string,
  `weight` double,
  `people` int)
LOCATION 's3://lake/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5')
-- define item_factors
CREATE TABLE IF NOT EXISTS `freshet`.`item_factors` (
  `job` string,
  `item_id` string,
  `vector` array<float>)
LOCATION 's3://lake/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5')
-- define arrivals
CREATE TABLE IF NOT EXISTS `freshet`.`arrivals` (
  `kind` string,
  `transformed_at` timestamp,
  `pseudonym` string,
  `event_id` string,
  `occurred_ns` bigint,
  `occurred_at` timestamp,
  `corrected_at` timestamp,
  `received_at` timestamp,
  `type` string,
  `target_kind` string,
  `target_id` string,
  `strength` double,
  `value` double,
  `currency` string,
  `anonymous` boolean,
  `retracts` string,
  `recommendation_id` string,
  `placement` string,
  `arm` string,
  `segment` string,
  `model_version` bigint,
  `issued_at` timestamp,
  `position` int,
  `sources` int,
  `listed` array<string>,
  `session` string,
  `device` string,
  `os` string,
  `browser` string,
  `locale` string,
  `country` string,
  `region` string,
  `local_hour` int,
  `properties` map<string,string>,
  `shard` string,
  `sequence` string,
  `places` array<struct<item_id:string,position:int,propensity:double,sources:int,drawn:boolean,newcomer:boolean>>,
  `merged_into` string,
  `erased` string,
  `erasure_id` string,
  `erased_at` timestamp)
PARTITIONED BY (day(received_at))
LOCATION 's3://lake/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5')
-- view interactions_now
CREATE OR REPLACE VIEW interactions_now AS
SELECT pseudonym, event_id, occurred_ns, occurred_at, corrected_at, received_at, type, target_kind, target_id, strength, value, currency, anonymous, retracts, recommendation_id, placement, arm, segment, model_version, issued_at, position, sources, listed, session, device, os, browser, locale, country, region, local_hour, properties, shard, sequence, occurred_day
FROM interactions
UNION ALL
SELECT pseudonym, event_id, occurred_ns, occurred_at, corrected_at, received_at, type, target_kind, target_id, strength, value, currency, anonymous, retracts, recommendation_id, placement, arm, segment, model_version, issued_at, position, sources, listed, session, device, os, browser, locale, country, region, local_hour, properties, shard, sequence, occurred_day
FROM (
    SELECT pseudonym, event_id, occurred_ns, occurred_at, corrected_at, received_at, type, target_kind, target_id, strength, value, currency, anonymous, retracts, recommendation_id, placement, arm, segment, model_version, issued_at, position, sources, listed, session, device, os, browser, locale, country, region, local_hour, properties, shard, sequence, occurred_day
FROM (
    SELECT a.*, CAST(a.occurred_at AS date) AS occurred_day,
        row_number() OVER (PARTITION BY a.pseudonym, a.event_id, a.occurred_ns ORDER BY a.sequence, a.shard) AS copy
    FROM arrivals a
    WHERE a.kind IN ('interaction', 'retraction')
        AND a.received_at >= TIMESTAMP '1970-01-01 00:00:00.000000' AND a.received_at < TIMESTAMP '9999-01-01 00:00:00.000000'
        AND concat(a.shard, a.sequence) NOT IN (
            SELECT concat(r.shard, r.sequence) AS erased_position
FROM arrivals r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.pseudonym))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
UNION ALL
SELECT concat(r.shard, r.sequence) AS erased_position
FROM arrivals r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.merged_into))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
        )
) s
WHERE copy = 1 AND occurred_day >= TIMESTAMP '1970-01-01 00:00:00.000000' AND occurred_day < TIMESTAMP '9999-01-01 00:00:00.000000'
) n
WHERE NOT EXISTS (
    SELECT 1
    FROM interactions i
    WHERE i.pseudonym = n.pseudonym AND i.event_id = n.event_id AND i.occurred_ns = n.occurred_ns
        AND i.occurred_day = n.occurred_day
)
-- view standing
CREATE OR REPLACE VIEW standing AS
SELECT i.*
FROM interactions_now i
WHERE i.retracts IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM interactions_now r
        WHERE r.retracts IS NOT NULL AND r.received_at >= TIMESTAMP '1970-01-01 00:00:00.000000'
            AND r.pseudonym = i.pseudonym AND r.retracts = i.event_id
    )
-- view people
CREATE OR REPLACE VIEW people AS
SELECT s.*, coalesce(m.merged_into, s.pseudonym) AS person
FROM standing s
LEFT JOIN (
    SELECT pseudonym, merged_into, row_number() OVER (PARTITION BY pseudonym ORDER BY sequence) AS nth
    FROM merges
) m ON m.pseudonym = s.pseudonym AND m.nth = 1
-- view shown
CREATE OR REPLACE VIEW shown AS
SELECT e.pseudonym, e.recommendation_id, e.occurred_day, e.occurred_at, e.placement, e.arm,
    e.model_version, t.item_id, t.position, t.propensity, t.sources
FROM exposures e
CROSS JOIN UNNEST(e.places) AS t (item_id, position, propensity, sources, drawn, newcomer)
WHERE e.recommendation_id NOT LIKE 'event:%'
-- view item_similarities
CREATE OR REPLACE VIEW item_similarities AS
SELECT a.item_id, b.item_id AS other_id,
    reduce(zip_with(a.vector, b.vector, (x, y) -> CAST(x AS double) * CAST(y AS double)), 0e0, (s, x) -> s + x, s -> s) / nullif(sqrt(reduce(zip_with(a.vector, a.vector, (x, y) -> CAST(x AS double) * CAST(y AS double)), 0e0, (s, x) -> s + x, s -> s) * reduce(zip_with(b.vector, b.vector, (x, y) -> CAST(x AS double) * CAST(y AS double)), 0e0, (s, x) -> s + x, s -> s)), 0e0) AS cosine
FROM item_factors a
JOIN item_factors b ON b.job = a.job AND b.item_id <> a.item_id
-- settle erasures
MERGE INTO erasures t USING (
SELECT erased, erasure_id, erased_at, received_at, shard, sequence
FROM (
    SELECT a.*, CAST(a.occurred_at AS date) AS occurred_day,
        row_number() OVER (PARTITION BY a.erased, a.erasure_id ORDER BY a.sequence, a.shard) AS copy
    FROM arrivals a
    WHERE a.kind IN ('erasure')
        AND a.received_at >= TIMESTAMP '1970-01-01 00:00:00.000000' AND a.received_at < TIMESTAMP '9999-01-01 00:00:00.000000'
        AND concat(a.shard, a.sequence) NOT IN (
            SELECT concat(r.shard, r.sequence) AS erased_position
FROM arrivals r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.pseudonym))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
UNION ALL
SELECT concat(r.shard, r.sequence) AS erased_position
FROM arrivals r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.merged_into))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
        )
) s
WHERE copy = 1
) s
ON t.erased = s.erased AND t.erasure_id = s.erasure_id
WHEN NOT MATCHED THEN INSERT (erased, erasure_id, erased_at, received_at, shard, sequence)
VALUES (s.erased, s.erasure_id, s.erased_at, s.received_at, s.shard, s.sequence)
-- settle merges
MERGE INTO merges t USING (
SELECT pseudonym, merged_into, corrected_at, received_at, shard, sequence
FROM (
    SELECT a.*, CAST(a.occurred_at AS date) AS occurred_day,
        row_number() OVER (PARTITION BY a.pseudonym, a.shard, a.sequence ORDER BY a.sequence, a.shard) AS copy
    FROM arrivals a
    WHERE a.kind IN ('merge')
        AND a.received_at >= TIMESTAMP '1970-01-01 00:00:00.000000' AND a.received_at < TIMESTAMP '9999-01-01 00:00:00.000000'
        AND concat(a.shard, a.sequence) NOT IN (
            SELECT concat(r.shard, r.sequence) AS erased_position
FROM arrivals r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.pseudonym))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
UNION ALL
SELECT concat(r.shard, r.sequence) AS erased_position
FROM arrivals r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.merged_into))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
        )
) s
WHERE copy = 1
) s
ON t.pseudonym = s.pseudonym AND t.shard = s.shard AND t.sequence = s.sequence
WHEN NOT MATCHED THEN INSERT (pseudonym, merged_into, corrected_at, received_at, shard, sequence)
VALUES (s.pseudonym, s.merged_into, s.corrected_at, s.received_at, s.shard, s.sequence)
-- settle interactions
MERGE INTO interactions t USING (
SELECT pseudonym, event_id, occurred_ns, occurred_at, corrected_at, received_at, type, target_kind, target_id, strength, value, currency, anonymous, retracts, recommendation_id, placement, arm, segment, model_version, issued_at, position, sources, listed, session, device, os, browser, locale, country, region, local_hour, properties, shard, sequence, occurred_day
FROM (
    SELECT a.*, CAST(a.occurred_at AS date) AS occurred_day,
        row_number() OVER (PARTITION BY a.pseudonym, a.event_id, a.occurred_ns ORDER BY a.sequence, a.shard) AS copy
    FROM arrivals a
    WHERE a.kind IN ('interaction', 'retraction')
        AND a.received_at >= TIMESTAMP '1970-01-01 00:00:00.000000' AND a.received_at < TIMESTAMP '9999-01-01 00:00:00.000000'
        AND concat(a.shard, a.sequence) NOT IN (
            SELECT concat(r.shard, r.sequence) AS erased_position
FROM arrivals r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.pseudonym))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
UNION ALL
SELECT concat(r.shard, r.sequence) AS erased_position
FROM arrivals r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.merged_into))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
        )
) s
WHERE copy = 1 AND occurred_day >= DATE '2026-11-01' AND occurred_day < DATE '2026-12-01'
) s
ON t.pseudonym = s.pseudonym AND t.event_id = s.event_id AND t.occurred_ns = s.occurred_ns AND t.occurred_day = s.occurred_day AND t.occurred_day >= DATE '2026-11-01' AND t.occurred_day < DATE '2026-12-01'
WHEN NOT MATCHED THEN INSERT (pseudonym, event_id, occurred_ns, occurred_at, corrected_at, received_at, type, target_kind, target_id, strength, value, currency, anonymous, retracts, recommendation_id, placement, arm, segment, model_version, issued_at, position, sources, listed, session, device, os, browser, locale, country, region, local_hour, properties, shard, sequence, occurred_day)
VALUES (s.pseudonym, s.event_id, s.occurred_ns, s.occurred_at, s.corrected_at, s.received_at, s.type, s.target_kind, s.target_id, s.strength, s.value, s.currency, s.anonymous, s.retracts, s.recommendation_id, s.placement, s.arm, s.segment, s.model_version, s.issued_at, s.position, s.sources, s.listed, s.session, s.device, s.os, s.browser, s.locale, s.country, s.region, s.local_hour, s.properties, s.shard, s.sequence, s.occurred_day)
-- settle exposures
MERGE INTO exposures t USING (
SELECT pseudonym, event_id, occurred_ns, occurred_at, corrected_at, received_at, recommendation_id, placement, arm, segment, model_version, places, device, country, local_hour, shard, sequence, occurred_day
FROM (
    SELECT a.*, CAST(a.occurred_at AS date) AS occurred_day,
        row_number() OVER (PARTITION BY a.pseudonym, a.recommendation_id, a.occurred_ns ORDER BY a.sequence, a.shard) AS copy
    FROM arrivals a
    WHERE a.kind IN ('exposure')
        AND a.received_at >= TIMESTAMP '1970-01-01 00:00:00.000000' AND a.received_at < TIMESTAMP '9999-01-01 00:00:00.000000'
        AND concat(a.shard, a.sequence) NOT IN (
            SELECT concat(r.shard, r.sequence) AS erased_position
FROM arrivals r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.pseudonym))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
UNION ALL
SELECT concat(r.shard, r.sequence) AS erased_position
FROM arrivals r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.merged_into))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
        )
) s
WHERE copy = 1 AND occurred_day >= DATE '2026-11-01' AND occurred_day < DATE '2026-12-01'
) s
ON t.pseudonym = s.pseudonym AND t.recommendation_id = s.recommendation_id AND t.occurred_ns = s.occurred_ns AND t.occurred_day = s.occurred_day AND t.occurred_day >= DATE '2026-11-01' AND t.occurred_day < DATE '2026-12-01'
WHEN NOT MATCHED THEN INSERT (pseudonym, event_id, occurred_ns, occurred_at, corrected_at, received_at, recommendation_id, placement, arm, segment, model_version, places, device, country, local_hour, shard, sequence, occurred_day)
VALUES (s.pseudonym, s.event_id, s.occurred_ns, s.occurred_at, s.corrected_at, s.received_at, s.recommendation_id, s.placement, s.arm, s.segment, s.model_version, s.places, s.device, s.country, s.local_hour, s.shard, s.sequence, s.occurred_day)
-- erase merges
DELETE FROM merges
WHERE concat(shard, sequence) IN (
SELECT concat(r.shard, r.sequence) AS erased_position
FROM merges r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.pseudonym))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
UNION ALL
SELECT concat(r.shard, r.sequence) AS erased_position
FROM merges r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.merged_into))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
)
-- erase interactions
DELETE FROM interactions
WHERE concat(shard, sequence) IN (
SELECT concat(r.shard, r.sequence) AS erased_position
FROM interactions r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.pseudonym))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
)
-- erase exposures
DELETE FROM exposures
WHERE concat(shard, sequence) IN (
SELECT concat(r.shard, r.sequence) AS erased_position
FROM exposures r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.pseudonym))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
)
-- erase arrivals
DELETE FROM arrivals
WHERE received_at < DATE '2026-12-01' AND concat(shard, sequence) IN (
SELECT concat(r.shard, r.sequence) AS erased_position
FROM arrivals r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.pseudonym))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
UNION ALL
SELECT concat(r.shard, r.sequence) AS erased_position
FROM arrivals r
JOIN erasures e ON e.erased = lower(to_hex(sha256(to_utf8(r.merged_into))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
)
-- query events-by-day
SELECT occurred_day, type, count(*) AS events, count(DISTINCT person) AS people
FROM (
SELECT s.*, coalesce(m.merged_into, s.pseudonym) AS person
FROM (
SELECT i.*
FROM interactions_now i
WHERE i.retracts IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM interactions_now r
        WHERE r.retracts IS NOT NULL AND r.received_at >= date_add('day', -1, DATE '2026-11-01')
            AND r.pseudonym = i.pseudonym AND r.retracts = i.event_id
    )
) s
LEFT JOIN (
    SELECT pseudonym, merged_into, row_number() OVER (PARTITION BY pseudonym ORDER BY sequence) AS nth
    FROM merges
) m ON m.pseudonym = s.pseudonym AND m.nth = 1
) p
WHERE occurred_day >= DATE '2026-11-01' AND occurred_day < DATE '2026-12-01'
GROUP BY occurred_day, type
HAVING count(DISTINCT person) >= 1
ORDER BY occurred_day, type
-- query click-rate
WITH acts AS (
    SELECT recommendation_id, target_id, max(CASE WHEN type = 'click' THEN 1 ELSE 0 END) AS clicked
    FROM (
SELECT i.*
FROM interactions_now i
WHERE i.retracts IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM interactions_now r
        WHERE r.retracts IS NOT NULL AND r.received_at >= date_add('day', -1, DATE '2026-11-01')
            AND r.pseudonym = i.pseudonym AND r.retracts = i.event_id
    )
) i
    WHERE received_at >= date_add('day', -1, DATE '2026-11-01') AND recommendation_id IS NOT NULL AND target_kind = 'item' AND strength > 0
    GROUP BY recommendation_id, target_id
)
SELECT s.placement, s.arm, s.position, s.model_version, count(*) AS shown,
    coalesce(sum(a.clicked), 0) AS clicked, count(a.target_id) AS chosen,
    CAST(coalesce(sum(a.clicked), 0) AS double) / count(*) AS click_rate
FROM shown s
LEFT JOIN acts a ON a.recommendation_id = s.recommendation_id AND a.target_id = s.item_id
WHERE s.occurred_day >= DATE '2026-11-01' AND s.occurred_day < DATE '2026-12-01'
GROUP BY s.placement, s.arm, s.position, s.model_version
HAVING count(DISTINCT s.pseudonym) >= 1
ORDER BY s.placement, s.arm, s.position, s.model_version
-- query off-policy
WITH places AS (
    SELECT s.pseudonym, s.placement, s.arm, s.position, s.item_id, s.propensity,
        CASE WHEN c.target_id IS NULL THEN 0 ELSE 1 END AS clicked
    FROM shown s
    LEFT JOIN (
        SELECT DISTINCT recommendation_id, target_id
        FROM (
SELECT i.*
FROM interactions_now i
WHERE i.retracts IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM interactions_now r
        WHERE r.retracts IS NOT NULL AND r.received_at >= date_add('day', -1, DATE '2026-11-01')
            AND r.pseudonym = i.pseudonym AND r.retracts = i.event_id
    )
) i
        WHERE received_at >= date_add('day', -1, DATE '2026-11-01') AND type = 'click'
    ) c ON c.recommendation_id = s.recommendation_id AND c.target_id = s.item_id
    WHERE s.occurred_day >= DATE '2026-11-01' AND s.occurred_day < DATE '2026-12-01' AND s.propensity > 0
),
policy AS (
    SELECT p.placement, p.arm, p.position, p.item_id,
        CAST(count(*) AS double) / max(t.lists) AS share
    FROM places p
    JOIN (
        SELECT placement, arm, position, count(*) AS lists
        FROM places
        GROUP BY placement, arm, position
    ) t ON t.placement = p.placement AND t.arm = p.arm AND t.position = p.position
    GROUP BY p.placement, p.arm, p.position, p.item_id
),
weighed AS (
    SELECT p.pseudonym, p.placement, p.arm AS logged_arm, q.arm AS estimated_arm, p.clicked,
        least(q.share / p.propensity, 100e0) AS weight
    FROM places p
    JOIN policy q
        ON q.placement = p.placement AND q.position = p.position AND q.item_id = p.item_id
)
SELECT placement, logged_arm, estimated_arm, count(*) AS places,
    sum(weight * clicked) / sum(weight) AS click_rate,
    sum(weight) * sum(weight) / sum(weight * weight) AS effective_places
FROM weighed
GROUP BY placement, logged_arm, estimated_arm
HAVING count(DISTINCT pseudonym) >= 1
ORDER BY placement, logged_arm, estimated_arm
-- query demand-by-tag
WITH tagged AS (
    SELECT i.item_id, t.tag
    FROM items i
    CROSS JOIN UNNEST(i.tags) AS t (tag)
    WHERE NOT i.deleted
),
supply AS (
    SELECT tag, count(*) AS items FROM tagged GROUP BY tag
),
demand AS (
    SELECT t.tag, count(*) AS choices, count(DISTINCT p.person) AS people
    FROM (
SELECT s.*, coalesce(m.merged_into, s.pseudonym) AS person
FROM (
SELECT i.*
FROM interactions_now i
WHERE i.retracts IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM interactions_now r
        WHERE r.retracts IS NOT NULL AND r.received_at >= date_add('day', -1, DATE '2026-11-01')
            AND r.pseudonym = i.pseudonym AND r.retracts = i.event_id
    )
) s
LEFT JOIN (
    SELECT pseudonym, merged_into, row_number() OVER (PARTITION BY pseudonym ORDER BY sequence) AS nth
    FROM merges
) m ON m.pseudonym = s.pseudonym AND m.nth = 1
) p
    JOIN tagged t ON t.item_id = p.target_id
    WHERE p.target_kind = 'item' AND p.strength > 0
        AND p.occurred_day >= DATE '2026-11-01' AND p.occurred_day < DATE '2026-12-01'
    GROUP BY t.tag
    HAVING count(DISTINCT p.person) >= 1
)
SELECT s.tag, s.items, coalesce(d.choices, 0) AS choices, coalesce(d.people, 0) AS people,
    CAST(coalesce(d.choices, 0) AS double) / s.items AS choices_per_item
FROM supply s
LEFT JOIN demand d ON d.tag = s.tag
ORDER BY choices_per_item DESC, s.tag
-- query unseen-items
WITH places AS (
    SELECT item_id, count(*) AS shown
    FROM shown
    WHERE occurred_day >= DATE '2026-11-01' AND occurred_day < DATE '2026-12-01'
    GROUP BY item_id
),
choices AS (
    SELECT target_id, count(*) AS chosen
    FROM (
SELECT i.*
FROM interactions_now i
WHERE i.retracts IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM interactions_now r
        WHERE r.retracts IS NOT NULL AND r.received_at >= date_add('day', -1, DATE '2026-11-01')
            AND r.pseudonym = i.pseudonym AND r.retracts = i.event_id
    )
) i
    WHERE target_kind = 'item' AND strength > 0
        AND occurred_day >= DATE '2026-11-01' AND occurred_day < DATE '2026-12-01'
    GROUP BY target_id
)
SELECT i.item_id, i.title, coalesce(p.shown, 0) AS shown,
    CASE WHEN p.shown IS NULL THEN 'never shown' ELSE 'shown in vain' END AS finding
FROM items i
LEFT JOIN places p ON p.item_id = i.item_id
LEFT JOIN choices c ON c.target_id = i.item_id
WHERE NOT i.deleted AND c.target_id IS NULL
ORDER BY shown DESC, i.item_id
-- query retention
WITH active AS (
    SELECT DISTINCT person, CAST(date_trunc('week', occurred_day) AS date) AS week
    FROM (
SELECT s.*, coalesce(m.merged_into, s.pseudonym) AS person
FROM (
SELECT i.*
FROM interactions_now i
WHERE i.retracts IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM interactions_now r
        WHERE r.retracts IS NOT NULL AND r.received_at >= date_add('day', -91, DATE '2026-11-01')
            AND r.pseudonym = i.pseudonym AND r.retracts = i.event_id
    )
) s
LEFT JOIN (
    SELECT pseudonym, merged_into, row_number() OVER (PARTITION BY pseudonym ORDER BY sequence) AS nth
    FROM merges
) m ON m.pseudonym = s.pseudonym AND m.nth = 1
) p
    WHERE occurred_day >= date_add('day', -90, DATE '2026-11-01')
),
firsts AS (
    SELECT person, min(week) AS first_week FROM active GROUP BY person
)
SELECT f.first_week, date_diff('week', f.first_week, a.week) AS weeks_later, count(*) AS people
FROM firsts f
JOIN active a ON a.person = f.person
WHERE f.first_week >= DATE '2026-11-01' AND f.first_week < DATE '2026-12-01'
GROUP BY f.first_week, date_diff('week', f.first_week, a.week)
HAVING count(*) >= 1
ORDER BY f.first_week, weeks_later
-- query chosen-after
SELECT n.target_id, count(DISTINCT n.person) AS people
FROM (
SELECT s.*, coalesce(m.merged_into, s.pseudonym) AS person
FROM (
SELECT i.*
FROM interactions_now i
WHERE i.retracts IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM interactions_now r
        WHERE r.retracts IS NOT NULL AND r.received_at >= date_add('day', -1, DATE '2026-11-01')
            AND r.pseudonym = i.pseudonym AND r.retracts = i.event_id
    )
) s
LEFT JOIN (
    SELECT pseudonym, merged_into, row_number() OVER (PARTITION BY pseudonym ORDER BY sequence) AS nth
    FROM merges
) m ON m.pseudonym = s.pseudonym AND m.nth = 1
) x
JOIN (
SELECT s.*, coalesce(m.merged_into, s.pseudonym) AS person
FROM (
SELECT i.*
FROM interactions_now i
WHERE i.retracts IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM interactions_now r
        WHERE r.retracts IS NOT NULL AND r.received_at >= date_add('day', -1, DATE '2026-11-01')
            AND r.pseudonym = i.pseudonym AND r.retracts = i.event_id
    )
) s
LEFT JOIN (
    SELECT pseudonym, merged_into, row_number() OVER (PARTITION BY pseudonym ORDER BY sequence) AS nth
    FROM merges
) m ON m.pseudonym = s.pseudonym AND m.nth = 1
) n ON n.person = x.person
WHERE x.target_kind = 'item' AND x.target_id = 'i3' AND x.strength > 0
    AND x.occurred_day >= DATE '2026-11-01' AND x.occurred_day < DATE '2026-12-01'
    AND n.received_at >= date_add('day', -1, DATE '2026-11-01') AND n.target_kind = 'item' AND n.target_id <> 'i3' AND n.strength > 0
    AND n.corrected_at > x.corrected_at AND n.corrected_at <= x.corrected_at + INTERVAL '1' DAY
GROUP BY n.target_id
ORDER BY people DESC, n.target_id
LIMIT 100
-- query first-click
WITH published AS (
    SELECT item_id, published_at
    FROM items
    WHERE NOT deleted AND published_at >= DATE '2026-11-01' AND published_at < DATE '2026-12-01'
),
clicks AS (
    SELECT p.item_id, min(i.corrected_at) AS clicked_at
    FROM published p
    JOIN (
SELECT i.*
FROM interactions_now i
WHERE i.retracts IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM interactions_now r
        WHERE r.retracts IS NOT NULL AND r.received_at >= date_add('day', -1, DATE '2026-11-01')
            AND r.pseudonym = i.pseudonym AND r.retracts = i.event_id
    )
) i ON i.target_id = p.item_id AND i.corrected_at >= p.published_at
    WHERE i.received_at >= date_add('day', -1, DATE '2026-11-01') AND i.type = 'click' AND i.target_kind = 'item'
    GROUP BY p.item_id
    HAVING count(DISTINCT i.pseudonym) >= 1
)
SELECT CAST(p.published_at AS date) AS published_day, count(*) AS items,
    count(c.item_id) AS clicked,
    approx_percentile(date_diff('minute', p.published_at, c.clicked_at), 0.5e0) AS median_minutes
FROM published p
LEFT JOIN clicks c ON c.item_id = p.item_id
GROUP BY CAST(p.published_at AS date)
ORDER BY published_day
-- query arrivals-quality
WITH copies AS (
    SELECT kind, CAST(received_at AS date) AS received_day,
        date_diff('hour', occurred_at, received_at) AS hours_late,
        date_diff('second', received_at, transformed_at) AS seconds_on_the_way,
        row_number() OVER (
            PARTITION BY pseudonym, event_id, occurred_ns ORDER BY sequence, shard) AS copy
    FROM arrivals
    WHERE kind IN ('interaction', 'retraction', 'exposure')
)
SELECT received_day, count(*) AS arrived,
    CAST(count_if(copy > 1) AS double) / count(*) AS share_resent,
    CAST(count_if(hours_late >= 24) AS double) / count(*) AS share_late,
    approx_percentile(seconds_on_the_way, 0.5e0) AS median_seconds,
    approx_percentile(seconds_on_the_way, 0.99e0) AS p99_seconds
FROM copies
WHERE received_day >= DATE '2026-11-01' AND received_day < DATE '2026-12-01'
GROUP BY received_day
ORDER BY received_day
-- query erasure-reach
SELECT 'interactions' AS table_name, count(DISTINCT erased_position) AS covered_rows
FROM (
    SELECT concat(r.shard, r.sequence) AS erased_position
FROM interactions r
JOIN (SELECT erased, erased_at, shard, sequence FROM erasures UNION ALL SELECT erased, erased_at, shard, sequence FROM arrivals WHERE kind = 'erasure') e ON e.erased = lower(to_hex(sha256(to_utf8(r.pseudonym))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
) i
UNION ALL
SELECT 'exposures' AS table_name, count(DISTINCT erased_position) AS covered_rows
FROM (
    SELECT concat(r.shard, r.sequence) AS erased_position
FROM exposures r
JOIN (SELECT erased, erased_at, shard, sequence FROM erasures UNION ALL SELECT erased, erased_at, shard, sequence FROM arrivals WHERE kind = 'erasure') e ON e.erased = lower(to_hex(sha256(to_utf8(r.pseudonym))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
) x
UNION ALL
SELECT 'merges' AS table_name, count(DISTINCT erased_position) AS covered_rows
FROM (
    SELECT concat(r.shard, r.sequence) AS erased_position
FROM merges r
JOIN (SELECT erased, erased_at, shard, sequence FROM erasures UNION ALL SELECT erased, erased_at, shard, sequence FROM arrivals WHERE kind = 'erasure') e ON e.erased = lower(to_hex(sha256(to_utf8(r.pseudonym))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
UNION ALL
SELECT concat(r.shard, r.sequence) AS erased_position
FROM merges r
JOIN (SELECT erased, erased_at, shard, sequence FROM erasures UNION ALL SELECT erased, erased_at, shard, sequence FROM arrivals WHERE kind = 'erasure') e ON e.erased = lower(to_hex(sha256(to_utf8(r.merged_into))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
) m
UNION ALL
SELECT 'arrivals' AS table_name, count(DISTINCT erased_position) AS covered_rows
FROM (
    SELECT concat(r.shard, r.sequence) AS erased_position
FROM arrivals r
JOIN (SELECT erased, erased_at, shard, sequence FROM erasures UNION ALL SELECT erased, erased_at, shard, sequence FROM arrivals WHERE kind = 'erasure') e ON e.erased = lower(to_hex(sha256(to_utf8(r.pseudonym))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
UNION ALL
SELECT concat(r.shard, r.sequence) AS erased_position
FROM arrivals r
JOIN (SELECT erased, erased_at, shard, sequence FROM erasures UNION ALL SELECT erased, erased_at, shard, sequence FROM arrivals WHERE kind = 'erasure') e ON e.erased = lower(to_hex(sha256(to_utf8(r.merged_into))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
) a
ORDER BY table_name
-- query neighbours-of
SELECT n.neighbour_id, n.weight, n.people, i.title
FROM neighbours n
LEFT JOIN items i ON i.item_id = n.neighbour_id
WHERE n.item_id = 'i3'
ORDER BY n.weight DESC, n.neighbour_id
-- query similar-by-factors
SELECT s.other_id, s.cosine, i.title
FROM item_similarities s
LEFT JOIN items i ON i.item_id = s.other_id
WHERE s.item_id = 'i3'
ORDER BY s.cosine DESC, s.other_id
LIMIT 50
