//! Applications and the staff.
