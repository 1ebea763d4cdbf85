"""Sphinx configuration."""

project = "testimonia"
author = "the testimonia team"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "testimonia"
exclude_patterns = ["_build"]
