"""Handing out a part of a draft to colleagues, signed and encrypted to each of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.errors import FileExists, HandoutInvalid
from core.formats.handout import part_id, write_handout
from core.formats.handout_content import Content, Item, digest, file_of
from core.jobs.draft_items import FILE, RECORD, DraftItems, chosen, items_of
from core.ports.drafts import DraftPort, Shared
from core.ports.files import writing
from core.ports.inputs import KEY_LIMIT, read_input
from core.ports.keys import KeySource
from core.ports.progress import JobContext
from core.ports.services import Services
from signing.x509.certificate import load_pem_certificates


@dataclass(frozen=True, slots=True)
class HandOutDraft:
    """``records``/``attachments``: names, or beginnings with ``*``. ``to``: colleagues' encryption certificates."""

    draft: Path
    to: tuple[Path, ...]
    cert: Path
    key: Path
    out: Path
    records: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    pin_file: Path | None = None


@dataclass(frozen=True, slots=True)
class HandedOut:
    """The file written."""

    path: str
    sm3: str
    records: int
    attachments: int
    colleagues: int


def hand_out(request: HandOutDraft, services: Services, context: JobContext) -> HandedOut:
    """Writes ``request.out`` (``.tbh``) or nothing, and remembers in the draft what was sent."""
    if request.out.exists():
        raise FileExists(path=request.out)
    signer = services.keys.signer(KeySource(request.cert, request.key, request.pin_file))
    colleagues = [load_pem_certificates(read_input(path, KEY_LIMIT))[0] for path in request.to]
    with services.drafts.open(request.draft) as draft, scratch(request.draft) as folder:
        here = items_of(draft)
        names = [*chosen(here, RECORD, request.records), *chosen(here, FILE, request.attachments)]
        if not names:
            raise HandoutInvalid(path=request.draft, reason="nothing")
        items, files = _items(draft, here, names, folder)

        def told(done: int, total: int) -> None:
            context.raise_if_cancelled()
            context.progress(done, total, "draft.progress.hand_out")

        draft.share(tuple(Shared(one.item, one.known[-1], one.state) for one in items))
        sm3 = write_handout(
            request.out,
            Content(draft.kind, draft.work, items),
            files,
            colleagues=colleagues,
            signer=signer,
            sealed_at=services.clock.now(),
            context={"time_source": services.clock.source, "tool": services.producer},
            on_progress=told,
        )
    records = sum(one.item.startswith(RECORD) for one in items)
    return HandedOut(str(request.out), sm3, records, len(items) - records, len(colleagues))


def _items(
    draft: DraftPort, here: DraftItems, names: list[str], folder: Path
) -> tuple[tuple[Item, ...], dict[str, Path]]:
    items: list[Item] = []
    files: dict[str, Path] = {}
    for name in names:
        state = here.state(name)
        now = digest(state)
        known = [*(one for one in here.known(name) if one != now), now][-256:]
        part = None
        if file_of(state) is not None:
            part = part_id(len(files) + 1)
            files[part] = folder / part
            with files[part].open("xb") as out:
                out.writelines(draft.attachment_chunks(name.removeprefix(FILE)))
        items.append(Item(name, state, tuple(known), part))
    return tuple(items), files


@contextmanager
def scratch(draft: Path) -> Iterator[Path]:
    """A private folder beside the draft for contents in the clear, gone at the end.

    What a killed run left there goes at the next one: the draft is held by one program, and so is this name.
    """
    folder = draft.with_name(f".{draft.name}.handout")
    shutil.rmtree(folder, ignore_errors=True)
    with writing(folder):
        folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
