"""Importers: each proposes rows, and one way of applying them checks every row and changes drafts, all or nothing."""
