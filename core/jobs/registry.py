"""The list of jobs: one name, one request type, one function. Commands and screens are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from core.ports.progress import JobContext
from core.ports.services import Services

RequestT = TypeVar("RequestT", contravariant=True)
ResultT = TypeVar("ResultT", covariant=True)
_RequestT = TypeVar("_RequestT")
_ResultT = TypeVar("_ResultT")


class JobFunction(Protocol[RequestT, ResultT]):
    """What every job looks like. On any error nothing named as output in the request exists."""

    def __call__(self, request: RequestT, services: Services, context: JobContext) -> ResultT:
        """Does the work."""


@dataclass(frozen=True, slots=True)
class Job(Generic[_RequestT, _ResultT]):
    """A use case. ``name`` is its noun and verb on the command line (``tender pack``)."""

    name: str
    request: type[_RequestT]
    run: JobFunction[_RequestT, _ResultT]


AnyJob = Job[Any, Any]
