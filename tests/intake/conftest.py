from collections.abc import Iterator

import pytest

from testimonia.sandbox import Sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.start() as process:
        yield process
