"""House rules no linter knows: sizes, message catalogues, exit codes, forbidden imports and words.

Exits 1 and names every place. Run by ``make check``.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from string import Formatter

ROOT = Path(__file__).resolve().parent.parent
MODULE_LIMIT = 400  # lines
VIEW_LIMIT = 200
CJK = re.compile("[\u3400-\u9fff]")
FORBIDDEN_IMPORTS = re.compile(r"^\s*(?:import|from)\s+(gmssl|fitz|pymupdf|random)\b", re.MULTILINE)
MACHINE_PATHS = re.compile(r"(^|[^A-Za-z0-9_.])/(root|work|tmp)/[a-z]")


def tracked(*patterns: str) -> list[Path]:
    """Files git knows (or would add) below the root that match the patterns."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]


def product_modules() -> list[Path]:
    return tracked("apps/*.py", "core/*.py", "signing/*.py", "installers/*.py")


def sizes() -> list[str]:
    faults = []
    for path in product_modules():
        lines = path.read_text("utf-8").count("\n")
        limit = VIEW_LIMIT if path.name == "view.py" else MODULE_LIMIT
        if lines > limit:
            faults.append(f"{path.relative_to(ROOT)}: {lines} lines, limit {limit}")
        if path.stem in {"utils", "util", "helpers", "misc", "common"}:
            faults.append(f"{path.relative_to(ROOT)}: a room must be named for its idea")
    return faults


def slots(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def flatten(prefix: str, table: dict[str, object], into: dict[str, str]) -> None:
    for name, value in table.items():
        if isinstance(value, dict):
            flatten(f"{prefix}.{name}", value, into)
        else:
            into[f"{prefix}.{name}"] = str(value)


def catalogue(language: str) -> dict[str, str]:
    sentences: dict[str, str] = {}
    for file in sorted((ROOT / "core/messages" / language).glob("*.toml")):
        flatten(file.stem, tomllib.loads(file.read_text("utf-8")), sentences)
    return sentences


def catalogues() -> list[str]:
    chinese, english = catalogue("zh_CN"), catalogue("en")
    faults = [f"messages: {key} is only in one language" for key in sorted(chinese.keys() ^ english.keys())]
    shared = sorted(chinese.keys() & english.keys())
    faults += [f"messages: {key} has different slots" for key in shared if slots(chinese[key]) != slots(english[key])]
    return faults + [f"messages/en: {key} has Chinese characters" for key, text in english.items()
                     if CJK.search(text) and not key.endswith("_term")]  # fmt: skip


def errors() -> list[str]:
    """Every error class has its own code and exit code and a sentence."""
    faults, codes, exits = [], {}, {}
    chinese = catalogue("zh_CN")
    for path in product_modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.ClassDef):
                continue
            values = {
                target.id: statement.value.value
                for statement in node.body
                if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
                for target in statement.targets
                if isinstance(target, ast.Name)
            } | {
                statement.target.id: statement.value.value
                for statement in node.body
                if isinstance(statement, ast.AnnAssign)
                and isinstance(statement.value, ast.Constant)
                and isinstance(statement.target, ast.Name)
            }
            if "code" not in values or "exit_code" not in values:
                continue
            for seen, value in ((codes, values["code"]), (exits, values["exit_code"])):
                if value in seen and value != 1:
                    faults.append(f"{node.name}: {value} is already taken by {seen[value]}")
                seen[value] = node.name
            if values["code"] not in chinese:
                faults.append(f"{node.name}: no sentence for {values['code']}")
            if values["exit_code"] in {0, 10, 11}:
                faults.append(f"{node.name}: exit code {values['exit_code']} belongs to verify")
    return faults


def literals() -> list[str]:
    """No Chinese in code outside docstrings and comments; no machine paths; no forbidden library."""
    faults = []
    for path in product_modules():
        text = path.read_text("utf-8")
        name = path.relative_to(ROOT)
        tree = ast.parse(text)
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        faults += [
            f"{name}:{node.lineno}: Chinese text belongs in the catalogue"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
            and CJK.search(node.value)
        ]
        faults += [f"{name}: imports {match}" for match in FORBIDDEN_IMPORTS.findall(text)]
    for path in tracked("*.py", "*.md", "*.toml", "*.sh", "Makefile", "*.lock"):
        if path.name == "house_rules.py" or "tests" in path.parts:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if MACHINE_PATHS.search(line) or re.search(r"(extra-)?index-url", line):
                faults.append(f"{path.relative_to(ROOT)}:{number}: a machine's path or an index address")
    return faults


def large_files() -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes"
        for path in tracked("*")
        if path.stat().st_size > 400_000
    ]


def main() -> int:
    faults = sizes() + catalogues() + errors() + literals() + large_files()
    for fault in faults:
        print(fault)
    print(f"house rules: {len(faults)} faults")
    return 1 if faults else 0


sys.exit(main())
