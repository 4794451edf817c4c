"""Operations: load, ask the rules, write, in one transaction. Each takes the session, which knows the actor, and ``now``."""
