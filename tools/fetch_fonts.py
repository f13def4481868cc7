"""Fetches the four font files the documents are set in, pinned by SHA-256, into one folder.

The fonts come as npm packages through the machine's own npm client (`npm pack`), so no address stands here.
Nothing is written unless every file has its pinned digest; a complete folder is left alone.
Source of the choice: docs/adr/0004-document-engines.md. Licence of the fonts: OFL-1.1, copied beside them.
Usage: fetch_fonts.py [--check] FOLDER      (--check fetches nothing: exit code 0 where every font is there)
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGES = {
    "@expo-google-fonts/noto-serif-sc@0.4.3": {
        "400Regular/NotoSerifSC_400Regular.ttf": "NotoSerifSC-Regular.ttf",
        "700Bold/NotoSerifSC_700Bold.ttf": "NotoSerifSC-Bold.ttf",
        "LICENSE_FONT": "NotoSerifSC-LICENSE.txt",
    },
    "@expo-google-fonts/noto-sans-sc@0.4.3": {
        "400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
        "700Bold/NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf",
        "LICENSE_FONT": "NotoSansSC-LICENSE.txt",
    },
}
SHA256 = {
    "NotoSansSC-Regular.ttf": "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
    "NotoSansSC-Bold.ttf": "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
    "NotoSerifSC-Regular.ttf": "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
    "NotoSerifSC-Bold.ttf": "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
    "NotoSerifSC-LICENSE.txt": "5e0da210fb04058a8c0087985d2d456b931c2579811a49655721d3cf0c36b6d6",
    "NotoSansSC-LICENSE.txt": "1c05c68c34f9708415aada51f17e1b0092d2cea709bf4a94cd38114f9e73d7d9",
}


def digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal; empty where there is no such file."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def complete(folder: Path) -> bool:
    """Whether every font is there with its pinned digest."""
    return all(digest(folder / name) == wanted for name, wanted in SHA256.items())


def unpack(package: str, files: dict[str, str], scratch: Path) -> None:
    """Packs one npm package into ``scratch`` and takes the named files out of it, by name only."""
    command = ["npm", "pack", "--loglevel", "error", "--pack-destination", str(scratch), package]
    done = subprocess.run(command, check=False, capture_output=True, cwd=scratch)
    if done.returncode:
        sys.stderr.buffer.write(b"".join(done.stderr.splitlines(keepends=True)[:5]))
        sys.exit(f"fonts: npm could not fetch {package}; its reason stands above. Run the same command again.")
    archive = next(scratch.glob("*.tgz"))
    with tarfile.open(archive) as untrusted_archive:
        for member, name in files.items():
            source = untrusted_archive.extractfile(f"package/{member}")
            if source is None:
                sys.exit(f"fonts: {member} is not in {package}")
            (scratch / name).write_bytes(source.read())
            if digest(scratch / name) != SHA256[name]:
                sys.exit(f"fonts: {name} of {package} has not the pinned SHA-256; nothing was installed")
    archive.unlink()


def install(source: Path, target: Path) -> None:
    """Puts ``source`` in the place of ``target`` in one step, so that a run cut off leaves no half font."""
    part = target.with_suffix(".part")
    shutil.copyfile(source, part)
    part.replace(target)


def main() -> None:
    folder = Path(sys.argv[-1])
    if complete(folder):
        return
    if sys.argv[1] == "--check":
        sys.exit(1)
    print("setup: fetching fonts (about 120 MB, once)", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        for package, files in PACKAGES.items():
            unpack(package, files, Path(scratch))
        folder.mkdir(parents=True, exist_ok=True)
        for name in SHA256:
            install(Path(scratch) / name, folder / name)


try:
    main()
except KeyboardInterrupt:
    sys.exit(130)
