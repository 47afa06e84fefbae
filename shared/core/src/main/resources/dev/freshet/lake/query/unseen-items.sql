WITH places AS (
    SELECT item_id, count(*) AS shown
    FROM shown
    WHERE occurred_day >= {from} AND occurred_day < {to}
    GROUP BY item_id
),
choices AS (
    SELECT target_id, count(*) AS chosen
    FROM {standing} i
    WHERE target_kind = 'item' AND strength > 0
        AND occurred_day >= {from} AND occurred_day < {to}
    GROUP BY target_id
)
SELECT i.item_id, i.title, coalesce(p.shown, 0) AS shown,
    CASE WHEN p.shown IS NULL THEN 'never shown' ELSE 'shown in vain' END AS finding
FROM items i
LEFT JOIN places p ON p.item_id = i.item_id
LEFT JOIN choices c ON c.target_id = i.item_id
WHERE NOT i.deleted AND c.target_id IS NULL
ORDER BY shown DESC, i.item_id
