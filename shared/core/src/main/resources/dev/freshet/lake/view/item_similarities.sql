-- The cosine of the factors of two items, one row for each pair: a query names one item_id.
SELECT a.item_id, b.item_id AS other_id,
    {both} / nullif(sqrt({left} * {right}), 0e0) AS cosine
FROM item_factors a
JOIN item_factors b ON b.job = a.job AND b.item_id <> a.item_id
