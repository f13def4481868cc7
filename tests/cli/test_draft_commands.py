"""Drafts by command line: snapshots, restoring, handing out, merging, and conflicts with their own exit code."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from apps.cli.console import Console
from apps.cli.main import run
from core.messages import load
from core.store.drafts import SqliteDraftStore
from tests.store.draft_world import colleague


def command(*words: object, language: str = "zh_CN") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run(["draft", *(str(word) for word in words), "--quiet"], None, Console(load(language), out=out, err=err))
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "甲.tbd"
    with SqliteDraftStore().create(made, "bid") as draft:
        draft.put("price", "100")
        draft.put("note", {"text": "旧\u202e"})
        draft.attach("plan.pdf", "application/pdf", b"plan")
    return made


def set_price(path: Path, price: str) -> None:
    with SqliteDraftStore().open(path) as draft:
        draft.put("price", price)


def hand_out(sender: Path, to: Path, draft: Path, out: Path, *more: str) -> tuple[int, str, str]:
    return command(
        "hand-out", "--draft", draft, "--to", to / "encrypt.pem", "--cert", sender / "sign.pem", "--key",
        sender / "sign.key", "--pin-file", sender / "pin", "--out", out, "--records", "*", "--attachments", "*", *more,
    )  # fmt: skip


def merge(home: Path, draft: Path, file: Path, *more: str, language: str = "zh_CN") -> tuple[int, str, str]:
    return command(
        "merge", "--draft", draft, "--handout", file, "--enc-cert", home / "encrypt.pem", "--enc-key",
        home / "encrypt.key", "--pin-file", home / "pin", *more, language=language,
    )  # fmt: skip


def test_a_draft_is_shown_kept_and_restored(path: Path, tmp_path: Path) -> None:
    code, out, _ = command("show", "--draft", path, "--records", "pr*")
    assert code == 0
    assert '记录 price："100"' in out
    assert "文件 plan.pdf：4" in out
    assert command("snapshot", "--draft", path)[0] == 0
    assert json.loads(command("snapshot", "--draft", path, "--json")[1])["made"] is False
    set_price(path, "120")
    listed = json.loads(command("snapshots", "--draft", path, "--json")[1])
    assert [line["good"] for line in listed["snapshots"]] == [True]
    assert "✓" in command("snapshots", "--draft", path)[1]
    restored = tmp_path / "again.tbd"
    assert command("restore", "--draft", path, "--out", restored)[0] == 0
    assert command("restore", "--draft", path, "--out", restored)[0] == 5
    assert (
        json.loads(command("show", "--draft", restored, "--records", "price", "--json")[1])["items"][2]["value"]
        == "100"
    )
    code, _, err = command("restore", "--draft", path, "--out", tmp_path / "x.tbd", "--snapshot", "2020-01-01_000000")
    assert (code, "tenderbox draft snapshots" in err) == (45, True)


def test_a_draft_goes_to_a_colleague_and_comes_back(path: Path, tmp_path: Path) -> None:
    mine, theirs = (colleague(name, tmp_path)[1] for name in ("甲", "乙"))
    there, back = tmp_path / "there.tbh", tmp_path / "back.tbh"
    code, out, _ = hand_out(mine, theirs, path, there)
    assert (code, "加密给 1 人" in out) == (0, True)
    assert hand_out(mine, theirs, path, there)[0] == 5
    copy = tmp_path / "乙.tbd"
    assert merge(theirs, copy, there, "--new")[0] == 0
    set_price(copy, "120")
    set_price(path, "90")
    assert hand_out(theirs, mine, copy, back)[0] == 0
    code, out, err = merge(mine, path, back)
    assert code == 47
    for line in ('我的："90"', '同事的："120"', '分开前："100"', "记录 price"):
        assert line in out
    assert err.count("\n") == 1
    code, out, _ = merge(mine, path, back, "--json")
    assert (code, json.loads(out)["conflicts"][0]["theirs"]) == (47, {"value": "120"})
    code, out, _ = merge(mine, path, back, "--choose", "record:price=theirs", language="en")
    assert (code, "taken record:price" in out) == (0, True)
    assert "与同事合并" in command("show", "--draft", path)[1]
    assert merge(mine, path, there)[0] == 48  # it was encrypted to the other


def test_a_held_draft_is_refused_with_who_holds_it(path: Path) -> None:
    with SqliteDraftStore().open(path):
        code, out, err = command("show", "--draft", path)
    assert (code, out) == (46, "")
    assert "起由" in err
