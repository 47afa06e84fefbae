SELECT occurred_day, type, count(*) AS events, count(DISTINCT person) AS people
FROM {of_people} p
WHERE occurred_day >= {from} AND occurred_day < {to}
GROUP BY occurred_day, type
HAVING count(DISTINCT person) >= {people}
ORDER BY occurred_day, type
