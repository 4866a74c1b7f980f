//! Load: requests at a rate, or from so many clients.
