# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sphinx's settings for the documentation site; tools/docsite.py collects the pages and calls Sphinx."""

project = "useries.appliance"
author = "The useries.appliance authors"
project_copyright = "2026 The useries.appliance authors"
html_title = "useries.appliance"
html_short_title = "useries.appliance"

extensions = ["sphinx.ext.intersphinx", "sphinx_antsibull_ext"]
# Ansible's own pages are linked, never fetched: tools/docsite.py writes the few names that the generated pages use.
intersphinx_mapping = {
    "ansible": ("https://docs.ansible.com/projects/ansible/latest", ("../ansible.inv",)),
}

default_role = "any"
nitpicky = True
antsibull_ext_color_scheme = "default-autodark"
highlight_language = "YAML+Jinja"
pygments_style = "ansible"

html_theme = "furo"  # no fonts, scripts or pictures from elsewhere
html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_domain_indices = False
