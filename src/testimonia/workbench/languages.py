"""The languages of the pages: gettext catalogues, dates and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from starlette.requests import Request

__all__ = ["LANGUAGES", "Language", "language", "locale_of", "mark"]

LANGUAGES = {"en": "English", "ko": "한국어", "zh": "中文"}
COOKIE = "testimonia_language"
# The short forms of Korean say AM and leave out the century.
_MOMENTS = {"en": "d MMM yyyy, HH:mm", "ko": "yyyy. M. d. HH:mm", "zh": "yyyy/M/d HH:mm"}
_LOCALES = {"en": "en_GB", "ko": "ko_KR", "zh": "zh_CN"}


def mark(message: str) -> str:
    """Mark a sentence for the catalogues, as `_`; it is translated where it is drawn."""
    return message


def locale_of(request: Request) -> str:
    """The language somebody chose; else the first of the browser's that there is; else English."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    for part in request.headers.get("accept-language", "").split(","):
        code = part.partition(";")[0].strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return "en"


@dataclass(frozen=True)
class Language:
    """The sentences of one language, and how it writes numbers and dates."""

    code: str
    locale: Locale
    messages: Mapping[str, str | tuple[str, ...]]
    scripts: Mapping[str, str]

    def gettext(self, message: str) -> str:
        """The sentence in this language; in English where it has none."""
        found = self.messages.get(message)
        return (found if isinstance(found, str) else found[0] if found else "") or message

    def ngettext(self, one: str, many: str, count: float) -> str:
        """The sentence for a number of things."""
        found = self.messages.get(one)
        if found is None or not (found if isinstance(found, str) else found[0]):
            return one if count == 1 else many
        forms = (found,) if isinstance(found, str) else found
        return forms[min(self.plural(count), len(forms) - 1)]

    def plural(self, count: float) -> int:
        """Which form a number takes: Korean and Chinese have one."""
        return int(count != 1) if self.code == "en" else 0

    def number(self, value: float) -> str:
        """A number with its groups of digits."""
        return str(format_decimal(value, locale=self.locale))

    def percent(self, value: float) -> str:
        """A share as a percentage, to one digit."""
        return str(format_percent(value, format="#,##0.#%", locale=self.locale))

    def day(self, at: str) -> str:
        """The date of a time as the log writes it (`2026-11-22T08:00:00Z`), in words; what is no time, as it is."""
        try:
            return str(format_date(datetime.fromisoformat(at), format="medium", locale=self.locale))
        except ValueError:
            return at

    def moment(self, at: str) -> str:
        """Date and time (UTC) as the log writes it, in words."""
        try:
            return str(format_datetime(datetime.fromisoformat(at), format=_MOMENTS[self.code], locale=self.locale))
        except ValueError:
            return at


@cache
def language(code: str) -> Language:
    """The language of a code of `LANGUAGES`; read once."""
    catalog = _catalog(code)
    messages: dict[str, str | tuple[str, ...]] = {}
    scripts: dict[str, str] = {}
    for message in catalog:
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        said = message.string if isinstance(message.string, str) else tuple(message.string or ())
        messages[key] = said
        if isinstance(said, str) and said and any(str(place).endswith(".js") for place, _ in message.locations):
            scripts[key] = said
    return Language(code, Locale.parse(_LOCALES[code]), messages, scripts)


def _catalog(code: str) -> Catalog:
    place = resources.files(__package__).joinpath("locale", code, "LC_MESSAGES", "messages.po")
    if code == "en" or not place.is_file():
        return Catalog()
    with place.open("rb") as file:
        return read_po(file, locale=code)
