"""A new tender: answers and bills of quantities go into one draft file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from core.boq.model import Boq
from core.errors import BoqAmbiguous, DataInvalid, FileMissing, UsageError
from core.ports.inputs import FORM_LIMIT, read_input
from core.ports.progress import JobContext
from core.ports.services import Services
from core.sheets.excel_reader import read_workbook
from core.tender.answers import TenderAnswers
from core.values.codec import from_plain, to_plain

ANSWERS = "answers"
AnswersT = TypeVar("AnswersT")


@dataclass(frozen=True, slots=True)
class NewTender:
    """``boq`` entries are ``LOT=WORKBOOK``; ``answers`` is a JSON file (docs/spec/tender-data.md)."""

    answers: Path
    boq: tuple[str, ...]
    out: Path


@dataclass(frozen=True, slots=True)
class TenderDraft:
    """What was put into the draft."""

    path: str
    lots: tuple[str, ...]
    items: dict[str, int] = field(default_factory=dict)


def new_tender(request: NewTender, services: Services, context: JobContext) -> TenderDraft:
    """Creates ``request.out``; on any error it does not exist."""
    answers = read_answers(TenderAnswers, request.answers)
    workbooks = _workbooks(request.boq)
    if set(workbooks) != {lot.id for lot in answers.lots}:
        raise UsageError(detail="--boq " + " ".join(lot.id for lot in answers.lots))
    bills = {lot: read_bill(path) for lot, path in workbooks.items()}
    context.raise_if_cancelled()
    draft = services.drafts.create(request.out, "tender")
    try:
        draft.put(ANSWERS, to_plain(answers))
        for lot, path in workbooks.items():
            draft.attach(f"boq/{lot}.xlsx", "application/octet-stream", path.read_bytes())
            draft.put(f"boq/{lot}", to_plain(bills[lot]))
    except BaseException:
        draft.close()
        request.out.unlink(missing_ok=True)
        raise
    draft.close()
    counts = {lot: len(bill.priced_items()) for lot, bill in bills.items()}
    return TenderDraft(str(request.out), tuple(workbooks), counts)


def read_bill(path: Path) -> Boq:
    """A bill that needs no answers; raises BoqAmbiguous where questions remain."""
    bill = read_workbook(path)
    if bill.questions:
        raise BoqAmbiguous(path=path, count=len(bill.questions))
    return bill


def read_answers(shape: type[AnswersT], path: Path) -> AnswersT:
    """A JSON file as the dataclass it should be."""
    try:
        data = json.loads(read_input(path, FORM_LIMIT).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DataInvalid(where=path.name, reason=str(error)) from error
    return from_plain(shape, data)


def _workbooks(entries: tuple[str, ...]) -> dict[str, Path]:
    found = {}
    for entry in entries:
        lot, separator, path = entry.partition("=")
        if not separator:
            raise UsageError(detail=entry)
        found[lot] = Path(path)
        if not found[lot].is_file():
            raise FileMissing(path=path)
    return found
