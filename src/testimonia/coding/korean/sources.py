"""Finds the words for the speaker to whom a cue belongs, and how far the cue reaches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from testimonia import vocabulary
from testimonia.coding.korean.attribution import Cue
from testimonia.coding.korean.segments import Paragraph
from testimonia.model import Coding, Part

__all__ = ["Speaker", "Statement", "code_attributions", "resolve"]

_SPEAKERS = {row["form"] for name in ("speakers", "orgs") for row in vocabulary.rows(f"ko/{name}")}
_HEADS = "|".join(re.escape(form) for form in sorted(_SPEAKERS, key=len, reverse=True))
_SUBJECT = re.compile(
    rf"(?P<head>(?:{_HEADS})(?:들)?(?:\([^)]{{1,12}}\))?|[’'」』])(?P<particle>은|는|이|가|도|측은|측이|께서|"
    rf"에서는|쪽은)(?=\s|[\"“])"
)
_LEFT_EDGE = re.compile(
    r".*(?:[,.!?;:\"”“]\s?|(?:[가-힣](?:에서|에게|으로|했고|하고|했으며|며|지만|는데|면서|다고|라고|자|해|"
    r"하여)|[가-힣](?:은|는|(?<![마가서])을|를))\s)"
)
_SUBJECT_SOLID = re.compile(rf"(?P<head>(?:{_HEADS})(?:들)?|[’'」』])(?P<particle>은|는|이|가)(?=[가-힣\s\"“])")
_DOCUMENT = re.compile(
    r"(?P<np>(?:[^\s,.]+\s){0,3}[^\s,.]*(?:판결문|공소장|기소장|보고서|자료|기록|문서|문건|통계|명단|진술서|녹취록|일지|일기|장부|편지|회의록|"
    r"조서|통지서|결정문|서류|계약서|안내문|공고|백서))(?:에는|에도|에|엔|은|는)\s"
)
_IN_WRITING = re.compile(r"적[혀혔히힌]|쓰[여였인]|씌어|나와|(?:돼|되어)\s있|기재|기록|적시|명시")
_FIRST_TOPIC = re.compile(
    r"\s*[\"“]?(?:(?:또|또한|이어|한편|다만|그리고|특히|앞서|반면|이에\s대해|이에)\s|\d{1,2}일\s)?(?P<np>(?:[^\s,.\"“”]+(?<![은는을를])\s){0,5}[^\s,.\"“”]*[가-힣’'」)A-Za-z])(?:은|는|도|측은)\s"
)
_NO_SPEAKER = re.compile(
    r"(?:[에서때중뒤후전날년월일들]에|에서|으로|부터|까지|당시|그때|이때|오늘|어제|올해|지난해|이번|이것|그것|이곳|그곳|[고며면]|경우|이유|때|결과|사실|문제|과정|규모|수|비율|가격|값|돈|몸값|"
    r"기간|나이|국경|지역|마을|길|말|사건|일|것|점|데)$|\d"
)
_TALLIER = re.compile(
    rf"(?P<np>(?:[^\s,.]+\s){{0,4}}(?:[^\s,.]*(?:{_HEADS})|[^\s,.]*[국청부처성원서소]|[^\s,.]*['’]))$"
)
_NEAR = re.compile(r"(?:^|(?<=\s))(?P<np>(?:[^\s,.!?\"“”]+\s){0,5}[^\s,.!?\"“”]+)\s*$")
_HEARD = re.compile(r"들었|들은|듣고|듣기|알려[졌진지]|전해[졌진지]|보고[됐되]")
_OUT_OF = re.compile(r"\s(?:중|가운데)")
_HOLDS = re.compile(r"밝[혔히힌혀]|표명|내놓|내놨|고수|되풀이")
_WITNESSES = re.compile(r"증언|진술|회상|회고|응답|고백|답했|답하|답변|들었")
_CORRECTED = re.compile(r"^(?:\d{1,2}일|이날|나중에|그러나|하지만|또|또한|이어|한편|다만|그리고|특히|앞서)\s")


class Statement(NamedTuple):
    """A cue with its speaker (text[start:end] of `home`), the stretch said, and its reach."""

    cue: Cue
    source: tuple[int, int] | None
    home: Paragraph | None
    content: tuple[int, int]
    scope: str
    coref: bool
    via: Part | None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A noun phrase cut at the last clause end on its left, to at most six words."""
    edge = _LEFT_EDGE.match(text[start:end])
    if edge and edge.end() < end - start:
        start += edge.end()
    while start < end and (text[start].isspace() or text[start] in "'‘\"“”’,.①-⑳"):
        start += 1
    if corrected := _CORRECTED.match(text[start:end]):
        start += corrected.end()
    words = text[start:end].split(" ")
    if len(words) > 6:
        start = end - len(" ".join(words[-6:]))
    return start, end


_TELLS = re.compile(
    rf"(?P<who>(?:{_HEADS})(?:들)?)(?:이|가|들이)?\s(?:그러는데|그러던데|그러데|그러기를|말하기를|하는\s말이|하기를)"
)
_SAYS = re.compile(r"^\S*고?\s*(?:한다|합니다|합디다|하더|하던데|하는데|해서|하네|하데)")
_SOME_OF = re.compile(
    rf"(?P<head>(?:{_HEADS})(?:들)?)\s(?:가운데|중)(?:에서?)?\s[^\s,.]{{1,12}}(?:\s명)?(?:은|는|이|가)\s"
)
_FROM = re.compile(rf"(?<![가-힣])(?P<head>(?:{_HEADS})(?:들)?)에서(?:도)?\s")
_PRONOUN = re.compile(
    r"(?:그|그녀|그들|이들)|(?:이|그|같은)\s(?:주민|여성|남성|소식통|관계자|단체|기구|모임|연구자|보고서|문건|당국자|"
    r"전문가|활동가|기관|매체|신문)"
)


def _subject(paragraph: Paragraph, cue: Cue) -> tuple[int, int] | None:
    """The speaker as the subject of the sentence: a topic (은, 는), or a subject that stands first or by the speech."""
    begin, _ = paragraph.sentence(cue.start)
    text = paragraph.text
    if told := _TELLS.search(text, begin, cue.start):
        return _trim(text, begin, told.end("who"))
    if _passes_on(text, cue) and paragraph.voice != "answer":
        return None
    if written := _written_in(paragraph, cue, begin):
        return written
    pattern = _SUBJECT_SOLID if paragraph.damaged else _SUBJECT
    for match in pattern.finditer(text, begin, cue.start):
        if _is_name_or_outside(paragraph, match, begin):
            start, end = _trim(text, begin, match.end("head"))
            if end > start and _is_speaker(text, match, start, begin, cue):
                return start, end
    for pattern in (_SOME_OF, _FROM) if cue.family in ("report", "hearsay") else ():
        if found := pattern.search(text, begin, cue.start):
            return found.span("head")
    if cue.family in ("report", "stand", "while") and cue.stance != "hearsay" and paragraph.voice == "narration":
        topic = _FIRST_TOPIC.match(text, begin, cue.start)
        if topic and paragraph.in_quote(topic.end()) is None and not _NO_SPEAKER.search(topic["np"]):
            return _trim(text, *topic.span("np"))
    return None


def _written_in(paragraph: Paragraph, cue: Cue, begin: int) -> tuple[int, int] | None:
    """The document in which something is written: 판결문에는 … 고 적혀 있다."""
    if cue.family != "report" or not _IN_WRITING.search(paragraph.text, cue.start, cue.end):
        return None
    found = _DOCUMENT.search(paragraph.text, begin, cue.start)
    return _trim(paragraph.text, *found.span("np")) if found else None


def _tallier(paragraph: Paragraph, cue: Cue) -> tuple[int, int] | None:
    """The body right before 이 집계한."""
    begin, _ = paragraph.sentence(cue.start)
    match = _TALLIER.search(paragraph.text, max(begin, cue.start - 40), cue.start)
    return _trim(paragraph.text, *match.span("np")) if match else None


def _passes_on(text: str, cue: Cue) -> bool:
    """Whether a bare 고 한다 passes on what somebody else said: its topic is what the talk is about."""
    return (
        cue.stance == "hearsay"
        and text[cue.start - 1] not in "\"”’'"
        and _SAYS.search(text, cue.start, cue.end) is not None
    )


def _is_name_or_outside(paragraph: Paragraph, match: re.Match[str], begin: int) -> bool:
    """Whether a head ends a name in quotation marks, or stands outside of quoted speech."""
    if match["head"] not in "’'」』":
        return paragraph.in_quote(match.start()) is None
    opened = max(paragraph.text.rfind(mark, begin, match.start()) for mark in "‘'「『")
    return opened >= 0 and 2 <= match.start() - opened <= 28


def _is_speaker(text: str, match: re.Match[str], start: int, begin: int, cue: Cue) -> bool:
    if match["particle"] not in ("이", "가"):
        return True
    first = not text[begin:start].strip(" \n\"“'‘")
    return first or text[match.end() : match.end() + 2].strip()[:1] in ('"', "“") or cue.start - match.end() <= 12


def _before(paragraph: Paragraph, cue: Cue) -> tuple[int, int] | None:
    """The noun phrase that 에 따르면 closes."""
    begin, _ = paragraph.sentence(cue.start)
    text = paragraph.text
    end = cue.start
    for filler in (" 내놓은 자료", "이 내놓은 자료"):
        if text[begin:end].endswith(filler):
            end -= len(filler)
    start, end = _trim(text, begin, end)
    if paragraph.damaged:
        start = max(start, end - 16)
    return (start, end) if end > start and end - start <= 60 else None


_FOUND_BY = re.compile(
    r"(?P<who>[^\s,.][^,.]{1,40}?)(?:이|가)\s(?:[^,.]{0,20}\s)?(?:공개한|발표한|실시한|진행한|내놓은|벌인|한|펴낸|낸|조사한|면담한|분석한|집계한|확인한)\s?$"
)


def _who_found(paragraph: Paragraph, cue: Cue) -> tuple[int, int] | None:
    """Who made the survey whose result is given: '…'가 4월 공개한 설문 결과."""
    begin, _ = paragraph.sentence(cue.start)
    match = _FOUND_BY.search(paragraph.text, begin, cue.start)
    return _trim(paragraph.text, *match.span("who")) if match else None


def _content(paragraph: Paragraph, cue: Cue) -> tuple[int, int]:
    begin, stop = paragraph.sentence(cue.start)
    if cue.family == "according":
        return cue.end, stop
    quoted = next((q for q in reversed(paragraph.quotes) if begin <= q[0] and 0 <= cue.start - q[1] <= 2), None)
    if quoted:
        return quoted
    return begin, cue.start


Speaker = tuple[tuple[int, int], Paragraph]


def resolve(
    paragraph: Paragraph, cues: Sequence[Cue], before: Speaker | None = None
) -> tuple[list[Statement], Speaker | None]:
    """Each cue of a paragraph with its speaker, and the speaker last named.

    The speaker is the cue's own, that of a later cue of its sentence, or the last one named; a pronoun stands
    for the one named before it, if need be in the paragraph `before`.
    """
    found: list[Statement] = []
    last = before
    fresh = False
    paragraph_wide: tuple[int, int] | None = None
    cues = [cue for cue in cues if cue.family != "tallied" or _tallier(paragraph, cue)]
    owned = [_own_source(paragraph, cue) for cue in cues]
    for index, cue in enumerate(cues):
        source, coref = owned[index], False
        if source is None:
            source = _from_sentence(paragraph, cues, owned, index)
        if source is None and cue.family != "hearsay" and paragraph.voice == "narration":
            if cue.family == "passive" or (
                cue.family == "noun" and "이다" not in paragraph.text[cue.end - 3 : cue.end]
            ):
                source, coref = paragraph_wide, paragraph_wide is not None
            elif last and fresh:
                source, coref = last[0], True
        home = paragraph
        named = source and not _OUT_OF.match(paragraph.text, source[1])
        if source and named and last and not coref and _PRONOUN.fullmatch(paragraph.text[source[0] : source[1]]):
            (source, home), coref = last, True
        if source and cue.family == "according":
            paragraph_wide = source
        if source:
            last, fresh = (source, home), True
        scope = "paragraph" if cue.family == "according" else "sentence"
        via = paragraph.part(*paragraph_wide) if paragraph_wide and paragraph_wide != source else None
        found.append(Statement(cue, source, home if source else None, _content(paragraph, cue), scope, coref, via))
    return found, last


def _own_source(paragraph: Paragraph, cue: Cue) -> tuple[int, int] | None:
    if cue.source:
        return _trim(paragraph.text, *cue.source)
    if _HEARD.search(paragraph.text, cue.start, cue.end):
        return None
    if cue.family == "according":
        return _before(paragraph, cue)
    if cue.family == "tallied":
        return _tallier(paragraph, cue)
    if cue.family == "finding":
        return _who_found(paragraph, cue)
    if cue.family in ("report", "stand", "while", "hearsay"):
        return _subject(paragraph, cue)
    if cue.family == "passive" and cue.stance in ("estimate", "tally"):
        active = re.search(
            r"추산(?:했|하)|추정(?:했|하)|집계(?:했|하)|파악(?:했|하)|보고\s있|본다|봤",
            paragraph.text[cue.start : cue.end],
        )
        return _subject(paragraph, cue) if active else None
    if cue.family == "noun" and _HOLDS.search(paragraph.text, cue.start, cue.end):
        return _subject(paragraph, cue)
    if cue.family == "noun":
        inner = re.search(
            r"는\s*(?:것[이은]\s)?(?P<who>(?:[이그]\s)?[가-힣'‘’·]{1,12})의\s", paragraph.text[cue.start : cue.end]
        )
        if inner:
            return cue.start + inner.start("who"), cue.start + inner.end("who")
    return None


def _from_sentence(
    paragraph: Paragraph, cues: Sequence[Cue], owned: Sequence[tuple[int, int] | None], index: int
) -> tuple[int, int] | None:
    sentence = paragraph.sentence(cues[index].start)
    for other, source in zip(cues[index + 1 :], owned[index + 1 :], strict=True):
        if source and sentence[0] <= other.start < sentence[1]:
            return source
    return None


def code_attributions(paragraph: Paragraph, statements: Sequence[Statement]) -> list[Coding]:
    """Attribution codings: the span is the cue alone; cue, source, content and via stand as parts."""
    codings = []
    for statement in statements:
        cue = statement.cue
        span = paragraph.part(cue.start, cue.end)
        parts = {"cue": span}
        if statement.source and statement.home:
            parts["source"] = statement.home.part(*statement.source)
        start, end = statement.content
        while start < end and paragraph.text[start].isspace():
            start += 1
        if start < end:
            parts["content"] = paragraph.part(start, end)
        if statement.via:
            parts["via"] = statement.via
        attributes = {"scope": statement.scope, "family": cue.family}
        if statement.coref:
            attributes["coref"] = "true"
        if _WITNESSES.search(span.quote):
            attributes["testimony"] = "true"
        modality = "testimony" if paragraph.voice == "answer" else "reported"
        codings.append(
            Coding(
                kind="attribution",
                start=span.start,
                end=span.end,
                quote=span.quote,
                code=cue.stance,
                modality=modality,
                basis="heard" if cue.stance == "hearsay" else None,
                parts=parts,
                attributes=attributes,
                rule=f"ko.attribution.{cue.family}",
                cue=span.quote,
            )
        )
    return codings
