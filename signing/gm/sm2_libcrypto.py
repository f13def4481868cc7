"""SM2 by OpenSSL's libcrypto, version 3 or newer, through ctypes: the fastest backend.

Every call builds its own objects and frees them, shares nothing, and releases the interpreter lock: safe from many
threads. Z is computed here, so the library signs and verifies the finished 32-byte digest and no default identity of
an OpenSSL version can slip in.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from signing.gm import sm2_der
from signing.gm.curve import COORDINATE_BYTES, N
from signing.gm.sm2_backend import BackendFailed, Cipher, signed_digest

LIBRARY_NAMES = (
    "libcrypto.so.3",
    "libcrypto-3-x64.dll",
    "libcrypto-3-arm64.dll",
    "libcrypto-3.dll",
    "libcrypto.3.dylib",
)
OLDEST_MAJOR = 3
NID_SM2 = 1172  # obj_mac.h
UNCOMPRESSED = 4  # POINT_CONVERSION_UNCOMPRESSED
SELECT_PUBLIC = 0x86  # EVP_PKEY_PUBLIC_KEY: parameters and public key
SELECT_PAIR = 0x87  # EVP_PKEY_KEYPAIR
PARAM_UNSIGNED, PARAM_TEXT, PARAM_OCTETS = 2, 4, 5
UNMODIFIED = ctypes.c_size_t(-1).value

_P = ctypes.c_void_p
_PROTOTYPES: dict[str, tuple[object, tuple[object, ...]]] = {
    "OpenSSL_version_num": (ctypes.c_ulong, ()),
    "ERR_clear_error": (None, ()),
    "EC_GROUP_new_by_curve_name": (_P, (ctypes.c_int,)),
    "EC_GROUP_free": (None, (_P,)),
    "EC_POINT_new": (_P, (_P,)),
    "EC_POINT_free": (None, (_P,)),
    "EC_POINT_mul": (ctypes.c_int, (_P, _P, _P, _P, _P, _P)),
    "EC_POINT_point2oct": (ctypes.c_size_t, (_P, _P, ctypes.c_int, _P, ctypes.c_size_t, _P)),
    "BN_bin2bn": (_P, (ctypes.c_char_p, ctypes.c_int, _P)),
    "BN_bn2binpad": (ctypes.c_int, (_P, _P, ctypes.c_int)),
    "BN_priv_rand_range": (ctypes.c_int, (_P, _P)),
    "BN_secure_new": (_P, ()),
    "BN_is_zero": (ctypes.c_int, (_P,)),
    "BN_clear_free": (None, (_P,)),
    "EVP_PKEY_CTX_new_from_name": (_P, (_P, ctypes.c_char_p, ctypes.c_char_p)),
    "EVP_PKEY_CTX_new_from_pkey": (_P, (_P, _P, ctypes.c_char_p)),
    "EVP_PKEY_CTX_free": (None, (_P,)),
    "EVP_PKEY_fromdata_init": (ctypes.c_int, (_P,)),
    "EVP_PKEY_fromdata": (ctypes.c_int, (_P, _P, ctypes.c_int, _P)),
    "EVP_PKEY_free": (None, (_P,)),
    "EVP_PKEY_sign_init": (ctypes.c_int, (_P,)),
    "EVP_PKEY_sign": (ctypes.c_int, (_P, _P, _P, ctypes.c_char_p, ctypes.c_size_t)),
    "EVP_PKEY_verify_init": (ctypes.c_int, (_P,)),
    "EVP_PKEY_verify": (ctypes.c_int, (_P, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t)),
    "EVP_PKEY_encrypt_init": (ctypes.c_int, (_P,)),
    "EVP_PKEY_encrypt": (ctypes.c_int, (_P, _P, _P, ctypes.c_char_p, ctypes.c_size_t)),
    "EVP_PKEY_decrypt_init": (ctypes.c_int, (_P,)),
    "EVP_PKEY_decrypt": (ctypes.c_int, (_P, _P, _P, ctypes.c_char_p, ctypes.c_size_t)),
}


class _Param(ctypes.Structure):
    """OSSL_PARAM of openssl/core.h."""

    _fields_ = (
        ("key", ctypes.c_char_p),
        ("data_type", ctypes.c_uint),
        ("data", ctypes.c_void_p),
        ("data_size", ctypes.c_size_t),
        ("return_size", ctypes.c_size_t),
    )


class Libcrypto:
    """The backend over one loaded library."""

    name = "libcrypto"

    def __init__(self) -> None:
        self._call = _Functions(_load())

    def generate(self) -> bytes:
        """Uniform in [1, n-2] by the library's private random generator."""
        call = self._call
        with (
            call.number((N - 1).to_bytes(COORDINATE_BYTES, "big")) as limit,
            call.owned(call.pointer("BN_secure_new"), "BN_clear_free") as number,
        ):
            while True:
                call.check("BN_priv_rand_range", number, limit)
                if not call.integer("BN_is_zero", number):
                    break
            buffer = ctypes.create_string_buffer(COORDINATE_BYTES)
            call.check("BN_bn2binpad", number, buffer, COORDINATE_BYTES)
            return _taken(buffer, COORDINATE_BYTES)

    def public_of(self, private: bytes) -> bytes:
        """d·G by the library's constant-time multiplication."""
        call = self._call
        with (
            call.owned(call.pointer("EC_GROUP_new_by_curve_name", NID_SM2), "EC_GROUP_free") as group,
            call.owned(call.pointer("EC_POINT_new", group), "EC_POINT_free") as point,
            call.number(private) as scalar,
        ):
            call.check("EC_POINT_mul", group, point, scalar, None, None, None)
            buffer = ctypes.create_string_buffer(1 + 2 * COORDINATE_BYTES)
            length = call.integer("EC_POINT_point2oct", group, point, UNCOMPRESSED, buffer, len(buffer), None)
            if length != len(buffer):
                raise BackendFailed("EC_POINT_point2oct")
            return buffer.raw

    def sign(self, private: bytes, public: bytes, message: bytes, signer_id: bytes) -> tuple[int, int]:
        """Signs the digest that covers Z."""
        digest = signed_digest(public, message, signer_id)
        with self._context(public, private) as context:
            self._call.check("EVP_PKEY_sign_init", context)
            return sm2_der.decode_signature(self._output("EVP_PKEY_sign", context, digest))

    def verify(self, public: bytes, message: bytes, signature: tuple[int, int], signer_id: bytes) -> bool:
        """Verifies the digest that covers Z."""
        digest = signed_digest(public, message, signer_id)
        encoded = sm2_der.encode_signature(*signature)
        with self._context(public, None) as context:
            self._call.check("EVP_PKEY_verify_init", context)
            found = self._call.integer("EVP_PKEY_verify", context, encoded, len(encoded), digest, len(digest))
            self._call.forget_errors()
            return found == 1

    def encrypt(self, public: bytes, plaintext: bytes) -> Cipher:
        """SM2 encryption with SM3 as the library's default digest."""
        with self._context(public, None) as context:
            self._call.check("EVP_PKEY_encrypt_init", context)
            return sm2_der.decode_cipher(self._output("EVP_PKEY_encrypt", context, plaintext))

    def decrypt(self, private: bytes, cipher: Cipher) -> bytes:
        """SM2 decryption; the library compares C3."""
        with self._context(None, private) as context:
            self._call.check("EVP_PKEY_decrypt_init", context)
            return self._output("EVP_PKEY_decrypt", context, sm2_der.encode_cipher(cipher))

    def _output(self, function: str, context: int, data: bytes) -> bytes:
        size = ctypes.c_size_t(0)
        self._call.check(function, context, None, ctypes.byref(size), data, len(data))
        buffer = ctypes.create_string_buffer(size.value)
        self._call.check(function, context, buffer, ctypes.byref(size), data, len(data))
        return _taken(buffer, size.value)

    @contextmanager
    def _context(self, public: bytes | None, private: bytes | None) -> Iterator[int]:
        call = self._call
        with self._key(public, private) as key:
            made = call.pointer("EVP_PKEY_CTX_new_from_pkey", None, key, None)
            with call.owned(made, "EVP_PKEY_CTX_free") as context:
                yield context

    @contextmanager
    def _key(self, public: bytes | None, private: bytes | None) -> Iterator[int]:
        call = self._call
        buffers = [(b"group", PARAM_TEXT, ctypes.create_string_buffer(b"SM2", 3))]
        if public is not None:
            buffers.append((b"pub", PARAM_OCTETS, ctypes.create_string_buffer(public, len(public))))
        if private is not None:
            native = private if sys.byteorder == "big" else private[::-1]
            buffers.append((b"priv", PARAM_UNSIGNED, ctypes.create_string_buffer(native, len(native))))
        rows = [_Param(key, kind, ctypes.addressof(data), len(data), UNMODIFIED) for key, kind, data in buffers]
        parameters = (_Param * (len(rows) + 1))(*rows, _Param())
        selection = SELECT_PUBLIC if private is None else SELECT_PAIR
        made = ctypes.c_void_p()
        try:
            with call.owned(
                call.pointer("EVP_PKEY_CTX_new_from_name", None, b"SM2", None), "EVP_PKEY_CTX_free"
            ) as maker:
                call.check("EVP_PKEY_fromdata_init", maker)
                call.check("EVP_PKEY_fromdata", maker, ctypes.byref(made), selection, parameters)
        finally:
            for _, _, data in buffers:
                ctypes.memset(data, 0, len(data))
        if made.value is None:
            raise BackendFailed("EVP_PKEY_fromdata")
        with call.owned(made.value, "EVP_PKEY_free") as key:
            yield key


class _Functions:
    """Typed calls into the library; failures become :class:`BackendFailed` and leave no error queue behind."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._functions: dict[str, Callable[..., object]] = {}
        for name, (result, arguments) in _PROTOTYPES.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
            self._functions[name] = function

    def integer(self, name: str, *arguments: object) -> int:
        """The plain result."""
        result = self._functions[name](*arguments)
        if not isinstance(result, int):
            raise BackendFailed(name)
        return result

    def check(self, name: str, *arguments: object) -> None:
        """For functions that return a positive number on success."""
        if self.integer(name, *arguments) <= 0:
            self.forget_errors()
            raise BackendFailed(name)

    def pointer(self, name: str, *arguments: object) -> int:
        """For functions that make an object."""
        made = self._functions[name](*arguments)
        if not isinstance(made, int):
            self.forget_errors()
            raise BackendFailed(name)
        return made

    @contextmanager
    def owned(self, made: int, free: str) -> Iterator[int]:
        """Frees the object at the end, whatever happens."""
        try:
            yield made
        finally:
            self._functions[free](made)

    @contextmanager
    def number(self, big_endian: bytes) -> Iterator[int]:
        """A BIGNUM that is wiped at the end."""
        with self.owned(self.pointer("BN_bin2bn", big_endian, len(big_endian), None), "BN_clear_free") as made:
            yield made

    def forget_errors(self) -> None:
        """Empties this thread's error queue, which Python's own ssl module would stumble over."""
        self._functions["ERR_clear_error"]()


def _taken(buffer: ctypes.Array[ctypes.c_char], length: int) -> bytes:
    """The first bytes of a buffer, which is wiped."""
    content = buffer.raw[:length]
    ctypes.memset(buffer, 0, len(buffer))
    return content


def _load() -> ctypes.CDLL:
    for name in (*LIBRARY_NAMES, _found_by_name()):
        if name is None:
            continue
        try:
            library = ctypes.CDLL(name)
            version = library.OpenSSL_version_num
        except (OSError, AttributeError):
            continue
        version.restype = ctypes.c_ulong
        if version() >> 28 >= OLDEST_MAJOR:
            return library
    raise BackendFailed("no libcrypto of version 3 or newer")


def _found_by_name() -> str | None:
    """Where the system's own search finds it; never asked on macOS, which aborts a program that loads its stub."""
    return None if sys.platform == "darwin" else ctypes.util.find_library("crypto")
