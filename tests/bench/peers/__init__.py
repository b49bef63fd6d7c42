"""Bots that say back what they hear: the usual ways to write one, and the least there can be."""
