"""The Story page: a person's reflection with its player, its transcript, its quotes and its consent."""
