import json
import sys
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from freshet_client import Freshet, FreshetProblem, QueueFull


def view(item):
    return {"type": "view", "userId": "u-1", "itemId": item}


def taken(request):
    return 202, {"accepted": len(request["events"]), "rejected": []}, {}


def problem(status, code, headers=None, **more):
    return status, {"type": "about:blank", "title": "T", "status": status, "code": code, "detail": "Do this.", **more}, headers or {}


class Server:
    """Answers requests by a function of the parsed body and of how many requests there were."""

    def __init__(self, answer):
        self.requests = requests = []

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answered(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                request = json.loads(body) if body else {}
                requests.append((self.path, dict(self.headers), request, time.monotonic()))
                status, content, headers = answer(request, len(requests), self.path)
                sent = (content if isinstance(content, str) else json.dumps(content)).encode()
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(sent))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(sent)

            do_GET = do_POST = answered

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=lambda: self.server.serve_forever(0.01), daemon=True).start()

    def client(self, **options):
        return Freshet(
            f"http://127.0.0.1:{self.server.server_port}",
            **{"key": "fsk_test", "first_pause": 0.001, "longest_pause": 2, "flush_interval": 60, **options},
        )


#: Answers after which all events are kept, and sent again after a pause.
UNSETTLED = {
    "a page of another server": (200, "<html>", {}),
    "JSON of another server": (200, {"accepted": 2}, {}),
    "a 202 without a number": (202, {"accepted": "2"}, {}),
    "an empty 202": (202, "", {}),
    "a 202 of null": (202, None, {}),
    "a redirection": (302, "", {"Location": "/elsewhere"}),
    "a 400 of another server": (400, "<html>", {}),
    "a 413 of another server": (413, {"message": "Too large"}, {}),
    "a 403 of the credential": problem(403, "forbidden"),
    "a 503 of null": (503, None, {}),
    "indexes that are none": problem(503, "events-not-stored", notStored=["a", -1, 2, None], rejected=None),
}


class ClientTest(unittest.TestCase):
    def serve(self, answer):
        server = Server(answer)
        self.addCleanup(server.server.server_close)
        self.addCleanup(server.server.shutdown)
        return server

    def test_an_event_keeps_the_id_and_the_time_that_it_got_when_it_was_added(self):
        server = self.serve(lambda request, count, path: problem(503, "store-unavailable") if count < 3 else taken(request))
        events = server.client().events

        event_id = events.add(view("a"))

        self.assertEqual(events.flush(), 0)
        self.assertEqual(len(server.requests), 3)
        self.assertEqual({json.dumps(request["events"]) for _, _, request, _ in server.requests}, {json.dumps(server.requests[0][2]["events"])})
        self.assertEqual(server.requests[0][2]["events"][0]["eventId"], event_id)
        self.assertEqual(server.requests[0][1]["Authorization"], "Bearer fsk_test")

    def test_a_full_queue_refuses_an_event_and_closing_returns_what_was_not_taken(self):
        events = self.serve(lambda *_: problem(503, "store-unavailable")).client(max_queued=2).events

        events.add(view("a"))
        events.add(view("b"))

        with self.assertRaises(QueueFull):
            events.add(view("c"))
        self.assertEqual([event["itemId"] for event in events.close(0.05)], ["a", "b"])
        with self.assertRaisesRegex(RuntimeError, "closed"):
            events.add(view("d"))

    def test_events_are_sent_after_the_interval_and_wait_for_as_long_as_retry_after_says(self):
        server = self.serve(lambda request, count, path: problem(429, "overloaded", {"Retry-After": "0.3"}) if count == 1 else taken(request))
        events = server.client(flush_interval=0.005).events

        events.add(view("a"))

        with events._changed:
            self.assertTrue(events._changed.wait_for(lambda: not events, 30))
        self.assertGreaterEqual(server.requests[1][3] - server.requests[0][3], 0.295)

    def test_what_was_not_stored_is_sent_again_first_and_a_refused_event_is_reported(self):
        refused = []
        rejected = [{"index": 2, "code": "unknown-type", "detail": "None."}]
        server = self.serve(
            lambda request, count, path: problem(503, "events-not-stored", accepted=1, notStored=[1, 3], rejected=rejected) if count == 1 else taken(request)
        )
        events = server.client(batch_size=4, on_rejected=lambda event, why: refused.append((event["itemId"], why["code"]))).events

        for item in "abcde":
            events.add(view(item))

        self.assertEqual(events.flush(), 0)
        self.assertEqual(["".join(event["itemId"] for event in request["events"]) for _, _, request, _ in server.requests], ["abcd", "bde"])
        self.assertEqual(refused, [("c", "unknown-type")])

    def test_a_request_that_is_refused_as_a_whole_is_halved_until_the_event_to_blame_is_alone(self):
        refused, accepted = [], []

        def answer(request, count, path):
            items = [event["itemId"] for event in request["events"]]
            if "37" in items:
                return problem(400, "bad-body")
            accepted.extend(items)
            return taken(request)

        server = self.serve(answer)
        events = server.client(on_rejected=lambda event, why: refused.append((event["itemId"], why["code"]))).events

        for item in range(100):
            events.add(view(str(item)))

        self.assertEqual(events.flush(), 0)
        self.assertEqual(accepted, [str(item) for item in range(100) if item != 37])
        self.assertEqual(refused, [("37", "bad-body")])
        self.assertLess(len(server.requests), 60)

    def test_a_call_is_repeated_after_a_temporary_failure_and_not_after_a_refusal(self):
        server = self.serve(
            lambda request, count, path: problem(404, "unknown-item") if "items" in path else problem(500, "failed") if count == 1 else (200, {"items": []}, {})
        )
        client = server.client()

        self.assertEqual(client.recommend({"userId": "u-1"}), {"items": []})
        self.assertEqual(len(server.requests), 2)
        with self.assertRaisesRegex(FreshetProblem, "Do this") as raised:
            client.get_item("a/b c")
        self.assertEqual((raised.exception.status, raised.exception.code), (404, "unknown-item"))
        self.assertEqual(len(server.requests), 3)
        self.assertEqual(server.requests[2][0], "/v1/items/a%2Fb%20c")

    def test_a_call_that_is_never_answered_fails_with_a_problem(self):
        server = self.serve(lambda *_: (200, {}, {}))
        client = server.client(retries=1)
        server.server.server_close()
        server.server.shutdown()

        with self.assertRaises(FreshetProblem) as raised:
            client.list_rules()
        self.assertEqual((raised.exception.status, raised.exception.code, raised.exception.is_temporary), (0, "no-answer", True))

    def test_parameters_are_encoded_and_a_condition_is_sent_as_json(self):
        server = self.serve(lambda *_: (200, {"items": []}, {}))

        server.client().similar_items("a", {"count": 3, "filter": {"field": "type", "is": "song"}})

        self.assertEqual(server.requests[0][0], "/v1/items/a/similar?count=3&filter=%7B%22field%22%3A%22type%22%2C%22is%22%3A%22song%22%7D")

    def test_leaving_a_client_with_events_that_were_not_taken_raises(self):
        client = self.serve(lambda *_: problem(503, "store-unavailable")).client()
        client.events.close = lambda: [view("a")]

        with self.assertRaisesRegex(FreshetProblem, "1 events"):
            with client:
                pass

    def test_events_are_kept_and_sent_again_after_a_pause_where_an_answer_does_not_settle_them(self):
        for name, answer in UNSETTLED.items():
            with self.subTest(name):
                refused, problems = [], []
                server = self.serve(lambda request, count, path: answer if count == 1 else taken(request))
                client = server.client(first_pause=0.03, on_rejected=lambda *told: refused.append(told), on_retry=problems.append)
                client._http._random = lambda: 1

                client.events.add(view("a"))
                client.events.add(view("b"))

                self.assertEqual(client.events.flush(), 0)
                self.assertEqual(len(server.requests), 2)
                self.assertEqual(server.requests[1][2]["events"], server.requests[0][2]["events"])
                self.assertGreaterEqual(server.requests[1][3] - server.requests[0][3], 0.025)
                self.assertEqual((len(problems), refused), (1, []))

    def test_an_answer_settles_events_though_its_rejections_are_of_another_form(self):
        for rejected in (None, "all", [None, {}, {"index": -1}, {"index": 2}, {"index": True}]):
            with self.subTest(rejected):
                refused = []
                server = self.serve(lambda *_: (202, {"accepted": 2, "rejected": rejected}, {}))
                events = server.client(on_rejected=lambda *told: refused.append(told)).events

                events.add(view("a"))
                events.add(view("b"))

                self.assertEqual((events.flush(), len(server.requests), refused), (0, 1, []))

    def test_one_event_of_a_user_who_is_not_the_callers_does_not_hold_up_the_others(self):
        for code in ("not-your-user", "not-your-anonymous-id"):
            with self.subTest(code):
                refused, stored = [], []

                def answer(request, count, path):
                    items = [event["itemId"] for event in request["events"]]
                    if "c" in items:
                        return problem(403, code)
                    stored.extend(items)
                    return taken(request)

                events = self.serve(answer).client(on_rejected=lambda event, why: refused.append((event["itemId"], why["code"]))).events
                for item in "abcd":
                    events.add(view(item))

                self.assertEqual(events.close(), [])
                self.assertEqual((stored, refused), (["a", "b", "d"], [("c", code)]))

    def test_events_that_are_refused_one_by_one_are_refused_with_a_pause_between(self):
        server = self.serve(lambda *_: problem(400, "bad-body"))
        client = server.client(batch_size=1, first_pause=0.02, longest_pause=0.02, on_rejected=lambda *_: None)
        client._http._random = lambda: 1

        for item in "abc":
            client.events.add(view(item))

        self.assertEqual(client.events.flush(), 0)
        self.assertGreaterEqual(server.requests[2][3] - server.requests[0][3], 0.035)

    def test_a_retry_after_of_years_makes_events_wait_and_a_wait_may_be_unlimited(self):
        problems = []
        server = self.serve(lambda *_: problem(503, "store-unavailable", {"Retry-After": "1e300"}))
        client = server.client(on_retry=problems.append, timeout=float("inf"))

        client.events.add(view("a"))

        self.assertEqual(client.events.flush(0.1), 1)
        self.assertEqual([each.retry_after for each in problems], [86_400])
        client.events._thread.join(0.1)
        self.assertTrue(client.events._thread.is_alive())
        self.assertEqual(self.serve(lambda request, *_: taken(request)).client().events.flush(float("inf")), 0)
        events = self.serve(lambda request, *_: taken(request)).client(flush_interval=float("inf")).events
        events.add(view("a"))
        self.assertEqual(events.flush(float("inf")), 0)

    def test_the_queue_goes_on_after_an_error_of_the_application(self):
        def fails(*_):
            raise SystemExit

        rejected = [{"index": 0, "code": "unknown-type", "detail": "None."}]
        server = self.serve(lambda request, count, path: problem(503, "store-unavailable") if count == 1 else (202, {"accepted": 0, "rejected": rejected}, {}))
        client = server.client(longest_pause=0.005, on_retry=fails, on_rejected=fails)
        client._http.pause = fails

        with self.assertLogs("freshet_client", "ERROR") as logged:
            client.events.add(view("a"))
            self.assertEqual(client.events.flush(), 0)
        self.assertEqual(len(logged.records), 3)

    def test_a_rejected_event_is_told_before_the_queue_is_empty(self):
        refused = []

        def slow(event, why):
            time.sleep(0.05)
            refused.append(event["itemId"])

        rejected = [{"index": 0, "code": "unknown-type", "detail": "None."}]
        events = self.serve(lambda *_: (202, {"accepted": 0, "rejected": rejected}, {})).client(on_rejected=slow).events

        events.add(view("a"))

        self.assertEqual((events.flush(), refused), (0, ["a"]))

    def test_an_event_that_the_application_adds_again_is_sent_with_its_id_as_it_was_when_it_was_added(self):
        rejected = [{"index": 0, "code": "rate-exceeded", "detail": "None."}]
        server = self.serve(lambda request, count, path: (202, {"accepted": 0, "rejected": rejected}, {}) if count == 1 else taken(request))
        client = server.client(batch_size=1, on_rejected=lambda event, why: client.events.add(event))
        event = {**view("a"), "eventId": None, "occurredAt": None}

        event_id = client.events.add(event)
        event["itemId"] = "b"

        self.assertEqual(client.events.flush(), 0)
        first, second = (request["events"] for _, _, request, _ in server.requests)
        self.assertEqual(second, first)
        self.assertEqual((second[0]["eventId"], second[0]["itemId"]), (event_id, "a"))

    def test_a_number_that_json_does_not_have_is_refused_when_it_is_added(self):
        with self.assertRaises(ValueError):
            self.serve(lambda request, *_: taken(request)).client().events.add({**view("a"), "value": float("nan")})

    def test_a_key_is_sent_without_the_line_end_of_its_file_and_one_that_no_header_takes_is_never_shown(self):
        server = self.serve(lambda *_: (200, {}, {}))
        server.client(key="fsk_test\n").list_rules()
        self.assertEqual(server.requests[0][1]["Authorization"], "Bearer fsk_test")

        for key in ("fsk_secret\nX", "fsk_secret \u2603", ""):
            for refused in (lambda: server.client(key=key), lambda: server.client(key=lambda: key).list_rules()):
                with self.subTest(key), self.assertRaisesRegex(ValueError, "^key is a text") as raised:
                    refused()
                self.assertNotIn("secret", str(raised.exception))

    def test_an_option_out_of_its_range_is_refused(self):
        times = {name: (0, -1, float("nan")) for name in ("timeout", "first_pause", "longest_pause", "flush_interval")}
        for name, values in {"batch_size": (0, 501, 1.5), "max_queued": (0,), "retries": (-1,), **times}.items():
            for value in values:
                with self.subTest(name, value=value), self.assertRaisesRegex(ValueError, f"^{name} is"):
                    Freshet("http://test", "fsk_test", **{name: value})


if __name__ == "__main__":
    print(sys.version)
    unittest.main()
