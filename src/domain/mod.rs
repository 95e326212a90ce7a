//! Nouns and rules: what a thing is and who may do what. No I/O, no async, no clock.
