"""What types of files, and languages of texts, are called."""

from __future__ import annotations

from testimonia.workbench.languages import Language
from testimonia.workbench.languages import mark as _

__all__ = ["language_name", "type_name"]


OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
TYPES = {
    "application/pdf": _("PDF"),
    "text/plain": _("plain text"),
    "text/markdown": _("Markdown text"),
    "text/html": _("web page"),
    "text/csv": _("table (CSV)"),
    "message/rfc822": _("mail"),
    "application/mbox": _("mailbox"),
    "application/zip": _("ZIP archive"),
    f"{OFFICE}.wordprocessingml.document": _("Word document"),
    "application/msword": _("Word document (old format)"),
    f"{OFFICE}.spreadsheetml.sheet": _("Excel sheet"),
    "application/vnd.ms-excel": _("Excel sheet (old format)"),
    f"{OPEN}.text": _("OpenDocument text"),
    f"{OPEN}.spreadsheet": _("OpenDocument sheet"),
    "application/x-hwp": _("Hangul document (HWP)"),
    "application/hwp+zip": _("Hangul document (HWPX)"),
    "application/rtf": _("RTF document"),
    "application/octet-stream": _("unknown type"),
}
GROUPS = {"image": _("picture ({kind})"), "audio": _("sound ({kind})"), "video": _("film ({kind})")}


LANGUAGES = {
    "en": _("English"),
    "ko": _("Korean"),
    "zh": _("Chinese"),
    "zh-Hans": _("Chinese, simplified"),
    "zh-Hant": _("Chinese, traditional"),
    "und": _("language not known"),
}


def language_name(code: str, spoken: Language) -> str:
    """What a language is called; its code where it has no name here."""
    return spoken.gettext(LANGUAGES[code]) if code in LANGUAGES else code


def type_name(media: str | None, spoken: Language) -> str:
    """What a media type is called; the type itself where it has no name."""
    if not media:
        return spoken.gettext(TYPES["application/octet-stream"])
    if media in TYPES:
        return spoken.gettext(TYPES[media])
    group, _stroke, kind = media.partition("/")
    return spoken.gettext(GROUPS[group]).replace("{kind}", kind.upper()) if group in GROUPS else media
