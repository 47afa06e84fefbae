-- What is settled, and what arrived since, one row for each event.
SELECT {columns}
FROM interactions
UNION ALL
SELECT {columns}
FROM (
    {settle}
) n
WHERE NOT EXISTS (
    SELECT 1
    FROM interactions i
    WHERE i.pseudonym = n.pseudonym AND i.event_id = n.event_id AND i.occurred_ns = n.occurred_ns
        AND i.occurred_day = n.occurred_day
)
