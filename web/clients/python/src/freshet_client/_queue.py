"""Events on their way to the API."""

import json
import logging
import threading
import time
import uuid
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional, Tuple

from ._http import Http
from ._problem import FreshetProblem

if TYPE_CHECKING:
    from ._types import Event, NewEvent

#: Most bytes of a request that has more than one event; the API takes 500 KB.
_BATCH_BYTES = 480_000

#: Statuses of a request that its events are to blame for, and not the credential or the stack.
_REFUSED = (400, 413)

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
        self._max_queued = max_queued
        self._batch_size = min(batch_size, 500)
        self._flush_interval = flush_interval
        self._on_rejected = on_rejected
        self._on_retry = on_retry
        self._queue: List[Tuple[Any, int]] = []
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

    def add(self, event: "NewEvent") -> str:
        """Adds an event and returns its ``eventId``. It gets a random id and the present time where it has none.

        Raises QueueFull if the queue is full.
        """
        whole: Dict[str, Any] = {"eventId": str(uuid.uuid4()), "occurredAt": _now(), **event}
        size = len(json.dumps(whole, ensure_ascii=False).encode())
        with self._changed:
            if self._closed:
                raise RuntimeError("The queue is closed.")
            if len(self._queue) >= self._max_queued:
                raise QueueFull(
                    f"The queue holds {self._max_queued} events that the API has not taken; the event was not added."
                )
            self._queue.append((whole, size))
            full = len(self._queue) >= self._most
            self._wake(time.monotonic() + (0 if full else self._flush_interval))
        return str(whole["eventId"])

    def flush(self, timeout: float = 30) -> int:
        """Sends what the queue holds; returns, with how many events it still holds, when it is empty or the time is over."""
        with self._changed:
            self._wake(0)
            self._changed.wait_for(lambda: not self._queue, timeout)
            return len(self._queue)

    def close(self, timeout: float = 30) -> "List[Event]":
        """Sends what the queue holds for as long as ``timeout`` and ends; returns the events that the API has not taken."""
        with self._changed:
            self._closed = True
        self.flush(timeout)
        with self._changed:
            self._ended = True
            self._changed.notify_all()
            return [event for event, _ in self._queue]

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
            self._send(batch)
            with self._changed:
                self._due = 0 if self._queue else float("inf")
                self._changed.notify_all()

    def _wait(self) -> float:
        """Seconds until the next request."""
        return max(self._due, self._paused_until) - time.monotonic()

    def _batch(self) -> List[Tuple[Any, int]]:
        batch: List[Tuple[Any, int]] = []
        room = _BATCH_BYTES
        for entry in self._queue[: self._most]:
            room -= entry[1]
            if batch and room < 0:
                break
            batch.append(entry)
        return batch

    def _send(self, batch: List[Tuple[Any, int]]) -> None:
        try:
            answer = self._http.once("POST", "/v1/events", {"sentAt": _now(), "events": [event for event, _ in batch]})
            self._settle(batch, answer, [])
            self._failures = 0
            self._most = min(self._most * 2, self._batch_size)
            return
        except FreshetProblem as failed:
            problem = failed
        except Exception as failed:  # such as that of a function that gives the key
            problem = FreshetProblem(0, "no-answer", repr(failed))
        if problem.status in _REFUSED:
            if len(batch) == 1:
                self._settle(batch, {"rejected": [{"index": 0, "code": problem.code, "detail": str(problem)}]}, [])
            self._most = max(1, len(batch) // 2)
            return
        if isinstance(problem.problem.get("notStored"), list):
            self._settle(batch, problem.problem, problem.problem["notStored"])
        self._failures += 1
        self._paused_until = time.monotonic() + self._http.pause(self._failures, problem.retry_after)
        _LOG.info("Events are sent again later: %s", problem)
        if self._on_retry:
            self._tell(self._on_retry, problem)

    def _settle(self, batch: List[Tuple[Any, int]], answer: Dict[str, Any], not_stored: List[int]) -> None:
        """Reads an answer event by event."""
        with self._changed:
            self._queue[: len(batch)] = [batch[index] for index in not_stored if index < len(batch)]
        for rejection in answer.get("rejected", ()):
            if rejection["index"] < len(batch):
                event = batch[rejection["index"]][0]
                if self._on_rejected:
                    self._tell(self._on_rejected, event, rejection)
                else:
                    _LOG.warning("Freshet refused the event %s: %s", event["eventId"], rejection)

    @staticmethod
    def _tell(call: Callable[..., None], *arguments: Any) -> None:
        """Calls the application; its errors are logged, and the queue goes on."""
        try:
            call(*arguments)
        except Exception:
            _LOG.exception("A function that was given to the queue failed.")


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
