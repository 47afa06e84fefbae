WITH active AS (
    SELECT DISTINCT person, CAST(date_trunc('week', occurred_day) AS date) AS week
    FROM {of_people} p
    WHERE occurred_day >= {first}
),
firsts AS (
    SELECT person, min(week) AS first_week FROM active GROUP BY person
)
SELECT f.first_week, date_diff('week', f.first_week, a.week) AS weeks_later, count(*) AS people
FROM firsts f
JOIN active a ON a.person = f.person
WHERE f.first_week >= {from} AND f.first_week < {to}
GROUP BY f.first_week, date_diff('week', f.first_week, a.week)
HAVING count(*) >= {people}
ORDER BY f.first_week, weeks_later
