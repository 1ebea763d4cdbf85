"""Make the picture of the dossier that stands in the README, from the invented sample project.

Run: python scripts/make_picture.py. Runs the demo into a temporary folder and draws the top of its first page
into docs/images/dossier.png, with Chromium without a network. Says so and ends with 1 where there is none.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "docs" / "images" / "dossier.png"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZE = (1200, 1500)
LARGEST = 400_000  # bytes
QUIET = (
    "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--hide-scrollbars",
    "--disable-component-update", "--disable-sync", "--no-sandbox", "--force-device-scale-factor=1",
)  # fmt: skip


def main() -> int:
    """Draw the picture; return 0, or 1 where it could not be drawn."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(f"no picture was made: none of {', '.join(BROWSERS)} is installed.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        demo, shot = Path(folder) / "demo", Path(folder) / "shot.png"
        run(sys.executable, "-m", "testimonia", "demo", "--out", str(demo))
        page = (demo / "dossier.html").as_uri()
        size = ",".join(map(str, SIZE))
        run(browser, *QUIET, f"--window-size={size}", f"--screenshot={shot}", f"--user-data-dir={folder}/profile", page)
        if shot.stat().st_size > LARGEST:
            print(f"no picture was made: it has {shot.stat().st_size:,} bytes, more than {LARGEST:,}.", file=sys.stderr)
            return 1
        OUT.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shot, OUT)
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes")
    return 0


def run(*command: str) -> None:
    """Run a program quietly; raises CalledProcessError where it fails."""
    subprocess.run(command, check=True, capture_output=True, timeout=300)


if __name__ == "__main__":
    raise SystemExit(main())
