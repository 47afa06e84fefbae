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
WHERE received_day >= {from} AND received_day < {to}
GROUP BY received_day
ORDER BY received_day
