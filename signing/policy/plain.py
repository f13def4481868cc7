"""The JSON form of a release policy, and its limits.

Whether the certificates may be recipients is :mod:`signing.envelope.recipients`.
Source: docs/spec/sealed-bid.md §3, §4.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence

from signing.canonical_json import Json
from signing.policy.tree import All, Any_, Leaf, Policy, Threshold, depth, leaves

DEPTH_LIMIT = 8  # levels
LEAF_LIMIT = 64
CHILD_LIMIT = 64
CERTIFICATES_LIMIT = 8  # per leaf
CERTIFICATE_LIMIT = 8192  # bytes of DER
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class PolicyUnreadable(ValueError):
    """A value is no policy, or one beyond the limits; the text names the place."""


def policy_to_plain(policy: Policy) -> Json:
    """The JSON value of a policy."""
    if isinstance(policy, Leaf):
        certificates = [base64.b64encode(der).decode("ascii") for der in policy.certificates]
        return {"leaf": {"certificates": certificates, "holder": policy.holder}}
    children = [policy_to_plain(child) for child in policy.children]
    if isinstance(policy, Threshold):
        return {"threshold": {"children": children, "k": policy.k}}
    return {"all" if isinstance(policy, All) else "any": children}


def policy_from_plain(untrusted: Json) -> Policy:
    """The policy of a JSON value; raises :class:`PolicyUnreadable`. Certificates are not parsed here."""
    policy = _node(untrusted, 1)
    check_policy(policy)
    return policy


def check_policy(policy: Policy) -> None:
    """Raises :class:`PolicyUnreadable` where a policy is beyond the limits of the specification."""
    _check_node(policy)
    if depth(policy) > DEPTH_LIMIT:
        raise PolicyUnreadable("depth")
    if len(leaves(policy)) > LEAF_LIMIT:
        raise PolicyUnreadable("leaves")


def decode_base64(untrusted: object) -> bytes:
    """The bytes of canonical base64 text; raises ``ValueError`` for anything else."""
    if not isinstance(untrusted, str):
        raise TypeError("base64")
    try:
        value = base64.b64decode(untrusted, validate=True)
    except binascii.Error as error:
        raise ValueError("base64") from error
    if base64.b64encode(value).decode("ascii") != untrusted:
        raise ValueError("base64")
    return value


def _check_node(policy: Policy) -> None:
    if isinstance(policy, Leaf):
        sizes = [len(der) for der in policy.certificates]
        if not _ID.fullmatch(policy.holder):
            raise PolicyUnreadable("holder")
        if not 1 <= len(sizes) <= CERTIFICATES_LIMIT or max(sizes) > CERTIFICATE_LIMIT:
            raise PolicyUnreadable("certificates")
        return
    count = len(policy.children)
    if not 1 <= count <= CHILD_LIMIT or (isinstance(policy, Threshold) and not 2 <= policy.k <= count):
        raise PolicyUnreadable("children")
    for child in policy.children:
        _check_node(child)


def _node(untrusted: Json, level: int) -> Policy:
    if level > DEPTH_LIMIT:
        raise PolicyUnreadable("depth")
    if not isinstance(untrusted, Mapping) or len(untrusted) != 1:
        raise PolicyUnreadable("node")
    [(name, value)] = untrusted.items()
    if name == "leaf":
        return _leaf(value)
    if name == "all":
        return All(_children(value, level))
    if name == "any":
        return Any_(_children(value, level))
    if name == "threshold" and isinstance(value, Mapping) and value.keys() == {"children", "k"}:
        k = value["k"]
        if isinstance(k, int) and not isinstance(k, bool):
            return Threshold(k, _children(value["children"], level))
    raise PolicyUnreadable("node")


def _children(untrusted: Json, level: int) -> tuple[Policy, ...]:
    if isinstance(untrusted, str) or not isinstance(untrusted, Sequence) or not 1 <= len(untrusted) <= CHILD_LIMIT:
        raise PolicyUnreadable("children")
    return tuple(_node(child, level + 1) for child in untrusted)


def _leaf(untrusted: Json) -> Leaf:
    if not isinstance(untrusted, Mapping) or untrusted.keys() != {"certificates", "holder"}:
        raise PolicyUnreadable("leaf")
    holder, texts = untrusted["holder"], untrusted["certificates"]
    if not isinstance(holder, str) or isinstance(texts, str) or not isinstance(texts, Sequence):
        raise PolicyUnreadable("leaf")
    try:
        return Leaf(holder, tuple(decode_base64(text) for text in texts))
    except (ValueError, TypeError) as error:
        raise PolicyUnreadable("certificates") from error
