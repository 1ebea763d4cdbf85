"""Which encoding bytes of text are in, decided by what the decoded characters would be.

Strict decoding rules most candidates out; of those that are left the one wins whose characters are the
frequent ones of a living script. Legacy encodings of Korean and Chinese share their byte ranges, so that only
the frequency of the characters tells them apart.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from testimonia import vocabulary

__all__ = ["Decoded", "canonical", "decode", "decode_name", "is_two_byte", "plausibility"]

SAMPLE = 1 << 16  # bytes that are looked at to choose between candidates
DECLARED_BONUS = 0.25
BROKEN_MALUS = 0.3  # a decoding without a fault is preferred to a more plausible one with some
UNRULY_MALUS = 0.15  # nearly any bytes are letters in these
UNRULY = frozenset(["cp1251", "cp1256", "cp874", "koi8-r"])
CREDIBLE = 0.05  # mean weight below which no candidate is believed
BROKEN = 0.34  # share of characters that may be undecodable before a Unicode encoding is given up

# What senders write -> what they mean: the labels of the older, smaller sets stand for their extensions.
MEANT = {
    "euc_kr": "cp949",
    "ks_c_5601_1987": "cp949",
    "johab": "johab",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "hz",
    "big5": "cp950",
    "iso8859-1": "cp1252",
    "ascii": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
}
MULTIBYTE = ("cp949", "gb18030", "cp950", "big5hkscs", "shift_jis", "euc_jp")
SINGLE_BYTE = ("cp1252", "cp1251", "cp1256", "cp874", "koi8-r")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$B", "iso2022_jp"), (b"\x1b$@", "iso2022_jp"))
NOT_ASCII = re.compile("[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how it was found: the encoding, whether it had to be guessed, where bytes meant nothing.

    `lost` are the offsets of U+FFFD characters that stand for undecodable bytes.
    """

    text: str
    encoding: str
    guessed: bool
    lost: tuple[int, ...] = ()


def canonical(label: str | None) -> str | None:
    """The codec meant by a charset label, None for none or an unknown one."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return MEANT.get(name, name) if _is_text(name) else None


def _is_text(name: str) -> bool:
    """False for codecs that are no encodings of text (base64, zlib, rot13, idna)."""
    try:
        "a".encode(name)
    except (LookupError, UnicodeError):
        return False
    return name not in ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7")


def decode(data: bytes, declared: str | None = None, *, cut: bool = False) -> Decoded:
    """Decode text of unknown encoding; a byte order mark stays as U+FEFF and no line end is changed.

    `declared` is what the file or its mail says about itself: believed where it holds. With `cut` the data
    are the first part of more, and a character broken at the end is no loss.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, False, cut)
    label = canonical(declared)
    if _holds(data, "utf-8", cut):
        escape = next((codec for mark, codec in ESCAPES if mark in data[:SAMPLE]), None)
        if escape and _holds(data, escape, cut):
            return _decoded(data, escape, label != escape, cut)
        wide = None if label == "utf-8" else _two_byte(data, cut)
        return _decoded(data, wide or "utf-8", wide is not None and wide != label, cut)
    encoding = _best(data, label, cut)
    return _decoded(data, encoding, encoding != label, cut)


def decode_name(raw: bytes) -> str:
    """The name of a file in an archive or a folder, whose encoding nobody recorded."""
    return decode(raw).text.replace("\x00", "\ufffd")


def _decoded(data: bytes, encoding: str, guessed: bool, cut: bool) -> Decoded:
    text = _strictly(data, encoding, cut)
    if text is not None:
        return Decoded(text, encoding, guessed)
    with_own = codecs.getincrementaldecoder(encoding)("testimonia-mark")
    marked = with_own.decode(data, final=not cut)
    lost = tuple(found.start() for found in re.finditer(_MARK, marked))
    return Decoded(marked.replace(_MARK, "\ufffd"), encoding, guessed, lost)


# A noncharacter stands for lost bytes while they are counted, so that a U+FFFD of the file itself is none.
_MARK = "\ufdd0"


def _mark_lost(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _MARK, error.end


codecs.register_error("testimonia-mark", _mark_lost)


def _strictly(data: bytes, encoding: str, cut: bool) -> str | None:
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(data, final=not cut)
    except (UnicodeDecodeError, UnicodeError):
        return None
    return None if any("\ud800" <= character <= "\udfff" for character in _rare(text)) else text


def _rare(text: str) -> Iterator[str]:
    """Surrogates only: some codecs let them through."""
    for found in re.finditer("[\ud800-\udfff]", text):
        yield found[0]


def _holds(data: bytes, encoding: str, cut: bool) -> bool:
    return _strictly(data, encoding, cut) is not None


def is_two_byte(head: bytes) -> bool:
    """Whether bytes with many zeros among them are the beginning of a text in UTF-16 without a mark."""
    return _two_byte(head, cut=True) is not None


def _two_byte(data: bytes, cut: bool) -> str | None:
    """UTF-16 without a mark: the zero bytes of its ASCII characters all lie on one side."""
    sample = data[:SAMPLE]
    if (len(data) % 2 and not cut) or b"\x00" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 4 * min(even, odd) + 1:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = _strictly(data, encoding, cut)
    return encoding if text is not None and _is_writing(text) else None


def _is_writing(text: str) -> bool:
    sample = text[: SAMPLE // 2]
    controls = sum(character < " " and character not in "\t\n\r\f" for character in sample)
    return controls * 50 < len(sample) and plausibility(sample) > CREDIBLE


def _best(data: bytes, label: str | None, cut: bool) -> str:
    sample, part = data[:SAMPLE], cut or len(data) > SAMPLE
    broken = _score(sample, "utf-8", part)
    if broken[1] < BROKEN and broken[0] > CREDIBLE:
        return "utf-8"  # whole multi-byte sequences do not come about by chance
    wide = _two_byte(data, cut)
    if wide:
        return wide
    scores = [
        (
            _score(sample, encoding, part)[0]
            + DECLARED_BONUS * (encoding == label)
            - BROKEN_MALUS * (not _holds(data, encoding, cut))
            - UNRULY_MALUS * (encoding in UNRULY),
            -rank,
            encoding,
        )
        for rank, encoding in enumerate(_candidates(label))
    ]
    best = max(scores)
    if best[0] > CREDIBLE:
        return best[2]
    return label if label and _holds(data, label, cut) else "utf-8"


def _candidates(label: str | None) -> tuple[str, ...]:
    known = (*MULTIBYTE, *SINGLE_BYTE, "utf-16-le", "utf-16-be")
    return (label, *known) if label and label not in known and label != "utf-8" else known


def _score(sample: bytes, encoding: str, part: bool) -> tuple[float, float]:
    """Plausibility of a decoding and the share of its characters beyond ASCII that stand for lost bytes."""
    text = _decoded(sample, encoding, False, part).text
    lost = text.count("\ufffd")
    beyond = sum(len(run) for run in NOT_ASCII.findall(text)) or 1
    return plausibility(text), lost / beyond


# --- how likely characters are ------------------------------------------------------------------------------


@cache
def _common() -> frozenset[str]:
    rows = vocabulary.rows("intake/common_characters")
    return frozenset(character for row in rows for character in row["characters"])


def plausibility(text: str) -> float:
    """Mean weight of the characters beyond ASCII, from -3 (no writing) to 1 (frequent ones); 1 without any."""
    total, count = 0.0, 0
    for found in NOT_ASCII.finditer(text):
        run = found[0]
        before = text[found.start() - 1] if found.start() else " "
        total += _weight_of_run(run, before)
        count += len(run)
    return total / count if count else 1.0


def _weight_of_run(run: str, before: str) -> float:
    if _is_lone_letter(run):
        return -0.3
    common = _common()
    total = 0.0
    for character in run:
        if character in common:
            total += 1.0
        else:
            total += _weight(character, before)
        before = character
    return total


# First character of a stretch of Unicode, weight of its characters (or how to find it).
_STRETCHES: tuple[tuple[int, float], ...] = (
    (0x80, -3.0),  # C1 controls
    (0xA0, 0.0),  # Latin-1 signs
    (0xA2, 0.3),  # currency, section, degree
    (0xB8, 0.0),
    (0xC0, 0.25),  # Latin letters
    (0x250, -1.0),
    (0x370, 0.1),  # Greek
    (0x400, 0.4),  # Cyrillic
    (0x530, -1.0),
    (0x60C, 0.4),  # Arabic
    (0x700, -1.0),
    (0xE01, 0.3),  # Thai
    (0xE5C, -1.5),
    (0x2010, 0.5),  # dashes, quotation marks, ellipsis
    (0x203C, 0.0),
    (0x20A0, 0.3),  # currency
    (0x20D0, -0.5),
    (0x2100, -0.2),  # letter-like signs, Roman numerals, arrows, mathematics
    (0x2460, 0.0),  # numbers in circles
    (0x2500, -0.6),  # box drawing
    (0x25A0, 0.1),  # geometric shapes serve as bullets
    (0x2700, -0.6),
    (0x2E80, -1.0),
    (0x3000, 0.7),  # CJK punctuation
    (0x3041, 0.5),  # Hiragana
    (0x30A0, 0.2),  # Katakana
    (0x3100, -0.5),
    (0x3200, 0.0),
    (0x3400, -1.5),  # extension A
    (0x4E00, -0.25),  # Han that is not frequent
    (0xA000, -2.0),
    (0xAC00, -0.35),  # Hangul that is not frequent
    (0xD7A4, -3.0),
    (0xF900, -1.0),  # compatibility Han
    (0xFB00, -1.5),
    (0xFE10, 0.0),
    (0xFE50, -1.0),
    (0xFEFF, 0.0),
    (0xFF01, 0.4),  # full-width forms
    (0xFF61, -1.0),  # half-width Katakana and Hangul
    (0xFFE0, 0.0),
    (0xFFE8, -3.0),
    (0x10000, -2.0),
    (0x1F000, 0.3),  # emoji
    (0x1FB00, -2.0),
)
_LETTERS_IN_ASCII_WORDS = range(0xC0, 0x250)
_CASED = range(0x400, 0x530)


def _weight(character: str, before: str) -> float:
    code = ord(character)
    if code in _LETTERS_IN_ASCII_WORDS:
        return 0.4 if before.isascii() and (before.isalpha() or before == " ") else -0.3
    if code in _CASED and character.isupper() and before.islower():
        return -1.0
    return _stretch(code)


def _is_lone_letter(run: str) -> bool:
    """A single letter of another alphabet between ASCII characters: a sign of some other encoding."""
    return len(run) == 1 and 0x370 <= ord(run) < 0xE5C


@cache
def _stretch(code: int) -> float:
    weight = 0.0
    for first, value in _STRETCHES:
        if code < first:
            break
        weight = value
    return weight
