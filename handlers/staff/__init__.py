"""What officers do in chat: come in by a code, look at open questions, answer them."""
