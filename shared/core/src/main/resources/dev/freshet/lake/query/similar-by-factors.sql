SELECT s.other_id, s.cosine, i.title
FROM item_similarities s
LEFT JOIN items i ON i.item_id = s.other_id
WHERE s.item_id = {item}
ORDER BY s.cosine DESC, s.other_id
LIMIT 50
