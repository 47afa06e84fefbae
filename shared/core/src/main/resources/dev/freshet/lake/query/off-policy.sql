-- Each arm is estimated by the lists of every arm: a click counts by how often the estimated arm
-- shows its item there, over the probability with which it was shown (self-normalised; weights are
-- cut at 100).
WITH places AS (
    SELECT s.pseudonym, s.placement, s.arm, s.position, s.item_id, s.propensity,
        CASE WHEN c.target_id IS NULL THEN 0 ELSE 1 END AS clicked
    FROM shown s
    LEFT JOIN (
        SELECT DISTINCT recommendation_id, target_id
        FROM {standing} i
        WHERE received_at >= {since} AND type = 'click'
    ) c ON c.recommendation_id = s.recommendation_id AND c.target_id = s.item_id
    WHERE s.occurred_day >= {from} AND s.occurred_day < {to} AND s.propensity > 0
),
policy AS (
    SELECT p.placement, p.arm, p.position, p.item_id,
        CAST(count(*) AS double) / max(t.lists) AS share
    FROM places p
    JOIN (
        SELECT placement, arm, position, count(*) AS lists
        FROM places
        GROUP BY placement, arm, position
    ) t ON t.placement = p.placement AND t.arm = p.arm AND t.position = p.position
    GROUP BY p.placement, p.arm, p.position, p.item_id
),
weighed AS (
    SELECT p.pseudonym, p.placement, p.arm AS logged_arm, q.arm AS estimated_arm, p.clicked,
        least(q.share / p.propensity, 100e0) AS weight
    FROM places p
    JOIN policy q
        ON q.placement = p.placement AND q.position = p.position AND q.item_id = p.item_id
)
SELECT placement, logged_arm, estimated_arm, count(*) AS places,
    sum(weight * clicked) / sum(weight) AS click_rate,
    sum(weight) * sum(weight) / sum(weight * weight) AS effective_places
FROM weighed
GROUP BY placement, logged_arm, estimated_arm
HAVING count(DISTINCT pseudonym) >= {people}
ORDER BY placement, logged_arm, estimated_arm
