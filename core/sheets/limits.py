"""Limits for workbooks from outside, checked before a native reader sees them. All in one place."""

from __future__ import annotations

MAX_FILE_BYTES = 256 << 20  # the file on disk
MAX_CSV_BYTES = 64 << 20
MAX_UNPACKED_BYTES = 1 << 30  # all members of a workbook together
MAX_RATIO = 200  # unpacked : packed, for members above RATIO_FROM_BYTES
RATIO_FROM_BYTES = 10 << 20
MAX_MEMBERS = 20_000
MAX_CELLS = 30_000_000  # rows times columns of one sheet, as the native reader allocates them (32 bytes each)
MAX_SHEETS = 500
MAX_MERGES = 500_000  # merged ranges of one sheet
