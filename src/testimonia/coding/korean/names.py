"""Places, peoples, organisations, laws, roles and the officials and authors whom a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from testimonia.coding.korean.lexicon import Found, is_hangul
from testimonia.coding.korean.segments import Paragraph
from testimonia.model import Coding

__all__ = ["code_orgs", "code_people", "code_places", "longest", "spans"]

_PARTICLE = re.compile(
    r"(?:에서|에게|에는|에도|에만|에선|에|으로|로|은|는|이(?!상|하|내|미|후|전)|가|을|를|의|과|와|도|만|까지|"
    r"부터|보다|나(?![가-힣]{2})|이나|랑|이랑|하고|처럼|라는|이라는|이라|인(?!근|민|도|상)|쪽|측|행|산(?=\s|에|"
    r"의|과|,)|발|내(?!부|용|륙|무)|안(?![가-힣])|밖|변|말고|뿐|등|및|라고|이며|이고|였|이었|이란|이던|이다|"
    r"입니다|로부터|으로부터|근처|인근|일대|지역|시내|출신|현지|당국|정부|공안|경찰|국경|접경|변경|변방|구류소|"
    r"교도소|감옥|교화소|보위부|보안서|집결소|세관|대교|역(?![가-힣])|강변|연안|지방|농촌|북부|남부|동부|서부|"
    r"중부|북쪽|남쪽|동쪽|서쪽|건너|사람|여성|남성|법원|대사관|영사관|공항|시(?=에|의|로|와|,|\s)|군(?=에|의|"
    r"로|과|,|\s)|현(?=에|의|로|과|,|\s))"
)
_SURE_SUFFIX = re.compile(
    r"\s?(?:출신|일대|시내|인근|근처|공안|구류소|교화소|보위부|보안서|집결소|세관|변방|건너편|감옥|안전부|지역|"
    r"쪽으로|쪽에서|방면|역에서|교도소)"
)
_LOCATIVE = re.compile(
    r"(?:에서|으로(?:\s(?:가|넘|건|들|도|이|옮|팔|끌|보|왔|와|향|데|실))|까지|을\s?거쳐|를\s?거쳐|을\s지나|"
    r"에\s(?:있|살|숨|도착|가|머|갇|들|와|왔|팔|끌|남|사는))"
)
_PLACE_PARTICLE = re.compile(r"(?:에서(?!야)|으로(?!\s?(?:끝|돌아갔다는))|까지|쪽|출신|을\s?거쳐|를\s?거쳐|에\s(?!따))")
_BESIDE = re.compile(
    r"(?:\s?[,·∙–\-~/→]\s?|\s|과\s?|와\s?|이나\s|나\s|및\s|\s및\s|에서\s|의\s|까지\s|을\s거쳐\s|를\s거쳐\s|"
    r"에서\s출발해\s){1,2}"
)
_NOT_COUNTRY = re.compile(
    r"(?:어(?=[가-힣]{0,2}(?:\s|$|[,.]))|말(?=로|을|이|도|은|\s)(?!고)|집에|식(?=\s|당|으)|산\s|제\s|계(?=\s|"
    r"의|인)|인민(?!공화국|정부|은행|법원|의)|풍|통(?=\s)|몽|화교|동포|이탈주민|학(?=과|을|\s)|사(?=\s)|"
    r"기업은행)"
)
_BORDER_OF = re.compile(
    r"\s?(?:지역|경비|수비|통제|봉쇄|연선|도시|마을|지대|초소|관리|업무|너머|경찰|부대|사령부|폐쇄|개방|차단|"
    r"무역|검문|의정서|협정|없는)"
)
_PEOPLE = re.compile(
    r"\s?(?:국적\s?|출신의?\s)?(?:농촌\s)?(?:이탈\s)?(?:여성|남성|여자|남자|녀성|녀자|남편|사람|주민|국민|"
    r"인민(?!공화국|정부|위원회|보안|군|법원)|부녀|처녀|총각|아이|아동|어린이|소녀|소년|청년|노동자|로동자|"
    r"근로자|군인|병사|신부|며느리|색시|아내|부인|농민|상인|장사꾼|난민|피해자|선교사|목사|기자|유학생|학생|"
    r"관광객|고아|교포|동포|브로커|거간|중개인|손님|업자|공민|시민|아저씨|아주머니|아줌마|할아버지|할머니|"
    r"홀아비|노총각|여인|언니|친구|가족|가정|부부|선원|어부|의사|이주민|이주여성|이주자|인부|밀수꾼|지도원|"
    r"관리(?=들|가|에게|는|\s)|간부|공작원|외교관|당국자|탈북|엄마|어머니|아버지|부모|임신부|임산부|임부|"
    r"수감자|죄수|해외노동자|파견)"
)
_STATE_OF = re.compile(r"(?:은|는|이|가|도|측은|측이|과|와|정부|당국|의\s(?:정책|입장|태도|주장|법|조치|요구))")
_DEMONYM = re.compile(
    r"(?<![가-힣])(?:조선족|한족|만족(?=\s(?:남|여|사람|마을|출신))|만주족|고려인|화교|재중\s?동포|중국\s?동포|"
    r"재일\s?동포|(?:중국|한국|북한|조선|미국|일본|태국|베트남|라오스|몽골|러시아|캄보디아|미얀마|필리핀|영국|"
    r"외국)인(?!민|권|구|도|류|근))"
)
_HANJA = {
    "中": "CHN",
    "北": "PRK",
    "韓": "KOR",
    "美": "USA",
    "日": "JPN",
    "英": "GBR",
    "佛": "FRA",
    "獨": "DEU",
    "露": "RUS",
}
_HANJA_ANY = re.compile("[中北韓美日英佛獨露]")
_HANJA_WORD = re.compile(
    r"(?<![\u4e00-\u9fff가-힣\w(])[中北韓美日英佛獨露](?![\u4e00-\u9fff)])(?=[\s,·\"“”'‘’…에의서]|$)|"
    r"(?<=[·ㆍ])[中北韓美日](?=[\s·ㆍ])|[中北韓美日](?=[·ㆍ][中北韓美日])"
)


def spans(found: Sequence[Found]) -> list[tuple[int, int]]:
    """The stretches of hits."""
    return [(hit.start, hit.end) for hit in found]


def longest(found: Sequence[Found]) -> list[Found]:
    """Leftmost-longest hits that do not overlap, in text order."""
    kept: list[Found] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _inside(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in taken)


def _continues(paragraph: Paragraph, hit: Found) -> bool:
    """Whether what follows a name lets it be that name."""
    after = paragraph.text[hit.end : hit.end + 1]
    if not after or not is_hangul(after):
        return True
    if hit.row["ptype"] == "country" or (paragraph.damaged and hit.end - hit.start >= 2) or hit.end - hit.start >= 4:
        return not _NOT_COUNTRY.match(paragraph.text, hit.end)
    return _PARTICLE.match(paragraph.text, hit.end) is not None


def _is_beside(paragraph: Paragraph, hit: Found, sure: Sequence[Found]) -> bool:
    """Whether a sure place stands right before or after."""
    text = paragraph.text
    for other in sure:
        if other.end <= hit.start and _BESIDE.fullmatch(text, other.end, hit.start):
            return True
        if hit.end <= other.start and _BESIDE.fullmatch(text, hit.end, other.start):
            return True
    return False


def _is_named(paragraph: Paragraph, hit: Found, sure: Sequence[Found]) -> bool:
    if hit.row["ptype"] == "country" and hit.row["id"] == "PRK":
        return bool(
            re.match(
                r"에서|에(?=\s|는|도)|으로|의(?=\s)|쪽|으로부터|은\s|이\s|과\s|측|정부|당국|보위|변방|국경|땅|돈|"
                + _PEOPLE.pattern,
                paragraph.text[hit.end : hit.end + 8],
            )
        )
    if _is_beside(paragraph, hit, sure) or _SURE_SUFFIX.match(paragraph.text, hit.end):
        return True
    if hit.row["policy"] == "locative" and _PLACE_PARTICLE.match(paragraph.text, hit.end):
        return True
    start, end = paragraph.sentence(hit.start)
    near = any(start <= other.start < end for other in sure)
    return near and _LOCATIVE.match(paragraph.text, hit.end) is not None


def _is_whole(paragraph: Paragraph, hit: Found) -> bool:
    """Whether a name stands unbroken (미 국무부 is not 미국) and not behind a Latin letter (TV조선)."""
    before = paragraph.text[hit.start - 1 : hit.start]
    if before.isascii() and before.isalnum():
        return False
    if hit.row["policy"] in ("context", "locative") and before in ('"', "”", "’", "'", ")"):
        return False
    broken = hit.end - hit.start > len(hit.row["form"])
    return not broken or len(hit.row["form"]) >= 4 or paragraph.damaged


def _candidates(paragraph: Paragraph, found: Sequence[Found]) -> list[Found]:
    hits = [
        hit
        for hit in found
        if hit.group == "places"
        and (hit.word_start or paragraph.damaged)
        and _is_whole(paragraph, hit)
        and _continues(paragraph, hit)
    ]
    known = longest([hit for hit in hits if hit.row["policy"] in ("sure", "border")])
    held = spans(known)
    open_ = [
        h
        for h in longest([h for h in hits if h.row["policy"] in ("context", "locative")])
        if not _inside(h.start, h.end, held)
    ]
    for _ in range(2):
        for hit in list(open_):
            if _is_named(paragraph, hit, known):
                known.append(hit)
                open_.remove(hit)
    return sorted(known)


def _people_follow(paragraph: Paragraph, hit: Found) -> bool:
    return hit.row["ptype"] == "country" and _PEOPLE.match(paragraph.text, hit.end) is not None


def _place(paragraph: Paragraph, hit: Found, kind: str) -> Coding:
    row, part = hit.row, paragraph.part(hit.start, hit.end)
    attributes = {"norm": row["norm"], "ptype": row["ptype"], "path": row["path"]}
    if kind == "demonym":
        attributes["attributive"] = "true"
    elif row["ptype"] in ("country", "capital") and _STATE_OF.match(paragraph.text, hit.end):
        attributes["metonym"] = "state"
    return Coding(
        kind="demonym" if kind == "demonym" else "place",
        start=part.start,
        end=part.end,
        quote=part.quote,
        value=row["id"],
        attributes=attributes,
        rule=f"ko.{kind}.{row['policy']}",
        cue=part.quote,
    )


def code_places(paragraph: Paragraph, found: Sequence[Found], laws: Sequence[tuple[int, int]]) -> Iterator[Coding]:
    """Places and peoples; a country before a word for persons is a people (북한 여성), else a place."""
    peoples = [match.span() for match in _DEMONYM.finditer(paragraph.text)]
    for start, end in peoples:
        part = paragraph.part(start, end)
        yield Coding(
            kind="demonym",
            start=part.start,
            end=part.end,
            quote=part.quote,
            value=part.quote,
            rule="ko.demonym.word",
            cue=part.quote,
        )
    for hit in _candidates(paragraph, found):
        if _inside(hit.start, hit.end, peoples) or _inside(hit.start, hit.end, laws):
            continue
        if hit.row["policy"] == "border" and _BORDER_OF.match(paragraph.text, hit.end):
            continue
        yield _place(paragraph, hit, "demonym" if _people_follow(paragraph, hit) else "place")
    yield from _hanja(paragraph)


def _hanja(paragraph: Paragraph) -> Iterator[Coding]:
    for match in _HANJA_WORD.finditer(paragraph.text) if _HANJA_ANY.search(paragraph.text) else ():
        part = paragraph.part(*match.span())
        yield Coding(
            kind="place",
            start=part.start,
            end=part.end,
            quote=part.quote,
            value=_HANJA[match[0]],
            attributes={"norm": _HANJA[match[0]], "ptype": "country", "path": _HANJA[match[0]]},
            rule="ko.place.hanja",
            cue=match[0],
        )


_BODY = (
    r"(?:단체|기관|조직|기구|연구소|연구원|언론|매체|신문|통신사?|방송사?|재단|모임|협회|쉼터|센터|시민단체|"
    r"인권단체|지원단체|기록단체|선교회|네트워크)"
)
_QUOTED_NAME = re.compile(
    rf"{_BODY}(?:인|은|는)?\s?(?P<mark>['‘\"“「『<〈])(?P<name>[가-힣A-Za-z0-9 ]{{2,25}})['’\"”」』>〉]"
)
_DATELINE = re.compile(r"\((?P<city>[가-힣·\s]{2,12})=(?P<name>[가-힣A-Za-z0-9]{2,15})\)")
_NAME_END = re.compile(
    r"(?:통신사|통신|일보|신문|방송|뉴스|포스트|타임스|연대|네트워크|기록모임|기록회|기록소|보존소|재단|연맹|"
    r"협의회|협회|시민연합|포럼|"
    r"인권센터|지원센터|상담센터|상담소|연구소|연구원|연구회|운동본부|인권위원회|선교회|쉼터)"
    r"(?='|’|(?:에|은|는|이|가|의|과|와|을|를|도)(?:\s|따르면|의하면|밝|전)"
    r"|\s?\(|,|\s(?:대표|소장|관계자|이사장|사무국장|활동가|연구원|보고서|조사|자료|기자))"
)
_NAME_HEAD = re.compile(
    r"(?<![가-힣])(?:[가-힣]{1,8}[^고며서은는이가을를에의도로와과면지한된할던나다들\s]\s)?[가-힣]{1,10}$"
)
_LOCAL_STATE = re.compile(r"(?P<name>[가-힣○]{1,6}(?:현|시|성|주|군|구|진|향)\s?인민(?:정부|위원회|법원))")
_COMMON_BODY = re.compile(
    r"(?:해당|일부|현지|이|그|각|여러|국내|외국|관영|국영|지역|인터넷|한|시민|민간|다른|국제)\s?$"
)
_COMMON_NAMES = frozenset(
    [
        "관영통신",
        "국영방송",
        "인터넷신문",
        "현지신문",
        "관영매체",
        "관영방송",
        "인터넷뉴스",
        "무선통신",
        "이동통신",
        "뉴스",
        "통신",
        "방송",
        "신문",
        "텔레비전방송",
        "이주여성상담소",
        "상담소",
        "쉼터",
        "연구소",
    ]
)


def _org(paragraph: Paragraph, start: int, end: int, norm: str, otype: str, rule: str) -> Coding:
    part = paragraph.part(start, end)
    return Coding(
        kind="org",
        start=part.start,
        end=part.end,
        quote=part.quote,
        value=norm,
        attributes={"norm": norm, "otype": otype},
        rule=rule,
        cue=part.quote,
    )


def _shaped(paragraph: Paragraph) -> Iterator[tuple[int, int, str, str]]:
    text = paragraph.text
    for match in _QUOTED_NAME.finditer(text):
        if not re.search(r"[다요음]$", match["name"]):
            yield *match.span("name"), "ngo", "ko.org.quoted"
    for match in _DATELINE.finditer(text):
        yield *match.span("name"), "news_agency", "ko.org.dateline"
    for match in _LOCAL_STATE.finditer(text) if "인민" in text else ():
        yield *match.span("name"), "state", "ko.org.local"
    for match in _NAME_END.finditer(text):
        floor = max(0, match.start() - 21)
        head = _NAME_HEAD.search(text, floor, match.start())
        if head and text[head.start() : match.end()].replace(" ", "") not in _COMMON_NAMES:
            yield head.start(), match.end(), "ngo", "ko.org.shape"


def code_orgs(paragraph: Paragraph, found: Sequence[Found], known: Sequence[str]) -> list[Coding]:
    """Organisations: from the list, in quotation marks after 단체 and the like, by their shape, named before."""
    text = paragraph.text
    spots: list[tuple[int, int, str, str, str]] = []
    for hit in longest([hit for hit in found if hit.group == "orgs" and (hit.word_start or paragraph.damaged)]):
        inside_word = is_hangul(text[hit.end : hit.end + 1]) and not paragraph.damaged
        if hit.row["code"] == "yes" and not (inside_word and _ORG_GOES_ON.match(text, hit.end)):
            spots.append((hit.start, hit.end, hit.row["norm"], hit.row["otype"], "ko.org.list"))
    for start, end, otype, rule in _shaped(paragraph):
        spots.append((start, end, text[start:end], otype, rule))
    for name in known:
        place = text.find(name)
        while place >= 0:
            spots.append((place, place + len(name), name, "ngo", "ko.org.named_before"))
            place = text.find(name, place + len(name))
    kept: list[tuple[int, int, str, str, str]] = []
    for spot in sorted(spots, key=lambda spot: (spot[0], -spot[1])):
        if not kept or spot[0] >= kept[-1][1]:
            kept.append(spot)
    return [_org(paragraph, *spot) for spot in kept]


_ORG_GOES_ON = re.compile(r"(?:원(?!은|이|에)|장(?=은|이|\s)|정국|요원|사건|사범|증|법|직|부장|형|민국)")
_TITLES = (
    r"(?:대표|소장|이사장|사무국장|국장|실장|팀장|센터장|원장|회장|위원장|위원|의원|장관|차관|대사|대변인|"
    r"총영사|영사|교수|연구위원|선임연구원|연구원|박사|변호사|검사|판사|재판장|특별보고관|보고관|최고대표|"
    r"활동가|기자|특파원|감독|목사|선교사|신부|작가|간사|부장|과장|총장|대통령|총리|주석|총비서|국무위원장)"
)
_SURNAME = (
    r"(?:김|이|박|최|정|강|조|윤|장|임|한|오|서|신|권|황|안|송|류|유|전|홍|고|문|양|손|배|백|허|남|심|노|하|곽|"
    r"성|차|주|우|구|민|진|나|엄|원|천|방|공|현|함|변|염|여|추|도|소|석|선|설|마|길|연|위|표|명|기|반|왕|금|옥|"
    r"육|인|맹|제|모|탁|국|어|은|편|용|리|로|림|량|려|렴|라|남궁|황보|제갈|선우|독고)"
)
_TITLE = re.compile(rf"(?<=[가-힣])\s(?:{_TITLES})(?![가-힣]{{3}})")
_NAME_BEFORE = re.compile(rf"(?<![가-힣])(?P<name>{_SURNAME}[가-힣]{{1,2}})$")
_AUTHOR = re.compile(
    rf"(?:연구자|전문가|활동가|학자|변호사|기자|작가|교수|공무원|관리|대변인|"
    rf"장관)\s(?P<name>{_SURNAME}[가-힣]{{1,2}})\s?(?:씨|박사|선생)"
)
_NOT_A_NAME = frozenset(
    [
        "이번",
        "이날",
        "이런",
        "이들",
        "전직",
        "현직",
        "신임",
        "공동",
        "인권",
        "한국",
        "중국",
        "미국",
        "북한",
        "조선",
        "남한",
        "소속",
        "담당",
        "수석",
        "이주",
        "전임",
        "여성",
        "지역",
        "마을",
        "정치",
        "기록",
        "연구",
        "조사",
        "현지",
        "선임",
        "한인",
        "교회",
        "장기",
        "주임",
        "부위",
        "명예",
        "고위",
        "국제",
    ]
)


def code_people(paragraph: Paragraph, found: Sequence[Found]) -> Iterator[Coding]:
    """Roles, and persons who are officials or authors by their title; nobody else is named."""
    for hit in longest([h for h in found if h.group == "roles" and (h.word_start or paragraph.damaged)]):
        part = paragraph.part(hit.start, hit.end)
        yield Coding(
            kind="role",
            start=part.start,
            end=part.end,
            quote=part.quote,
            value=hit.row["norm"],
            attributes={"norm": hit.row["norm"]},
            rule="ko.role.list",
            cue=part.quote,
        )
    text = paragraph.text
    titled = (_NAME_BEFORE.search(text, max(0, m.start() - 5), m.start()) for m in _TITLE.finditer(text))
    for rule, matches in (("ko.person.title", titled), ("ko.person.author", _AUTHOR.finditer(text))):
        for match in matches:
            if match is None:
                continue
            if match["name"] not in _NOT_A_NAME and match["name"][-1] not in "부청처원회국성과팀":
                part = paragraph.part(*match.span("name"))
                yield Coding(
                    kind="person",
                    start=part.start,
                    end=part.end,
                    quote=part.quote,
                    value=part.quote,
                    rule=rule,
                    cue=match[0],
                )
