"""Shared by pages, importing none of them."""
