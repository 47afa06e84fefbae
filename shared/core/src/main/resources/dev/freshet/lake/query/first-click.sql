WITH clicks AS (
    SELECT target_id, min(corrected_at) AS clicked_at
    FROM standing
    WHERE type = 'click' AND target_kind = 'item'
    GROUP BY target_id
    HAVING count(DISTINCT pseudonym) >= {people}
)
SELECT CAST(i.published_at AS date) AS published_day, count(*) AS items,
    count(c.target_id) AS clicked,
    approx_percentile(date_diff('minute', i.published_at, c.clicked_at), 0.5e0) AS median_minutes
FROM items i
LEFT JOIN clicks c ON c.target_id = i.item_id AND c.clicked_at >= i.published_at
WHERE NOT i.deleted AND i.published_at >= {from} AND i.published_at < {to}
GROUP BY CAST(i.published_at AS date)
ORDER BY published_day
