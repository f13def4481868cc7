"""What must end in a sentence, never in a crash or a half-read bill."""

import io
import secrets
import struct
import zipfile
import zlib

import pytest
import xlsxwriter

from core.boq.model import Boq
from core.errors import BoqUnreadable, FileMissing, InputTooLarge
from core.sheets import limits
from core.sheets.excel_reader import read_workbook

ROWS = [
    ["分部分项工程项目清单计价表"], ["工程名称：一号楼"],
    ["序号", "项目编码", "项目名称", "项目特征描述", "计量单位", "工程量", "综合单价", "合价"],
    [1, "010101001001", "平整场地", "1.详见图纸", "m2", 2, 3.5, 7],
]  # fmt: skip


def reason(path) -> str:
    with pytest.raises(BoqUnreadable) as caught:
        read_workbook(path)
    assert caught.value.params["hint"] == caught.value.params["reason"].replace(".reason.", ".hint.")
    return caught.value.params["reason"].removeprefix("boq.reason.")


def read_or_reason(path) -> Boq | str:
    try:
        return read_workbook(path)
    except BoqUnreadable as error:
        return error.params["reason"].removeprefix("boq.reason.")


def repacked(path, changes: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> None:
    """The same workbook with some members replaced or added."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()} | changes
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_a_missing_file_says_so(tmp_path) -> None:
    with pytest.raises(FileMissing):
        read_workbook(tmp_path / "none.xlsx")


def test_a_folder_is_no_workbook(tmp_path) -> None:
    with pytest.raises(FileMissing):
        read_workbook(tmp_path)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty_file"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
        (b"MZ" + bytes(range(256)) * 4, "binary"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "markup"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "markup"),
        (b"PK\x03\x04 not really a zip", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + bytes(600), "damaged"),
        (b"plain words\nand more words\n", "no_table"),
    ],
)
def test_every_wrong_file_has_its_reason(tmp_path, content, expected) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    assert reason(path) == expected


def test_random_bytes_are_refused(tmp_path) -> None:
    path = tmp_path / "file.xlsx"
    for head in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        path.write_bytes(head + secrets.token_bytes(4096))
        assert reason(path) in {"binary", "damaged", "not_a_workbook", "no_table", "markup"}


def test_an_empty_workbook_says_so(make_book) -> None:
    assert reason(make_book({"Sheet1": []})) == "empty_workbook"


def test_a_workbook_cut_anywhere_is_damaged(make_book) -> None:
    path = make_book({"表": ROWS})
    whole = path.read_bytes()
    for part in (1, 2, 3):
        path.write_bytes(whole[: len(whole) * part // 4])
        assert reason(path) == "damaged"


def test_any_flipped_byte_of_a_sheet_is_damaged_or_reads_the_same(make_book) -> None:
    path = make_book({"表": ROWS})
    whole, good = path.read_bytes(), read_workbook(path)
    info = zipfile.ZipFile(path).getinfo("xl/worksheets/sheet1.xml")
    start = info.header_offset + 30 + len(info.filename)
    for offset in range(start, start + info.compress_size, 7):
        path.write_bytes(whole[:offset] + bytes([whole[offset] ^ 0x40]) + whole[offset + 1 :])
        outcome = read_or_reason(path)
        assert outcome in (good, "damaged")


def test_another_office_document_is_no_workbook(tmp_path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    assert reason(path) == "not_a_workbook"


def test_a_zip_bomb_is_refused_by_its_ratio_before_anything_is_parsed(make_book) -> None:
    path = make_book({"表": ROWS})
    repacked(path, {"xl/bomb.xml": bytes(30 << 20)})
    with pytest.raises(InputTooLarge):
        read_workbook(path)


def test_a_member_longer_than_it_declares_is_damaged(make_book) -> None:
    path = make_book({"表": ROWS})
    repacked(path, {"xl/extra.xml": b"x" * 5000})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = 0
        while (place := data.find(signature, place)) >= 0:
            if data[place + offset : place + offset + 4] == struct.pack("<I", 5000):
                data[place + offset : place + offset + 4] = struct.pack("<I", 10)
            place += 4
    path.write_bytes(data)
    assert reason(path) == "damaged"


def test_two_cells_in_far_corners_are_refused_before_the_reader_allocates(tmp_path) -> None:
    path = tmp_path / "corner.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, 1)
        sheet.write(1048575, 16383, 1)
    with pytest.raises(InputTooLarge):
        read_workbook(path)


@pytest.mark.parametrize("reference", [b'r = "XFD1048576"', b"r='XFD1048576'", b'r="xfd1048576"'])
def test_far_corners_are_seen_however_the_reference_is_spelled(make_book, reference) -> None:
    path = make_book({"表": ROWS})
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    repacked(path, {"xl/worksheets/sheet1.xml": sheet.replace(b'r="A1"', reference, 1)})
    with pytest.raises(InputTooLarge):
        read_workbook(path)


def test_too_many_merged_ranges_are_refused(make_book, monkeypatch) -> None:
    monkeypatch.setattr(limits, "MAX_MERGES", 3)
    path = make_book({"表": ROWS}, merges={"表": [(row, 10, row, 11) for row in range(5)]})
    with pytest.raises(InputTooLarge):
        read_workbook(path)


def test_an_entity_bomb_in_the_workbook_index_does_not_expand(make_book) -> None:
    path = make_book({"表": ROWS})
    bomb = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    with zipfile.ZipFile(path) as archive:
        index = archive.read("xl/workbook.xml").split(b"?>", 1)[1]
    repacked(path, {"xl/workbook.xml": bomb + index.replace(b"</workbook>", b"<x>&b;</x></workbook>")})
    outcome = read_or_reason(path)
    assert outcome == "damaged" or (not isinstance(outcome, str) and len(outcome.items) == 1)


def test_an_encrypted_member_is_refused(make_book) -> None:
    path = make_book({"表": ROWS})
    data = bytearray(path.read_bytes())
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    path.write_bytes(data)
    assert reason(path) == "damaged"


def ods(body: str, manifest: str = "<manifest/>") -> bytes:
    """A minimal OpenDocument spreadsheet."""
    base = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{room}="{base}:{room}:1.0"' for room in ("office", "table", "text"))
    content = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="表">{body}</table:table>
</office:spreadsheet></office:body></office:document-content>"""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def ods_cell(value: object) -> str:
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'


def test_an_opendocument_sheet_reads(tmp_path) -> None:
    path = tmp_path / "list.ods"
    rows = "".join("<table:table-row>" + "".join(map(ods_cell, row)) + "</table:table-row>" for row in ROWS)
    path.write_bytes(ods(rows))
    boq = read_workbook(path)
    assert boq.format == "ods" and boq.item_total() == 7


def test_an_opendocument_repetition_bomb_is_refused(tmp_path) -> None:
    path = tmp_path / "bomb.ods"
    cell = ods_cell("x").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"', 1)
    path.write_bytes(ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'))
    with pytest.raises(InputTooLarge):
        read_workbook(path)


def test_an_encrypted_opendocument_is_recognised(tmp_path) -> None:
    path = tmp_path / "locked.ods"
    path.write_bytes(ods("", '<manifest><file-entry><encryption-data checksum="x"/></file-entry></manifest>'))
    assert reason(path) == "encrypted"


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def xls_text(row: int, column: int, text: str) -> bytes:
    data = text.encode("utf-16-le")
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(data) // 2, 1) + data)


def xls() -> bytes:
    """A BIFF8 workbook with one sheet in a minimal compound file, written byte by byte."""
    cells = b""
    for row, values in enumerate(ROWS):
        for column, value in enumerate(values):
            if isinstance(value, str):
                cells += xls_text(row, column, value)
            else:
                cells += record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    end = record(0x000A, b"")
    name = b"bill"
    bound = record(0x0085, struct.pack("<IBBBB", len(begin) + 4 + 8 + len(name) + len(end), 0, 0, len(name), 0) + name)
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + end
    stream = begin + bound + end + sheet
    stream += bytes(max(0, 4096 - len(stream)))
    stream += bytes(-len(stream) % 512)
    count = len(stream) // 512

    def entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = title.encode("utf-16-le") + b"\0\0"
        return (text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
                + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size))  # fmt: skip

    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + count), 0xFFFFFFFE]
    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )  # fmt: skip
    difat = struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", *(fat + [0xFFFFFFFF] * (128 - len(fat))))
    return header + difat + table + directory.ljust(512, b"\0") + stream


def test_an_excel_97_workbook_reads(tmp_path) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(xls())
    boq = read_workbook(path)
    assert boq.format == "xls" and boq.items[0].name == "平整场地" and boq.item_total() == 7


def test_a_cut_excel_97_workbook_is_damaged(tmp_path) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(xls()[:1200])
    assert reason(path) in {"damaged", "not_a_workbook"}


def test_compressed_members_are_bounded_by_their_declared_size() -> None:
    from core.sheets.zip_scan import ZipDamaged, inflate

    raw = zlib.compressobj(wbits=-15)
    packed = raw.compress(b"x" * 100_000) + raw.flush()
    info = zipfile.ZipInfo("a.xml")
    info.compress_type, info.compress_size, info.file_size, info.header_offset = 8, len(packed), 99_999, 0
    stream = io.BytesIO(b"PK\x03\x04" + bytes(22) + struct.pack("<HH", 0, 0) + packed)
    with pytest.raises(ZipDamaged):
        list(inflate(stream, info))


def test_a_panic_of_native_code_is_an_ordinary_refusal(tmp_path) -> None:
    from core.sheets.workbook import guarded

    class PanicException(BaseException):
        """Named like pyo3's, which cannot be imported."""

    def panic() -> None:
        raise PanicException

    with pytest.raises(BoqUnreadable):
        guarded(tmp_path / "a.xlsx", panic)
    with pytest.raises(KeyboardInterrupt):
        guarded(tmp_path / "a.xlsx", interrupt)


def interrupt() -> None:
    raise KeyboardInterrupt
