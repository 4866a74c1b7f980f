//! Which outputs a book has besides its pages.

use super::LabbookSettings;

impl LabbookSettings {
    /// Whether the book has a web manifest and a service worker.
    pub fn is_offline(&self) -> bool {
        self.offline.unwrap_or(self.is_given)
    }

    /// Whether the book wants an Atom feed; it needs a public address, too.
    pub fn wants_feed(&self) -> bool {
        self.feed.unwrap_or(self.is_given)
    }

    /// Whether the book has an llms.txt.
    pub fn has_llms_txt(&self) -> bool {
        self.llms_txt.unwrap_or(self.is_given)
    }
}
