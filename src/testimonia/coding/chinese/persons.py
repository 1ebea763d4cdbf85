"""People who may be named: anonymised parties (张某), officials and authors by title, people under an alias.

Nobody is coded as a person for being mentioned: a masked name, a title or a cue must stand beside the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from testimonia import vocabulary
from testimonia.coding.chinese.scan import Name, Scan

__all__ = ["find_persons"]

_END = (
    r"(?=[，。；、）“”（\s：]|表示|指出|认为|称|说|在|于|的|日|等|向|对|就|强调|报道|摄|当天|近日|此前"
    r"|透露|承认|呼吁|宣称|声称|和|与|及|先生|女士|$|也|还|曾|批准|"
    r"签署|则|接受|以|代表|作为|访问|会见)"
)
_TITLES = (
    r"(?:发言人|记者|通讯员|编辑|教授|研究员|主席|总理|首相|总统|委员长|总书记|书记|部长|副部长|外长|大使"
    r"|特使|局长|副局长|厅长|省长|市长|州长|县长|检察官|检察长|法官|审判长|"
    r"审判员|"
    r"书记员|院长|议员|代表|秘书长|高级专员|特别报告员|律师|牧师|主任|所长|博士|学者|专家|作者|编译"
    r"|领导人|国务卿|司令|政委|异议人士|活动人士)"
)


@cache
def _surname() -> str:
    forms = sorted((row["form"] for row in vocabulary.rows("zh/surnames")), key=len, reverse=True)
    return "(?:" + "|".join(forms) + ")"


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    name = rf"{_surname()}[\u4e00-\u9fff]{{1,2}}?"
    alias = (
        r"化名(?:为|叫|是|：)?“([^”]{1,6})”|“([^”]{1,6})”（化名）|([\u4e00-\u9fff]{2,4}(?=（化名）))"
        r"|化名(?:为|叫|：)?([\u4e00-\u9fff]{2,3})(?=的|，|。|）|说|表示)"
    )
    nickname = (
        rf"((?:老(?!家|乡|师|板|人|婆|公|太|大|百|实|挝|少|年)|小(?!时|组|学|心|孩|姐|说|型|部|伙)){_surname()})"
        r"(?=说|讲|家|的|告诉|表示|称|，|回忆)"
    )
    byline = rf"(?:记者|作者|编辑|摄影|撰文|采写|文)(?:/|：|\s){{1,2}}({name})(?=[）\s，。、]|$)"
    return (
        ("person.masked", "true", re.compile(rf"({_surname()}(?:某[某甲乙丙丁0-9]?|×{{1,2}}|○{{1,2}}))")),
        ("person.title", "false", re.compile(rf"{_TITLES}(?:为|是|：)?\s?({name}){_END}")),
        ("person.byline", "false", re.compile(byline)),
        ("person.alias", "true", re.compile(alias)),
        ("person.nickname", "true", re.compile(nickname)),
    )


def find_persons(scan: Scan) -> Iterator[Name]:
    """Masked, titled, by-lined and aliased names, none overlapping; `protect` marks those who need it."""
    taken: list[tuple[int, int]] = []
    text = scan.text
    for rule, protect, pattern in _patterns():
        for match in pattern.finditer(text):
            group = next(i for i in range(1, len(match.groups()) + 1) if match[i])
            start, end = match.span(group)
            if not any(a < end and start < b for a, b in taken):
                taken.append((start, end))
                yield Name(start, end, "person", None, {"protect": protect}, rule)
