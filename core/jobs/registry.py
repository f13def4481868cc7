"""The list of jobs: one name, one request type, one function. Commands and screens are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from core.ports.progress import JobContext
from core.ports.services import Services

RequestT_contra = TypeVar("RequestT_contra", contravariant=True)
ResultT_co = TypeVar("ResultT_co", covariant=True)
RequestT = TypeVar("RequestT")
ResultT = TypeVar("ResultT")


class JobFunction(Protocol[RequestT_contra, ResultT_co]):
    """What every job looks like. On any error nothing named as output in the request exists."""

    def __call__(self, request: RequestT_contra, services: Services, context: JobContext) -> ResultT_co:
        """Does the work."""


@dataclass(frozen=True, slots=True)
class Job(Generic[RequestT, ResultT]):
    """A use case. ``name`` is its noun and verb on the command line (``tender pack``)."""

    name: str
    request: type[RequestT]
    run: JobFunction[RequestT, ResultT]


AnyJob = Job[Any, Any]
