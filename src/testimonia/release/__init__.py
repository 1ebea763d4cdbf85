"""What leaves a casebook: findings, the dossier, pictures, and exports. Plain values in, files out."""

from testimonia.release.exports import export
from testimonia.release.findings import Findings
from testimonia.release.findings import build as findings
from testimonia.release.writing import FILES, write

__all__ = ["FILES", "Findings", "export", "findings", "write"]
