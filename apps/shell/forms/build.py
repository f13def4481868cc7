"""A form put together: presenter, view, and the judges that need fonts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from apps.shell.forms.editors.drop import ChooseFiles, choose_files
from apps.shell.forms.entries import Entry
from apps.shell.forms.presenter import FormPresenter, OnEdit, OnFiles
from apps.shell.forms.schema import Form
from apps.shell.forms.state import FormState
from apps.shell.forms.values import Judges
from apps.shell.forms.view import FormView
from apps.shell.theme.fonts import characters_without_glyph
from core.messages import Catalogue


def live_form(
    words: Catalogue, form: Form, entries: Mapping[str, Entry] | None = None, *, on_edit: OnEdit | None = None,
    on_files: OnFiles | None = None, on_state: Callable[[FormState], None] | None = None, judges: Judges | None = None,
    scroll: bool = True, choose: ChooseFiles = choose_files, now: Callable[[], datetime] | None = None,
) -> tuple[FormView, FormPresenter]:  # fmt: skip
    """A form that works: typing changes its state, edits go to ``on_edit(key, old, new)``.

    ``on_state`` follows every state, e.g. for a checklist beside the form. The program keeps both results.
    """
    judging = judges or Judges(without_glyph=characters_without_glyph)

    def show(state: FormState) -> None:
        view.show_state(state)
        if on_state is not None:
            on_state(state)

    more = ({"on_edit": on_edit} if on_edit else {}) | ({"on_files": on_files} if on_files else {})
    presenter = FormPresenter(show, form, entries, judges=judging, **more)  # type: ignore[arg-type]
    view = FormView(words, form, presenter, judges=judging, scroll=scroll, choose=choose, now=now)
    presenter.refresh()
    return view, presenter
