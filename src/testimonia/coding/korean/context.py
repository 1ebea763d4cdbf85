"""Reads from the words around an event whether it happened: modality and polarity."""

from __future__ import annotations

import re

from testimonia.coding.korean.segments import Paragraph

__all__ = ["polarity_and_modality"]

_NOT_AFTER = re.compile(
    r"[가-힣]{0,6}?(?:지(?:는|도|를|만은)?\s?(?:않|못|아니|말)|(?:은|는|ㄴ|한|된|을|를)?\s?(?:적|일|사실|"
    r"바)(?:이|은|도)?\s?(?:없|아니)|(?:이|가|은|는|도)?\s?없(?:었|다|이|는|으)|(?:이|가)\s?아니)"
)
_NOT_BEFORE = re.compile(r"(?:^|\s)(?:안|못)\s?$")
_DENIED = re.compile(r"(?:다고|다는|라는|사실을|의혹을|주장을)?\s?[가-힣 ]{0,8}(?:부인|일축|사실무근|사실이\s아니)")
_STOPPED = re.compile(
    r"(?:하지|되지|하는|되는|당하는|을|를|의|해서는|하여서는|거나|시키는)?[가-힣 ]{0,6}?(?:중단|금지|중지|연기|"
    r"방지|막[아기는을]|멈추|멈출|폐지|자제|철회|예방|아니\s?된다|안\s?된다|못하게|유예|보류|근절)"
)
_FORBIDDEN = re.compile(r"(?:[해하려져어아]서는|하여서는)\s?(?:아니|안)\s?(?:된|되)")
_RISK = re.compile(
    r"[가-힣 ]{0,9}?(?:위험|우려|가능성|처지|두려|무서|공포|걱정|수도\s?있|수\s?있|지\s?모[르른]|협박|위협)"
)
_FEARED = re.compile(r"[가-힣 ]{0,16}?(?:우려가|위험이|염려가|가능성이)")
_OPPOSED = re.compile(r"(?:에|을|를|에\s대해)\s?(?:강력히\s|적극\s|분명히\s)?(?:반대|규탄|거부)")
_AWAITS = re.compile(
    r"[가-힣,\s]{0,14}?(?:기다린|기다리고|면치\s못|피할\s수\s없|직면|당할\s것|받을\s것|처할\s것|내몰릴)"
)
_IF = re.compile(r"(?:보내|송환하|송환되|북송되|북송하|잡히|붙잡히|가|오|되|하)면$")
_SENTENCED = re.compile(
    r"(?:에|으로|로)?\s?처(?:함|한다|하며|하고|하도록|해진다|할\s수)|(?:[을를과와]\s?)?[^.]{0,14}부과한다"
)
_BY_LAW = re.compile(r"법|조항|규정|포고|위반|형법|[0-9]조|자를|자는")
_MAYBE = re.compile(r"\s?(?:것이다|것입니다|것으로\s(?:예상|보인|전망|우려)|겁니다|거다|거예요|듯하|듯\s|뻔)")
_ALLEGED = re.compile(
    r"[가-힣 ]{0,12}?(?:다는|는|라는|다고|했다는|됐다는|되었다는|당했다는)?\s?(?:주장|의혹|소문|혐의|논란|설이|"
    r"고\s?(?:들었|하더|한다|합디다|하던데))"
)
_POLICY = re.compile(
    r"[가-힣 ,0-9]{0,20}?(?:하여야|해야\s?한|하도록|처하도록|처한다|규정|정하고|명시|할\s?것(?=[.;]|$)|"
    r"할\s수\s있다|지시|명령|방침)"
)
_PROPOSED = re.compile(r"(?:촉구|권고|요구|제언|제안|협의할|부여할)")


def polarity_and_modality(paragraph: Paragraph, start: int, end: int) -> tuple[str, str]:
    """Polarity and modality of what text[start:end] of a paragraph says.

    A negated event is negative and denied; what a rule, a demand or a plan forbids is negative and policy.
    """
    text = paragraph.text
    _, stop = paragraph.sentence(start)
    after = text[end : min(stop, end + 24)]
    quote = text[start:end]
    before = text[max(0, start - 4) : start]
    if paragraph.statute:
        negated = _FORBIDDEN.search(quote + after) or _NOT_AFTER.match(after)
        return "negative" if negated else "positive", "legal_norm"
    if _FORBIDDEN.search(quote + after):
        return "positive" if paragraph.voice == "rule" else "negative", "policy"
    if _STOPPED.match(after) or re.search(r"(?:을|를)\s?(?:중단|연기|금지)", quote):
        return "negative", "policy"
    if (
        _NOT_BEFORE.search(before)
        or _NOT_AFTER.match(after)
        or re.search(r"지\s?(?:는|도)?\s?(?:않|못하(?!게|도록))[가-힣]*$", quote)
    ):
        return "negative", "policy" if paragraph.voice == "rule" else "denied"
    if paragraph.voice == "rule":
        return ("positive", "risk") if _FEARED.match(after) else ("positive", "policy")
    if _OPPOSED.match(after):
        return "negative", "policy"
    return "positive", _modality(paragraph, text, end, after, stop)


def _is_prospective(syllable: str) -> bool:
    """Whether a syllable ends in ㄹ, as the prospective form does (송환될 것이다)."""
    return "가" <= syllable <= "힣" and (ord(syllable) - 0xAC00) % 28 == 8


def _modality(paragraph: Paragraph, text: str, end: int, after: str, stop: int) -> str:
    if _RISK.match(after):
        return "hypothetical" if re.match(r"[가-힣 ]{0,6}(?:가능성|수도)", after) else "risk"
    if paragraph.voice == "narration" and (_AWAITS.match(after) or _IF.search(text[max(0, end - 3) : end])):
        return "risk"
    if _SENTENCED.match(after) and _BY_LAW.search(text, max(0, end - 80), end):
        return "policy"
    if _ALLEGED.match(after):
        return "alleged"
    if _DENIED.search(text[end:stop]):
        return "denied"
    if _POLICY.match(after) or _PROPOSED.search(after):
        return "policy"
    if _is_prospective(text[end - 1]) and _MAYBE.match(after):
        return "hypothetical"
    return "testimony" if paragraph.voice == "answer" else "reported"
