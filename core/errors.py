"""The error tree of the core; its root is :class:`signing.errors.CodedError`.

One class per thing a person can do something about. Codes are keys of the message catalogue; exit codes are listed in
docs/spec/cli.md and never change their meaning. Exit codes 10 and 11 belong to ``verify``.
"""

from __future__ import annotations

from signing.errors import CodedError


class AppError(CodedError):
    """Any failure of the core."""

    code = "app.failed"
    exit_code = 1


class UsageError(AppError):
    """The command line is not of the documented form. Params: detail."""

    code = "app.usage"
    exit_code = 2


class FileMissing(AppError):
    """A file named by the user is not there or cannot be read. Params: path."""

    code = "app.file_missing"
    exit_code = 3


class FileNotWritable(AppError):
    """A result cannot be written (no right, no space, folder missing). Params: path, reason."""

    code = "app.file_not_writable"
    exit_code = 4


class FileExists(AppError):
    """The result file exists already and would be replaced. Params: path."""

    code = "app.file_exists"
    exit_code = 5


class InputTooLarge(AppError):
    """Something from outside exceeds a documented limit. Params: what, size, limit."""

    code = "app.input_too_large"
    exit_code = 6


class Cancelled(AppError):
    """The user stopped the work; nothing was written."""

    code = "app.cancelled"
    exit_code = 7


class PinNotGiven(AppError):
    """A key needs its PIN and there is nobody to ask. Params: key (file name)."""

    code = "app.pin_not_given"
    exit_code = 8


class ProgramUnfit(AppError):
    """A library the windows stand on is of a version that would end the program. Params: qt, python."""

    code = "app.program_unfit"
    exit_code = 9


class PackageInvalid(AppError):
    """A signed package is not canonical or its parts do not hold together. Params: path, layer, reason."""

    code = "package.invalid"
    exit_code = 40


class BoqUnreadable(AppError):
    """A file is no readable bill of quantities. Params: path, reason, hint."""

    code = "boq.unreadable"
    exit_code = 41


class BoqAmbiguous(AppError):
    """A bill of quantities can be read in several ways; questions must be answered. Params: path, count."""

    code = "boq.ambiguous"
    exit_code = 42


class DataInvalid(AppError):
    """Structured data has not the documented shape. Params: where, reason."""

    code = "data.invalid"
    exit_code = 43


class ChecksFailed(AppError):
    """Checks found errors that block this step. Params: count, first. ``findings``: core.rules.finding.Finding."""

    code = "checks.failed"
    exit_code = 44

    def __init__(self, *, findings: tuple[object, ...] = (), **params: object) -> None:
        super().__init__(**params)
        self.findings = findings


class DraftInvalid(AppError):
    """A draft file is damaged, of another kind, or of another version. Params: path, reason; found, known; snapshot."""

    code = "draft.invalid"
    exit_code = 45


class DraftBusy(AppError):
    """Another program holds this draft. Params: path; where known reason ``held``, host, user, process, since."""

    code = "draft.busy"
    exit_code = 46


class DraftConflicts(AppError):
    """Both sides changed the same items; a person must choose. Params: path, count."""

    code = "draft.conflicts"
    exit_code = 47


class HandoutInvalid(AppError):
    """A hand-out is not canonical, not for this reader or of other work. Params: path, reason."""

    code = "draft.handout_invalid"
    exit_code = 48


class RehearsalFailed(AppError):
    """The sealed file could not be opened again with the bidder's own key; it was removed. Params: reason."""

    code = "seal.rehearsal_failed"
    exit_code = 50


class HolderUnfit(AppError):
    """A certificate cannot serve as recipient (role, expiry before opening). Params: name, reason."""

    code = "seal.holder_unfit"
    exit_code = 51


class SubmissionRefused(AppError):
    """The platform refused a bid; the signed refusal was kept. Params: reason, receipt."""

    code = "platform.refused"
    exit_code = 52


class StepNotAllowed(AppError):
    """An act is not possible in this state of the opening or evaluation. Params: step, reason."""

    code = "procedure.not_allowed"
    exit_code = 53


class LogInvalid(AppError):
    """An event log does not hold together. Params: reason, where."""

    code = "journal.invalid"
    exit_code = 54


class DocumentInvalid(AppError):
    """A document cannot be rendered or taken over. Params: where, reason."""

    code = "document.invalid"
    exit_code = 55


class GlyphMissing(DocumentInvalid):
    """A character has no glyph in the bundled fonts. Params: where, character, codepoint."""

    code = "document.glyph_missing"
    exit_code = 56


class MethodInvalid(AppError):
    """An evaluation method pack is contradictory or unknown. Params: method, reason."""

    code = "method.invalid"
    exit_code = 57


class ScoreInvalid(DataInvalid):
    """Bids cannot be scored: a number, name or rule at a place does not fit. Params: where, reason, detail."""

    code = "score.invalid"
    exit_code = 58


class UnexpectedFault(AppError):
    """A fault of ours: the details are in the log file. Params: log."""

    code = "app.unexpected"
    exit_code = 70
