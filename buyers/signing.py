"""Signatures by which a gate without a network tells a real badge: ECDSA over P-256, which every browser checks."""

from base64 import urlsafe_b64encode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

HALF = 32  # bytes of each of the two numbers of a signature
ALGORITHM = ec.ECDSA(hashes.SHA256())


def new_private_key() -> str:
    """A fresh private key as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def public_key(private: str) -> str:
    """What a device checks with: the uncompressed point (65 bytes) in base64url, as WebCrypto's `raw` format asks."""
    point = _key(private).public_key()
    raw = point.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def sign(private: str, text: str) -> bytes:
    """64 bytes, r before s, as WebCrypto writes signatures."""
    r, s = decode_dss_signature(_key(private).sign(text.encode(), ALGORITHM))
    return r.to_bytes(HALF) + s.to_bytes(HALF)


def signed_by(private: str, text: str, signature: bytes) -> bool:
    """Whether the signature is one of this key over this text."""
    r, s = int.from_bytes(signature[:HALF]), int.from_bytes(signature[HALF:])
    try:
        _key(private).public_key().verify(encode_dss_signature(r, s), text.encode(), ALGORITHM)
    except InvalidSignature:
        return False
    return True


def _key(private: str) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(private.encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("This is no key on an elliptic curve.")
    return key
