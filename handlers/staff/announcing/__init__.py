"""Broadcasts of officers in chat: composed, looked over by a second one, sent, and steered."""
