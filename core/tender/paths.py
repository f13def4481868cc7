"""Where things lie inside a tender package; one place for makers and readers."""

from __future__ import annotations

TENDER_DATA = "tender.json"
TENDER_DOCUMENT = "documents/tender.pdf"


def boq_workbook(lot_id: str) -> str:
    """The workbook of a lot's bill of quantities."""
    return f"boq/{lot_id}.xlsx"


def boq_data(lot_id: str) -> str:
    """The canonical JSON of the same bill."""
    return f"boq/{lot_id}.json"


def method_pack(lot_id: str) -> str:
    """The evaluation method of a lot, with the tender's own parameters."""
    return f"methods/{lot_id}.json"
