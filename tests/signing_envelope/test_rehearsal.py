"""The rehearsal finds what would lose a bid, and says of each thing how far it was checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.messages import LANGUAGES, load
from signing.envelope.opening import Opening
from signing.envelope.rehearse import How, RehearsalReport, rehearse
from signing.envelope.source import PartSource
from signing.gm.sm2 import PrivateKey
from signing.providers.software import FileDecrypter
from tests.sealed_world import PARTS, Sealed, holder, seal_small
from tests.vectors.make._sealed_bid_builder import KEYS, Plan, Stage, build, certificate


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    return seal_small(tmp_path_factory.mktemp("rehearsal"))


def run(sealed: Sealed, **changed: object) -> RehearsalReport:
    arguments = {
        "path": sealed.path,
        "kept_openings": sealed.info.openings,
        "own_decrypters": {0: holder("bidder").decrypter},
        "originals": PARTS,
        **changed,
    }
    return rehearse(**arguments)  # type: ignore[arg-type]


def faults(report: RehearsalReport) -> set[tuple[How, str]]:
    assert not report.passed
    return {(check.how, check.fault) for check in report.faults}


def test_good_bid_passes_and_the_report_tells_real_key_memory_and_structure_apart(sealed: Sealed) -> None:
    report = run(sealed, backups=[holder("bidder-backup").decrypter])
    assert report.passed
    by_how = {how: [check.holder or check.part for check in report.checks if check.how is how] for how in How}
    assert by_how == {
        How.INTEGRITY: [""],
        How.REAL_KEY: ["bidder", "bidder"],
        How.STRUCTURE: ["tenderer", "agency", "centre"],
        How.MEMORY: ["tenderer", "agency", "centre"],
        How.EVERY_SET: [""],
        How.READ_BACK: ["letter", "summary", "empty"],
    }
    keys = {check.certificate for check in report.checks if check.how is How.REAL_KEY}
    assert keys == {holder(name).encrypt_certificate.sm3 for name in ("bidder", "bidder-backup")}


def test_progress_covers_the_file_twice(sealed: Sealed) -> None:
    seen: list[tuple[int, int]] = []
    run(sealed, on_progress=lambda *now: seen.append(now))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]


def test_key_of_nobody_in_the_policy_fails(sealed: Sealed) -> None:
    stranger = holder("stranger").decrypter
    assert (How.REAL_KEY, "container.rehearsal.not_recipient") in faults(run(sealed, own_decrypters={0: stranger}))
    assert (How.REAL_KEY, "container.rehearsal.not_recipient") in faults(run(sealed, backups=[stranger]))


def test_without_any_real_key_it_does_not_pass(sealed: Sealed) -> None:
    assert faults(run(sealed, own_decrypters={})) == {(How.REAL_KEY, "container.rehearsal.no_key")}


def test_forgotten_or_wrong_share_of_another_holder_fails(sealed: Sealed) -> None:
    kept = sealed.info.openings["main"]
    assert (How.MEMORY, "container.rehearsal.no_share") in faults(run(sealed, kept_openings={"main": kept[:3]}))
    wrong = (*kept[:3], replace(kept[3], share=bytes(16)))
    assert (How.MEMORY, "signing.share_disputed") in faults(run(sealed, kept_openings={"main": wrong}))


def test_original_that_differs_or_is_missing_fails(sealed: Sealed) -> None:
    for data in (b"other", (PARTS[0].data or b"") + b"!", (PARTS[0].data or b"")[:-1]):
        changed = [replace(PARTS[0], data=data), *PARTS[1:]]
        assert faults(run(sealed, originals=changed)) == {(How.READ_BACK, "container.rehearsal.differs")}
    assert faults(run(sealed, originals=PARTS[1:])) == {(How.READ_BACK, "container.rehearsal.no_original")}
    gone = PartSource("letter", "document", "main", path=Path("gone.pdf"))
    assert faults(run(sealed, originals=[gone, *PARTS[1:]])) == {(How.READ_BACK, "container.source.missing")}


def test_file_damaged_on_disk_or_missing_fails_before_any_key_is_used(sealed: Sealed, tmp_path: Path) -> None:
    data = bytearray(sealed.path.read_bytes())
    data[-20000] ^= 1
    (tmp_path / "bad.tbt").write_bytes(data)
    report = run(sealed, path=tmp_path / "bad.tbt")
    assert faults(report) == {(How.INTEGRITY, "container.chunk.digest")}
    assert report.faults[0].params["part"] == "summary"
    assert faults(run(sealed, path=tmp_path / "none.tbt")) == {(How.INTEGRITY, "container.rehearsal.no_file")}


def test_dealing_that_shuts_out_one_set_of_holders_is_found(tmp_path: Path) -> None:
    tree = {"all": ["bidder", {"any": ["tenderer", "agency", "centre"]}]}
    plan = Plan(stages=(("main", tree),))

    def shut_out_agency(stage: Stage) -> None:
        stage.shares[2] = bytes(16)

    plan.edit_stage = shut_out_agency
    path = tmp_path / "x.tbt"
    path.write_bytes(build(plan))
    [stage] = plan.pieces["stages"]
    kept = [
        Opening(index, share, blind)
        for index, (share, blind) in enumerate(zip(stage.shares, stage.blinds, strict=True))
    ]
    private = PrivateKey(bytes.fromhex((KEYS / "bidder-encrypt.key.hex").read_text().strip()))
    key = FileDecrypter(private, certificate("bidder"))
    originals = [PartSource(name, kind, stage_id, data=content) for name, kind, stage_id, content in plan.parts]
    report = rehearse(path, {"main": kept}, {0: key}, originals)
    assert (How.EVERY_SET, "container.rehearsal.dealt_wrongly") in faults(report)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_has_a_sentence_with_its_slots_filled(sealed: Sealed, language: str) -> None:
    catalogue = load(language)
    for report in (run(sealed), run(sealed, own_decrypters={}), run(sealed, originals=[])):
        for check in report.checks:
            key, params = check.sentence()
            assert catalogue.has(key), key
            assert "“”" not in catalogue.text(key, **params)
