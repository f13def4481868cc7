"""How the tests start children: isolated as ever, but able to find the tests, which are no installed package."""

from __future__ import annotations

from pathlib import Path

from apps.shell.running.child_work import ChildLimits, ChildWork, isolated
from core.errors import DocumentInvalid
from signing.canonical_json import Json

ROOT = Path(__file__).resolve().parents[3]
_RUN = "import runpy, sys; sys.path.insert(0, {!r}); runpy.run_module({!r}, run_name='__main__', alter_sys=True)"


def fault(word: str) -> DocumentInvalid:
    return DocumentInvalid(where="x.pdf", reason=word)


def with_tests(module: str) -> list[str]:
    return [*isolated(module)[:-2], "-c", _RUN.format(str(ROOT), module)]


def work(task: str, *, untrusted: bytes = b"", limits: ChildLimits | None = None, **arguments: Json) -> ChildWork:
    module = "tests.shell.running.child_tasks"
    return ChildWork(module, task, fault, untrusted, arguments, limits or ChildLimits(), with_tests)
