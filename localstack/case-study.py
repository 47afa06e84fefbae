#!/usr/bin/env python3
"""Goes the way of docs/case-study.md with your copy of DeskDrop, and prints what it finds.

    ./localstack/case-study.py DIR --days 14

DIR holds users_interactions.csv. The script starts a local cloud of its own in a temporary folder, imports all but the last days, replays these
with a list of ten at the first action of each session, under an experiment of personalised against popular lists, and asks outcomes, the lake,
an erasure and the bill. It uses the routes and commands of the product alone. Times of the log are moved so that the history ends now.
"""
import argparse
import collections
import csv
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

FRESHET = str(pathlib.Path(__file__).resolve().parent.parent / "freshet")
LEARNED = 0.3  # seconds after which an event is in the model, as a rule
TYPES = {"VIEW": "view", "LIKE": "like", "BOOKMARK": "bookmark", "FOLLOW": "follow", "COMMENT CREATED": "comment"}


def iso(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def freshet(*words):
    """Returns the JSON that a command of the product prints."""
    return json.loads(subprocess.run([FRESHET, *words, "--json"], check=True, stdout=subprocess.PIPE).stdout)


class Api:
    """The API of a running local cloud, by its owner's secret key."""

    def __init__(self, ready):
        self.base, self.key = ready["api"], ready["secretKey"]
        self.words = ("--endpoint=" + self.base, "--key=" + self.key)

    def __call__(self, method, path, body=None):
        headers = {"Authorization": "Bearer " + self.key, "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data=data, headers=headers, method=method)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def send(self, event):
        answer = self("POST", "/v1/events", {"events": [event], "sentAt": event["occurredAt"]})
        assert answer["accepted"] == 1, answer


def read(folder, days):
    """Returns the history and the replay, moved to the present, and the time of each item's first action."""
    with open(pathlib.Path(folder) / "users_interactions.csv", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["timestamp"]))
    cut = int(rows[-1]["timestamp"]) + 1 - days * 86_400
    moved = time.time() - cut
    first = {}
    for row in rows:
        row["at"] = int(row["timestamp"]) + moved
        first.setdefault(row["contentId"], row["at"])
    return [row for row in rows if int(row["timestamp"]) < cut], [row for row in rows if int(row["timestamp"]) >= cut], first


def event(number, row, at):
    return {"eventId": f"action-{number}", "type": TYPES[row["eventType"]], "userId": row["personId"], "sessionId": row["sessionId"],
            "occurredAt": iso(at), "target": {"kind": "item", "id": row["contentId"]},
            "context": {"country": row["userCountry"]} if len(row["userCountry"]) == 2 else {}}


def item(name, at):
    return {"itemId": name, "type": "article", "publishedAt": iso(at)}


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def definition(users, days):
    return {"id": "case-study", "version": 1, "status": "running", "layer": "lists", "salt": "case-study-1", "plannedUsers": max(100, users),
            "target": {"placements": ["home"]}, "metrics": {"primary": "listCtr", "window": f"{min(28, days)}d"},
            "arms": [{"id": "popular", "weight": 0.5, "strategy": "popular"}, {"id": "personalised", "weight": 0.5}]}


def replay(api, rows, numbers, first):
    """Replays the actions; returns counts of what was sent and hit."""
    counts, lists, opened = collections.Counter(), {}, set()
    known = set()
    for number, row in zip(numbers, rows):
        session = (row["personId"], row["sessionId"])
        if session not in lists:
            time.sleep(LEARNED)
            answer = api("POST", "/v1/recommendations",
                         {"userId": row["personId"], "count": 10, "placement": "home", "session": {"id": row["sessionId"]}})
            lists[session] = answer["exposure"], {entry["itemId"] for entry in answer["items"]}
            api.send({"eventId": f"shown-{number}", "type": "impression", "userId": row["personId"], "sessionId": row["sessionId"],
                      "occurredAt": iso(time.time()), "exposure": answer["exposure"]})
            counts["lists"] += 1
        if row["at"] == first[row["contentId"]] and row["contentId"] not in known:
            known.add(row["contentId"])
            api("POST", "/v1/items", {"items": [item(row["contentId"], time.time())]})
        sent = event(number, row, time.time())
        exposure, shown = lists[session]
        if row["contentId"] in shown:
            sent["exposure"] = exposure
            if sent["type"] == "view" and (session, row["contentId"]) not in opened:
                sent["type"] = "click"
                counts["hits"] += 1
        if row["eventType"] == "VIEW":
            opened.add((session, row["contentId"]))
        api.send(sent)
        counts["events"] += 1
    time.sleep(5)
    return counts


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder")
    arguments.add_argument("--days", type=int, default=7, help="last days that are replayed (default: 7)")
    given = arguments.parse_args()
    history, rows, first = read(given.folder, given.days)
    users = collections.Counter(row["personId"] for row in rows)
    with tempfile.TemporaryDirectory() as scratch:
        folder, state = pathlib.Path(scratch), f"--state={scratch}/state"
        command = [FRESHET, "up", "--port=0", "--lift-plans", "--option=lake=true", state, "--json"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as cloud:
            try:
                api = Api(json.loads(cloud.stdout.readline() or sys.exit("The local cloud did not start.")))
                begin = time.time()
                items = [item(name, at) for name, at in first.items() if at < rows[0]["at"]]
                freshet("items", "put", write(folder / "items.jsonl", items), *api.words)
                lines = [event(number, row, row["at"]) for number, row in enumerate(history)]
                imported = freshet("import", "jsonl", write(folder / "history.jsonl", lines), state, "--concurrency=1")
                print("import", json.dumps(imported))
                api("PUT", "/v1/experiments/case-study", definition(len(users), given.days))
                start = time.time()
                counts = replay(api, rows, range(len(history), len(history) + len(rows)), first)
                print("replay", json.dumps(counts), f"in {time.time() - start:.0f} s")
                print("outcomes", json.dumps(api("GET", "/v1/insights/outcomes?by=arm")["rows"]))
                print("experiment", api("GET", "/v1/experiments/case-study/results")["sentence"])
                print("lake", json.dumps(freshet("lake", "settle", state)))
                print("sent", len(history) + counts["events"], "events; in the lake",
                      freshet("lake", "query", "SELECT count(*) FROM interactions", state)["rows"])
                busiest = users.most_common(1)[0][0]
                print("erasure", json.dumps(api("DELETE", "/v1/users/" + busiest)))
                seconds = given.days * 86_400
                load = {"eventsPerSecond": (counts["events"] + counts["lists"]) / seconds, "recommendationsPerSecond": counts["lists"] / seconds,
                        "eventsPerRequest": 1}
                print("cost", json.dumps(freshet("cost", "--profile=" + write(folder / "load.json", [load]), "-c", "lake=true")))
                print(f"{time.time() - begin:.0f} s")
            finally:
                cloud.terminate()


if __name__ == "__main__":
    main()
