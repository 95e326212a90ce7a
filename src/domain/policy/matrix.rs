//! Every action for every kind of actor, as one snapshot: a rule cannot change unseen.
