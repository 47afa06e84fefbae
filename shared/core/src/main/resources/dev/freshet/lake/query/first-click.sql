WITH published AS (
    SELECT item_id, published_at
    FROM items
    WHERE NOT deleted AND published_at >= {from} AND published_at < {to}
),
clicks AS (
    SELECT p.item_id, min(i.corrected_at) AS clicked_at
    FROM published p
    JOIN {standing} i ON i.target_id = p.item_id AND i.corrected_at >= p.published_at
    WHERE i.received_at >= {since} AND i.type = 'click' AND i.target_kind = 'item'
    GROUP BY p.item_id
    HAVING count(DISTINCT i.pseudonym) >= {people}
)
SELECT CAST(p.published_at AS date) AS published_day, count(*) AS items,
    count(c.item_id) AS clicked,
    approx_percentile(date_diff('minute', p.published_at, c.clicked_at), 0.5e0) AS median_minutes
FROM published p
LEFT JOIN clicks c ON c.item_id = p.item_id
GROUP BY CAST(p.published_at AS date)
ORDER BY published_day
