"""Requests with a credential, and pauses between attempts."""

import http.client
import json
import random as chance
import re
import threading
import time
from typing import Any, Callable, Mapping, Optional, Tuple, Union
from urllib.parse import quote, urlsplit

from ._problem import FreshetProblem, no_answer

#: The longest body of a problem that a message quotes.
_QUOTED = 200

#: Most seconds of a wait; a longer one would not fit into what the system takes.
LONGEST = 2_147_483

#: Most seconds for which events wait because the API asked to: a day.
_LONGEST_RETRY_AFTER = 86_400


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
        if not callable(key):
            _credential(key)
        self._key = key
        self._timeout = seconds("timeout", timeout)
        self._retries = whole("retries", retries, 0)
        self._first_pause = seconds("first_pause", first_pause)
        self.longest_pause = seconds("longest_pause", longest_pause)
        self._random = random
        self._local = threading.local()

    def once(
        self, method: str, path: str, body: Optional[bytes] = None, query: Optional[Mapping[str, Any]] = None
    ) -> Tuple[int, Any]:
        """Sends a request once, with a body in JSON; returns the status of success and what the response holds."""
        parameters = "&".join(
            f"{name}={quote(_text(value), safe='')}" for name, value in (query or {}).items() if value is not None
        )
        target = self._address.path.rstrip("/") + path + ("?" + parameters if parameters else "")
        headers = {"Authorization": f"Bearer {_credential(self._key() if callable(self._key) else self._key)}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            response, content = self._exchange(method, target, body, headers)
        except (OSError, http.client.HTTPException) as cause:
            raise no_answer(f"{method} {path}: {cause!r}") from cause
        succeeded = 200 <= response.status < 300
        try:
            answer = json.loads(content) if content else None
        except ValueError as cause:
            if succeeded:
                raise no_answer(f"{method} {path}: the {response.status} of another server, which is not JSON") from cause
            answer = {"detail": content[:_QUOTED].decode(errors="replace")}
        if succeeded:
            return response.status, answer
        problem = answer if isinstance(answer, dict) else {}
        code = problem.get("code")
        raise FreshetProblem(
            response.status,
            code if isinstance(code, str) else "no-problem-document",
            problem.get("detail") or problem.get("title") or response.reason,
            problem,
            _retry_after(response.headers.get("Retry-After")),
            response.headers.get("Freshet-Trace-Id"),
        )

    def call(self, method: str, path: str, body: Any = None, query: Optional[Mapping[str, Any]] = None) -> Any:
        """Sends a request, again where it may succeed then. Repeating one of the API's requests is safe."""
        sent = None if body is None else as_json(body)
        failures = 0
        while True:
            try:
                return self.once(method, path, sent, query)[1]
            except FreshetProblem as problem:
                failures += 1
                if not problem.is_temporary or failures > self._retries or problem.retry_after > self.longest_pause:
                    raise
                time.sleep(self.pause(failures, problem.retry_after))

    def pause(self, failures: int, retry_after: float) -> float:
        """Seconds until the next attempt: what the API asked for, and a random time up to a bound that doubles."""
        bound = min(self.longest_pause, self._first_pause * 2.0 ** min(failures - 1, 30))
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


def as_json(value: Any) -> bytes:
    """Raises ValueError where a number is none of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def seconds(name: str, value: float) -> float:
    if not value > 0:
        raise ValueError(f"{name} is a time in seconds, more than 0")
    return min(value, LONGEST)


def whole(name: str, value: int, least: int, most: float = float("inf")) -> int:
    if not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"{name} is a whole number, {least} " + ("or more" if most == float("inf") else f"to {most}"))
    return value


def _credential(key: str) -> str:
    """A credential as a header takes it. What is wrong with one is said without it, as messages end up in logs."""
    text = key.strip() if isinstance(key, str) else ""
    if not re.fullmatch(r"[\x21-\x7e]+", text):
        raise ValueError(
            "key is a text of printable ASCII characters without spaces; the given one, which is not shown, is not"
        )
    return text


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def _retry_after(header: Optional[str]) -> float:
    try:
        return min(max(0.0, float(header or 0)), _LONGEST_RETRY_AFTER)
    except ValueError:
        return 0.0
