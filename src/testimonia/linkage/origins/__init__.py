"""Origins: who stands behind what is said, which documents copy one another, and how many sources are independent."""

from testimonia.linkage.origins.corroboration import Corroboration, corroborate
from testimonia.linkage.origins.tracing import VERSION, trace

__all__ = ["VERSION", "Corroboration", "corroborate", "trace"]
