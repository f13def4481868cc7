"""SM4-GCM over the chunks of one part, into buffers that are used again. Nonces are made here and nowhere else.

This is the seam for a faster SM4: everything bulk goes through the two methods.
Source: docs/spec/sealed-bid.md §7; the construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015).
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

from signing.envelope.limits import TAG_BYTES
from signing.errors import ContainerInvalid

PREFIX_BYTES = 7
SPARE_BYTES = 32  # what an output buffer needs beyond the plaintext: the tag, and room the library insists on


class ChunkCipher:
    """The cipher of one part. Threads may share it: it holds no state."""

    __slots__ = ("_associated", "_key", "_prefix")

    def __init__(self, key: bytes, prefix: bytes, associated: bytes) -> None:
        self._key, self._prefix, self._associated = key, prefix, associated

    def seal(self, number: int, *, last: bool, plain: memoryview, out: memoryview) -> int:
        """Writes ciphertext and tag to ``out`` and returns their length; ``out`` has SPARE_BYTES more than ``plain``.

        Each number is sealed once per key: a repeated number with other content would give both away.
        """
        encryptor = Cipher(SM4(self._key), GCM(self._nonce(number, last))).encryptor()
        encryptor.authenticate_additional_data(self._associated)
        length = encryptor.update_into(plain, out)
        encryptor.finalize()
        out[length : length + TAG_BYTES] = encryptor.tag
        return length + TAG_BYTES

    def open(self, number: int, *, last: bool, chunk: memoryview, out: memoryview) -> int:
        """Writes the plaintext to ``out`` and returns its length; raises before anyone may use it.

        Raises :class:`ContainerInvalid` (payload, tag); ``out`` is then overwritten with zeros.
        """
        body, tag = chunk[:-TAG_BYTES], bytes(chunk[-TAG_BYTES:])
        decryptor = Cipher(SM4(self._key), GCM(self._nonce(number, last), tag, TAG_BYTES)).decryptor()
        decryptor.authenticate_additional_data(self._associated)
        length = decryptor.update_into(body, out)
        try:
            decryptor.finalize()
        except InvalidTag:
            out[:length] = bytes(length)
            raise ContainerInvalid(layer="payload", reason="tag", chunk=number + 1) from None
        return length

    def _nonce(self, number: int, last: bool) -> bytes:
        return self._prefix + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")
