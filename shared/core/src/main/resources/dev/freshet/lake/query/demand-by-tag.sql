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
    FROM {of_people} p
    JOIN tagged t ON t.item_id = p.target_id
    WHERE p.target_kind = 'item' AND p.strength > 0
        AND p.occurred_day >= {from} AND p.occurred_day < {to}
    GROUP BY t.tag
    HAVING count(DISTINCT p.person) >= {people}
)
SELECT s.tag, s.items, coalesce(d.choices, 0) AS choices, coalesce(d.people, 0) AS people,
    CAST(coalesce(d.choices, 0) AS double) / s.items AS choices_per_item
FROM supply s
LEFT JOIN demand d ON d.tag = s.tag
ORDER BY choices_per_item DESC, s.tag
