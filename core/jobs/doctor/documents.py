"""Fonts and the engines of documents: the files as pinned, the rare characters of names, one page set and counted."""

from __future__ import annotations

import hashlib
import tomllib
from importlib import resources

from core.documents.fonts import drawable
from core.jobs.doctor.inputs import Inputs
from core.jobs.doctor.result import Result, failed, passed, warned
from core.values.document import DocumentChapter, DocumentText, Paragraph, document_json


def check_fonts(inputs: Inputs) -> Result:
    """The four files are there and are the ones this program was made with."""
    folder = inputs.settings.fonts
    pinned: dict[str, str] = tomllib.loads((resources.files(__package__) / "fonts.toml").read_text("utf-8"))["sha256"]
    facts = {"fonts": str(folder)}
    for name, digest in pinned.items():
        file = folder / name
        if not file.is_file():
            return failed("fonts", "missing", action="reinstall", facts=facts, font=name)
        with file.open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != digest:
                return failed("fonts", "changed", action="reinstall", facts=facts, font=name)
    return passed("fonts", "as_pinned", facts=facts, count=len(pinned))


def check_rare(inputs: Inputs) -> Result:
    """Which rare characters of names the bundled fonts lack: a document with one is refused, never drawn as a box."""
    sample = inputs.catalogue.text("doctor.rare_term")
    known = drawable(inputs.settings.fonts)
    lacking = [character for character in sample if ord(character) not in known]
    count = {"tried": str(len(sample)), "lacking": str(len(lacking))}
    if not lacking:
        return passed("rare", "complete", facts=count, **count)
    which = " ".join(f"{character} U+{ord(character):04X}" for character in lacking)
    return warned("rare", "lacks", facts={**count, "which": which}, which=which, **count)


def check_documents(inputs: Inputs) -> Result:
    """Sets one page with the typesetter and has the reader of PDF files count it."""
    sample = inputs.catalogue.text("doctor.sample")
    text = DocumentText(sample, (DocumentChapter("c", sample, (Paragraph(sample),)),))
    pdf = inputs.renderer.render("notice", document_json(text), stamp=inputs.clock.now())
    pages = inputs.renderer.page_count(pdf)
    facts = {"bytes": str(len(pdf)), "pages": str(pages)}
    if pages < 1:
        return failed("documents", "no_page", action="reinstall", facts=facts)
    return passed("documents", "works", facts=facts, **facts)
