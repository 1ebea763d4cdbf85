"""Collect every sentence of the workbench and bring its catalogues up to date: python scripts/make_locale.py.

Reads templates, Python modules and ES modules below `src/testimonia/workbench`, writes `locale/messages.pot`, and adds
new sentences to the Korean and Chinese catalogues, untranslated; those that are no longer said are dropped. Nothing is
guessed: a sentence that changed is a new one. With `--check` nothing is written, and it ends with 1 where something
would be. Needs Babel and Jinja2.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOM = Path(__file__).resolve().parent.parent / "src" / "testimonia" / "workbench"
LOCALES = ("ko", "zh")
TEMPLATE = ROOM / "locale" / "messages.pot"
COMMENT = "# The sentences of the workbench of testimonia."
HEADERS = ("Project-Id-Version", "Language:", "Plural-Forms", "MIME-Version", "Content-T")
FIXED = datetime(2026, 1, 1, tzinfo=UTC)  # a catalogue changes when its sentences do, not with the clock
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
SAYING = {"_": (0,), "gettext": (0,), "ngettext": (0, 1), "Refused": (1,)}  # Python's functions, and which argument
Found = tuple[str, str | tuple[str, ...], list[str], str | None]
METHODS = (
    ("templates/**/*.html", "jinja2", KEYWORDS, {"trimmed": "true", "silent": "false"}),
    ("static/**/*.js", "javascript", {"t": None}, {"parse_template_string": "true"}),
)


def main() -> int:
    """Write the catalogues, or compare them; return 0, or 1 where `--check` found a difference."""
    check = "--check" in sys.argv[1:]
    template = collected()
    made = {TEMPLATE: text(template)}
    made |= {place(code): text(updated(template, code)) for code in LOCALES}
    changed = [path for path, data in made.items() if not path.is_file() or path.read_bytes() != data]
    for path in changed:
        print(f"{'differs' if check else 'written'}: {path.relative_to(ROOM)}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made[path])
    for code in LOCALES:
        print(f"{code}: {len(missing(code))} of {len(template)} sentences without a translation")
    return int(check and bool(changed))


def collected() -> Catalog:
    """Every sentence, with the files in which it stands; in the order of those."""
    catalog = Catalog(project="testimonia", version="0", header_comment=COMMENT, creation_date=FIXED, fuzzy=False)
    for path, message, comments, context in found():
        catalog.add(message, None, [(path, None)], auto_comments=comments, context=context)
    return catalog


def found() -> Iterator[Found]:
    """Each sentence as it is met: file, sentence (or singular and plural), comments, context."""
    for pattern, method, keywords, options in METHODS:
        for path in sorted(ROOM.glob(pattern)):
            name = path.relative_to(ROOM).as_posix()
            for _, message, comments, context in extract_from_file(method, path, keywords, ("NOTE:",), options):
                yield name, message, comments, context
    for path in sorted(ROOM.rglob("*.py")):
        for message in spoken(ast.parse(path.read_text(encoding="utf-8"))):
            yield path.relative_to(ROOM).as_posix(), message, [], None


def spoken(tree: ast.Module) -> Iterator[str | tuple[str, ...]]:
    """The sentences of a Python module: what is handed to `SAYING`, as such or by the name of a constant."""
    constants = {
        target.id: node.value.value
        for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets if isinstance(target, ast.Name)
    }  # fmt: skip
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        said = [_literal(call.args[at], constants) for at in SAYING.get(name, ()) if at < len(call.args)]
        words = tuple(one for one in said if isinstance(one, str) and one)
        if words and len(words) == len(said):
            yield words[0] if len(words) == 1 else words


def _literal(node: ast.expr, constants: Mapping[str, object]) -> object:
    if isinstance(node, ast.Constant):
        return node.value
    return constants.get(node.id) if isinstance(node, ast.Name) else None


def place(code: str) -> Path:
    """Where the catalogue of a language is kept."""
    return ROOM / "locale" / code / "LC_MESSAGES" / "messages.po"


def stored(code: str) -> Catalog:
    """The catalogue of a language as it is; an empty one where there is none."""
    path = place(code)
    return read_po(BytesIO(path.read_bytes()), locale=code) if path.is_file() else Catalog(locale=code)


def updated(template: Catalog, code: str) -> Catalog:
    """The catalogue of a language with the sentences of the template, and the translations it has."""
    old = stored(code)
    new = Catalog(
        locale=code, project="testimonia", version="0", header_comment=COMMENT, creation_date=FIXED, fuzzy=False
    )
    for message in template:
        if message.id:
            kept = old.get(message.id, message.context)
            new.add(message.id, kept.string if kept else None, message.locations, (), message.auto_comments,
                    context=message.context)  # fmt: skip
    return new


def missing(code: str) -> list[str]:
    """The sentences for which a language has no words, or only a guess."""
    return [str(one.id) for one in stored(code) if one.id and (one.fuzzy or not _whole(one.string))]


def _whole(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(string) and (isinstance(string, str) or all(string or ()))


def text(catalog: Catalog) -> bytes:
    """A catalogue as it stands in its file: no dates, tools or line numbers, so that it changes only with what is said."""
    out = BytesIO()
    write_po(out, catalog, width=110, include_lineno=False, ignore_obsolete=True)
    head, gap, rest = out.getvalue().decode().partition("\n\n")
    kept = [
        line
        for line in head.split("\n")
        if not line.startswith('"') or line.startswith(tuple(f'"{h}' for h in HEADERS))
    ]
    return ("\n".join(kept) + gap + rest.rstrip("\n") + "\n").encode()


if __name__ == "__main__":
    raise SystemExit(main())
