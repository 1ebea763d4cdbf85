"""Acts and measures: a trigger, what must stand around it, and how it is meant.

One coding for each code in a stretch; where spans of one code overlap, the longest stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from testimonia.coding.chinese.fields import held_by_state
from testimonia.coding.chinese.genre import Genre
from testimonia.coding.chinese.scan import Scan
from testimonia.coding.chinese.segments import Segments
from testimonia.coding.lexicon import Hit

__all__ = ["Found", "actor_of", "find_acts", "find_measures"]

_LEFT, _RIGHT = 30, 30  # characters a span may take in on each side


@dataclass(frozen=True, slots=True)
class Found:
    """An act or a measure at text[start:end]; `at` is its trigger."""

    start: int
    end: int
    code: str
    at: tuple[int, int]
    rule: str


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_ONLY_IN_FIELD = ("tip.", "state.prosecution", "state.complicity", "journey.")


def find_acts(scan: Scan, cuts: Segments, in_field: bool = True) -> list[Found]:
    """Acts of a passage in text order; outside the field only what the state does to people anywhere."""
    found = (_fitted(scan.text, cuts, hit, hit.row["code"]) for hit in scan.hits["act"])
    fitting = (_by_setting(scan, cuts, f) for f in found if f)
    kept = [f for f in fitting if f.code != "-" and not _in_title(scan, f)]
    return _merged([f for f in kept if in_field or not f.code.startswith(_ONLY_IN_FIELD)])


def _by_setting(scan: Scan, cuts: Segments, found: Found) -> Found:
    """A row's code `a|b` is a in custody of the state and b elsewhere; `-` stands for none."""
    custody, _, private = found.code.partition("|")
    if not private:
        return found
    code = custody if held_by_state(scan.text, found.at[0], cuts.clause(found.at[0])[1]) else private
    return Found(found.start, found.end, code, found.at, f"act.{code}")


def _in_title(scan: Scan, found: Found) -> bool:
    """Inside the name of a law or of any other work: 《贩运人口报告》 sells nobody."""
    near = max(0, found.at[0] - 40)
    if scan.text.rfind("《", near, found.at[0]) > scan.text.rfind("》", near, found.at[0]):
        return True
    return any(n.rule == "law.title" and n.start <= found.at[0] < n.end for n in scan.names)


def _fitted(text: str, cuts: Segments, hit: Hit, code: str) -> Found | None:
    """The hit with the span its row gives it, or None where the words around forbid it."""
    row, start, end = hit.row, hit.start, hit.end
    if row["right"]:  # anchored and therefore the cheapest to fail
        match = _pattern(row["right"]).match(text, end, end + _RIGHT)
        if match is None:
            return None
        end = match.end()
    a, b = cuts.clause(start)
    if row["within"] and not _pattern(row["within"]).search(text, max(0, a - 24), b + 12):
        return None
    if row["block"] and _pattern(row["block"]).search(text, max(0, a - 12), b):
        return None
    if row["left"]:
        left = text[max(0, start - _LEFT) : start]
        match = _pattern(_anchored(row["left"])).search(left)
        if match is None:
            return None
        start -= len(left) - match.start()
    return Found(start, end, code, (hit.start, hit.end), f"{'act' if 'code' in row else 'measure'}.{code}")


@cache
def _anchored(pattern: str) -> str:
    return f"(?:{pattern})$"


def _merged(found: Sequence[Found]) -> list[Found]:
    """Of overlapping spans with one code, the longest."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if not any(k.code == one.code and k.start < one.end and one.start < k.end for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: (f.start, f.end))


def find_measures(scan: Scan, cuts: Segments, genre: Genre, in_field: bool = True) -> list[Found]:
    """Measures of a passage: the clause around a trigger, one for each clause.

    Outside the field a law still threatens penalties, but none of them is a measure against trafficking. What a
    regulation of the field orders in other words is law_and_policy.
    """
    out: list[Found] = []
    for hit in scan.hits["measure"]:
        allowed = hit.row["genre"]
        if allowed and genre not in allowed.split(","):
            continue
        found = _fitted(scan.text, cuts, hit, hit.row["mtype"])
        if found is None or _in_title(scan, found) or _not_done(scan.text, cuts, found, genre):
            continue
        if in_field or found.code in _ANYWHERE:
            out.append(_widened(scan.text, cuts, found))
    kept = _one_each(out)
    return _with_orders(scan, cuts, kept) if genre in ("law", "notice") and in_field else kept


_NOT_DONE = re.compile(
    r"可能|恐将|恐怕|不实|否认|所谓|^若|如果|呼吁|敦促|促请|不要|害怕|担心|听说|估计|导致|违反《|目睹"
    r"|子虚乌有|推翻|不存在|并未|从未"
)
_CONDITION = re.compile(r"的$|^对[^，。；]+的?被害人$|过程中")
_RULING = re.compile(r"不得|应当|可以|须|必须|禁止|严禁|处[一二三四五六七八九十\d]|一律|依法|依照|不影响")


def _not_done(text: str, cuts: Segments, found: Found, genre: Genre) -> bool:
    """Whether the clause only fears, denies or asks for it; in a law, whether it is the condition of a rule."""
    clause = text[slice(*cuts.clause(found.at[0]))]
    if genre in ("law", "notice"):
        return bool(_CONDITION.search(clause)) and not _RULING.search(clause)
    return bool(_NOT_DONE.search(clause))


_ANYWHERE = ("penalty", "fine", "confiscation")
_ORDER = re.compile(
    r"应当(?!认定|视为|理解|依照|以)|不得|必须|(?<!无)须(?!知)|严禁|禁止|责令|移送|吊销|取缔|(?:可以|一律"
    r"|依法)(?=[^，。；]{0,6}[\u4e00-\u9fff]{2})|负责[^，。；]{2}"
    r"|配备|设立|安排|建成|(?:免予|从重|不予)处罚|追究|每(?:月|季度?|年|半年|周|日)[^，。；]{2,}"
    r"|处[一二三四五六七八九十百千万\d]"
)
_NO_ORDER = re.compile(
    r"所称|是指|施行|负责解释|有效期|包括下列|下列情形|的解释|本(?:法|办法|条例|规定)[^，。]{0,6}(?:未|没有)"
)


def _with_orders(scan: Scan, cuts: Segments, kept: list[Found]) -> list[Found]:
    text, out = scan.text, list(kept)
    last = -1
    for match in _ORDER.finditer(text):
        a, b = cuts.clause(match.start())
        if a <= last or _NO_ORDER.search(text, a, b) or any(k.start < b and a < k.end for k in kept):
            continue
        last = b
        found = Found(a, b, "law_and_policy", match.span(), "measure.order")
        out.append(_widened(text, cuts, found))
    return sorted(out, key=lambda f: f.start)


_LEADING = re.compile(
    r"(?:并|但|而|同时|其中|此外|另外|现|经查证属实的|又|也|还|则|于是|后来|再|、"
    r"|（[一二三四五六七八九十]+）|[一二三四五六七八九十]+[、是]|第[一二三四五六七八九十百]+条|的|"
    r"\s)+"
)


def _widened(text: str, cuts: Segments, found: Found) -> Found:
    a, b = cuts.clause(found.at[0])
    start = min(a, found.start) if found.start < a else a
    while start < found.at[0] and text[start] in "，。；：":
        start += 1
    if lead := _LEADING.match(text, start, found.at[0]):
        start = lead.end()
    return Found(start, max(b, found.end), found.code, found.at, found.rule)


def _one_each(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -(f.at[1] - f.at[0]))):
        clash = [k for k in kept if k.start < one.end and one.start < k.end]
        if not clash:
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


def actor_of(text: str, found: Found) -> Iterator[str]:
    """The state whose measure it is, as far as the clause names one."""
    clause = text[found.start : found.end]
    for words, code in (
        ("朝鲜|北韩|保卫部|朝方", "PRK"),
        ("韩国|南韩|统一部|韩方", "KOR"),
        ("泰国", "THA"),
        ("老挝|寮国", "LAO"),
    ):
        if re.search(words, clause):
            yield code
            return
    yield "CHN"
