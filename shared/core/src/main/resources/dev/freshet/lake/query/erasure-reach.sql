-- Rows that erasures cover, those that only arrived among them. After a deletion there are none but
-- arrivals that were received on its day, which the next one removes.
SELECT 'interactions' AS table_name, count(DISTINCT erased_position) AS covered_rows
FROM (
    {erased_interactions}
) i
UNION ALL
SELECT 'exposures' AS table_name, count(DISTINCT erased_position) AS covered_rows
FROM (
    {erased_exposures}
) x
UNION ALL
SELECT 'merges' AS table_name, count(DISTINCT erased_position) AS covered_rows
FROM (
    {erased_merges}
) m
UNION ALL
SELECT 'arrivals' AS table_name, count(DISTINCT erased_position) AS covered_rows
FROM (
    {erased_arrivals}
) a
ORDER BY table_name
