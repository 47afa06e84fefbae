-- Interactions that were not taken back, with the person: the user where an anonymous id is an alias.
SELECT s.*, coalesce(m.merged_into, s.pseudonym) AS person
FROM standing s
LEFT JOIN merges m ON m.pseudonym = s.pseudonym
