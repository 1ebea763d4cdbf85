"""Finds who says what: the cue, the source it belongs to, and what is said.

The span of a coding is the cue alone; source, content and via stand as parts. Families: according to (에
따르면), report (고 말했다), split (고 이 주민은 설명했다), passive (것으로 알려졌다), noun (는 주장이
제기됐다), hearsay endings (답니다), quotation carried on ("…"며).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from testimonia import vocabulary
from testimonia.coding.korean.conjugation import stems
from testimonia.coding.korean.segments import Paragraph

__all__ = ["Cue", "find_cues"]


class Cue(NamedTuple):
    """A cue at text[start:end]. `source` is set where the words around it name one already."""

    start: int
    end: int
    family: str
    stance: str
    source: tuple[int, int] | None = None


_ROWS = vocabulary.rows("ko/cues")
_STEMS = {stem: row["code"] for row in _ROWS if row["kind"] == "verb" for stem in stems(row["form"])}
_VERB_STANCE = {stem.replace(" ", ""): stance for stem, stance in _STEMS.items()}
_NOUN_STANCE = {row["form"]: row["code"] for row in _ROWS if row["kind"] == "noun"}


def _any(words: object) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))  # type: ignore[call-overload]
    return "|".join(word.replace(" ", r"\s*") for word in ordered)


_VERB = rf"(?P<verb>{_any(_STEMS)})(?P<ending>[가-힣]{{0,7}}(?:\s말입니다|\s바\s있다|\s있다|\s있습니다)?)"
_SAY = (
    r"(?P<say>했(?:다|습니다|어요|고|으며|는데|지만|단|답)[가-힣]*|한다(?![면고는])[가-힣]*|합(?:니다|디다|"
    r"데다)|하였[가-힣]+|해요|해서|하더[가-힣]+|하면서|하며|하던데|하는데|하니까?(?=\s|,)|하길래|하기에|"
    r"하데요?|하네요?|하지요|함(?=[.,;\s]|$)|하였음|했음|하심"
    r"|그래[서요도]|그래가지고|이래[서요]|이랬[가-힣]+|이러(?:더|면서|는|시)[가-힣\s]{0,3}(?:거예요|거에요|겁니다|거야)?|하(?:셨|시|신)[가-힣]+|한대요|했대요|했답니다|"
    r"물[어었으][가-힣]*|을러[멨대댔메][가-힣]*|재촉[했하해][가-힣]*|구슬[렸려리][가-힣]*|독촉[했하해][가-힣]*|강요[했하해][가-힣]*|졸[랐라][가-힣]+|욕[했하을][가-힣]*|겁[을줬주][가-힣\s]{1,4}|"
    r"하는\s(?:거예요|거에요|겁니다|거죠|거야|거였어요|것이었습니다)|기소[했하][가-힣]+|항소[했하][가-힣]+|"
    r"그랬[가-힣]+|그러는\s(?:거예요|거에요|겁니다|거죠|거야)|그럽디다|그러더[가-힣]+|그러던데|그러는데|그러면서|(?:꾀|꼬[였드셔이]|설득|달래|속[여이였]|"
    r"유혹)[가-힣]*(?:\s말입니다)?|"
    r"우[기겼]다?[가-힣]*|시[켰키][가-힣]+)"
)
_OPENS = (
    r"(?:(?<=[\"”’'」])\s?(?:이?라)?고|(?<=[가-힣])이?라고(?=\s|[가-힣]{2})|"
    r"(?<=[다냐자라])고(?:만|도|까지|요|들|들을)?)"
)
_REPORT = re.compile(rf"{_OPENS}(?P<gap>\s*)(?:{_VERB}|{_SAY})")
_LONG_VERB = _any(stem for stem in _STEMS if len(stem.replace(" ", "")) >= 2)
_ADVERB = r"(?:(?:[가-힣]{1,8}(?<![은는이가을를도고며자])|\d{1,2}일|목소리를|소리를)\s+)"
_REPORT_HOW = re.compile(
    rf"{_OPENS},?\s+{_ADVERB}{{1,3}}(?P<verb>{_LONG_VERB})(?P<ending>[가-힣]{{0,7}}(?:\s바\s있다|\s있다|\s있습니다)?)"
)
_SAW = re.compile(
    rf"{_OPENS}\s(?:봤|보았|본다(?!면)|보고\s있|봅니다|느[꼈낀낍]|믿[었는고]|생각[했하한합]|여[겼긴])[가-힣]{{0,4}}"
)
_MEANING = re.compile(
    r"(?:(?<=[다자라])|(?<=[\"”])(?:이?라)?)는\s(?:뜻|의지|의향|속내|심경|소회|바람|소감|각오|취지|원칙|메시지|생각)(?:을|를|도)\s(?:거듭\s|분명히\s|강하게\s)?"
    r"(?:내비[쳤치친]|비[쳤치친]|밝[혔히힌혀]|전[했하해한]|나타[냈내낸]|드러[냈내낸]|표[했하시명]|피력|굽히|보[였이인])[가-힣]*"
)
_ASKED = re.compile(
    r"(?:것을|것도|도록|하라고|말라고|달라고|조치를|중단을|개선을|석방을|보호를|철회를|공개를|협력을|협조를|이행을|준수를)\s"
    r"(?:[가-힣]+(?:에|에게|측에|당국에|정부에)\s)?(?:거듭\s|강력히\s|다시\s|여러\s차례\s)?(?P<act>촉구|요구|권고|요청|당부|주문|제안|호소)"
    r"(?:했|하였|한\s바|해\s왔|해\s온|하고\s있|한다|하면서|하며|했으나)[가-힣]*(?:\s있다)?"
)
_FINDING = re.compile(
    r"(?:설문|조사|면담|집계|분석|연구|확인|취재|점검|수사|감사|설문조사|실태조사|인터뷰|심층면접|통계)\s?결과(?:,|(?=\s[^를을가이와과도는은의]))"
)
_COUNTED_AS = re.compile(
    r"(?<=[명%건곳원세살년일회배])(?:으로|로|인\s것으로)\s(?:조사|파악|확인|집계|분석|나타|기록|보고|알려|전해)(?:[됐되된났나난졌진]|돼)[가-힣]{0,4}"
)
_TALLIED = re.compile(
    r"(?P<cue>(?:이|가)\s?(?:[가-힣]{1,6}(?:에|까지|로)\s)?(?:집계|추산|추정|추계|파악|산정|보고|확인|기록)(?:한|해\s?온|하고\s있는))\s?(?=[가-힣\d])"
)
_PURPORT = re.compile(
    rf"(?:(?<=[다라자냐])는|(?<=[\"”’'])(?:이?라)?는)\s?(?:취지|식|내용|투|뜻|요지)(?:으로|로)\s?(?:[가-힣]{{1,8}}\s){{0,2}}?(?P<verb>{_LONG_VERB})[가-힣]{{0,7}}"
)
_LEARNT = re.compile(
    r"(?<=[다라])는\s(?:것을|걸|사실을|소식을|얘기를|이야기를|말을)\s(?:[가-힣]+\s){0,3}?(?:들[었은]|전해\s?들|알려\s?[주줬준])[가-힣]*"
)
_WRITTEN = re.compile(
    r"(?<=[다라]고)\s(?:돼|되어|적혀|쓰여|씌어|나와|기재돼|기재되어|기록돼|기록되어|적시돼|명시돼|명시되어)\s?있[가-힣]*|(?<=[다라]고)\s(?:적힌|쓰인|적혔|쓰였|기재된|기재됐|적시된|적시됐|명시됐)[가-힣]*"
)
_AFTER_QUOTE = re.compile(
    r"(?<=[\"”])\s?(?:이?라)?고\s(?:[가-힣]{1,6}(?:게|히|이|서)\s)?[가-힣]{1,8}(?:다|며|면서|고|던|지만|으나|"
    r"는데)(?=[\s.,])"
)
_SPLIT = re.compile(
    rf"{_OPENS},?\s+(?P<source>[^.!?\"“”\n]{{1,30}}?)(?:은|는|이|가|도|에서)\s+(?:[가-힣\d]{{1,8}}\s+){{0,2}}?{_VERB}"
)
_SPLIT_SOLID = re.compile(rf"(?<=[다라])고(?P<source>[가-힣]{{2,14}}?)(?:은|는|이|가){_VERB}")
_PASSIVE = re.compile(
    r"(?:것으로|걸로)\s*(?P<verb>알려[졌진져지짐]|전해[졌진져지짐]|추정|추산|집계|파악|조사[됐되된됨]|나타[났나난남]|"
    r"확인[됐되된됨]|보고[됐되된됨]|분석|드러[났나난남]|밝혀[졌지진짐]|관측|예상|판단|해석|풀이|보인다|보임|보입|보여|보이|지목|믿어[졌진지]|진술|증언|"
    r"전망|평가[됐되된]|본다|보고\s있|봤|짐작|간주|기록[됐되된됨]|여겨[졌진지]|예측|추측|"
    r"점쳐[졌진지])[가-힣]{0,5}(?:\s있다|\s있습니다|\s있으며)?"
    r"|(?<=[가-힣\d%])(?:으로|로)(?P<gap>\s*)(?P<verb2>추정|추산|집계|추계)(?:[됐되된됨했하한함돼]|해)[가-힣]{0,5}"
)
_SOURCE_WORD = (
    r"(?:자료|통계|보고서|조사|결과|백서|문건|기록|집계|현황|설문|증언|판결문|발표|기사|보도|자료집|논문|"
    r"진술서|녹취|문서|명단|공소장|지표|연보)"
)
_ACCORDING = re.compile(
    rf"에\s*(?:따르면|의하면|의할\s때|따르자면)|(?<=말)에\s*따르면|(?:{_SOURCE_WORD}(?:집)?)(?P<look>(?:을|"
    rf"를)\s*(?:보면|살펴보면|인용해|인용하여|인용해서|들여다보면))|(?P<cite>(?:을|를)\s*인용(?:해|하여|한|"
    rf"하며))|(?P<tally>(?<=통계|집계|추산|추정|추계|기록|자료|장부|명부|서류)(?:상으로는|상으로|상|으로는|로는))|(?P<words>(?:의\s*)?말(?:을\s*빌리면|로는|로|에\s*의하면))(?=[\s,])"
)
_NOUN = re.compile(
    rf"(?:(?<=[\"”’'」])\s?(?:이?라)?|(?<=[다냐자])|"
    rf"(?P<ra>(?<=[가-힣])이?라))는\s*(?!이유|점에서|점을|사실|전제|조건|취지|이름|"
    rf"뜻)(?P<inner>(?:[가-힣'‘’·]{{1,12}}(?:의|한|된|"
    rf"인)?\s){{0,3}}?)(?P<noun>{_any(_NOUN_STANCE)})(?P<particle>(?:이었|이었|이(?!유|용|미|익)|가|을|를|은|"
    rf"는|도|만|과|와|에|의|들이|들도|들을)?[가-힣]{{0,2}})(?P<pred>\s*(?:나왔|나오|나온|제기|있었|있으|있다|"
    rf"있습|이어졌|이어지|잇따|엇갈|유지하|고수하|되풀이|반복|내놓|내놨|밝[혔히힌혀]|여럿\s나[왔오]|표명|쏟아|"
    rf"지배|돌았|돌고|퍼졌|"
    rf"많았|적지|우세|팽배|나돌|전해|전했|들었|들은|들려|했다|하였|폈|펴)[가-힣]*(?:\s있다|\s있습니다|"
    rf"\s있었다|\s바\s있다)?)?"
)
_NOUN_IS = re.compile(
    rf"는\s*(?:것|게|것이)(?:이|은)?\s*(?:[가-힣'‘’ ]{{1,18}}?(?:의|측|"
    rf"쪽)\s)?(?P<noun>{_any(_NOUN_STANCE)})(?:이다|이었다|입니다|이에요|예요|이죠|였다|이며|이라고|임|다)"
)
_THING = re.compile(r"(?<=[다라])는\s*(?:것이다|것이었다|겁니다|것입니다|것이라고\s한다)(?=[.\s])")
_SOMEONE = re.compile(
    r"(?<=[다])는\s(?:이|사람|여성|응답자|증언자|피해자)(?:도|들도|가|이)?\s(?:있었|많았|적지|여럿|있다|다수)[가-힣]*"
)
_HEARSAY = re.compile(
    r"(?:[가-힣](?:답니다|랍니다|답디다|랍디다|답데다|다더라고요|다더라|라더라|다더군요?|라더군요?|"
    r"다던데요?|라던데요?|다네요|라네요)|[가-힣]{1,4}(?:대요|래요|단다|란다)(?=[.?!,\s]))"
)
_TOLD = re.compile(
    r"(?<=[다라자냐])는\s(?:말|소리|얘기|이야기|소문|소식)(?:을|를|도|만|이|가)?\s(?:들[었으은리]|돌[았고더]|듣|나돌|있었|퍼[졌지]|했|합디다|해서|하더)[가-힣]*"
    r"|(?<=[다라])는\s?(?:겁니다|거예요|거에요|거죠|거야|겁디다|거더라고요|거더라구요|것이었습니다|게\s아니겠|거지요|거였[가-힣]+|것입니다)|(?<=[다라])(?:길래|기에)(?=[\s,])|"
    r"(?<=[\"”])\s?하고\s(?:[가-힣]{1,6}(?:면서|며|게|히)\s)?[가-힣]{1,8}(?:다|요|고|며|는데|더라|디다)(?=[\s.,])|"
    r"(?<=[다라자냐])고(?:들)?\s?(?:그래요|그러대요|그러길래|그러니|하더라구요|하더라고요|하데요|하더만|하더구만|하대요|하지\s않겠습니까)"
)
_SPOKE_SO = re.compile(
    r"(?:(?<=[\"”])|(?<=[다라자냐요까]))[,.?!]?\s(?P<cue>(?:그러|이러)(?:더라고요|더라구요|더군요|데요|는\s거예요|는\s거에요|는\s겁니다|시더라고요|면서|길래|던데요?|더란\s말입니다)|"
    r"(?:그랬|이랬)(?:어요|습니다|지요|죠|거든요|대요)|그럽디다|이럽디다|그래요|이래요|캐묻[가-힣]*|캐물[가-힣]+|따[지졌져][가-힣]+|(?:하는|그러는|이러는)\s(?:거예요|거에요|겁니다|거죠))(?=[\s.,])"
)
_LEAD_IN = re.compile(
    r"(?:듣자니|듣자\s?하니|들으니까?|듣기로는|듣기에는|들은\s(?:바로는|바에|건데|말인데|얘기인데|이야기인데|얘기로는|이야기로는)|소문(?:에는|으로는|에)|(?:말|얘기)\s들어\s?보면|"
    r"(?<=[가-힣]\s)(?:하는|그러는)\s(?:말이|얘기가|소리가)|그러는데|그러기를|말하기를|(?<=[자이저니빠부구들]\s)(?:말이|얘기가|이야기가)(?=\s))(?=[\s,])"
)
_LIKE_THIS = re.compile(
    rf"(?:이같이|이렇게|그렇게|이와\s같이|다음과\s같이|아래와\s같이)\s(?P<verb>{_LONG_VERB})(?:[했하한혔히힌했였]|었|았)[가-힣]{{0,5}}"
)
_SHORT = re.compile(r"(?<=[가-힣][다라자])\s(?P<cue>해서|하길래|하기에|합디다|하더[가-힣]{1,5}|하니까?)(?=[\s,.])")
_WHILE = re.compile(r"(?<=[\"”])\s?(?:이?라)?(?:며|면서)(?=[\s,])|(?<=[가-힣][다라])(?:며|면서)(?=[\s,])")
_STANDS = re.compile(
    r"(?P<noun>견해|입장|의견|우려|유감|방침|의사|불만|주장|태도)(?:을|를)\s*(?P<verb>밝[혔히힌혀]|표명|"
    r"나타[냈내낸]|표시|내놓|내놨|피력|고수|되풀이|반복|유지|전달|폈|펴|굽히지|재확인)[가-힣]*(?:\s바\s있다|"
    r"\s있다)?"
    r"|(?P<verb3>(?:(?:을|를|해야|하라|말라|달라)(?:고|한다고)?\s*(?:전면\s|강하게\s|강력히\s|즉각\s|거듭\s|"
    r"공식\s|모두\s)?)(?P<act>촉구|규탄|부인|반박|일축|비난|비판|"
    r"권고|증언|경고|호소|시인)(?:했|하였|하고\s있|한\s바|한다|해\s왔|해\s온|하면서|하며)[가-힣]*)"
    r"|(?P<agree>(?:점에서\s*)?(?:진술|증언)이\s*(?:일치|엇갈|잇따|이어)[가-힣]+)"
    r"|(?P<rate>등급(?:으로)\s(?:분류|평가|지정)했[가-힣]+)"
)
_RAISED = re.compile(
    r"(?P<noun>의혹|우려|비판|지적|반발|논란|불만|주장|증언|진술|보고|제보|신고|고발|경고|호소|의견|목소리)(?:이|가|도|들이|들도)\s(?:잇따라\s|꾸준히\s|계속\s|거듭\s|"
    r"끊이지\s)?(?:제기|접수|쏟아|나왔|나온|나오|이어[졌지진]|잇따[랐르른]|않)[가-힣]*(?:\s있다)?"
)
_FACT = re.compile(
    r"(?:(?<=것)|(?<=점)|(?<=사실)|(?<=사례)|(?<=정황)|(?<=흔적))(?:이|가|도|은|는)\s(?:[가-힣]{1,5}\s)?(?:확인|드러|밝혀|보고|알려|포착|파악|인정)(?:[됐되된됨났나난졌지진]|돼)[가-힣]*(?:\s있다)?"
    r"|(?<=[명건]\s)(?:보고|집계|확인|파악|접수)(?:[됐되된됨]|돼)[가-힣]{0,4}(?=[.,\s])"
)
_PLEADS = re.compile(
    r"(?:혐의|범행|공소사실|사실관계|사실|책임|죄|잘못|존재)(?:을|를|은|는|도)\s(?:모두\s|전부\s|일부\s|대체로\s|순순히\s|끝내\s|전면\s|극구\s)?(?P<act>인정|자백|시인|부인|부정|실토)(?:했|하였|하고\s있|한다|하면서|하며|하나|하지만)[가-힣]*(?:\s있다)?"
)
_DEEMS = re.compile(
    r"(?:(?<=[다라])고|(?<=[음임])(?:으로)?(?:이라고)?)\s(?:봄이|보는\s것이|봐야|보아야|볼\s수|할\s것|인정할\s수|판단할\s수)\s?(?:상당|타당|한다|하다|있다|없다|이다|옳다|맞다)[가-힣]*"
    r"|(?<=는\s)취지(?:로|의)\s(?:다[투툰퉜][가-힣]*|주장[가-힣]*|진술[가-힣]*|항변[가-힣]*|변소[가-힣]*|증언[가-힣]*|말[했하한][가-힣]*)"
)
_CITED_AFTER = re.compile(
    r"^[^.]{0,40}?(?:에\s?따르|에\s?의하|에\s?의한|[을를]\s?(?:보면|인용|공개|발표|내놓))|^\s?(?:바|결과|사실|것)"
)
_GRANTS = re.compile(r"인정(?:한|하는|할|되는|될|된)$")
_NOT_SAID = re.compile(r"(?:려|하|지|되|싶|있|없|않|보|두|놓|않으|으려|르)고$")
_BELIEVED = re.compile(r"(?:속[았아]|믿[었고어]|따라|듣고|들은)")


def _overlap_free(cues: list[Cue]) -> list[Cue]:
    """Cues that do not overlap; where two do, the one that begins first, then the longer."""
    kept: list[Cue] = []
    for cue in sorted(cues, key=lambda cue: (cue.start, -cue.end)):
        if not kept or cue.start >= kept[-1].end:
            kept.append(cue)
    return kept


def _reports(text: str, damaged: bool) -> Iterator[Cue]:
    for match in _REPORT.finditer(text):
        stance = _VERB_STANCE[re.sub(r"\s", "", match["verb"])] if match["verb"] else "hearsay"
        if match["say"] and match["say"].startswith(("했", "하였")) and text[match.start() - 1] in "\"”’'":
            stance = "neutral_report"
        if match["verb"] and _GRANTS.match(match["verb"] + match["ending"]):
            continue
        if (
            match["verb"] in ("쓰", "적", "꼽", "묻", "쓴", "들", "보고", "듣", "인정하", "인정할", "판단하")
            and not match["ending"]
        ):
            continue
        yield Cue(match.start(), match.end(), "report", stance)
    for match in _REPORT_HOW.finditer(text):
        yield Cue(match.start(), match.end(), "report", _VERB_STANCE[re.sub(r"\s", "", match["verb"])])
    for match in _SAW.finditer(text):
        yield Cue(match.start(), match.end(), "report", "position")
    for match in _AFTER_QUOTE.finditer(text):
        yield Cue(match.start(), match.end(), "report", "neutral_report")
    for match in _PURPORT.finditer(text):
        yield Cue(match.start(), match.end(), "report", _VERB_STANCE[re.sub(r"\s", "", match["verb"])])
    for match in _WRITTEN.finditer(text):
        yield Cue(match.start() - 1, match.end(), "report", "neutral_report")
    for match in (*_SPLIT.finditer(text), *(_SPLIT_SOLID.finditer(text) if damaged else ())):
        start = match.start("verb")
        stance = _VERB_STANCE[re.sub(r"\s", "", match["verb"])]
        yield Cue(start, match.end(), "split", stance, match.span("source"))


_PASSIVE_STANCE = {
    "알려": "hearsay",
    "전해": "hearsay",
    "추정": "estimate",
    "추산": "estimate",
    "집계": "tally",
    "나타": "survey_result",
    "조사": "survey_result",
    "드러": "factive",
    "밝혀": "factive",
    "확인": "factive",
}


def _passives(text: str) -> Iterator[Cue]:
    for match in _PASSIVE.finditer(text):
        word = (match["verb"] or match["verb2"])[:2]
        end = match.end() - 1 if re.search(r"[다요]고$", match[0]) else match.end()
        yield Cue(match.start(), end, "passive", _PASSIVE_STANCE.get(word, "estimate"))


def _according(text: str) -> Iterator[Cue]:
    for match in _FINDING.finditer(text):
        end = match.end() - 1 if match[0].endswith(",") else match.end()
        yield Cue(match.start(), end, "finding", "survey_result")
    for match in _ACCORDING.finditer(text):
        named = next((name for name in ("look", "cite", "tally", "words") if match[name]), None)
        start, end = match.span(named) if named else match.span()
        if named == "words" and not text[max(0, start - 3) : start].strip():
            continue
        yield Cue(start, end, "according", "according_to")


def _nouns(text: str) -> Iterator[Cue]:
    for match in _NOUN.finditer(text):
        noun = re.sub(r"\s", "", match["noun"])
        if noun == "말" and (not match["pred"] or _BELIEVED.search(match["pred"])):
            continue
        if noun in ("조사", "기록", "답", "보고", "인식", "기억", "태도", "평가") and not match["pred"]:
            continue
        if noun in ("약속", "제안", "꼬임", "꾐") and _BELIEVED.match(text[match.end() : match.end() + 4].strip()):
            continue
        yield Cue(match.start(), match.end(), "noun", _NOUN_STANCE[noun])
    for match in _NOUN_IS.finditer(text):
        yield Cue(match.start(), match.end(), "noun", _NOUN_STANCE[re.sub(r"\s", "", match["noun"])])
    for pattern, stance in ((_THING, "hearsay"), (_SOMEONE, "neutral_report")):
        for match in pattern.finditer(text):
            yield Cue(match.start(), match.end(), "noun", stance)


def _stands(text: str) -> Iterator[Cue]:
    for match in _MEANING.finditer(text):
        yield Cue(match.start(), match.end(), "stand", "position")
    for match in _ASKED.finditer(text):
        yield Cue(match.start("act"), match.end(), "stand", "appeal")
    for match in _COUNTED_AS.finditer(text):
        yield Cue(match.start(), match.end(), "passive", "survey_result")
    for match in _RAISED.finditer(text):
        yield Cue(match.start(), match.end(), "passive", _NOUN_STANCE.get(match["noun"], "critical"))
    for match in _FACT.finditer(text):
        yield Cue(match.start(), match.end(), "passive", "factive")
    for match in _PLEADS.finditer(text):
        yield Cue(match.start("act"), match.end(), "stand", _VERB_STANCE.get(match["act"] + "하", "position"))
    for match in _DEEMS.finditer(text):
        yield Cue(match.start(), match.end(), "stand", "position")
    for match in _TALLIED.finditer(text):
        if not _CITED_AFTER.search(text, match.end(), match.end() + 40):
            yield Cue(*match.span("cue"), "tallied", "tally")
    for match in _STANDS.finditer(text):
        stance = "concordance" if match["agree"] else "position"
        if match["act"]:
            stance = _VERB_STANCE.get(match["act"] + "하", "position")
            yield Cue(match.start("act"), match.end(), "stand", stance)
        else:
            yield Cue(match.start(), match.end(), "stand", stance)


_NOT_SAYING = ("바라", "자라", "따라", "올라", "몰라", "달라", "놀라", "말라", "골라", "갈라", "이다", "니다")


def _carried_on(paragraph: Paragraph, cues: list[Cue]) -> Iterator[Cue]:
    """`"…"며`: only where the sentence goes on to a cue that names its speaker."""
    for match in _WHILE.finditer(paragraph.text):
        _, end = paragraph.sentence(match.start())
        after_verb = (
            match[0].strip() in ("며", "면서") and paragraph.text[match.start() - 2 : match.start()] not in _NOT_SAYING
        )
        quoted = paragraph.text[match.start() - 1] in '"”' or after_verb or paragraph.text[match.start()] in "라이"
        later = any(match.end() <= cue.start < end and cue.family in ("report", "split") for cue in cues)
        if quoted or later:
            yield Cue(match.start(), match.end(), "while", "neutral_report")


def _lead_ins(paragraph: Paragraph, cues: list[Cue]) -> Iterator[Cue]:
    """듣자니, 하는 말이: only where the sentence has no other cue."""
    for match in _LEAD_IN.finditer(paragraph.text):
        begin, end = paragraph.sentence(match.start())
        if not any(begin <= cue.start < end for cue in cues):
            yield Cue(match.start(), match.end(), "hearsay", "hearsay")


def _like_this(text: str, cues: list[Cue]) -> Iterator[Cue]:
    """이같이 말했다, where the speech stands in a sentence of its own."""
    for match in _LIKE_THIS.finditer(text):
        if _VERB_STANCE[re.sub(r"\s", "", match["verb"])] not in ("hearsay", "tally", "factive"):
            yield Cue(match.start(), match.end(), "report", "neutral_report")


def find_cues(paragraph: Paragraph) -> list[Cue]:
    """Cues of a paragraph in text order; none in questions, headings and the text of laws."""
    if paragraph.voice in ("question", "heading", "rule") or paragraph.role in ("title", "boilerplate"):
        return []
    text = paragraph.text
    cues = [*_reports(text, paragraph.damaged), *_passives(text), *_according(text), *_nouns(text), *_stands(text)]
    if paragraph.voice == "answer":
        cues += [Cue(m.start(), m.end(), "hearsay", "hearsay") for m in _HEARSAY.finditer(text)]
        cues += [Cue(m.start(), m.end(), "hearsay", "hearsay") for m in _TOLD.finditer(text)]
        cues += [Cue(m.start(), m.end(), "hearsay", "hearsay") for m in _LEARNT.finditer(text)]
        cues += [Cue(m.start("cue"), m.end(), "hearsay", "quotative") for m in _SHORT.finditer(text)]
        cues += [Cue(m.start("cue"), m.end(), "hearsay", "quotative") for m in _SPOKE_SO.finditer(text)]
        cues += _lead_ins(paragraph, cues)
    else:
        cues += _like_this(text, cues)
    cues += _carried_on(paragraph, cues)
    return _overlap_free([cue for cue in cues if not _in_speech(paragraph, cue)])


def _in_speech(paragraph: Paragraph, cue: Cue) -> bool:
    """Whether a cue of another family stands inside somebody's quoted words."""
    return cue.family in ("noun", "passive", "stand", "while") and paragraph.in_quote(cue.start) is not None
