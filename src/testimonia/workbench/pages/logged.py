"""What the entries of the log, and the remarks on how a file was read, are called."""

from __future__ import annotations

from testimonia.workbench.languages import Language
from testimonia.workbench.languages import mark as _

__all__ = ["action_name", "flag_name"]


ACTIONS = {
    "create": _("casebook made"),
    "migrate": _("casebook brought up to date"),
    "intake": _("file taken in"),
    "intake children-taken": _("files inside it taken in"),
    "intake not-taken": _("file that could not be taken in"),
    "code": _("codings proposed"),
    "code failed": _("codings could not be proposed"),
    "code-own": _("own coding made"),
    "code-own blind": _("own coding made, without seeing others"),
    "code-own undo": _("own coding taken back"),
    "judge": _("coding judged"),
    "judge accepted": _("coding accepted"),
    "judge corrected": _("coding corrected"),
    "judge rejected": _("coding rejected"),
    "judge suggested": _("judgement taken back"),
    "judge-many": _("many codings judged at once"),
    "origins": _("origins traced"),
    "link": _("lists linked"),
    "link list": _("list of people taken in"),
    "link unread-list": _("list of people that could not be read"),
    "review": _("judged"),
    "review pair": _("pair of records judged"),
    "review split": _("person split"),
    "review merge": _("persons joined"),
    "review withdrawn": _("decision on records taken back"),
    "adjudicate": _("difference between two readers settled"),
    "double": _("second reading"),
    "double plan": _("second reading planned"),
    "double begin": _("second reading begun"),
    "double finish": _("second reading finished"),
    "seed": _("wrong suggestions mixed in"),
    "seed reveal": _("wrong suggestions revealed"),
    "seen": _("document opened"),
}
FLAGS = {
    "broken_spacing": _("spaces lost or broken"),
    "charset_mislabelled": _("declares another encoding"),
    "damaged_text": _("damaged text"),
    "deeply_nested": _("deeply nested"),
    "encoding_guessed": _("encoding guessed"),
    "hidden_sheets": _("hidden sheets"),
    "hidden_text": _("hidden text"),
    "labels_incomplete": _("parts of the text not all told apart"),
    "line_end_hyphens_joined": _("hyphens at line ends joined"),
    "list": _("list of people"),
    "list_numbers_left_out": _("numbers of lists left out"),
    "lost_glyphs": _("lost signs"),
    "mislabelled": _("another type than its name says"),
    "no_digits": _("digits lost"),
    "no_punctuation": _("punctuation lost"),
    "pictures": _("holds pictures"),
    "private_characters": _("private characters"),
    "replacement_characters": _("characters lost in decoding"),
    "sheets_without_cells": _("sheets without cells"),
    "tracked_deletions": _("tracked deletions"),
    "tracked_insertions": _("tracked insertions"),
    "unsafe_names": _("unsafe names inside"),
    "xml_entities": _("entities left out"),
}


def action_name(action: str, why: str, spoken: Language) -> str:
    """What an entry of the log says, by its two codes; the codes where they have no name."""
    known = f"{action} {why}" if f"{action} {why}" in ACTIONS else action
    return spoken.gettext(ACTIONS[known]) if known in ACTIONS else f"{action} {why}".strip()


def flag_name(flag: str, spoken: Language) -> str:
    """What a remark on a file is called; its code in words where it has no name."""
    return spoken.gettext(FLAGS[flag]) if flag in FLAGS else flag.replace("_", " ")
