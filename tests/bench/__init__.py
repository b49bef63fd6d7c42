"""How fast the assistant is beside others, what it weighs, how soon it answers: `make bench`."""
