-- The positions of the rows of erased people: received up to the erasure, or before it in its shard.
SELECT concat(r.shard, r.sequence) AS erased_position
FROM {table} r
JOIN {erasures} e ON e.erased = lower(to_hex(sha256(to_utf8(r.{person}))))
WHERE date_trunc('millisecond', r.received_at) <= e.erased_at
    OR (r.shard = e.shard AND r.sequence <= e.sequence)
