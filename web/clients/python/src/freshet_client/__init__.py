"""A client of Freshet, a real-time recommender: its operations as methods, and a queue of events."""

from types import TracebackType
from typing import Any, Callable, Dict, Optional, Type, Union

from . import _types as types
from ._http import Http
from ._operations import Operations
from ._problem import FreshetProblem
from ._queue import EventQueue, QueueFull

__all__ = ["EventQueue", "Freshet", "FreshetProblem", "QueueFull", "types"]


class Freshet(Operations):
    """A client of one stack. Each operation of the API is a method, named by its ``operationId``; events go through a queue.

    Times are in seconds. ``key`` is a key or a user token; a function is asked for each request, so that a token can be renewed. A
    call of which one step takes longer than ``timeout`` (connecting, or waiting for more of the response), comes too often or fails is repeated ``retries`` times, unless the API asks to wait
    for longer than ``longest_pause``; events are repeated until they are taken. Pauses are random up to a bound, which doubles from
    ``first_pause`` to ``longest_pause``. The queue holds ``max_queued`` events and sends them in requests of at most ``batch_size``
    (1 to 500), after ``flush_interval`` where they do not fill one. ``on_rejected`` is given each event that the API refused for
    good, with code and detail, before the queue is empty, and ``on_retry`` each problem after which events are sent again.

    Safe for several threads; create it after a fork. As a context manager it closes the queue.
    """

    def __init__(
        self,
        endpoint: str,
        key: Union[str, Callable[[], str]],
        *,
        timeout: float = 10,
        retries: int = 2,
        first_pause: float = 0.5,
        longest_pause: float = 30,
        max_queued: int = 10_000,
        batch_size: int = 500,
        flush_interval: float = 1,
        on_rejected: Optional[Callable[[types.Event, Dict[str, Any]], None]] = None,
        on_retry: Optional[Callable[[FreshetProblem], None]] = None,
    ) -> None:
        self._http = Http(endpoint, key, timeout, retries, first_pause, longest_pause)
        #: The queue of events; close it before the process ends.
        self.events = EventQueue(self._http, max_queued, batch_size, flush_interval, on_rejected, on_retry)

    def __enter__(self) -> "Freshet":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        left = self.events.close()
        if left:
            raise FreshetProblem(0, "events-left", f"The API has not taken {len(left)} events.")

    def _call(self, method: str, path: str, body: Any = None, query: Any = None) -> Any:
        return self._http.call(method, path, body, query)
