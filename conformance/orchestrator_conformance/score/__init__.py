"""How good the suite is: what it catches of backends that misbehave, and what it says of those that conform."""
