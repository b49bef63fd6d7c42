"""A long storm: one broadcast to thousands while everything fails that can."""
