-- Interactions that were not taken back.
SELECT i.*
FROM interactions_now i
WHERE i.retracts IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM interactions_now r
        WHERE r.pseudonym = i.pseudonym AND r.retracts = i.event_id
    )
