-- The places of lists, one row for each place that a page showed. What an impression without a
-- token names is no list: nothing proves that anybody was shown it.
SELECT e.pseudonym, e.recommendation_id, e.occurred_day, e.occurred_at, e.placement, e.arm,
    e.model_version, {fields}
FROM exposures e
CROSS JOIN UNNEST(e.places) AS t ({names})
WHERE e.recommendation_id NOT LIKE '{without_token}%'
