"""Events on their way to the API."""

import json
import logging
import threading
import time
import uuid
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional, Union

from ._http import LONGEST, Http, as_json, seconds, whole
from ._problem import FreshetProblem, no_answer

if TYPE_CHECKING:
    from ._types import Event, NewEvent

#: Most bytes of a request that has more than one event; the API takes 500 KB.
_BATCH_BYTES = 480_000

_LOG = logging.getLogger("freshet_client")


class QueueFull(Exception):
    """The queue holds as many events as it may; the event was not added."""


class EventQueue:
    """Events on their way to the API, one request at a time, in the order in which they were added.

    An event leaves the queue when the API has taken or refused it; until then it is sent again, with the same ``eventId``, so that
    the API counts it once. What a request left over goes before what was added later. A request that the API refuses as a whole is
    halved until the event that is to blame stands alone. Safe for several threads; a thread of its own sends.
    """

    def __init__(
        self,
        http: Http,
        max_queued: int,
        batch_size: int,
        flush_interval: float,
        on_rejected: Optional[Callable[["Event", Dict[str, Any]], None]],
        on_retry: Optional[Callable[[FreshetProblem], None]],
    ) -> None:
        self._http = http
        self._max_queued = whole("max_queued", max_queued, 1)
        self._batch_size = whole("batch_size", batch_size, 1, 500)
        self._flush_interval = seconds("flush_interval", flush_interval)
        self._on_rejected = on_rejected
        self._on_retry = on_retry
        #: Events as JSON, as they were when they were added.
        self._queue: List[bytes] = []
        self._most = self._batch_size
        self._failures = 0
        self._paused_until = 0.0
        self._due = float("inf")
        self._closed = False
        self._ended = False
        self._changed = threading.Condition()
        self._thread: Optional[threading.Thread] = None

    def __len__(self) -> int:
        return len(self._queue)

    def add(self, event: "Union[NewEvent, Event]") -> str:
        """Adds an event and returns its ``eventId``. It gets a random id and the present time where it has none.

        Raises QueueFull if the queue is full.
        """
        added: Dict[str, Any] = {**event}
        added["eventId"] = added.get("eventId") or str(uuid.uuid4())
        added["occurredAt"] = added.get("occurredAt") or _now()
        text = as_json(added)
        with self._changed:
            if self._closed:
                raise RuntimeError("The queue is closed.")
            if len(self._queue) >= self._max_queued:
                raise QueueFull(
                    f"The queue holds {self._max_queued} events that the API has not taken; the event was not added."
                )
            self._queue.append(text)
            full = len(self._queue) >= self._most
            self._wake(time.monotonic() + (0 if full else self._flush_interval))
        return str(added["eventId"])

    def flush(self, timeout: float = 30) -> int:
        """Sends what the queue holds; returns, with how many events it still holds, when it is empty or the time is over."""
        with self._changed:
            self._wake(0)
            self._changed.wait_for(lambda: not self._queue, min(timeout, LONGEST))
            return len(self._queue)

    def close(self, timeout: float = 30) -> "List[Event]":
        """Sends what the queue holds for as long as ``timeout`` and ends; returns the events that the API has not taken."""
        with self._changed:
            self._closed = True
        self.flush(timeout)
        with self._changed:
            self._ended = True
            self._changed.notify_all()
            return [json.loads(event) for event in self._queue]

    def _wake(self, at: float) -> None:
        self._due = min(self._due, at)
        if self._thread is None and self._queue:
            self._thread = threading.Thread(target=self._run, name="freshet-events", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._ended and (not self._queue or self._wait() > 0):
                    self._changed.wait(self._wait() if self._queue else None)
                if self._ended:
                    return
                batch = self._batch()
            try:
                self._send(batch)
            except BaseException:
                _LOG.exception("Sending events failed; they are sent again.")
                self._paused_until = time.monotonic() + self._http.longest_pause
            with self._changed:
                self._due = 0 if self._queue else float("inf")
                self._changed.notify_all()

    def _wait(self) -> float:
        """Seconds until the next request."""
        return min(max(self._due, self._paused_until) - time.monotonic(), LONGEST)

    def _batch(self) -> List[bytes]:
        batch: List[bytes] = []
        room = _BATCH_BYTES
        for event in self._queue[: self._most]:
            room -= len(event)
            if batch and room < 0:
                break
            batch.append(event)
        return batch

    def _send(self, batch: List[bytes]) -> None:
        try:
            body = b'{"sentAt":"%s","events":[%s]}' % (_now().encode(), b",".join(batch))
            status, answer = self._http.once("POST", "/v1/events", body)
            if status == 202 and isinstance(answer, dict) and _is_number(answer.get("accepted")):
                self._settle(batch, answer.get("rejected"), [])
                self._failures = 0
                self._most = min(self._most * 2, self._batch_size)
                return
            problem = no_answer(f"POST /v1/events: the {status} of another server")
        except FreshetProblem as failed:
            problem = failed
        except Exception as failed:  # such as that of a function that gives the key
            problem = no_answer(repr(failed))
        if _blames_events(problem):
            self._most = max(1, len(batch) // 2)
            if len(batch) > 1:
                return
            self._settle(batch, [{"index": 0, "code": problem.code, "detail": str(problem)}], [])
        else:
            not_stored = problem.problem.get("notStored")
            if isinstance(not_stored, list) and all(_is_index(each, batch) for each in not_stored):
                self._settle(batch, problem.problem.get("rejected"), not_stored)
            _LOG.info("Events are sent again later: %s", problem)
            if self._on_retry:
                self._tell(self._on_retry, problem)
        self._failures += 1
        self._paused_until = time.monotonic() + self._http.pause(self._failures, problem.retry_after)

    def _settle(self, batch: List[bytes], rejected: Any, not_stored: List[int]) -> None:
        """Tells the application what was rejected, and keeps of a batch what was not stored."""
        for rejection in rejected if isinstance(rejected, list) else ():
            if isinstance(rejection, dict) and _is_index(rejection.get("index"), batch):
                event = json.loads(batch[rejection["index"]])
                if self._on_rejected:
                    self._tell(self._on_rejected, event, rejection)
                else:
                    _LOG.warning("Freshet refused the event %s: %s", event["eventId"], rejection)
        with self._changed:
            self._queue[: len(batch)] = [event for index, event in enumerate(batch) if index in not_stored]
            self._changed.notify_all()

    @staticmethod
    def _tell(call: Callable[..., None], *arguments: Any) -> None:
        """Calls the application; its errors are logged, and the queue goes on."""
        try:
            call(*arguments)
        except BaseException:
            _LOG.exception("A function that was given to the queue failed.")


def _blames_events(problem: FreshetProblem) -> bool:
    """Whether the API says that events of the request are to blame, and not the credential, the stack or another server."""
    if problem.status in (400, 413):
        return isinstance(problem.problem.get("code"), str)
    return problem.status == 403 and problem.code in ("not-your-user", "not-your-anonymous-id")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_index(value: Any, batch: List[bytes]) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(batch)


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
