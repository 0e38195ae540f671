// The codes of badges as a gate without a network reads them: the same forms as buyers/codes.py and buyers/signing.py.
(() => {
  "use strict";
  const Gate = (window.Gate ??= {});
  const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const TOKEN_LENGTH = 29;
  const SIGNED_LENGTH = 133;
  const SHORT_LENGTH = 8;
  const TOKEN_PRIME = 1021n;
  const SHORT_PRIME = 37n;
  const KINDS = "123456789ABCD";
  const MEANT = { O: "0", I: "1", L: "1" };

  const normalise = (typed) =>
    typed
      .toUpperCase()
      .replace(/[\s-]/g, "")
      .replace(/[OIL]/g, (letter) => MEANT[letter]);

  const number = (digits) => {
    let value = 0n;
    for (const digit of digits) value = value * 32n + BigInt(DIGITS.indexOf(digit));
    return value;
  };

  const allDigits = (code) => [...code].every((digit) => DIGITS.includes(digit));

  const isShort = (code) =>
    code.length === SHORT_LENGTH && allDigits(code) && number(code.slice(0, -1)) % SHORT_PRIME === number(code.slice(-1));

  const isToken = (code) =>
    code.length === TOKEN_LENGTH &&
    code[0] === "1" &&
    allDigits(code) &&
    number(code.slice(0, -2)) % TOKEN_PRIME === number(code.slice(-2));

  const isSigned = (code) =>
    code.length === SIGNED_LENGTH &&
    allDigits(code) &&
    KINDS.includes(code[TOKEN_LENGTH]) &&
    isToken(code.slice(0, TOKEN_LENGTH));

  const parts = (code) => ({
    token: code.slice(0, TOKEN_LENGTH),
    kind: code[TOKEN_LENGTH],
    signature: code.slice(TOKEN_LENGTH + 1),
  });

  // 103 digits of five bits are 64 bytes and three bits that must be zero.
  const signatureBytes = (digits) => {
    const bytes = new Uint8Array(64);
    let bits = 0;
    let held = 0;
    let at = 0;
    for (const digit of digits) {
      held = (held << 5) | DIGITS.indexOf(digit);
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at] = held >> bits;
        at += 1;
        held &= (1 << bits) - 1;
      }
    }
    return at === 64 && held === 0 ? bytes : null;
  };

  const fromBase64 = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

  const toBase64 = (bytes) =>
    btoa(String.fromCharCode(...bytes))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  const curve = { name: "ECDSA", namedCurve: "P-256" };

  // Whether the edition's key has signed this code; `publicKey` is its raw point in base64url.
  const signedBy = async (publicKey, edition, code) => {
    const { token, kind, signature } = parts(code);
    const bytes = signatureBytes(signature);
    if (!bytes) return false;
    const key = await crypto.subtle.importKey("raw", fromBase64(publicKey), curve, false, ["verify"]);
    const text = new TextEncoder().encode(`${edition}.${token}${kind}`);
    return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, bytes, text);
  };

  // What a device keeps instead of a token or a short code.
  const hash = async (edition, code) => {
    const text = new TextEncoder().encode(`cho-phien.${edition}.${code}`);
    return toBase64(new Uint8Array(await crypto.subtle.digest("SHA-256", text)).slice(0, 16));
  };

  Gate.codes = { normalise, isShort, isSigned, parts, signedBy, hash };
})();
