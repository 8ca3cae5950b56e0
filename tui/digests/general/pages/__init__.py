"""The papers in the tree of a page, with their fields."""
