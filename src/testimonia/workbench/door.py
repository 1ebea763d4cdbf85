"""Who may come in: a token that works once, and the cookie that takes its place."""

from __future__ import annotations

import hmac
import secrets

__all__ = ["Door"]


class Door:
    """The way in to one running workbench. Nothing of it outlives the process."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.host = f"127.0.0.1:{port}"
        self.origin = f"http://{self.host}"
        self.cookie = f"testimonia_{port}"  # browsers do not keep the cookies of ports apart
        self.token = secrets.token_urlsafe(32)
        self._session = secrets.token_urlsafe(32)
        self._used = False

    @property
    def address(self) -> str:
        """The address that lets somebody in, once."""
        return f"{self.origin}/?token={self.token}"

    def enter(self, token: str) -> str | None:
        """The cookie for the first one who shows the token; None for anybody else, and for the second."""
        right = hmac.compare_digest(token.encode(), self.token.encode())
        if not right or self._used:
            return None
        self._used = True
        return self._session

    def knows(self, cookie: str | None) -> bool:
        """Whether this is the cookie that was given out."""
        return self._used and cookie is not None and hmac.compare_digest(cookie.encode(), self._session.encode())
