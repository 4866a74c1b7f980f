//! Noticing the dead, and who came back.
