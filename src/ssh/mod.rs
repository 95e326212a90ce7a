//! The SSH transport: accept loop, limits, host key, authentication and the russh callbacks.
