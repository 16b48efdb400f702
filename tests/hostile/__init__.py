"""What an author or a stranger may type to break a page, or to get markup of his own into it."""
