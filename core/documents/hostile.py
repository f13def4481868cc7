"""PDF files from outside are read in a child process (``python -m core.documents.child``), never in ours.

On Windows the child has a time limit but no memory limit yet (:mod:`signing.pdf.child_process`).
"""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import DocumentInvalid, InputTooLarge
from signing.canonical_json import Json
from signing.pdf.child_process import INPUT_LIMIT, ask_child

CHILD = "core.documents.child"


def read_hostile(
    task: str, untrusted_pdf: bytes, *, where: str, seconds: int = 60, **arguments: Json
) -> Mapping[str, Json]:
    """The child's answer to ``task``. Raises :class:`core.errors.DocumentInvalid` (``reason`` ``pdf_unreadable``,
    ``pdf_memory``, ``pdf_time``, ``pdf_crash``) or :class:`core.errors.InputTooLarge`.
    """
    answer = ask_child(CHILD, task, untrusted_pdf, arguments, seconds=seconds)
    if answer.failure == "too_large":
        raise InputTooLarge(what=where, size=len(untrusted_pdf), limit=INPUT_LIMIT)
    if answer.failure or not isinstance(answer.value, Mapping):
        raise DocumentInvalid(where=where, reason=f"pdf_{answer.failure or 'crash'}")
    return answer.value
