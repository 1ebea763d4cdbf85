"""Assembles figures: number, what is counted, currency, claimant, place, period, modality."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.coding.korean.dates import Moment
from testimonia.coding.korean.lexicon import is_hangul
from testimonia.coding.korean.quantities import Quantity
from testimonia.coding.korean.segments import Paragraph
from testimonia.coding.korean.sources import Statement
from testimonia.model import Coding, Part

__all__ = ["Setting", "code_figures"]

_NORTH = re.compile(r"(?:북한|조선|북조선|(?<![가-힣])국|우리|내화|공화국)\s?돈|조선\s?원|북한\s?원|내화")
_CHINESE = re.compile(r"중국\s?(?:돈|원)|인민폐|위안|중국돈|비로|콰이")
_SOUTH = re.compile(r"한국\s?(?:돈|원)|한화|남한\s?돈")
_IN_SOUTH = re.compile(r"한국|통일부|국회|하나원|정착금|법무부|서울|남한|국내|대한민국|원화|여성가족부|외교부")
_NORTHERN = re.compile(
    r"장마당|보위부|안전부|보안서|인민반|조선민주주의인민공화국|공민증|로동|당국의\s?포고|배급|단련대|평양|혜산|청진|회령|무산|신의주|양강도|함경|평안|"
    r"자강도|기업소|려행증|시장\s?환율|돈주"
)
_IN_CHINA = re.compile(r"중국|시어머니|남편|한족|공안|거간|브로커|팔[았려렸아]|연길|심양|장백|단동|도문|인신매매")
_IN_NORTH = re.compile(r"장마당|보위부|교화소|쌀\s?(?:값|한|1)|농장|시장\s?환율|단련대|인민반|배급")
_PROMISE = re.compile(
    r"(?:준다|주겠다|벌\s?수\s?있다|벌게\s?해|받을\s?수\s?있다|보내\s?준다|소개해\s?준다|주마|"
    r"줄게)[\"”’']?\s?(?:고|는|며|면서)?\s?(?:하[는며면더니]|했|해서|꾀|속|유혹|약속|거짓|말에|말을|유인|꼬|"
    r"설득|홀|믿)"
)
_LURED = re.compile(
    r"(?:이?라고|다고|다며|다면서|다기에|다길래|다는\s?말[로에]|단\s?말에)[\"”’']?\s(?:[가-힣]{1,6}\s){0,2}(?:꼬드|꼬[시셔였]|꾀|유혹|설득|"
    r"속[여이았]|얼[리렸러]|달[래랬]|부추|홀[려렸리]|유인|따라나|따라갔|따라왔)"
)
_LURE = re.compile(r"거짓\s?약속|꾀[였었어]|속[여았이]|유혹|꼬드|유인|거짓말")
_REQUIRED = re.compile(
    r"처하도록|처한다|하여야\s?한다|해야\s?한다|하도록\s?(?:정하|규정|의무|했|하고|지시)|아니\s?된다|규정하고|"
    r"규정한다|규정했|정하고\s?있다|이하의\s?(?:[가-힣]*형|벌금|징역|과태료|구류|로동|노동|교화|단련)|"
    r"목표(?:를|로|치|는|량)|할당|책임량|의무적으로|상한|하한|법정형|처하(?:며|고)|[가-힣]야\s?(?:한다|합니다|했다|했습니다|된다|하는|하며|했고|했는데)|"
    r"과제(?:를|가|로|량|금)|계획(?:량|분|지표)|지표(?:를|가|로)|정량(?:은|이|을)|정원(?:은|이|을)|한도(?:는|를|로)|기준(?:량|액)(?:은|이|을)|"
    r"(?:지시|명령|포고|통지|공문|방침|지시문|내부\s?규정)(?:을|를|이|가)\s?(?:내[려렸리]|하달|받|떨어|전달|"
    r"내놓)|하달[됐되했하된]|부과(?:한다|하도록|하기로|할\s수)|물리도록|몰수한다|금지한다|제한한다|제한하고\s있다|(?:형|벌금|과태료)에\s?처|"
    r"규칙(?:상|에)|규정(?:상|에\s따라)|법(?:은|에\s따라|률은)\s|수\s?없다[.]|못한다[.]|의무\s?(?:기간|시간|적)|최고\s?(?:형|징역)|상금을\s(?:준다|지급한다)|"
    r"(?:포상금|보상금|지원금|생계비|수당|장려금|정착금|위로금)을\s(?:준다|지급한다|지급하며)|처해[진질]|"
    r"도록\s?(?:했|하고\s있|하는|한다|하였|규정|정했|정하|의무|명시|못\s?박|돼\s?있|되어\s?있|지시|명령|요구|명[했령])|"
    r"(?:으로|로|이라고|라고)\s(?:정했|정하고|정한|정해|규정|제한[하한했]|못\s?박|명시|한정)|과태료(?:를|가)\s(?:물[어게]|부과된|내야)|"
    r"(?:까지|한도로|한도에서|한도\s?안에서|범위에서|이내로|이내에서|이내에|최장|최대|한하여|한해|한해서)[^.]{0,30}(?:[가-힣]\s수\s있다|지급[한된]다|지원[한된]다|보조한다|제공한다|"
    r"머문다|연장한다|연장된다)|(?:지급|보조|보전|환급|반환|공제|가산|부과|징수|면제|환수)(?:한다|된다)(?![고면는])|"
    r"의무화|의무\s?교육|법정\s|시한(?:은|을)|기한(?:은|을)"
)
_RULE_SUBJECT = re.compile(
    r"(?:법안|개정안|제정안|시행령|시행규칙|조례|조례안|고시|지침|훈령|예규|규정|규칙|법률|특별법|기본법|형법|조항|조문|[0-9]조|강령|포고문|지시문|협약|의정서|협정|"
    r"요강|요령|매뉴얼|공고문|안내문|계약서|서약서)(?:은|는|이|에는|에\s따르면|에\s의하면|에\s따라|상|에서는|도)\s"
)
_VOTED = re.compile(
    r"통과|표결|찬성|반대|발의|서명|투표|공포|채택|제정|적용[했됐]|근거로|위반(?:한|했|으로)|선고|기소|붙잡|체포|적발"
)
_WILL = re.compile(
    r"(?:늘린|연|세운|짓는|들인|투입한|투입된|지원한|지급한|도입한|설치한|배치한|확대한|신설한|줄인|높인|올린|확충한|추진한|배정한|편성한|마련한|확보한|시작한|운영한|늘어난|"
    r"쏟는|보낸|맡긴|구축한|조성한|건설한|개소한|문을\s연)다(?:고|며|면서)\s?(?:[가-힣\d]{1,6}\s){0,2}(?:밝|발표|예고|선언|약속|공언|말|설명|전)"
)
_AHEAD = re.compile(
    r"내년|후년|다음\s?(?:달|해|주)|오는\s|앞으로|향후|올해\s?(?:안|말|하반기)|20\d\d년까지|하반기부터|부터는"
)
_SPENDS = re.compile(
    r"(?:투입|배정|편성|책정|반영|지원|지급|확충|확대|신설|개설|설치|배치|도입|건립|충원|증원|모집|선발|제공|운영|시행|실시)(?:한다|하며|된다|할\s?것)(?![고면는])|(?:들인|늘린|연|세운|짓는|뽑는|보탠|쏟는|줄인)다(?=[.]|$)"
)
_BUDGET_DRAFT = re.compile(r"예산안|추경안|정부안|계획안|기본계획|종합계획|로드맵|중기계획|시행계획|구상|청사진")
_ORDERED = re.compile(
    r"(?:바치|내|제출하|신고하|등록하|납부하|보내|동원하|채우|넘기|잡아오|잡으|(?<=[을를씩]\s)하|마련하|모으|캐)라(?:고|는\s|며|면서)|"
    r"(?:하|내|바치|채우|못하|넘지\s않)도록\s?(?:지시|명령|했|하고|규정|정했|의무|강제|하였)"
)
_TURNS = re.compile(r"(?:으나|지만|는데|했으나),?\s|실제(?:로는|로)?\s|그러나\s")
_PLANNED = re.compile(
    r"(?:[할될릴일칠칠울울]|늘릴|줄일|세울|지을|보낼)\s?(?:계획|예정|방침)|기로\s?(?:했|하였|결정|합의)|겠다(?:고|는)\s?(?:밝|발표|말|약속|공언|했|뜻|계획)|"
    r"(?:계획|방침|예정)(?:을|이라고|이라며)\s?(?:밝|발표|내놓|세[웠우운])"
)
_NOW = re.compile(r"(?:현재|지금까지|그동안|지난해|작년|올해\s들어)\s?$")
_RESULT = re.compile(r"선고(?:했|받|하)|언도|물었|냈다|바쳤|달성|실적은|그쳤|실제(?:로|\s)")
_GUESS = re.compile(
    r"(?:ㄹ|을|일|될|할|있을)\s?(?:겁니다|것이다|것\s같|듯)|예상|전망|우려(?:된|가)|것으로\s?예상|"
    r"(?:넘을|이를|달할|늘어날|줄어들|커질|미칠|될)\s수(?:도)?\s?있|[\"”]?고\s내다[봤보]|것으로\s?내다|[을ㄹ될일갈]지도\s모[르른]|"
    r"둘\s?것(?=[.]|$)|할\s?것(?=[.]|$)|전망이다"
)
_COUNTED = re.compile(
    r"(?:[가-힣A-Za-z·]+(?:\s|의\s)){0,3}[가-힣A-Za-z·]+?(?:이|가|은|는|을|를|도|만|의|에|으로|로)?\s?(?:약|총|"
    r"모두|최소|최대|평균|무려|각각|전체|대략|거의|적어도|불과)?\s?$"
)
_COUNTED_AFTER = re.compile(r"(?:의|짜리|가량의|이상의|안팎의|정도의|이하의|남짓한)\s?[가-힣]+")
_OF_WHAT = re.compile(
    r"(?:의|짜리)\s(?P<noun>[가-힣]{2,8}?(?:\s[가-힣]{2,6}?)?)(?=이|가|은|는|을|를|에게|에|과|와|도|으로|로|의|\s|[,.]|$)"
)
_NOUN_BEFORE = re.compile(
    r"(?<![가-힣\d])(?P<noun>(?:[가-힣]{2,8}\s){0,2}[가-힣]{1,10}?)(?:이|가|은|는|을|를|도|만|의)?\s(?:(?:약|총|모두|최소|최대|평균|무려|각각|"
    r"전체|대략|거의|적어도|불과|겨우|줄잡아)\s)?$"
)
_NO_NOUN = re.compile(
    r"(?:은|는|을|를|에|에서|에게|으로|고|며|면|면서|던|만|까지|부터|보다|해|하여|와|과|된|될|할|온|난|운|른|(?<![북남])한|월|년|일|때|뒤|후|전|"
    r"사이|동안|가운데|중|약|총|모두|최소|최대|평균|하루|매달|매년|지만|져|겨|됐다|했다|이상|이하|넘|번째|는데|한테)$|^(?:이|그|저|또|및|등|각|이번|당시|이미|다시)$"
)
_AGE_KOREAN = re.compile(r"우리\s?나이|한국\s?나이|세는\s?나이|조선\s?나이")


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a whole document: the source that stands behind it, and the money spoken of."""

    claimant: Part | None
    in_china: bool
    legal: bool
    northern: bool = False


def _money_named(text: str, place: int) -> str:
    """The currency that a stretch names; the last named before the number where it names several."""
    named = sorted(
        (match.start(), unit)
        for pattern, unit in ((_NORTH, "KPW"), (_SOUTH, "KRW"), (_CHINESE, "CNY"))
        for match in pattern.finditer(text)
    )
    if not named:
        return ""
    before = [unit for start, unit in named if start <= place]
    return before[-1] if before else named[0][1]


def _currency(paragraph: Paragraph, quantity: Quantity, setting: Setting) -> str:
    """원 is won or, in the mouth of those who lived in China, yuan; the nearest word about money decides."""
    begin, end = paragraph.sentence(quantity.start)
    text = paragraph.text
    near = max(begin, quantity.start - 24)
    for start, stop in ((near, quantity.end + 24), (begin, end), (begin, end + 40)):
        if unit := _money_named(text[start:stop], quantity.start - start):
            return unit
    if paragraph.voice == "answer":
        if (quantity.low or 0) >= 1_000_000:
            return "KRW"
        if _IN_CHINA.search(text) or (setting.in_china and not _IN_NORTH.search(text[begin:end])):
            return "CNY"
        return "KPW"
    if _IN_NORTH.search(text[begin:end]) or _NORTHERN.search(text[begin:end]):
        return "KPW" if not _IN_SOUTH.search(text[begin:end]) else "KRW"
    if _IN_SOUTH.search(text):
        return "KRW"
    return "KPW" if _NORTHERN.search(text) or setting.northern else "KRW"


def _is_promised(paragraph: Paragraph, quantity: Quantity, after: str) -> bool:
    """Whether a recruiter holds out this money or time: inside what is promised, not beside it."""
    if quantity.measure not in ("money", "duration", "weight"):
        return False
    promise = _PROMISE.search(after)
    between = after[: promise.start()] if promise else ""
    if promise and len(between) <= 24 and not re.search(r"[\"“”]|다가|는데|[었았했]", between):
        return True
    lured = _LURED.search(after)
    if lured and lured.start() <= 8 and quantity.measure != "duration":
        return True
    return paragraph.in_quote(quantity.start) is not None and _LURE.search(after) is not None


def _is_required(paragraph: Paragraph, quantity: Quantity, begin: int, end: int) -> bool:
    """Whether a rule, quota or target sets this number; what follows 으나 or 실제로 is another matter."""
    text = paragraph.text
    turns = [match.end() for match in _TURNS.finditer(text, begin, end)]
    first = max((turn for turn in turns if turn <= quantity.start), default=begin)
    last = min((turn for turn in turns if turn > quantity.start), default=end)
    clause = text[max(first, quantity.start - 24) : last]
    if _RESULT.search(clause):
        return False
    if _REQUIRED.search(clause):
        return True
    if _RULE_SUBJECT.search(text, begin, quantity.start) and not _VOTED.search(text, begin, end):
        return True
    near = text[quantity.end : min(last, quantity.end + 30)]
    ordered = _ORDERED.search(near)
    return ordered is not None and re.search(r"[하되정]고\s", near[: ordered.start()]) is None


def _is_announced(text: str, quantity: Quantity, begin: int, end: int) -> bool:
    """Whether a body says what it will do or spend, or a draft budget or plan does."""
    if quantity.measure == "age" or _NOW.search(text, max(0, quantity.start - 8), quantity.start):
        return False
    if _WILL.search(text, quantity.end, end):
        return re.search(r"[았었했됐갔왔]다(?:고|며|면서)", text[quantity.end : end]) is None
    if _BUDGET_DRAFT.search(text, begin, quantity.start):
        return True
    will = _SPENDS.search(text, quantity.end, end)
    return will is not None and (_AHEAD.search(text, begin, end) is not None or quantity.measure == "money")


def _modality(paragraph: Paragraph, quantity: Quantity) -> str:
    begin, end = paragraph.sentence(quantity.start)
    after = paragraph.text[quantity.end : min(end, quantity.end + 60)]
    if paragraph.voice == "rule":
        return "required"
    if _is_promised(paragraph, quantity, after):
        return "promise"
    if quantity.measure != "age" and _is_required(paragraph, quantity, begin, end):
        return "required"
    if paragraph.voice == "narration" and _PLANNED.search(paragraph.text, quantity.end, end):
        planned = _NOW.search(paragraph.text, max(0, quantity.start - 8), quantity.start) is None
        past = re.search(
            r"[았었했됐]으나|[았었했됐]지만|[았었했됐]고\s|[았었했됐]으며", paragraph.text[quantity.end : end]
        )
        if planned and not past:
            return "announced"
    if paragraph.voice == "narration" and _is_announced(paragraph.text, quantity, begin, end):
        return "announced"
    if _GUESS.search(after):
        return "hypothetical"
    return "testimony" if paragraph.voice == "answer" else "reported"


def _claimant(
    paragraph: Paragraph, quantity: Quantity, said: Sequence[Statement], setting: Setting
) -> tuple[Part | None, str]:
    """The words for who claims a figure, and the scope over which they were found."""
    begin, end = paragraph.sentence(quantity.start)
    inside = [s for s in said if s.source and begin <= s.cue.start < end]
    around = [s for s in inside if s.content[0] <= quantity.start < max(s.content[1], s.cue.end)]
    for statement in (*around, *inside):
        if statement.source:
            scope = "paragraph" if statement.coref else "sentence"
            return (statement.home or paragraph).part(*statement.source), scope
    earlier = [s for s in said if s.source and s.scope == "paragraph" and s.cue.start < quantity.start]
    if earlier and earlier[-1].source:
        return (earlier[-1].home or paragraph).part(*earlier[-1].source), "paragraph"
    if paragraph.voice == "narration" and not setting.legal:
        told = setting.claimant is not None and setting.claimant.start < paragraph.start + quantity.start
        return (setting.claimant, "document") if told else (None, "")
    return None, ""


def _counted(paragraph: Paragraph, quantity: Quantity, floor: int) -> tuple[int, int]:
    """The stretch around a number that says what is counted; the number's own stretch where nothing does."""
    text = paragraph.text
    begin, _ = paragraph.sentence(quantity.start)
    edge = max(text.rfind(mark, begin, quantity.start) for mark in (",", "(", '"', "“", "|"))
    begin = max(begin, edge + 1, quantity.start - 40, floor)
    while begin > floor and begin < quantity.start and is_hangul(text[begin - 1]) and is_hangul(text[begin]):
        begin += 1
    match = _COUNTED.search(text[begin : quantity.start])
    start = begin + match.start() if match else quantity.start
    while floor and start < quantity.start and start == floor and is_hangul(text[start]):
        floor = start = start + 1
    while start < quantity.start and text[start].isspace():
        start += 1
    after = _COUNTED_AFTER.match(text, quantity.end)
    return start, after.end() if after else quantity.end


def _counted_noun(text: str, quantity: Quantity) -> str:
    """The noun phrase that is counted: right before the number (북한 여성 30명, 여성이 30명) or after …명의."""
    if quantity.measure not in ("count", "share"):
        return ""
    if after := _OF_WHAT.match(text, quantity.end):
        return after["noun"]
    before = _NOUN_BEFORE.search(text, max(0, quantity.start - 24), quantity.start)
    if before is None:
        return ""
    words = before["noun"].split(" ")
    while words and (_NO_NOUN.search(words[0]) or not words[0]):
        words.pop(0)
    if not words or any(_NO_NOUN.search(word) for word in words):
        return ""
    return " ".join(words)


def _attributes(paragraph: Paragraph, quantity: Quantity, scope: str) -> dict[str, str]:
    text = paragraph.text
    attributes = {"measure": quantity.measure}
    if said := _counted_noun(text, quantity):
        attributes["counted"] = said
    if scope:
        attributes["scope"] = scope
    if quantity.measure in ("age", "age_range"):
        before = text[max(0, quantity.start - 16) : quantity.start]
        full = "full" in quantity.notes or re.search(r"(?<![가-힣\d])만\s?$", before)
        korean = _AGE_KOREAN.search(before)
        attributes["age_system"] = "international" if full else "korean_counting" if korean else "unstated"
    return attributes


def _nearest(moments: Sequence[Moment], sentence: tuple[int, int], place: int) -> Moment | None:
    inside = [m for m in moments if sentence[0] <= m.start < sentence[1]]
    return min(inside, key=lambda m: abs(m.start - place), default=None)


def _place_part(places: Sequence[Coding], paragraph: Paragraph, quantity: Quantity) -> Part | None:
    begin, end = paragraph.sentence(quantity.start)
    inside = [p for p in places if paragraph.start + begin <= p.start < paragraph.start + end]
    best = min(inside, key=lambda p: abs(p.start - paragraph.start - quantity.start), default=None)
    return Part(best.start, best.end, best.quote, str(best.value)) if best else None


def _values(quantity: Quantity) -> tuple[float | None, float | None, float | None, str]:
    """value, min, max and value_status."""
    low, high, notes = quantity.low, quantity.high, quantity.notes
    if low is None or high is None:
        return None, None, None, "lost"
    if "vague" in notes:
        return None, low, high, "verbal"
    if "about" in notes:
        return (low + high) / 2, low, high, "present"
    if "over" in notes or low == high:
        return low, None, None, "present"
    return None, low, high, "present"


def code_figures(
    paragraph: Paragraph,
    quantities: Sequence[Quantity],
    said: Sequence[Statement],
    moments: Sequence[Moment],
    places: Sequence[Coding],
    setting: Setting,
) -> list[Coding]:
    """Figure codings of a paragraph, with the parts number, claimant, place and period."""
    codings = []
    floor = 0
    for quantity in quantities:
        value, low, high, status = _values(quantity)
        claimant, scope = _claimant(paragraph, quantity, said, setting)
        number = paragraph.part(quantity.start, quantity.end)
        parts = {"number": number}
        if claimant:
            parts["claimant"] = claimant
        moment = _nearest(moments, paragraph.sentence(quantity.start), quantity.start)
        if moment:
            parts["period"] = paragraph.part(moment.start, moment.end, moment.edtf)
        if place := _place_part(places, paragraph, quantity):
            parts["place"] = place
        unit = _currency(paragraph, quantity, setting) if quantity.unit == "WON" else quantity.unit
        counted = (quantity.start, quantity.end) if status == "lost" else _counted(paragraph, quantity, floor)
        floor = quantity.end
        span = paragraph.part(*counted)
        codings.append(
            Coding(
                kind="figure",
                start=span.start,
                end=span.end,
                quote=span.quote,
                value=value,
                min=low,
                max=high,
                unit=f"{unit}/{quantity.rate}" if quantity.rate else unit,
                comparator=None if status == "lost" and quantity.comparator == "=" else quantity.comparator,
                value_status=status,  # type: ignore[arg-type]
                modality=_modality(paragraph, quantity),
                parts=parts,
                attributes=_attributes(paragraph, quantity, scope),
                rule=quantity.rule,
                cue=number.quote,
            )
        )
    return codings
