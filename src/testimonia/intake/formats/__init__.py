"""One reader a format: bytes in, a draft of a reading out. They run in the key-less process only."""
