"""Writes docs/spec/cli.md from the jobs and error classes themselves, so that it cannot lie.

``python tools/cli_reference.py`` writes; ``--check`` exits 1 where the file is not what would be written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from apps.cli.demo.run import Demo, run_demo
from apps.cli.options import add_options
from core.bootstrap import jobs
from core.jobs.registry import Job
from core.messages import load
from signing.errors import CodedError

TARGET = Path(__file__).resolve().parent.parent / "docs" / "spec" / "cli.md"
HEAD = """# Command line

`tenderbox NOUN [VERB] [OPTIONS]`. This page is written by `tools/cli_reference.py` from the jobs themselves.

- Language: `--lang zh_CN` (default) or `--lang en`, or the variable `TENDERBOX_LANG`.
- `--json`: stdout is exactly one JSON object, also on error (`{"error": {"code", "exit_code", "message", "params"}}`);
  amounts and quantities are strings. Progress goes to stderr as lines; `--quiet` silences it.
- Keys are named by certificate and key file (`--cert/--key` to sign, `--enc-cert/--enc-key` to open wraps). The PIN
  comes from `--pin-file`, else from `TENDERBOX_PIN`, else it is asked for; it is never an argument.
- Trust comes from `--trust FILE`, else from `TENDERBOX_TRUST`, never from a file beside the artefact.
- An output file either exists complete or not at all.

## verify

Exit 0 PASSED, 10 FAILED, 11 INDETERMINATE. Any FAILED part makes the whole FAILED, else any INDETERMINATE part makes it
INDETERMINATE. The type comes from the extension (`.tbz .tbt .tbo .tbk .tbp .tbr .pdf`); a file that is no canonical
instance of it is FAILED. What a file refers to by digest and was not given is listed as not checked and lowers nothing;
given together, files are compared. Without a trust list the verdict is INDETERMINATE at best.

`--json`: `{"verdict", "files": [{"path", "kind", "verdict", "speakers", "checks", "not_checked", "time_source"}]}`.

## boq read

`--json`: `format`, `item_count` and `item_total` (items of 分部分项 and 单价措施 tables; string), `sections`,
`findings`, `rejected`, `questions`, `items` (`code name unit quantity unit_price amount source`). With open questions
the report is printed all the same and the exit code is 42.

## score

`tenderbox score PACK BIDS --json`: `{"benchmark", "bids", "derived", "rejected", "warnings", "trace"}`, each bid with
`bidder evaluated_price price_score scores total rank derived trace`; see `docs/spec/method-pack.md`. `score lint` is a
command of two words although `score` is one too: a pack in a file named `lint` is written `./lint`. It exits 44 on
errors. How to write a pack: `docs/method-packs.md`.

## Commands

"""


class _Parser(argparse.ArgumentParser):
    """Only its list of options is used."""


def options(job: Job) -> Iterator[str]:
    parser = _Parser(add_help=False)
    add_options(parser, job.request, load("en"))
    for action in parser._actions:  # noqa: SLF001 - argparse has no public list
        name = action.option_strings[0] if action.option_strings else action.dest.upper()
        value = f" {action.metavar}" if action.option_strings and action.nargs != 0 else ""
        many = " (repeatable)" if isinstance(action, argparse._AppendAction) else ""  # noqa: SLF001
        optional = "" if action.required else " — optional"
        yield f"  - `{name}{value}`{many}: {action.help}{optional}"


def errors() -> Iterator[type[CodedError]]:
    waiting = [CodedError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if hasattr(kind, "code"):
            yield kind


def reference() -> str:
    lines = [HEAD]
    english = load("en")
    for job in (Job("demo", Demo, run_demo), *jobs()):
        text = english.text("cli.job." + job.name.replace(" ", ".").replace("-", "_"))
        lines += [f"- **`tenderbox {job.name}`** — {text}", *options(job)]
    lines += ["", "## Exit codes", "", "| exit | code | meaning |", "|---|---|---|"]
    lines += ["| 0 | | done; `verify`: PASSED |", "| 10 | | `verify`: FAILED |", "| 11 | | `verify`: INDETERMINATE |"]
    for kind in sorted(set(errors()), key=lambda kind: (kind.exit_code, kind.code)):
        first = (kind.__doc__ or "").split("\n", 1)[0].split(" Params:")[0].split(" See :")[0]
        lines.append(f"| {kind.exit_code} | `{kind.code}` | {first} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    wanted = reference()
    if "--check" in sys.argv:
        return 0 if TARGET.is_file() and TARGET.read_text("utf-8") == wanted else 1
    TARGET.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
