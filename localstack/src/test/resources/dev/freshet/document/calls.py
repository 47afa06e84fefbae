"""Calls an API by the generated client, and prints what it read: arguments are the API, a key, a prefix for ids and the time."""
import json
import sys
import time
from datetime import datetime

import openapi_client as client
from openapi_client.models import Consent, Event, EventsRequest, Experiment, Filter, Item, Limit, ListRequest, Rule, UserRequest

url, key, name, time_of_events = sys.argv[1:]
api = client.ApiClient(client.Configuration(host=url, access_token=key))
items, users, rules = client.ItemsApi(api), client.UsersApi(api), client.RulesApi(api)
events, lists, experiments = client.EventsApi(api), client.RecommendationsApi(api), client.ExperimentsApi(api)
read = {}

attributes = {"url": "https://www.example.org/1", "price": 9.5, "stock": 1, "used": False, "sizes": ["s", "m"]}
for number in (1, 2):
    items.put_item(Item(item_id=f"{name}-{number}", type="product", title=f"Lamp {number}", tags=[name], attributes=attributes))
read["item"] = items.get_item(f"{name}-1").attributes

users.put_user(f"{name}-user", UserRequest(attributes=attributes))
users.put_user(f"{name}-user", UserRequest(consent=Consent(personalisation=True)))
read["user"] = users.get_user(f"{name}-user").attributes

sold_out = Filter.from_dict({"field": "attributes.stock", "from": 0, "to": 1})
rules.put_rule(name, Rule(filter=Filter(var_not=sold_out), limits=[Limit(field="attributes.brand", max=3)]))
read["rule"] = rules.get_rule(name).to_dict()
read["rules"] = name in [one.name for one in rules.list_rules().rules]

now = datetime.fromisoformat(time_of_events.replace("Z", "+00:00"))
read["accepted"] = events.collect_events(EventsRequest(events=[
    Event(event_id=f"{name}-e1", type="view", user_id=f"{name}-user", item_id=f"{name}-1", occurred_at=now),
    Event(event_id=f"{name}-e2", type="rating", user_id=f"{name}-user", item_id=f"{name}-1", occurred_at=now, value=4.5),
    Event(event_id=f"{name}-e3", type="purchase", user_id=f"{name}-user", item_id=f"{name}-1", occurred_at=now,
          value={"amount": 9.5, "currency": "EUR"}),
])).accepted

both = Filter(all=[
    Filter(var_field="itemId", var_in=[f"{name}-1", f"{name}-2"]),
    Filter(var_field="attributes.used", var_is=False),
    Filter(var_field="tags", contains=name),
])
for list_name in ("for-you", "latest"):
    for _ in range(300):
        shown = lists.recommend(ListRequest(count=5, filter=both, list=list_name, rules=[name] if list_name == "for-you" else None)).items
        if len(shown) == 2:
            break
        time.sleep(0.2)
    read[list_name] = [item.title is not None for item in shown]

arms = [{"id": "control", "weight": 0.5}, {"id": "varied", "weight": 0.5, "diversity": 0.4}]
experiments.put_experiment(name, Experiment(
    id=name, version=1, status="draft", layer=name, salt=f"{name}-1", planned_users=1000,
    arms=arms, metrics={"primary": "listCtr"}))
read["experiment"] = experiments.get_experiment(name).arms

try:
    lists.recommend(ListRequest(list="similar"))
except client.ApiException as refused:
    read["refused"] = [refused.status, json.loads(refused.body)["code"]]
print(json.dumps(read))
