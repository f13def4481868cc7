"""The worked example of docs/spec/sealed-bid.md §14, taken from the vector ``success``.

``python -m tests.vectors.make._sealed_bid_example`` writes it into the page; a test compares.
"""

from __future__ import annotations

from pathlib import Path

from tests.deterministic_sm2 import sm3
from tests.vectors.make._sealed_bid_builder import Plan, build, hkdf, leaf_names, padded, part_keys

PAGE = Path(__file__).resolve().parents[3] / "docs" / "spec" / "sealed-bid.md"
BEGIN, END = "<!-- example: begin", "<!-- example: end -->"


def _folded(text: str, width: int = 108) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def _hex(data: bytes) -> str:
    return _folded(data.hex(), 64)


def _row(name: str, value: str) -> str:
    lines = value.splitlines()
    return "\n".join([f"{name:<22}{lines[0]}", *(" " * 22 + line for line in lines[1:])])


def worked_example() -> str:
    """The example as Markdown."""
    plan = Plan()
    data = build(plan)
    found = plan.pieces
    file_id, [stage] = found["file_id"], found["stages"]
    name, kind, _, content = plan.parts[0]
    key, prefix = part_keys(stage.key, file_id, stage.id, name)
    plain, chunk = padded(kind, content), found["chunks"][0]
    header = _folded(found["header"].decode())
    rows = [
        _row("file", f"{len(data)} bytes, SM3 {sm3(data).hex()[:32]}…"),
        _row("magic, version", found["prefix"][:10].hex(" ")),
        _row("header-length", f"{found['prefix'][10:14].hex()} = {len(found['header'])}"),
        _row("file_id", file_id.hex()),
        _row("CEK", stage.key.hex()),
    ]
    for leaf, (names, share, blind) in enumerate(zip(leaf_names(stage.tree), stage.shares, stage.blinds, strict=True)):
        rows += [_row(f"leaf {leaf} ({names[0]})", f"share {share.hex()}\nblind {blind.hex()}")]
    rows += [
        _row("K_tag(main)", _hex(hkdf(stage.key, file_id, b"tenderbox sealed 0 head\x00main", 32))),
        _row("tag(main)", _hex(found["tags"][0])),
        _row("head_sm3", _hex(sm3(found["head"]))),
        _row(f"K({name})", key.hex()),
        _row(f"N({name})", prefix.hex()),
        _row("nonce of chunk 0", (prefix + bytes(4) + b"\x01").hex()),
        _row("plaintext of chunk 0", f"{plain[:32].hex()} … ({len(plain)} bytes)"),
        _row("chunk 0", f"{chunk[:32].hex()} …\n… {chunk[-16:].hex()} (gcm-tag)"),
        _row("its place", f"{len(chunk)} bytes from {len(found['head'])}"),
        _row("index", _hex(found["index"])),
        _row("body-length", f"{len(found['body']).to_bytes(4, 'big').hex()} = {len(found['body'])}"),
        _row("signature-length", f"{len(found['signature']).to_bytes(4, 'big').hex()} = {len(found['signature'])}"),
        _row("signature", f"{found['signature'][:32].hex()} …"),
    ]  # fmt: skip
    body = _folded(found["body"].decode())
    lines = [
        "The vector `tests/vectors/sealed_bid/success`: bidder AND tenderer, parts `letter` and `note`, a chunk each.",
        "Lines are folded here; in the file there is no line end.",
        *("", "Header:", "", "```", header, "```"),
        *("", "Values:", "", "```", *rows, "```"),
        *("", "Body of the trailer:", "", "```", body, "```"),
    ]
    return "\n".join(lines)


def with_example(page: str) -> str:
    """The page with the example between its marks."""
    before, rest = page.split(BEGIN, 1)
    mark, rest = rest.split("\n", 1)
    after = rest.split(END, 1)[1]
    return f"{before}{BEGIN}{mark}\n\n{worked_example()}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(with_example(PAGE.read_text("utf-8")), "utf-8")
