"""Requests with a credential, and pauses between attempts."""

import http.client
import json
import random as chance
import threading
import time
from typing import Any, Callable, Mapping, Optional, Tuple, Union
from urllib.parse import quote, urlsplit

from ._problem import FreshetProblem

#: The longest body of a problem that a message quotes.
_QUOTED = 200


class Http:
    """One connection for each thread, kept open between requests. Proxies of the environment are not used."""

    def __init__(
        self,
        endpoint: str,
        key: Union[str, Callable[[], str]],
        timeout: float,
        retries: int,
        first_pause: float,
        longest_pause: float,
        random: Callable[[], float] = chance.random,
    ) -> None:
        self._address = urlsplit(endpoint)
        if self._address.scheme not in ("http", "https") or not self._address.hostname:
            raise ValueError("endpoint is the address of the API, such as https://api.example.org")
        self._key = key
        self._timeout = timeout
        self._retries = retries
        self._first_pause = first_pause
        self._longest_pause = longest_pause
        self._random = random
        self._local = threading.local()

    def once(self, method: str, path: str, body: Any = None, query: Optional[Mapping[str, Any]] = None) -> Any:
        """Sends a request once."""
        parameters = "&".join(
            f"{name}={quote(_text(value), safe='')}" for name, value in (query or {}).items() if value is not None
        )
        target = self._address.path.rstrip("/") + path + ("?" + parameters if parameters else "")
        headers = {"Authorization": f"Bearer {self._key() if callable(self._key) else self._key}"}
        sent = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            sent = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            response, content = self._exchange(method, target, sent, headers)
        except (OSError, http.client.HTTPException) as cause:
            raise FreshetProblem(0, "no-answer", f"{method} {path}: {cause!r}") from cause
        try:
            answer = json.loads(content) if content else None
        except ValueError:
            answer = {"detail": content[:_QUOTED].decode(errors="replace")}
        if 200 <= response.status < 300:
            return answer
        problem = answer if isinstance(answer, dict) else {}
        raise FreshetProblem(
            response.status,
            problem.get("code", "no-problem-document"),
            problem.get("detail") or problem.get("title") or response.reason,
            problem,
            _seconds(response.headers.get("Retry-After")),
            response.headers.get("Freshet-Trace-Id"),
        )

    def call(self, method: str, path: str, body: Any = None, query: Optional[Mapping[str, Any]] = None) -> Any:
        """Sends a request, again where it may succeed then. Repeating one of the API's requests is safe."""
        failures = 0
        while True:
            try:
                return self.once(method, path, body, query)
            except FreshetProblem as problem:
                failures += 1
                if not problem.is_temporary or failures > self._retries or problem.retry_after > self._longest_pause:
                    raise
                time.sleep(self.pause(failures, problem.retry_after))

    def pause(self, failures: int, retry_after: float) -> float:
        """Seconds until the next attempt: what the API asked for, and a random time up to a bound that doubles."""
        bound = min(self._longest_pause, self._first_pause * 2.0 ** min(failures - 1, 30))
        return retry_after + self._random() * bound

    def _exchange(
        self, method: str, target: str, body: Optional[bytes], headers: Mapping[str, str]
    ) -> Tuple[http.client.HTTPResponse, bytes]:
        kept: Optional[http.client.HTTPConnection] = getattr(self._local, "connection", None)
        connection = kept or self._connect()
        self._local.connection = None
        try:
            try:
                connection.request(method, target, body, dict(headers))
                response = connection.getresponse()
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                if not kept:
                    raise
                # The server had closed the connection that was kept.
                connection.close()
                connection = self._connect()
                connection.request(method, target, body, dict(headers))
                response = connection.getresponse()
            content = response.read()
        except BaseException:
            connection.close()
            raise
        if response.will_close:
            connection.close()
        else:
            self._local.connection = connection
        return response, content

    def _connect(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._address.scheme == "https" else http.client.HTTPConnection
        return kind(self._address.hostname or "", self._address.port, timeout=self._timeout)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def _seconds(header: Optional[str]) -> float:
    try:
        return max(0.0, float(header or 0))
    except ValueError:
        return 0.0
