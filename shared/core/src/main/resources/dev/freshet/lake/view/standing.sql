-- Interactions that were not taken back by a retraction that was received since a time.
SELECT i.*
FROM {interactions} i
WHERE i.retracts IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM {interactions} r
        WHERE r.retracts IS NOT NULL AND r.received_at >= {since}
            AND r.pseudonym = i.pseudonym AND r.retracts = i.event_id
    )
