"""Make the pictures of every page of the workbench, from the invented sample: python scripts/make_pictures.py [DEMO].

DEMO is a folder that `testimonia demo --out DEMO` has written; without one the demo is run into a temporary folder
first, which takes minutes. The casebook is copied before it is opened. Pictures go to docs/images/workbench: the
English pages, and the document page in Korean; with at most 255 colours each, so that they stay small. The same
casebook gives the same pictures but for the times in it. Ends with 1 where there is no Chromium.
"""

from __future__ import annotations

import base64
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "images" / "workbench"
sys.path.insert(0, str(ROOT))

from tests.workbench.addresses import EXAMPLES, example, filled  # noqa: E402

from testimonia import sample  # noqa: E402
from testimonia.casebook import Casebook  # noqa: E402
from testimonia.workbench.routes import ROUTES  # noqa: E402

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars", "--font-render-hinting=none",
)  # fmt: skip
WIDTH, HEIGHT, TALLEST = 1280, 800, 1500
ENGLISH, KOREAN = "reports/across-and-back.pdf", "interviews/A01.txt"
SKIPPED = {"unlock"}  # leads on to the first page while the workbench is open
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{folder}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def main() -> int:
    """Make the pictures; return 0, or 1 where there is no browser."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        print(f"no pictures were made: none of {', '.join(BROWSERS)} is installed.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        place = casebook(Path(folder))
        with Casebook.open(place, sample.PASSPHRASE) as book:  # for writing: an older one is brought up to date
            asked = addresses(book)
        with serving(place) as entrance, chromium(program, Path(folder)) as browser:
            taken(browser, entrance, asked)
    return 0


def casebook(folder: Path) -> Path:
    """A copy of the casebook of a demo: of the one that was named, or of one that is run now."""
    demo = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "demo"
    if len(sys.argv) < 2:
        subprocess.run(
            [sys.executable, "-m", "testimonia", "demo", "--out", str(demo)], check=True, capture_output=True
        )
    shutil.copytree(demo / "casebook", folder / "sample")
    return folder / "sample"


def addresses(book: Casebook) -> dict[str, tuple[str, str]]:
    """For each picture its name, the address, and the language."""
    by_name = {route.name: route for route in ROUTES}
    files = {path: one.file_sha256 for one in book.documents(codings=False) for path in one.paths}
    found = {
        name: (example(book, by_name[name]), "en")
        for name, one in EXAMPLES.items()
        if one.what == "page" and name not in SKIPPED
    }
    for name, path, code in (("document", ENGLISH, "en"), ("document-ko", KOREAN, "ko")):
        found[name] = (filled(by_name["document"], {"file": files[path]}), code)
    found["search"] = ("/search?q=북송", "en")
    many = next(one.id for one in book.document(files[ENGLISH]).codings if one.kind == "figure" and one.value == 412)
    found["figure"] = (filled(by_name["figure"], {"id": many}), "en")  # eight documents repeat it
    return found


@contextmanager
def serving(place: Path) -> Iterator[str]:
    """Serve the casebook as a person would; gives the address that lets one in."""
    running = subprocess.Popen(
        [sys.executable, "-m", "testimonia", "serve", str(place), "--as", "owl", "--idle", "600"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "TESTIMONIA_PASSPHRASE": sample.PASSPHRASE},
    )  # fmt: skip
    with running:
        try:
            yield running.stdout.readline().strip() if running.stdout else ""
        finally:
            running.terminate()


@contextmanager
def chromium(program: str, folder: Path) -> Iterator[Browser]:
    """A browser that knows the packaged Korean and Chinese letters, whatever the system has."""
    fonts = folder / "fonts.conf"
    packaged = find_spec("manimgx_fonts_cjk")
    letters = Path(str(packaged.origin)).parent if packaged else folder
    fonts.write_text(FONTS.format(folder=letters, cache=folder / "fontcache"), encoding="utf-8")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=program, args=list(FLAGS), env={**os.environ, "FONTCONFIG_FILE": str(fonts)}
        )
        yield opened
        opened.close()


def taken(browser: Browser, entrance: str, asked: dict[str, tuple[str, str]]) -> None:
    """Take every picture."""
    OUT.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce", locale="en-GB")
    page, darkroom = context.new_page(), browser.new_page()
    page.goto(entrance)
    origin = entrance.partition("/?")[0]
    for name, (address, code) in sorted(asked.items()):
        context.add_cookies([{"name": "testimonia_language", "value": code, "url": origin}])
        page.goto(origin + address)
        page.wait_for_load_state("networkidle")
        (OUT / f"{name}.png").write_bytes(small(darkroom, shot(page)))
        print(f"{name}.png: {(OUT / f'{name}.png').stat().st_size:,} bytes")


# Pictures that are drawn only when they come into sight, and that take seconds to draw.
DRAW = """() => Promise.race([
  new Promise(done => setTimeout(done, 60000)),
  Promise.all([...document.images].map(one => { one.loading = 'eager'; return one.decode().catch(() => null); })),
])"""


def shot(page: Page) -> bytes:
    """The page from its top, as long as it is, up to a limit."""
    page.evaluate(DRAW)
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": max(HEIGHT, min(TALLEST, height))}
    return page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide")  # type: ignore[arg-type]


# Fewer colours -------------------------------------------------------------------------------------------

DEVELOP = """async data => {
  const bytes = Uint8Array.from(atob(data), sign => sign.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], {type: 'image/png'}));
  const canvas = new OffscreenCanvas(picture.width, picture.height), paint = canvas.getContext('2d');
  paint.drawImage(picture, 0, 0);
  const found = paint.getImageData(0, 0, picture.width, picture.height).data;
  let text = '';
  for (let at = 0; at < found.length; at += 32768) text += String.fromCharCode(...found.subarray(at, at + 32768));
  return [picture.width, picture.height, btoa(text)];
}"""


def small(darkroom: Page, picture: bytes) -> bytes:
    """The picture with a palette of its commonest colours; every other takes the nearest of them."""
    width, height, data = darkroom.evaluate(DEVELOP, base64.b64encode(picture).decode())
    colours = np.frombuffer(base64.b64decode(data), dtype=np.uint8).reshape(-1, 4)[:, :3].astype(np.int32)
    codes = colours @ np.array([65536, 256, 1], dtype=np.int32)
    known, of, counts = np.unique(codes, return_inverse=True, return_counts=True)
    kept = np.sort(known[np.argsort(counts, kind="stable")[::-1][:255]])
    return png(width, height, _rgb(kept), _nearest(_rgb(known), _rgb(kept))[of])


def _rgb(codes: Any) -> Any:
    return np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=1).astype(np.int32)


def _nearest(colours: Any, palette: Any) -> Any:
    """For each colour the number of the nearest one of the palette."""
    return np.concatenate([
        ((part[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
        for part in np.array_split(colours, max(1, len(colours) // 512))
    ]).astype(np.uint8)  # fmt: skip


def png(width: int, height: int, palette: Any, indices: Any) -> bytes:
    """An indexed PNG (ISO/IEC 15948): eight bits a pixel, no filter."""
    rows = np.concatenate([np.zeros((height, 1), np.uint8), indices.reshape(height, width)], axis=1)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    body = zlib.compress(rows.tobytes(), 9)
    parts = ((b"IHDR", head), (b"PLTE", palette.astype(np.uint8).tobytes()), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    raise SystemExit(main())
