"""What each generator makes of documents of others."""
