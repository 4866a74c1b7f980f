//! Leaving without a failed request.
