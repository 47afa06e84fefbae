SELECT n.target_id, count(DISTINCT n.person) AS people
FROM {of_people} x
JOIN {of_people} n ON n.person = x.person
WHERE x.target_kind = 'item' AND x.target_id = {item} AND x.strength > 0
    AND x.occurred_day >= {from} AND x.occurred_day < {to}
    AND n.received_at >= {since} AND n.target_kind = 'item' AND n.target_id <> {item} AND n.strength > 0
    AND n.corrected_at > x.corrected_at AND n.corrected_at <= x.corrected_at + INTERVAL '1' DAY
GROUP BY n.target_id
ORDER BY people DESC, n.target_id
LIMIT 100
