//! Stubs fail, solutions pass, mistakes are named.
