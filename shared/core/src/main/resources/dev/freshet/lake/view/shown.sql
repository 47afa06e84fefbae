-- The places of lists, one row for each place that a page showed.
SELECT e.pseudonym, e.recommendation_id, e.occurred_day, e.occurred_at, e.placement, e.arm,
    e.model_version, {fields}
FROM exposures e
CROSS JOIN UNNEST(e.places) AS t ({names})
