"""Broadcasts: whom one is for, how it reads, and what became of it. Pure but for the report."""
