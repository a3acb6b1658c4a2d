"""Secrets of the second factor are kept encrypted: who reads a copy of the database can't make codes."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(text: str) -> str:
    """Text → token under a key drawn from the site's secret key."""
    return _box().encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """Token → text; raises ``InvalidToken`` when the secret key is another one."""
    return _box().decrypt(token.encode()).decode()


def _box() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> Fernet:
    raw = secret if isinstance(secret, bytes) else secret.encode()
    drawn = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"vungcao second factor").derive(raw)
    return Fernet(base64.urlsafe_b64encode(drawn))
