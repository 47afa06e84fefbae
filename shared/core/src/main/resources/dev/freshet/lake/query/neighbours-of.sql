SELECT n.neighbour_id, n.weight, n.people, i.title
FROM neighbours n
LEFT JOIN items i ON i.item_id = n.neighbour_id
WHERE n.item_id = {item}
ORDER BY n.weight DESC, n.neighbour_id
