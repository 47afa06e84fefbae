WITH acts AS (
    SELECT recommendation_id, target_id, max(CASE WHEN type = 'click' THEN 1 ELSE 0 END) AS clicked
    FROM {standing} i
    WHERE received_at >= {since} AND recommendation_id IS NOT NULL AND target_kind = 'item' AND strength > 0
    GROUP BY recommendation_id, target_id
)
SELECT s.placement, s.arm, s.position, s.model_version, count(*) AS shown,
    coalesce(sum(a.clicked), 0) AS clicked, count(a.target_id) AS chosen,
    CAST(coalesce(sum(a.clicked), 0) AS double) / count(*) AS click_rate
FROM shown s
LEFT JOIN acts a ON a.recommendation_id = s.recommendation_id AND a.target_id = s.item_id
WHERE s.occurred_day >= {from} AND s.occurred_day < {to}
GROUP BY s.placement, s.arm, s.position, s.model_version
HAVING count(DISTINCT s.pseudonym) >= {people}
ORDER BY s.placement, s.arm, s.position, s.model_version
