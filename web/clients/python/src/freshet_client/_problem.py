"""What the API answers when it does not do what was asked."""

from typing import Any, Dict, Optional


class FreshetProblem(Exception):
    """The API refused a request, failed, or did not answer.

    Programs go by ``code``, people by the message. ``status`` is 0 and ``code`` is ``no-answer`` where there was no answer in time;
    ``retry_after`` is for how many seconds the API asked to wait, or 0; ``trace_id`` names the request in the logs of the stack;
    ``problem`` is the whole problem document (RFC 9457).
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        problem: Optional[Dict[str, Any]] = None,
        retry_after: float = 0,
        trace_id: Optional[str] = None,
    ) -> None:
        super().__init__(f"{status or 'no answer'} {code}: {detail}")
        self.status = status
        self.code = code
        self.problem = problem or {}
        self.retry_after = retry_after
        self.trace_id = trace_id

    @property
    def is_temporary(self) -> bool:
        """Whether the same request may succeed later: it was not answered, came too often, or the API failed."""
        return self.status in (0, 408, 429) or self.status >= 500


def no_answer(detail: str) -> FreshetProblem:
    """There was no answer of the API in time."""
    return FreshetProblem(0, "no-answer", detail)
