-- Interactions that were not taken back, with the person: the user where an anonymous id is an alias.
SELECT s.*, coalesce(m.merged_into, s.pseudonym) AS person
FROM {standing} s
LEFT JOIN (
    SELECT pseudonym, merged_into, row_number() OVER (PARTITION BY pseudonym ORDER BY sequence) AS nth
    FROM merges
) m ON m.pseudonym = s.pseudonym AND m.nth = 1
