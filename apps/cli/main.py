"""Entry point of ``tenderbox``: finds the job, builds its request, runs it, presents its result.

Everything a job can do is in :mod:`core.jobs`; everything shown is in :mod:`apps.cli.present`. Specification:
docs/spec/cli.md.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from apps.cli.console import Console
from apps.cli.demo.run import Demo, run_demo
from apps.cli.options import add_options, build
from apps.cli.present import exit_code_of, present
from apps.cli.present.findings import show_blocking
from apps.cli.score_view import show_dry_run, show_explained, show_score
from apps.cli.usage import Parser
from core.bootstrap import build_services, jobs, producer
from core.errors import Cancelled, ChecksFailed, FileMissing, UnexpectedFault
from core.evaluation.dry_run import DryRun
from core.evaluation.score_report import ScoreReport
from core.jobs.findings import FindingsReport
from core.jobs.registry import AnyJob, Job
from core.jobs.score import Explained
from core.log import set_up_logging, unexpected
from core.messages import Catalogue, load
from core.ports.files import not_writable
from core.ports.services import Services
from core.settings import load_settings
from signing.errors import CodedError

LINT = "score lint"  # the one command of two words whose first word is a command too


def main() -> NoReturn:
    """Runs the command of ``sys.argv`` and ends the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str], services: Services | None = None, console: Console | None = None) -> int:
    """Runs one command; returns its exit code. Never raises for anything a user can cause."""
    language = _wanted_language(arguments, services)
    catalogue = load(language)
    console = console or Console(catalogue)
    console.as_json = "--json" in arguments
    console.quiet = "--quiet" in arguments
    try:
        set_up_logging(verbose="--verbose" in arguments)
        untrusted = _parser(catalogue).parse_args(_joined(arguments))
        job: AnyJob = untrusted.job
        request = build(job.request, untrusted)
        result = job.run(request, services or build_services(catalogue), console)
        _show(job.name, result, console)
        return _exit_code(job.name, result)
    except CodedError as error:
        console.failure(error)
        if isinstance(error, ChecksFailed):
            show_blocking(error.findings, console)
        return error.exit_code
    except KeyboardInterrupt:
        console.failure(Cancelled())
        return Cancelled.exit_code
    except BrokenPipeError:
        return 0
    except OSError as error:
        console.failure(_os_error(error))
        return _os_error(error).exit_code
    except Exception as error:
        console.failure(UnexpectedFault(log=unexpected(error)))
        return UnexpectedFault.exit_code


def _show(job: str, result: object, console: Console) -> None:
    """Scores have a page of their own; with ``--json`` an explained result is the result."""
    if isinstance(result, Explained) and console.as_json:
        result = result.report
    if console.as_json or not isinstance(result, Explained | ScoreReport | DryRun):
        present(job, result, console)
    elif isinstance(result, Explained):
        show_explained(result, console)
    elif isinstance(result, ScoreReport):
        show_score(result, console)
    else:
        show_dry_run(result, console)


def _exit_code(job: str, result: object) -> int:
    if job == LINT and isinstance(result, FindingsReport) and result.errors:
        return ChecksFailed.exit_code
    return exit_code_of(result)


def _joined(arguments: Sequence[str]) -> list[str]:
    """``score lint`` is one command though ``score`` alone is another; a pack in a file ``lint`` is ``./lint``."""
    words = [at for at, word in enumerate(arguments) if not word.startswith("-")]
    pair = [arguments[at] for at in words[:2]]
    if " ".join(pair) != LINT or words[1] != words[0] + 1:
        return list(arguments)
    return [*arguments[: words[0]], LINT, *arguments[words[1] + 1 :]]


def _os_error(error: OSError) -> CodedError:
    path = error.filename or ""
    unreadable = bool(path) and os.access(path, os.F_OK) and not os.access(path, os.R_OK)
    if isinstance(error, FileNotFoundError | IsADirectoryError) or error.errno == errno.ELOOP or unreadable:
        return FileMissing(path=path)
    return not_writable(Path(path), error)


def _wanted_language(arguments: Sequence[str], services: Services | None) -> str:
    if "--lang" in arguments[:-1]:
        return arguments[arguments.index("--lang") + 1]
    if services is not None:
        return services.catalogue.language
    return load_settings().language


def _parser(catalogue: Catalogue) -> argparse.ArgumentParser:
    common = Parser(catalogue=catalogue, add_help=False)
    common.add_argument("--json", action="store_true", help=catalogue.text("cli.option.json"))
    common.add_argument("--lang", choices=("zh_CN", "en"), help=catalogue.text("cli.option.lang"))
    common.add_argument("--quiet", action="store_true", help=catalogue.text("cli.option.quiet"))
    common.add_argument("--verbose", action="store_true", help=catalogue.text("cli.option.verbose"))
    parser = Parser(catalogue=catalogue, prog="tenderbox", description=catalogue.text("cli.about"), parents=[common])
    parser.add_argument("--version", action="version", version=producer(), help=catalogue.text("cli.option.version"))
    nouns = parser.add_subparsers(metavar="NOUN", required=True)
    verbs: dict[str, argparse._SubParsersAction[Parser]] = {}
    for job in (Job("demo", Demo, run_demo), *jobs()):
        noun, _, verb = (job.name, "", "") if job.name == LINT else job.name.partition(" ")
        text = catalogue.text("cli.job." + job.name.replace(" ", ".").replace("-", "_"))
        if verb:
            if noun not in verbs:
                group = nouns.add_parser(noun, catalogue=catalogue, help=catalogue.text(f"cli.noun.{noun}"))
                verbs[noun] = group.add_subparsers(metavar="VERB", required=True)
            leaf = verbs[noun].add_parser(verb, catalogue=catalogue, help=text, description=text, parents=[common])
        else:
            leaf = nouns.add_parser(noun, catalogue=catalogue, help=text, description=text, parents=[common])
        add_options(leaf, job.request, catalogue)
        leaf.set_defaults(job=job)
    return parser
