"""What several tests of the generated package use: callers, documents and misbehaving servers."""
