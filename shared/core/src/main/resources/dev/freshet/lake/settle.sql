-- What is to be in a settled table of what arrived: one row for each key, the first by position,
-- without those of people erased since.
SELECT {columns}
FROM (
    SELECT a.*, CAST(a.occurred_at AS date) AS occurred_day,
        row_number() OVER (PARTITION BY {key} ORDER BY a.sequence, a.shard) AS copy
    FROM arrivals a
    WHERE a.kind IN ({kinds})
        AND a.received_at >= {received_from} AND a.received_at < {received_to}
        AND concat(a.shard, a.sequence) NOT IN (
            {erased}
        )
) s
WHERE copy = 1{within}
