"""No sentence of the workbench is left out of a language, half done, or says something else than was filled in."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import jinja2
import pytest
from babel.messages.catalog import Message
from babel.messages.jslexer import tokenize
from jinja2 import nodes

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "make_locale.py"
pytestmark = pytest.mark.skipif(not SCRIPT.is_file(), reason="an installed copy has no scripts")
LANGUAGES = ("ko", "zh")
PERCENT = re.compile(r"%(?:\((\w+)\)[sd]|(.))")
BRACES = re.compile(r"\{(\w+)\}")
LETTERS = {"ko": re.compile(r"[\uac00-\ud7a3]"), "zh": re.compile(r"[\u4e00-\u9fff]")}
# What is the same in every language: names of this program, of formats and standards.
SAME = re.compile(r"\b(testimonia|PDF|ZIP|HWPX?|RTF|CSV|Word|Excel|ISO|UTC|F1|JavaScript|SHA)\b|[^A-Za-z]+")


@cache
def scribe() -> ModuleType:
    """The script that collects sentences, as a module."""
    spec = importlib.util.spec_from_file_location("make_locale", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_catalogues_hold_the_sentences_that_are_said() -> None:
    """Every sentence of a template, a module or a script is in the template of catalogues, and no other is."""
    made = scribe().text(scribe().collected())
    assert scribe().TEMPLATE.read_bytes() == made, "run: make words"


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_sentence_is_left_out_or_guessed(code: str) -> None:
    """Each has words in this language, and nobody marked them as a guess."""
    said = {one.id for one in scribe().collected() if one.id}
    held = {one.id for one in messages(code)}
    assert said == held, "run: make words"
    assert not scribe().missing(code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_filled_in_is_filled_in_everywhere(code: str) -> None:
    """The same names in both languages, none new, none lost."""
    for one in messages(code):
        for said in strings(one):
            if not said:
                continue
            for english in singular_and_plural(one):
                formatted = any(str(place).endswith(".html") for place, _ in one.locations)
                assert set(BRACES.findall(said)) == set(BRACES.findall(english)), one.id
                assert filled(said, formatted=formatted) == filled(english, formatted=formatted), one.id


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translation_is_in_its_language(code: str) -> None:
    """It holds letters of it, unless the English holds none but names that are the same everywhere."""
    for one in messages(code):
        english = singular_and_plural(one)[0]
        words = SAME.sub(" ", PERCENT.sub("…", BRACES.sub("…", english))).split()
        if len(words) > 2 or (words and "…" not in PERCENT.sub("…", BRACES.sub("…", english))):
            assert all(LETTERS[code].search(said) for said in strings(one) if said), one.id


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_as_many_forms_as_it_says(code: str) -> None:
    """Korean and Chinese have one form where English has two."""
    for one in messages(code):
        if one.pluralizable:
            assert len(strings(one)) == 1, one.id


def messages(code: str) -> list[Message]:
    """The sentences of a language, the head left out."""
    return [one for one in scribe().stored(code) if one.id]


def strings(one: Message) -> tuple[str, ...]:
    """What a sentence is in the language, in each of its forms."""
    return (one.string,) if isinstance(one.string, str) else tuple(one.string or ())


def singular_and_plural(one: Message) -> tuple[str, ...]:
    """What it is in English."""
    return (one.id,) if isinstance(one.id, str) else tuple(one.id)


def filled(sentence: str, *, formatted: bool = True) -> set[str]:
    """What is filled into a sentence, by name. In templates every sentence is a format: a lone % would be an error."""
    found = set()
    for name, other in PERCENT.findall(sentence):
        assert name or not formatted, f"a per cent sign that would be taken for a format: {sentence}"
        found.add(name or f"%{other}")
    return found


# Sentences that never reach a catalogue ------------------------------------------------------------------

QUIET = ("script", "style", "code", "kbd")
SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description", "label"}
TEMPLATES = sorted((SCRIPT.parent.parent / "src/testimonia/workbench/templates").glob("*.html"))
SCRIPTS = sorted((SCRIPT.parent.parent / "src/testimonia/workbench/static").glob("*.js"))


class Bare(HTMLParser):
    """The words of a template that a person reads and that no catalogue holds."""

    def __init__(self) -> None:
        """Nothing found yet, and no element open whose words are left alone."""
        super().__init__()
        self.found: list[str] = []
        self._quiet: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Words in attributes that are read out."""
        self.found += [value for name, value in attrs if name in SPOKEN and value and SAME.sub("", value)]
        given = dict(attrs)
        if tag in QUIET or (self._quiet and self._quiet[-1] == tag) or given.get("translate") == "no":
            self._quiet.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Hear again what comes after an element whose words are left alone."""
        if self._quiet and self._quiet[-1] == tag:
            self._quiet.pop()

    def handle_data(self, data: str) -> None:
        """Words between tags."""
        if not self._quiet and SAME.sub("", data):
            self.found.append(data.strip())


def literal(source: str) -> str:
    """A template without what it fills in: each expression becomes a sign that is no letter."""
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    return "".join(_pieces(environment.parse(source)))


def _pieces(node: nodes.Node) -> Iterator[str]:
    last = ""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block) and child.name == "body":
            continue  # a class, not words
        if isinstance(child, nodes.TemplateData):
            yield (last := child.data)
        elif isinstance(child, nodes.Expr):
            yield "p" if last.endswith(("<", "</")) else "·"  # the name of an element may be filled in, too
        else:
            yield from _pieces(child)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_word_of_a_template_goes_through_a_catalogue(path: Path) -> None:
    """No bare words between tags, nor in an attribute that is read out."""
    bare = Bare()
    bare.feed(literal(path.read_text(encoding="utf-8")))
    assert not bare.found


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_sentence_of_a_script_goes_through_a_catalogue(path: Path) -> None:
    """What looks like a sentence (a capital, a blank, small letters) stands inside `t(…)`."""
    before = ""
    for token in tokenize(path.read_text(encoding="utf-8"), jsx=False):
        if token.type in ("string", "template_string") and re.match(r"[\"'`][A-Z][a-z]+ [a-z]", token.value):
            assert before in ("(", "+", "?", ":"), token.value
        if token.type not in ("comment", "linecomment", "multilinecomment"):
            before = token.value
