"""Formulas: LaTeX parsed into nodes, and set on one line or in two dimensions."""
