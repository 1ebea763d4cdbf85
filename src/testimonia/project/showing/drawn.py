"""Pictures: what each would show, told at once; and the drawing of one, when it is asked for."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape

from testimonia.release import links, origin_picture
from testimonia.release.blocks import Picture
from testimonia.release.drawing import Draw, Drawing, KeylessProcess
from testimonia.release.findings import Findings
from testimonia.release.hidden import chapter_pictures
from testimonia.release.lines import to_json
from testimonia.release.pictures import pictures

__all__ = ["Easel", "Plan", "plans", "plans_of_total"]

MOST = 64  # drawings kept
BLANK = "<svg></svg>"
ORIGINS = "origins"


@dataclass(frozen=True, slots=True)
class Plan:
    """A picture that is not drawn yet: its words and its table, and the data it is drawn from, as JSON."""

    picture: Picture
    data: str

    @property
    def mark(self) -> str:
        """Sixteen hex digits that change with what the picture shows."""
        return hashlib.sha256(f"{self.picture.name}|{self.data}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def plans(found: Findings, linked: Mapping[str, Any] | None = None) -> dict[str, Plan]:
    """All pictures that there are numbers for, of the findings and of the links."""
    return {
        **_planned(lambda draw: pictures(found, draw)),
        **_planned(lambda draw: links.chapter_pictures(linked, draw)),
    }


def plans_of_total(totals: Mapping[str, Any] | None) -> dict[str, Plan]:
    """The pictures of a report of hidden totals (its JSON form); none without one."""
    return _planned(lambda draw: chapter_pictures(totals, draw))


def _planned(make: Callable[[Draw], Mapping[str, Picture]]) -> dict[str, Plan]:
    asked: dict[str, Any] = {}

    def note(_job: str, payload: bytes) -> bytes:
        asked.update(json.loads(payload))
        return json.dumps(dict.fromkeys(asked, BLANK)).encode()

    made = make(note)
    return {name: Plan(replace(picture, svg=""), to_json(asked[name])) for name, picture in made.items()}


class Easel:
    """Draws pictures in the key-less process, one at a time, and keeps the last of them as long as it is kept itself.

    May be called from several threads; those that ask for the same picture wait for one drawing of it.
    """

    def __init__(self, sandbox: KeylessProcess) -> None:
        self._sandbox = sandbox
        self._lock = threading.Lock()
        self._drawn: dict[str, str] = {}

    def draw(self, plan: Plan, words: Mapping[str, str] = origin_picture.ENGLISH) -> str:
        """The picture as SVG; where it cannot be drawn, a picture of the sentence that says why.

        `words` are those of the picture of origins in another language, by their English.
        """
        if plan.picture.name == ORIGINS:
            return origin_picture.draw(json.loads(plan.data), words)
        with self._lock:
            found = self._drawn.get(plan.mark)
            if found is None:
                found, lasting = self._draw(plan)
                if lasting:
                    self._keep(plan.mark, found)
            return found

    def _draw(self, plan: Plan) -> tuple[str, bool]:
        name = plan.picture.name
        payload = to_json({name: json.loads(plan.data)}).encode("utf-8", "replace")
        drawing = Drawing(self._sandbox, name)
        made = drawing.pictures(lambda job: {name: replace(plan.picture, svg=json.loads(job("charts", payload))[name])})
        if name in made:
            return made[name].svg, True
        return _sentence(drawing.failures.get("pictures", "")), False

    def _keep(self, mark: str, svg: str) -> None:
        if len(self._drawn) >= MOST:
            del self._drawn[next(iter(self._drawn))]
        self._drawn[mark] = svg


def _sentence(words: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="620" height="60" viewBox="0 0 620 60">'
        f'<text x="10" y="34" font-size="11" font-family="sans-serif" fill="#1d1b18">{escape(words[:110])}</text></svg>'
    )
