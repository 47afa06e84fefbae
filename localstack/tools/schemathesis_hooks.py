"""What schemathesis cannot know of the API: events are recent, null counts as left out, and a filter has one condition."""
import json
from datetime import datetime, timezone

import schemathesis
from schemathesis import GenerationMode

KINDS = ("all", "any", "not", "interacted", "field")
OPERATORS = ("is", "in", "contains", "startsWith", "exists", "from", "to")


def _is_time(value):
    if not isinstance(value, str):
        return False
    try:
        return datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo is not None
    except ValueError:
        return False


def _json(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


def _objects(value):
    """Returns the objects of a JSON value, itself included."""
    if isinstance(value, dict):
        return [value] + [part for member in value.values() for part in _objects(member)]
    return [part for element in value for part in _objects(element)] if isinstance(value, list) else []


def _is_vague(filter):
    """Returns whether a filter has no condition, or several, which its schema allows."""
    kinds = [name for name in KINDS if filter.get(name) not in (None, [])]
    operators = [name for name in OPERATORS if filter.get(name) is not None]
    one = len(operators) == 1 or (operators and set(operators) <= {"from", "to"})
    values = [filter[name] for name in ("is", "in", "contains") if isinstance(filter.get(name), dict)]
    return len(kinds) != 1 or one != (kinds == ["field"]) or any(set(value) != {"user"} for value in values)


def _filters(value):
    """Returns the objects that stand where filters do."""
    for part in _objects(value):
        yield from (part[name] for name in ("filter", "when", "not") if isinstance(part.get(name), dict))
        lists = [part[name] for name in ("all", "any") if isinstance(part.get(name), list)]
        yield from (one for some in lists for one in some if isinstance(one, dict))


@schemathesis.hook
def filter_case(context, case):
    if case.meta is not None and case.meta.generation.mode == GenerationMode.NEGATIVE:
        return not any(None in part.values() for part in _objects(case.body))
    query = dict(case.query or {})
    if isinstance(query.get("filter"), str):
        query["filter"] = _json(query["filter"])
    return not any(_is_vague(one) for part in (case.body, query) for one in _filters(part))


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.operation.definition.raw.get("operationId") != "collectEvents" or not isinstance(case.body, dict):
        return
    now = datetime.now(timezone.utc).isoformat()
    events = case.body.get("events")
    for part in [case.body] + (events if isinstance(events, list) else []):
        if isinstance(part, dict):
            part.update({name: now for name in ("sentAt", "occurredAt") if _is_time(part.get(name))})
