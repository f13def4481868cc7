"""``make bench``: every benchmark prints ratios against a raw library measured in the same run."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import benchmarks


def main() -> None:
    for module in sorted(info.name for info in pkgutil.iter_modules([str(Path(benchmarks.__file__).parent)])):
        if module.startswith("_"):
            continue
        print(f"\n{module}")
        for name, figure in importlib.import_module(f"benchmarks.{module}").run():
            print(f"  {name:<58} {figure}")


main()
