"""A process that holds no key: parsers and renderers run in it, bytes in and bytes out.

Start it before the passphrase is read. Whatever a hostile file makes of its parser is then an outcome of that
file: no key, no open file of the parent and no environment is within its reach, and its time and memory end.
"""

from testimonia.sandbox.client import Sandbox
from testimonia.sandbox.limits import keep_to_itself

__all__ = ["Sandbox", "keep_to_itself"]
